"""The decider, pure: who is told what, and what is no news."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from alert_news import NOW, incident, news

from interfaces.alerts.plan import plan
from interfaces.alerts.rules import Rules, load_rules
from model.alert import Delivery, DeliveryState
from warehouse.outbox import ChannelRecord, News
from warehouse.rows import IncidentRow

QUEUED, PASSED = DeliveryState.QUEUED, DeliveryState.PASSED_OVER


@pytest.fixture
def ruled(tmp_path: Path):
    def make(rule: str = "", channel: str = "") -> Rules:
        path = tmp_path / "alerts.toml"
        text = f'[channel.desk]\nkind = "push"\n{channel}\n[[rule]]\nname = "one"\nchannels = ["desk"]\n{rule}\n'
        path.write_text(text, "utf-8")
        return load_rules(path)

    return make


def decide(rules: Rules, *items: News, before: tuple[Delivery, ...] = (), mark: int = 9) -> tuple[Delivery, ...]:
    records = tuple(
        ChannelRecord(d.incident_id, d.channel, d.revision, d.state is QUEUED, d.facts, d.rules) for d in before
    )
    return plan(items, records, rules, {rule.name: mark for rule in rules.rules}, NOW)


def outcome(found: tuple[Delivery, ...]) -> list[tuple[str, str]]:
    return [(d.state.value, json.loads(d.facts)["kind"]) for d in found]


@pytest.mark.parametrize(
    ("rule", "row", "is_told"),
    [
        ("", incident(), True),
        ("", incident(event_type="other"), False),
        ('types = ["other"]', incident(event_type="other"), True),
        ('types = ["bombing"]', incident(), False),
        ('countries = ["SY"]', incident(), True),
        ('countries = ["IQ"]', incident(), False),
        ("near = {lat = 35.3, lon = 40.1, km = 20}", incident(), True),
        ("near = {lat = 35.3, lon = 40.1, km = 10}", incident(), False),
        ("near = {lat = 35.3, lon = 40.29, km = 9}", incident(place_precision="region"), False),
        ("near = {lat = 0, lon = -179.99, km = 9}", incident(lat=0.0, lon=179.99), True),
        ("killed_high_at_least = 100", incident(), True),
        ("killed_high_at_least = 101", incident(), False),
        ("killed_high_at_least = 100", incident(killed_low=100, killed_best=100, killed_high=None), True),
        ("killed_high_at_least = 1", incident(killed_low=None, killed_best=None, killed_high=None), False),
        ("killed_low_at_least = 21", incident(), False),
        ('statuses = ["disputed"]', incident(), False),
        ('statuses = ["disputed"]', incident(status="disputed"), True),
        ("", incident(status="retracted"), False),
        ('actors = ["syria armed"]', incident(), True),
        ('actors = ["Nobody"]', incident(), False),
        ('countries = ["SY"]\nkilled_high_at_least = 500', incident(), False),
    ],
)
def test_all_conditions_of_a_rule_must_hold(ruled, rule: str, row: IncidentRow, is_told: bool) -> None:
    assert outcome(decide(ruled(rule), news(row))) == ([("queued", "new")] if is_told else [])


def test_two_rules_for_one_channel_are_one_delivery_that_names_both(ruled) -> None:
    rules = ruled('[[rule]]\nname = "two"\nchannels = ["desk"]')
    (one,) = decide(rules, news())
    assert one.rules == ("one", "two")
    assert decide(rules, news())[0].delivery_id == one.delivery_id
    assert decide(rules, news(revision=2))[0].delivery_id != one.delivery_id


def test_what_is_older_than_the_rules_mark_is_no_news(ruled) -> None:
    assert decide(ruled(), news(), mark=10) == ()


def test_the_same_news_again_is_decided_once(ruled) -> None:
    first = decide(ruled(), news())
    assert decide(ruled(), news(), before=first) == ()


@pytest.mark.parametrize(("age_days", "state"), [(6.9, QUEUED), (7.1, PASSED), (400, PASSED)])
def test_an_incident_found_late_is_passed_over_and_stays_so(ruled, age_days: float, state: DeliveryState) -> None:
    late = NOW - timedelta(days=age_days)
    (first,) = decide(ruled(), news(newest_published_at=late))
    assert first.state is state
    if state is PASSED:
        assert (first.reason, first.next_try_at) == ("found late", None)
        again = news(incident(killed_high=400), revision=2, newest_published_at=late)
        assert [d.state for d in decide(ruled(), again, before=(first,))] == [PASSED]
    assert [d.state for d in decide(ruled("max_age_days = 0"), news(newest_published_at=late))] == [QUEUED]


@pytest.mark.parametrize("kind", ["reprocess", "replay", "decide", "rollback"])
def test_only_live_runs_make_news(ruled, kind: str) -> None:
    assert outcome(decide(ruled(), news(run_kinds=frozenset({kind})))) == [("passed_over", "new")]
    assert outcome(decide(ruled(), news(run_kinds=frozenset({kind, "monitor"})))) == [("queued", "new")]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"killed_high": 109}, None),
        ({"killed_high": 110}, "killed 20-100 -> 20-110"),
        ({"killed_low": 18}, "killed 20-100 -> 18-100"),
        ({"killed_low": 19}, None),
        ({"killed_high": None}, "killed 20-100 -> 20-?"),
        ({"injured_low": 1, "injured_best": 1, "injured_high": 1}, "injured unknown -> 1"),
        ({"event_type": "air_strike"}, "type battle -> air_strike"),
        ({"event_subtype": "ambush"}, None),
        ({"status": "developing"}, None),
        ({"status": "disputed"}, "status new -> disputed"),
        ({"status": "corroborated"}, "status new -> corroborated"),
        ({"lat": 35.4}, None),
        ({"lat": 35.6, "place_name": "Elsewhere"}, "place Khushām -> Elsewhere"),
        ({"lat": 35.6, "place_precision": "region"}, None),
        ({"country_code": "IQ"}, "place Khushām -> Khushām"),
        ({"date_end": date(2018, 2, 9)}, None),
        ({"date_start": date(2018, 2, 8), "date_end": date(2018, 2, 8)}, "day 2018-02-07 -> 2018-02-08"),
        ({"headline": "Another", "n_outlets": 9, "actors": ("X",)}, None),
    ],
)
def test_a_revision_is_told_where_its_change_is_material(ruled, facts: dict[str, object], words: str | None) -> None:
    before = decide(ruled(), news())
    found = decide(ruled(), news(incident(**facts), revision=2), before=before)
    assert outcome(found) == ([("queued", "revised")] if words else [])
    assert [d.reason for d in found] == ([f"material/1: {words}"] if words else [])
    assert decide(ruled('revisions = "none"'), news(incident(**facts), revision=2), before=before) == ()


def test_a_toll_that_creeps_up_is_compared_with_what_was_told(ruled) -> None:
    records = decide(ruled(), news())
    found = [decide(ruled(), news(incident(killed_high=100 + n), revision=1 + n), before=records) for n in range(1, 11)]
    assert [bool(one) for one in found] == [False] * 9 + [True]


def test_a_told_incident_is_revised_even_where_its_rule_holds_no_more(ruled) -> None:
    rules = ruled("killed_high_at_least = 50")
    before = decide(rules, news())
    fewer = news(incident(killed_low=1, killed_best=2, killed_high=3), revision=2)
    assert outcome(decide(rules, fewer, before=before)) == [("queued", "revised")]
    assert outcome(decide(rules, news(incident(status="retracted"), revision=2), before=before)) == [
        ("queued", "retracted")
    ]
    assert outcome(decide(rules, news(is_gone=True, revision=2, run_kinds=frozenset({"rollback"})), before=before)) == [
        ("queued", "retracted")
    ]


def test_a_rule_that_is_met_by_a_later_revision_tells_it_as_new(ruled) -> None:
    rules = ruled("killed_high_at_least = 150")
    assert decide(rules, news()) == ()
    assert outcome(decide(rules, news(incident(killed_high=150), revision=2))) == [("queued", "new")]


def test_a_merge_makes_no_news(ruled) -> None:
    records = decide(ruled(), news(incident("inc_b")))
    joined = news(incident("inc_a"), revision=2, family=("inc_b",))
    assert decide(ruled(), joined, before=records) == ()
    grown = news(incident("inc_a", killed_high=300), revision=2, family=("inc_b",))
    assert outcome(decide(ruled(), grown, before=records)) == [("queued", "revised")]
    late = decide(ruled(), news(incident("inc_a"), newest_published_at=NOW - timedelta(days=30)))
    assert outcome(decide(ruled(), grown, before=(*late, *records))) == [("queued", "revised")]


def test_recoding_moves_what_is_known_and_tells_nothing(ruled) -> None:
    before = decide(ruled(), news())
    recoded = news(incident(killed_high=300), revision=2, run_kinds=frozenset({"reprocess"}))
    moved = decide(ruled(), recoded, before=before)
    assert outcome(moved) == [("passed_over", "revised")]
    assert decide(ruled(), news(incident(killed_high=310), revision=3), before=(*before, *moved)) == ()
    found = decide(ruled(), news(incident(killed_high=400), revision=3), before=(*before, *moved))
    assert outcome(found) == [("queued", "revised")]
