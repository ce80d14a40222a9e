"""When to ask for an article's page again: young articles are edited, and tolls move.

A page is asked again 1, 6, 24 and 48 hours after the article was first seen, with its validators; a changed body
makes a new revision. Lateness counts from `first_seen_at`, never from the publisher's date, which may lie. A check
that was missed (the machine slept) is made up once, not several times.
"""

from __future__ import annotations

from datetime import datetime, timedelta

CHECK_AFTER = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 48))  # Feedbin, news-please; later edits are rare


def next_check_at(first_seen_at: datetime, last_checked_at: datetime) -> datetime | None:
    """Say when a page is to be asked again; null once it is old.

    Args:
        first_seen_at: When the article was first seen (aware).
        last_checked_at: When its page was last asked for, the first time included (aware).

    >>> from datetime import UTC
    >>> seen = datetime(2018, 2, 7, 12, tzinfo=UTC)
    >>> next_check_at(seen, seen).isoformat()
    '2018-02-07T13:00:00+00:00'
    """
    moments = (first_seen_at + after for after in CHECK_AFTER)
    return next((moment for moment in moments if moment > last_checked_at), None)


def needs_check(first_seen_at: datetime, last_checked_at: datetime, now: datetime) -> bool:
    """Say whether a page is to be asked again at `now`."""
    due_at = next_check_at(first_seen_at, last_checked_at)
    return due_at is not None and due_at <= now
