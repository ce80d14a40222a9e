"""What is sent when: quiet hours, digests, the cap, pauses and their bounds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from interfaces.alerts import send_schedule
from interfaces.alerts.rules import Channel, Rule
from interfaces.alerts.text import body, subject
from model.alert import Delivery, DeliveryState

NOW = datetime(2018, 2, 8, 6, tzinfo=UTC)
FACTS = {
    "incident_id": "inc_a", "revision": 1, "status": "new", "event_type": "battle", "event_subtype": None,
    "date": {"start": "2018-02-07", "end": "2018-02-07", "precision": "day"},
    "place": {"name": "Khushām", "country_code": "SY"}, "killed": {"low": 20, "best": 21, "high": 100},
    "injured": {"low": None, "best": None, "high": None}, "n_outlets": 3, "n_origins": 2, "headline": "Clash",
    "kind": "new", "why": "newly detected",
}  # fmt: skip


def delivery(number: int = 0, rules: tuple[str, ...] = ("calm",), **more: object) -> Delivery:
    made = Delivery(
        f"alr_{number:020d}", f"inc_{number}", 1, "desk", DeliveryState.QUEUED, 0, NOW, NOW, NOW, "newly detected",
        rules, json.dumps(FACTS),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


RULES = (
    Rule(name="calm", channels=("desk",)),
    Rule(name="hasty", channels=("desk",), immediate=True),
    Rule(name="waking", channels=("desk",), immediate=True, wakes=True),
)


def sizes(channel: Channel, found: list[Delivery], last: datetime | None = None, now: datetime = NOW) -> list[int]:
    return [len(m.deliveries) for m in send_schedule.messages("desk", channel, RULES, found, last, now)]


def test_a_digest_holds_everything_that_is_not_immediate_and_keeps_its_interval() -> None:
    push = Channel(kind="push", digest_every_minutes=60)
    found = [delivery(0), delivery(1, ("hasty",)), delivery(2)]
    assert sizes(push, found) == [1, 2]
    assert sizes(push, found, last=NOW - timedelta(minutes=59)) == [1]
    assert sizes(push, found, last=NOW - timedelta(minutes=60)) == [1, 2]
    old = delivery(3, queued_at=NOW - timedelta(minutes=60))
    assert sizes(push, [*found, old], last=NOW) == [1, 3], "what is immediate puts the digest off for no longer"


def test_a_storm_is_capped_and_the_rest_counted() -> None:
    push = Channel(kind="push", max_messages=5, max_in_message=20)
    storm = [delivery(n, ("hasty",)) for n in range(61)]
    found = send_schedule.messages("desk", push, RULES, storm, NOW, NOW)
    assert [len(m.deliveries) for m in found] == [1, 1, 1, 1, 57]
    text = body(found[-1].deliveries, push.max_in_message, "https://news.example")
    assert text.count("NEW: Battle") == 20
    assert text.endswith("+37 more: https://news.example/index.html\n")
    assert subject(found[-1].deliveries) == "Deconflict: 57 new incidents"
    assert subject(found[0].deliveries) == "Battle, Khushām, SY, 2018-02-07: killed 21 (20-100)"


def test_a_webhook_takes_each_by_itself_and_is_told_how_many_wait() -> None:
    hook = Channel(kind="webhook", max_messages=3)
    found = send_schedule.messages("desk", hook, RULES, [delivery(n) for n in range(5)], NOW, NOW)
    assert [(len(m.deliveries), m.n_waiting) for m in found] == [(1, 2)] * 3


def test_what_is_not_due_yet_or_for_another_channel_waits() -> None:
    push = Channel(kind="push")
    later = delivery(1, next_try_at=NOW + timedelta(seconds=1))
    assert sizes(push, [later, delivery(2, channel="other")]) == []
    assert sizes(push, [later], now=NOW + timedelta(seconds=1)) == [1]
    assert sizes(push, [delivery(3, state=DeliveryState.ATTEMPTED)]) == [1], "broken off: tried again at once"


@pytest.mark.parametrize(
    ("quiet", "zone", "moment", "is_quiet"),
    [
        ("22:00-07:00", "Europe/Berlin", datetime(2018, 2, 8, 5, 59, tzinfo=UTC), True),  # 06:59 in Berlin
        ("22:00-07:00", "Europe/Berlin", datetime(2018, 2, 8, 6, 0, tzinfo=UTC), False),
        ("22:00-07:00", "Europe/Berlin", datetime(2018, 7, 8, 5, 0, tzinfo=UTC), False),  # summer time
        ("22:00-07:00", "Europe/Berlin", datetime(2018, 2, 8, 21, 0, tzinfo=UTC), True),
        ("12:00-13:00", "Asia/Kolkata", datetime(2018, 2, 8, 6, 30, tzinfo=UTC), True),
        ("12:00-13:00", "Asia/Kolkata", datetime(2018, 2, 8, 7, 30, tzinfo=UTC), False),
        ("", "UTC", NOW, False),
    ],
)
def test_quiet_hours_are_read_in_the_channels_zone(quiet: str, zone: str, moment: datetime, is_quiet: bool) -> None:
    assert send_schedule.is_quiet(Channel(kind="push", quiet=quiet, timezone=zone), moment) is is_quiet


def test_in_quiet_hours_only_what_wakes_is_sent() -> None:
    push = Channel(kind="push", quiet="05:00-07:00")
    found = [delivery(0), delivery(1, ("hasty",)), delivery(2, ("waking",))]
    assert [m.deliveries[0].incident_id for m in send_schedule.messages("desk", push, RULES, found, None, NOW)] == [
        "inc_2"
    ]
    assert sizes(push, found, now=NOW + timedelta(hours=1)) == [1, 1, 1]


def test_pauses_double_up_to_a_bound_and_end_after_three_days() -> None:
    one, pauses, now = delivery(), [], NOW
    while one.state is not DeliveryState.GIVEN_UP:
        one = send_schedule.failed(send_schedule.attempted(one, now), "down", now)
        if one.next_try_at:
            pauses.append(one.next_try_at - now)
            now = one.next_try_at
    assert pauses[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert max(pauses) == timedelta(hours=6)
    assert one.attempts == len(pauses) + 1 <= send_schedule.MAX_ATTEMPTS
    assert timedelta(days=3) <= now - NOW < timedelta(days=3, hours=6)


def test_a_receiver_may_ask_for_a_longer_pause_within_the_bound_and_say_that_it_is_gone() -> None:
    tried = send_schedule.attempted(delivery(), NOW)
    assert send_schedule.failed(tried, "429", NOW, wait=timedelta(minutes=10)).next_try_at == NOW + timedelta(
        minutes=10
    )
    assert send_schedule.failed(tried, "429", NOW, wait=timedelta(days=9)).next_try_at == NOW + timedelta(hours=6)
    assert send_schedule.failed(tried, "410", NOW, is_final=True).state is DeliveryState.GIVEN_UP


def test_a_clock_that_was_set_back_tries_no_more_than_the_bound() -> None:
    one = delivery(queued_at=NOW + timedelta(days=400))
    for _ in range(send_schedule.MAX_ATTEMPTS):
        one = send_schedule.failed(send_schedule.attempted(one, NOW), "down", NOW)
    assert one.state is DeliveryState.GIVEN_UP
