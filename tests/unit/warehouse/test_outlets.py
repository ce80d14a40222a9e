"""How outlets tell and correct, in worlds small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from small_record import Record, tell, world

NOON = datetime(2018, 2, 7, 12, tzinfo=UTC)


def after(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def record(empty: Any) -> Iterator[Record]:
    """Three runs, at noon and one and two hours later."""
    with world(empty) as made:
        for number in (1, 2, 3):
            made.run(number, after(60 * (number - 1)))
        yield made


CORRECTIONS = (
    "SELECT outlet, article_id, revision, minutes_to_correction, killed_before, killed_after, injured_before, "
    "injured_after FROM pub.correction ORDER BY article_id, revision"
)


def test_a_correction_is_a_figure_that_a_later_revision_changed(record: Record) -> None:
    tell(record, 1, "inc_a", outlet="Fast", killed_best=5, injured_best=2)
    tell(record, 2, "inc_a", outlet="Fast", article_id="art-1", revision=2, run=2, killed_best=9, injured_best=2)
    tell(record, 3, "inc_a", outlet="Fast", article_id="art-1", revision=3, run=3, killed_best=9)
    tell(record, 4, "inc_b", outlet="Slow", killed_best=1)
    tell(record, 5, "inc_b", outlet="Slow", article_id="art-4", revision=2, run=3, killed_best=1)  # a new text only
    record.fold()
    assert record.ask(CORRECTIONS) == [
        ("Fast", "art-1", 2, 60, 5, 9, 2, 2),
        ("Fast", "art-1", 3, 60, 9, 9, 2, None),
    ]
    assert record.ask("FROM pub.time_to_correction") == [("Fast", 2, 60.0, 60)]


def test_each_incident_of_an_article_is_compared_with_itself(record: Record) -> None:
    for revision, run in ((1, 1), (2, 2)):
        number = revision * 10
        tell(record, number, "inc_a", article_id="art-1", revision=revision, run=run, killed_best=5)
        record.put(
            "report",
            {"report_no": number + 1, "coding_no": number, "report_id": f"rep-second-{revision}", "run_no": run,
             "article_id": "art-1", "revision": revision, "killed_best": 30},
        )  # fmt: skip
        assignment = {"assignment_no": number + 1, "report_id": f"rep-second-{revision}", "run_no": run}
        record.put("assignment", assignment | {"incident_id": "inc_b"})
    record.fold()
    assert record.ask(CORRECTIONS) == []


def test_a_new_coding_of_ours_is_no_correction_of_theirs(record: Record) -> None:
    tell(record, 1, "inc_a", killed_best=5)
    coding = {"coding_no": 2, "article_id": "art-1", "run_no": 2}
    record.put("coding", coding)
    record.put("report", coding | {"report_no": 2, "report_id": "rep-art-1-1", "killed_best": 6})
    record.fold()
    assert record.ask(CORRECTIONS) == []
    # The next revision is held against the newest coding, and the time counts from when the old text was known.
    tell(record, 3, "inc_a", article_id="art-1", revision=2, run=3, killed_best=8)
    record.fold()
    assert record.ask(CORRECTIONS) == [("An outlet", "art-1", 2, 120, 6, 8, None, None)]


def test_what_was_taken_back_corrects_nothing(record: Record) -> None:
    tell(record, 1, "inc_a", killed_best=5)
    tell(record, 2, "inc_a", article_id="art-1", revision=2, run=3, killed_best=9)
    record.put("run_rollback", {"run_no": 3, "rolled_back_at": after(130)})
    record.fold()
    assert record.ask(CORRECTIONS) == []


def test_the_profile_of_each_outlet(record: Record) -> None:
    # inc_a: Fast first, Slow 30 minutes behind and again a day later; Third ties with Fast.
    tell(record, 1, "inc_a", outlet="Fast", published_at=after(0), killed_best=5)
    tell(record, 2, "inc_a", outlet="Slow", published_at=after(30), killed_best=5, injured_best=1)
    tell(record, 3, "inc_a", outlet="Slow", published_at=after(1440), killed_best=7, injured_best=1)
    tell(record, 4, "inc_a", outlet="Third", published_at=after(0))
    # inc_b: Slow first, Fast 50 minutes behind.  inc_c: Fast alone, which makes it first of nobody.
    tell(record, 5, "inc_b", outlet="Slow", published_at=after(100), killed_best=2)
    tell(record, 6, "inc_b", outlet="Fast", published_at=after(150), killed_best=2)
    tell(record, 7, "inc_c", outlet="Fast", published_at=after(10))
    # Fast corrects inc_b; what it recalls in passing counts for nothing; one article of Third is a copy.
    tell(
        record, 8, "inc_b", outlet="Fast", published_at=after(150), article_id="art-6", revision=2, run=2, killed_best=3
    )
    tell(record, 9, "inc_c", outlet="Third", published_at=after(11), role="background")
    record.put("origin", {"article_id": "art-4", "origin_id": "art-1", "run_no": 1})
    record.fold()
    names = (
        "outlet, n_articles, n_incidents, n_first, median_minutes_behind, n_copies, n_corrections, "
        "n_tolls, n_tolls_revised"
    )
    assert record.columns(names, "pub.outlet_profile") == [
        # Tolls of Fast: killed of inc_a, and of inc_b (revised).
        # Tolls of Slow: killed (revised) and injured of inc_a, killed of inc_b.
        ("Fast", 3, 3, 1, 25.0, 0, 1, 2, 1),
        ("Slow", 3, 2, 1, 15.0, 0, 0, 3, 1),
        ("Third", 1, 1, 1, 0.0, 1, 0, 0, 0),
    ]


def test_an_outlet_that_is_always_alone_is_behind_nobody(record: Record) -> None:
    tell(record, 1, "inc_a", outlet="Alone", published_at=after(0))
    tell(record, 2, "inc_b", outlet="Alone")  # no instant of publication
    record.fold()
    assert record.ask("SELECT n_incidents, n_first, median_minutes_behind FROM pub.outlet_profile") == [(2, 0, None)]
