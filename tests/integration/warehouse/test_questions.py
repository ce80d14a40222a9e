"""The questions of the reference page run on a published warehouse, and the answers that can be known are right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from question_world import QUESTIONS, build
from warehouse_world import at, make_fetch, make_run, opening_batch

from model.feed import Outcome
from model.run import RunBatch
from warehouse import Reader, open_snapshot, open_writer

# What a small calm world cannot have: spikes. Everything else is in it.
EMPTY_HERE = ("5.", "17.")  # nothing is disputed in this record


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    published = build(tmp_path_factory.mktemp("questions"))
    with open_snapshot(published) as reader:
        yield reader


def test_there_are_twenty_five() -> None:
    assert [part.split(".")[0].removeprefix("-- ") for part in QUESTIONS] == [str(n) for n in range(1, 26)]


@pytest.mark.parametrize("question", QUESTIONS, ids=[part.splitlines()[0][3:] for part in QUESTIONS])
def test_a_question_is_answered(reader: Reader, question: str) -> None:
    answer = reader.sql(question)
    number = question.split()[1]
    assert bool(answer.rows) is (number not in EMPTY_HERE)


def test_days_are_utc_days_whatever_the_session_says(reader: Reader) -> None:
    days = reader.sql(
        "SELECT DISTINCT day FROM lib.exposure('detected', 'infinity'::TIMESTAMPTZ, 'all') ORDER BY 1"
    ).rows
    assert days[0][0] == at(1).date()
    assert days[-1][0] <= (at(40) + timedelta(days=1)).date()


def test_zero_where_watched_and_null_where_not(tmp_path: Path) -> None:
    with open_writer(tmp_path / "w.duckdb") as writer:
        writer.append(opening_batch(1))
        writer.append(RunBatch(make_run(24), fetches=(make_fetch("feed0", hours=24, outcome=Outcome.NOT_MODIFIED),)))
        writer.append(RunBatch(make_run(48), fetches=(make_fetch("feed0", hours=48, outcome=Outcome.TIMEOUT),)))
        writer.append(RunBatch(make_run(72), fetches=(make_fetch("feed0", hours=72),)))
        trend = writer._con.execute(
            "SELECT n_incidents, is_watched, n_articles_seen FROM pub.trend(by := 'day')"
        ).fetchall()
    assert trend == [(1, True, 1), (0, True, 0), (None, False, 0), (0, True, 0)]


def test_a_trend_as_of_then_knows_nothing_later(reader: Reader) -> None:
    then = reader.sql("SELECT sum(n_incidents) FROM pub.trend_asof('2018-02-07 14:30:00+00'::TIMESTAMPTZ, by := 'day')")
    now = reader.sql("SELECT sum(n_incidents) FROM pub.trend(by := 'day')")
    assert (then.rows, now.rows) == (((4,),), ((5,),))  # six were opened, and two of them merged later


def test_a_spike_is_told_in_words_and_a_new_feed_makes_none(tmp_path: Path) -> None:
    week = 24 * 7
    with open_writer(tmp_path / "w.duckdb") as writer:
        for number in range(12):
            calm = opening_batch(1 + number * week, n_reports=40)
            opened = 30 if number == 10 else 2  # one week of many incidents among as many articles as ever
            kept = calm.incidents[:opened]
            writer.append(replace(calm, incidents=kept, resolution=None, changes=()))
        busier = opening_batch(1 + 12 * week, n_reports=400)  # ten times the articles, ten times the incidents
        writer.append(replace(busier, incidents=busier.incidents[:20], resolution=None, changes=()))
        found = writer._con.execute(
            "SELECT period_start, n_incidents, words, len(incident_ids) FROM pub.spikes(clock := 'detected')"
        ).fetchall()
    assert [(row[1], row[3]) for row in found] == [(30, 30)]
    assert found[0][2].startswith("SY: 30 incidents in the week from ")


def found(reader: Reader, question: str) -> list[tuple[str, float]]:
    return [(row[2], row[3]) for row in reader.sql(f"FROM pub.search({question})").rows]


def test_search_folds_accents_and_finds_words_by_their_beginning(reader: Reader) -> None:
    texts = [text for text, _ in found(reader, "'KILL, Monitór'")]
    assert texts
    assert all("killed" in text and "monitor" in text for text in texts)
    assert found(reader, "'illed'") == found(reader, "'killed unheard'") == found(reader, "' '") == []


def test_search_puts_rare_words_and_headlines_first(reader: Reader) -> None:
    titles = [row[0] for row in reader.sql("SELECT title FROM pub.report ORDER BY report_id").rows]
    ((text, rare),) = found(reader, f"'{titles[0]}'")
    assert text == titles[0]
    common = found(reader, f"'{titles[0].split()[0]}'")
    assert len(common) > 1
    assert rare > common[0][1]
    assert [score for _, score in common] == sorted((score for _, score in common), reverse=True)


def test_search_near_a_point(reader: Reader) -> None:
    lat, lon = reader.sql("SELECT lat, lon FROM pub.incident WHERE lat IS NOT NULL LIMIT 1").rows[0]
    near = found(reader, f"'killed', lat := {lat}, lon := {lon}, km := 1")
    assert near
    assert set(near) <= set(found(reader, "'killed'"))
    assert found(reader, f"'killed', lat := {-lat}, lon := {lon}") == []
