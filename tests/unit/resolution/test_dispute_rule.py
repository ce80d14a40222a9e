"""The one rule for claims that cannot both be true: who is counted, what is in force, and what is only an update."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from model.dispute import Said, dispute, speaker_key

START = datetime(2018, 2, 8, tzinfo=UTC)


@pytest.fixture
def say(worlds):
    def said(low, high, speaker="the ministry", side="official", *, hour=0, outlet="Herald", **more):
        return Said(worlds.claim(low, high, speaker, side, **more), outlet, START + timedelta(hours=hour))

    return said


def test_a_party_and_a_monitor_about_the_same_fighters_clash(say):
    army = say(100, None, "the coalition", "opponent", victims="fighters", victims_side="pro_government")
    monitor = say(20, 20, "the observatory", "monitor", hour=5, victims="fighters", victims_side="pro_government")
    assert dispute([monitor, army]) == (army, monitor)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"victims_side": "mil_us"}, {"victims_side": "sdf"}),
        ({"victims_side": None}, {"victims_side": None}),
        ({"victims": "20 people"}, {"victims": "children"}),
        ({"victims": "two suicide bombers"}, {"victims": "bombers"}),
        ({"is_part": True}, {}),
        ({"is_increment": True}, {}),
    ],
    ids=["other side", "side not told", "children", "attackers' own dead", "part", "increment"],
)
def test_other_victims_do_not_clash(say, one, other):
    assert dispute([say(50, 50, "police", **one), say(3, 3, "the mayor", hour=2, **other)]) is None


def test_what_its_speaker_updated_or_corrected_is_no_claim_any_more(say):
    first, corrected = say(50, 50, "the Health Ministry"), say(9, 9, "health ministry", hour=3)
    mayor = say(9, 10, "the mayor", hour=1)
    assert dispute([first, mayor]) == (first, mayor)
    assert dispute([first, mayor, corrected]) is None
    outlet = [say(50, 50, None, "outlet"), say(9, 9, None, "outlet", hour=3)]
    assert dispute(outlet) is None


def test_a_toll_that_rises_is_an_update_also_where_an_outlet_repeats_the_old_one(say):
    rising = [say(3, 3, "police"), say(12, 12, "the mayor", hour=3)]
    assert dispute(rising) is None
    assert dispute([*rising, say(3, 3, None, "outlet", hour=9, outlet="Late Post")]) is None


def test_of_several_clashes_the_widest_is_told(say):
    article_report = [
        say(100, 100, "the army"),
        say(60, 60, "the mayor", hour=1),
        say(10, 10, "a monitor", "monitor", hour=2),
    ]
    assert dispute(article_report) == (article_report[0], article_report[2])


def test_speakers_are_known_by_any_spelling():
    assert speaker_key("The U.S. officials") == speaker_key("US official")
