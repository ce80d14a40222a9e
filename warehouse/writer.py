"""The one writer of the private file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from model.article import Article
from model.errors import ContractError
from model.feed import FeedState
from model.incident import ArticleReport, Decision, IncidentVersion
from model.run import AppendedRun, Issue, RunBatch
from warehouse import publish, retention, run_reads
from warehouse.append import append_run
from warehouse.columns import issue_columns
from warehouse.connect import open_private
from warehouse.history import check_history, refuse_lost_file
from warehouse.migrate import migrate
from warehouse.outbox import Outbox
from warehouse.query import insert, insert_row, one, rows
from warehouse.retention import FileRoom
from warehouse.rollback import roll_back
from warehouse.rows import KnownArticle, KnownEntry, RecentText, YoungArticle
from warehouse.shared_reads import Subjects
from warehouse.unpublished import has_news
from warehouse.withheld import issue_without_secrets, without_secrets


class Writer(Subjects, Outbox):
    """What a run may ask of the private file and do to it; made by `open_writer`."""

    def __init__(self, con: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._con = con
        self._path = path

    def feed_states(self, feed_ids: Iterable[str]) -> dict[str, FeedState]:
        """Return what is known of each feed before a poll; empty states for new feeds."""
        return run_reads.feed_states(self._con, feed_ids)

    def known_articles(self, article_ids: Iterable[str]) -> dict[str, KnownArticle]:
        """Return what is stored of these articles; unknown ones are left out."""
        return run_reads.known_articles(self._con, article_ids)

    def known_entries(
        self, feed_ids: Iterable[str], guids: Iterable[str], titles: Iterable[str], since: datetime
    ) -> tuple[KnownEntry, ...]:
        """Return the stored entries of some feeds by guid, and those since a moment by title; the newest last."""
        return run_reads.known_entries(self._con, feed_ids, guids, titles, since)

    def count_new_entries(self, feed_ids: Iterable[str], since: datetime) -> dict[str, int]:
        """Return how many entries each feed brought since a moment; feeds without any are left out."""
        return run_reads.count_new_entries(self._con, feed_ids, since)

    def count_revisions(self, feed_ids: Iterable[str], since: datetime) -> dict[str, int]:
        """Return how many revisions of known articles each feed brought since a moment; those without are left out."""
        return run_reads.count_revisions(self._con, feed_ids, since)

    def feed_only(self, article_ids: Iterable[str]) -> frozenset[str]:
        """Return those of some articles whose newest text is the feed's own."""
        return run_reads.feed_only(self._con, article_ids)

    def articles(self, article_ids: Iterable[str]) -> dict[str, Article]:
        """Return the newest revision of each stored article with its text; a pruned text is empty."""
        return run_reads.articles(self._con, article_ids)

    def young_articles(self, since: datetime) -> tuple[YoungArticle, ...]:
        """Return the articles first seen since a moment that came with an address, the newest first."""
        return run_reads.young_articles(self._con, since)

    def recent_texts(self, outlets: Iterable[str]) -> tuple[RecentText, ...]:
        """Return titles and texts of each outlet's newest articles, oldest first."""
        return run_reads.recent_texts(self._con, outlets)

    def boilerplate(self, outlets: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return the lines learnt to stand under many articles of each outlet; outlets without any are left out."""
        return run_reads.boilerplate(self._con, outlets)

    def prune_texts(self, fetched_before: datetime, least_share_0_1: float = 0.0) -> int:
        """Remove the texts of revisions fetched before a moment, if they are that share of all; nothing else goes.

        Returns the number of texts removed; their space is used again by later runs.

        Raises:
            WarehouseError: the disk failed; all texts are still there.
        """
        return retention.prune_texts(self._con, fetched_before, least_share_0_1)

    def count_texts(self, fetched_before: datetime) -> tuple[int, int]:
        """Count the texts of revisions fetched before a moment, and all texts."""
        return retention.count_texts(self._con, fetched_before)

    def file_room(self) -> FileRoom:
        """Measure the private file as of its last checkpoint."""
        return retention.file_room(self._con)

    def members(self, incident_ids: Iterable[str]) -> dict[str, tuple[ArticleReport, ...]]:
        """Return the current reports of each incident; every `FeedSource.article.text` is empty."""
        return run_reads.members(self._con, incident_ids)

    def origins(self, article_ids: Iterable[str]) -> dict[str, str]:
        """Return the origin of each stored article."""
        return run_reads.origins(self._con, article_ids)

    def latest_incidents(self, incident_ids: Iterable[str]) -> dict[str, IncidentVersion]:
        """Return the newest version of each known incident."""
        return run_reads.latest_incidents(self._con, incident_ids)

    def resolve_redirects(self, incident_ids: Iterable[str]) -> dict[str, str]:
        """Return where each incident id leads in the end."""
        return run_reads.resolve_redirects(self._con, incident_ids)

    def append(self, batch: RunBatch) -> AppendedRun:
        """Append everything of a run in one transaction.

        Raises:
            ContractError: the batch contradicts itself or the record.
            WarehouseError: the disk failed. In both cases nothing was written.
        """
        return append_run(self._con, without_secrets(batch))

    def add_issues(self, run_id: str, issues: Sequence[Issue]) -> None:
        """Tell of what went wrong after a run was appended, such as its site; readers see it when next published.

        Raises:
            ContractError: there is no such run.
        """
        found = rows(self._con, "select_run_no", run_id=run_id)
        if not found:
            raise ContractError(f"there is no run {run_id}", unchanged="nothing was written")
        insert(self._con, "issue", issue_columns([issue_without_secrets(one) for one in issues]), run_no=found[0][0])

    def add_decision(self, decision: Decision) -> None:
        """Store a person's decision; the same id again changes nothing."""
        if one(self._con, "select_decision_count", decision_id=decision.decision_id)[0]:
            return
        insert_row(
            self._con,
            "decision",
            decision_id=decision.decision_id,
            left_id=decision.left_id,
            right_id=decision.right_id,
            is_same=decision.is_same,
            decided_by=decision.by,
            decided_at=decision.at,
            note=decision.note,
        )

    def withdraw_decision(self, decision_id: str, *, by: str, at: datetime, note: str = "") -> None:
        """Take a decision back; twice is once.

        Raises:
            ContractError: there is no such decision.
        """
        n_made, n_withdrawn = one(self._con, "select_decision_count", decision_id=decision_id)
        if not n_made:
            raise ContractError(f"there is no decision {decision_id}", unchanged="nothing was written")
        if not n_withdrawn:
            values = {"decision_id": decision_id, "withdrawn_by": by, "withdrawn_at": at, "note": note}
            insert_row(self._con, "decision_withdrawal", **values)

    def roll_back(self, run_id: str, *, by: str, at: datetime, reason: str) -> AppendedRun:
        """Take the newest run back: its rows stay and stop counting, and the change log says so.

        Raises:
            ContractError: there is no such run, or later runs build on it.
            WarehouseError: the disk failed; nothing was written.
        """
        return roll_back(self._con, run_id, by=by, at=at, reason=reason)

    def check_history(self, snapshot_path: Path) -> None:
        """See that this file has every run that was published.

        Raises:
            WarehouseError: it lacks some.
        """
        check_history(self._con, self._path, snapshot_path)

    def has_news(self, snapshot_path: Path, now: datetime) -> bool:
        """Say whether there is something to publish: rows, a feed's new condition, or an old file."""
        return has_news(self._con, snapshot_path, now)

    def publish(self, snapshot_path: Path) -> Path:
        """Publish what is complete as a read-only file; returns the versioned file that `snapshot_path` now leads to.

        Raises:
            ContractError: a data test fails; the last good snapshot stays.
            WarehouseError: the folder cannot be written; the last good snapshot stays.
        """
        return publish.publish(self._con, self._path, snapshot_path)


@contextmanager
def open_writer(path: Path, lock_wait_s: float = 30) -> Iterator[Writer]:
    """Open the private file for one writer, making folder and file and bringing its schema up to date.

    Args:
        path: The private file, not the published one.
        lock_wait_s: Seconds to wait for another process to let go of it.

    Raises:
        WarehouseLockedError: another process still holds it; its pid stands in the message.
        WarehouseError: the folder is not writable, the file is of newer code, or it is missing beside a published one.
    """
    refuse_lost_file(path)
    con = open_private(path, lock_wait_s)
    try:
        migrate(con, path)
        yield Writer(con, path)
    finally:
        con.close()
