"""What the fetch log says of a feed: one attempt folded into the record at a time, purely."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from model.feed import FeedState, Fetch, Outcome, Validators

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


def fold_fetch(record: FeedRecord, fetch: Fetch) -> FeedRecord:
    """Fold one attempt into a feed's record.

    Validators stay as they were when an attempt brought none (a failure, a 304 without headers), since the next
    conditional request must send the last ones that the server gave.
    """
    is_success = fetch.outcome in SUCCESSES
    came = fetch.validators
    has_new = is_success and any((came.etag, came.last_modified, came.body_sha256))
    next_poll_at = fetch.next_poll_at or record.next_poll_at
    return replace(
        record,
        etag=came.etag if has_new else record.etag,
        last_modified=came.last_modified if has_new else record.last_modified,
        body_sha256=(came.body_sha256 or record.body_sha256) if has_new else record.body_sha256,
        next_poll_at=next_poll_at,
        next_poll_reason=fetch.next_poll_reason or record.next_poll_reason,
        last_fetch_at=fetch.started_at,
        last_success_at=fetch.started_at if is_success else record.last_success_at,
        last_full_fetch_at=(
            fetch.started_at if fetch.outcome in {Outcome.OK, Outcome.SAME_BODY} else record.last_full_fetch_at
        ),
        last_new_entry_at=fetch.started_at if fetch.n_new_entries else record.last_new_entry_at,
        n_failures=0.0 if is_success else record.n_failures + 1,
        interval_s=(
            (fetch.next_poll_at - fetch.started_at).total_seconds() if fetch.next_poll_at else record.interval_s
        ),
        last_outcome=fetch.outcome.value,
        last_error=None if is_success else fetch.error,
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
    )
