"""An incident is named by its facts; the best title stands beneath without the outlet's words, never a round-up's."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warehouse_world import make_article, make_run

from interfaces.fact_line import fact_line, people
from model.headline import TitleAffixes, affixes_of, is_round_up
from model.run import RunBatch
from warehouse import open_writer
from warehouse.reader import open_snapshot
from warehouse.rows import IncidentRow

AT = datetime(2018, 2, 8, tzinfo=UTC)
CLASH = IncidentRow(
    "inc_1", "battle", "armed_clash", AT.date(), AT.date(), "day", "Khushām", 1, "Dayr az Zawr", "SY", 35.3, 40.3,
    "town", (), 68, 80, 100, None, None, None, 3, 3, 3, "new", "A title", AT, AT, AT, 0.9, None,
)  # fmt: skip


def test_a_clash_is_told_near_the_town_that_stands_for_it() -> None:
    assert fact_line(CLASH) == "Armed clash near Khushām, Syria: 68 to 100 killed"


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"event_type": "bombing", "event_subtype": "car_bomb"}, "Car bomb in Khushām, Syria: 68 to 100 killed"),
        ({"place_precision": "region"}, "Armed clash in Khushām, Syria: 68 to 100 killed"),
        ({"place_name": None}, "Armed clash in Syria: 68 to 100 killed"),
        ({"place_name": "Syria", "place_precision": "country"}, "Armed clash in Syria: 68 to 100 killed"),
        ({"place_name": None, "country_code": None}, "Armed clash: 68 to 100 killed"),
        ({"killed_high": None}, "Armed clash near Khushām, Syria: at least 68 killed"),
        ({"killed_low": 0}, "Armed clash near Khushām, Syria: up to 100 killed"),
        ({"killed_low": None, "killed_best": None, "killed_high": None}, "Armed clash near Khushām, Syria"),
        ({"killed_low": 0, "killed_best": 0, "killed_high": 0}, "Armed clash near Khushām, Syria: none killed"),
    ],
)
def test_each_fact_that_is_missing_is_left_out(changed: dict[str, object], line: str) -> None:
    assert fact_line(replace(CLASH, **changed)) == line  # type: ignore[arg-type]


def test_injured_are_told_where_nobody_was_killed() -> None:
    row = replace(CLASH, killed_low=0, killed_best=0, killed_high=0, injured_low=4, injured_best=4, injured_high=4)
    assert fact_line(row).endswith(": none killed, 4 injured")


def test_a_range_is_never_told_without_its_bound() -> None:
    assert people(200, 200, None) == "at least 200" and people(200, 250, 300) == "200 to 300"


@pytest.mark.parametrize(
    "title",
    ["Morning briefing: Syria and trade", "Live: strikes in Syria", "Syria: what we know so far", "The week in Mali",
     "News wrap: three attacks", "Ukraine live blog", "Evening edition, 7 February", "Day 700 of the war",
     "Overnight: Mali ambush, drone strike in Yemen"],
)  # fmt: skip
def test_round_ups_are_known_by_their_kinds_of_title(title: str) -> None:
    assert is_round_up(title)


@pytest.mark.parametrize("title", ["Five shot live on air in Manila", "Police recapture Bama", "Strike near Khusham"])
def test_a_story_of_its_own_is_no_round_up(title: str) -> None:
    assert not is_round_up(title)


def test_an_affix_goes_and_a_subject_stays() -> None:
    affixes = affixes_of(["WATCH"], ["World"], ["The Daily News"])
    assert affixes.without("WATCH: Fire in Oslo kills two - The Daily News") == "Fire in Oslo kills two"
    assert affixes.without("Syria: Fire kills two - Homs") == "Syria: Fire kills two - Homs"
    assert affixes.without("WATCH: World") == "WATCH: World"  # nothing would be left
    assert TitleAffixes().without("a - b") == "a - b"


def test_the_snapshot_learns_what_recurs_in_an_outlet(tmp_path: Path) -> None:
    titles = [f"Exclusive | Story {word} of the day | Gulf Wire Service" for word in ("one", "two", "three")]
    others = [f"Mali: {word} die in Gao" for word in ("ten", "six")] + [
        "Vote in Bamako",
        "Rain in Kayes",
        "Gao at peace",
    ]
    articles = [replace(make_article(i), outlet="Gulf", title=title) for i, title in enumerate(titles)]
    articles += [replace(make_article(10 + i), outlet="Sahel", title=title) for i, title in enumerate(others)]
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.append(RunBatch(run=make_run(1), articles=tuple(articles)))
        writer.publish(tmp_path / "incidents.duckdb")
    with open_snapshot(tmp_path / "incidents.duckdb") as reader:
        assert reader.shown_title(titles[0]) == "Story one of the day"
        assert reader.shown_title(others[0]) == others[0]
        assert reader.shown_title("Sahel | Gao attacked") == "Gao attacked"
        assert reader.shown_title("Exclusive | Briefing: a day in Mali") == ""
