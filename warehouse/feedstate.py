"""What the fetch log says of a feed: one attempt folded into the record at a time, purely.

`acquisition.poll_outcome.next_state` is the reference for this fold; a property test holds the two equal.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime

from model.feed import FeedHints, FeedState, Fetch, Outcome, Validators
from warehouse.columns import hints_json

SUCCESSES = frozenset({Outcome.OK, Outcome.NOT_MODIFIED, Outcome.SAME_BODY})


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """The row of `state.feed`; the fields stand in the order of its columns."""

    feed_id: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    next_poll_at: datetime | None = None
    next_poll_reason: str | None = None
    last_fetch_at: datetime | None = None
    last_success_at: datetime | None = None
    last_full_fetch_at: datetime | None = None
    last_new_entry_at: datetime | None = None
    n_failures: float = 0.0
    interval_s: float | None = None
    last_outcome: str | None = None
    last_error: str | None = None
    moved_to: str | None = None
    moved_since: datetime | None = None
    hints: str | None = None


def fold_fetch(record: FeedRecord, fetch: Fetch) -> FeedRecord:
    """Fold one concluded attempt into a feed's record.

    The attempt's validators are those to send next, whatever came of it: the poller repeats the known ones where an
    answer brought none, and leaves them empty where the feed must be sent in full again.
    """
    is_success = fetch.outcome in SUCCESSES
    at = fetch.started_at
    moved_to = fetch.moved_to if is_success else record.moved_to
    moved_since = record.moved_since if moved_to == record.moved_to else at
    return replace(
        record,
        etag=fetch.validators.etag,
        last_modified=fetch.validators.last_modified,
        body_sha256=fetch.validators.body_sha256,
        next_poll_at=fetch.next_poll_at,
        next_poll_reason=fetch.next_poll_reason,
        last_fetch_at=at,
        last_success_at=at if is_success else record.last_success_at,
        last_full_fetch_at=at if is_success and fetch.is_full else record.last_full_fetch_at,
        last_new_entry_at=at if fetch.n_new_entries else record.last_new_entry_at,
        n_failures=record.n_failures if fetch.n_failures is None else fetch.n_failures,
        interval_s=fetch.interval_s or record.interval_s,
        last_outcome=fetch.outcome.value,
        last_error=None if is_success else fetch.error,
        moved_to=moved_to,
        moved_since=None if moved_to is None else moved_since,
        hints=hints_json(fetch.hints) or record.hints,
    )


def feed_state(record: FeedRecord, known_guids: frozenset[str]) -> FeedState:
    """Turn a record into what the poller asks for."""
    return FeedState(
        feed_id=record.feed_id,
        validators=Validators(record.etag, record.last_modified, record.body_sha256),
        next_poll_at=record.next_poll_at,
        last_success_at=record.last_success_at,
        last_full_fetch_at=record.last_full_fetch_at,
        last_new_entry_at=record.last_new_entry_at,
        n_failures=record.n_failures,
        interval_s=record.interval_s,
        known_guids=known_guids,
        hints=read_hints(record.hints) or FeedHints(),
        moved_to=record.moved_to,
        moved_since=record.moved_since,
    )


def read_hints(text: str | None) -> FeedHints | None:
    """Read the stored hints; null stays null."""
    if text is None:
        return None
    hints = json.loads(text)
    return FeedHints(hints["ttl_s"], hints["update_period_s"], tuple(hints["skip_hours"]), tuple(hints["skip_days"]))
