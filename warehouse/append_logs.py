"""Appending the logs of a run: feeds, fetches, entries, issues, and the counts of terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.feed import Fetch
from warehouse.columns import columns_of, entry_columns, feed_columns, fetch_columns, issue_columns, term_columns
from warehouse.feedstate import FeedRecord, fold_fetch
from warehouse.query import insert, one, rows, run

if TYPE_CHECKING:
    from warehouse.append import Progress

# Unfolded term rows are summed at every lookup. Folding rewrites the table, so it waits until they outnumber the
# folded ones and this many; smaller folds more often, larger makes lookups slower.
N_TERMS_UNFOLDED = 200_000


def append(progress: Progress) -> None:
    """Insert feeds that changed, new fetches, entries and lines of boilerplate, and all issues."""
    con, batch, run_no = progress.con, progress.batch, progress.numbers.run_no
    if batch.feeds:
        stored = {row[0]: row[1:] for row in rows(con, "select_feed")}
        changed = [
            feed
            for feed in batch.feeds
            if stored.get(feed.feed_id)
            != (feed.url, feed.outlet, feed.language, feed.timezone, feed.country_code, feed.kind.value)
        ]
        progress.count("feed", insert(con, "feed", feed_columns(changed), run_no=run_no))
    _append_fetches(progress)
    _append_entries(progress)
    _append_boilerplate(progress)
    progress.count("issue", insert(con, "issue", issue_columns(batch.issues), run_no=run_no))


def append_terms(progress: Progress) -> int:
    """Count the batch's terms, if it brought new memories; returns the number of documents counted.

    The resolver counts each report once, when it first places it; a batch without new memories was counted before.
    """
    resolution = progress.batch.resolution
    if not resolution or not progress.n_rows.get("memory"):
        return 0
    columns = term_columns(resolution.term_counts)
    progress.count("term_count", insert(progress.con, "term_count", columns, run_no=progress.numbers.run_no))
    insert(progress.con, "state.term", columns, is_folded=False)
    n_unfolded, n_folded = one(progress.con, "select_term_size")
    if n_unfolded > max(N_TERMS_UNFOLDED, n_folded):
        run(progress.con, "fold_term")
    return resolution.n_documents


def _append_fetches(progress: Progress) -> None:
    if not progress.batch.fetches:
        return
    con, fetch_ids = progress.con, [fetch.fetch_id for fetch in progress.batch.fetches]
    stored = {row[0] for row in rows(con, "select_fetch_id", fetch_ids=fetch_ids)}
    new = [fetch for fetch in progress.batch.fetches if fetch.fetch_id not in stored]
    progress.count("fetch", insert(con, "fetch", fetch_columns(new), run_no=progress.numbers.run_no))
    _fold_feeds(progress, [fetch for fetch in new if fetch.feed_id is not None])


def _fold_feeds(progress: Progress, fetches: list[Fetch]) -> None:
    feed_ids = sorted({fetch.feed_id for fetch in fetches if fetch.feed_id})
    if not feed_ids:
        return
    stored = rows(progress.con, "select_feed_state", feed_ids=feed_ids)
    states = {row[0]: FeedRecord(*row) for row in stored}
    for fetch in sorted(fetches, key=lambda fetch: (fetch.started_at, fetch.fetch_id)):
        feed_id = fetch.feed_id or ""
        states[feed_id] = fold_fetch(states.get(feed_id, FeedRecord(feed_id)), fetch)
    run(progress.con, "delete_state_feed", feed_ids=feed_ids)
    names = tuple(FeedRecord.__dataclass_fields__)
    insert(progress.con, "state.feed", columns_of(names, ([getattr(s, n) for n in names] for s in states.values())))


def _append_boilerplate(progress: Progress) -> None:
    """Insert the lines that are not known yet."""
    if not progress.batch.boilerplate:
        return
    outlets = sorted({one.outlet for one in progress.batch.boilerplate})
    stored = set(rows(progress.con, "select_boilerplate", outlets=outlets))
    new = sorted({(one.outlet, one.line) for one in progress.batch.boilerplate} - stored)
    columns = columns_of(("outlet", "line"), new)
    progress.count("boilerplate", insert(progress.con, "boilerplate", columns, run_no=progress.numbers.run_no))


def _append_entries(progress: Progress) -> None:
    """Insert entries that are new or whose page has been read since."""
    entries = progress.batch.entries
    if not entries:
        return
    guids = sorted({seen.entry.guid for seen in entries})
    stored = set(rows(progress.con, "select_entry_key", guids=guids))
    new = {(seen.entry.feed_id, seen.entry.guid, seen.article_id): seen for seen in entries}
    fresh = [seen for key, seen in new.items() if key not in stored]
    progress.count("entry", insert(progress.con, "entry", entry_columns(fresh), run_no=progress.numbers.run_no))
