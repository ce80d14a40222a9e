"""A run that found every feed unchanged copies nothing; whatever readers should see is published at once."""

from dataclasses import replace
from pathlib import Path

import pytest
from warehouse_world import at, make_fetch, make_run, opening_batch

from model.feed import Outcome
from model.run import Issue, IssueCode, IssueLevel, RunBatch
from warehouse import open_writer


def quiet(number: int, outcome: Outcome = Outcome.OK, hours: float = 1.1) -> RunBatch:
    fetches = tuple(make_fetch(f"feed{n}", hours=hours, outcome=outcome, n_new=0) for n in range(3))
    return RunBatch(replace(make_run(number), now=at(hours)), fetches=fetches)


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    snapshot = tmp_path / "published" / "incidents.duckdb"
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        assert writer.has_news(snapshot, at(1))
        writer.append(opening_batch(1))
        assert writer.has_news(snapshot, at(1))
        writer.publish(snapshot)
        assert not writer.has_news(snapshot, at(1))
    return snapshot


def test_unchanged_feeds_are_no_news_for_half_an_hour(tmp_path: Path, snapshot: Path) -> None:
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.append(quiet(2, hours=1.1))
        writer.append(quiet(3, hours=1.2))
        assert not writer.has_news(snapshot, at(1.4))
        assert writer.has_news(snapshot, at(1.5))
        assert writer.has_news(snapshot, at(-2))  # a clock that went back


ISSUE = Issue(IssueLevel.WARNING, IssueCode.FEED_EMPTY, "feed2 is empty", feed_id="feed2")


@pytest.mark.parametrize(
    "batch",
    [
        opening_batch(2),
        replace(quiet(2), issues=(ISSUE,)),
        quiet(2, Outcome.TIMEOUT),
        replace(quiet(2), run=replace(make_run(2), kind="reprocess")),
    ],
    ids=["an incident", "an issue", "a feed that begins to fail", "a run of another kind"],
)
def test_whatever_readers_should_see_is_news(tmp_path: Path, snapshot: Path, batch: RunBatch) -> None:
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.append(batch)
        writer.append(quiet(3))  # a run whose publishing failed is published with the next, however quiet that is
        assert writer.has_news(snapshot, at(1.3))


def test_a_published_file_that_cannot_be_read_is_replaced(tmp_path: Path, snapshot: Path) -> None:
    snapshot.resolve().chmod(0o600)
    snapshot.resolve().write_bytes(b"torn")
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        assert writer.has_news(snapshot, at(1))
