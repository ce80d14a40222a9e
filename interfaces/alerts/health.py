"""Which feeds are dying: pure. People hear of them through Prefect's automations, since they are no news."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from warehouse.rows import FeedHealthRow

DYING_AFTER = timedelta(hours=24)  # a night's maintenance is over by then
N_NEVER = 5  # failures after which a feed that has never answered most likely never will: a wrong address


def dying_feeds(feeds: Iterable[FeedHealthRow], now: datetime) -> tuple[FeedHealthRow, ...]:
    """Return the feeds that failed again at `now` and have not answered for a day, or never.

    A feed is told of when it was asked in this very run: the pauses between its polls grow, and so do those between
    the events.
    """
    return tuple(
        feed for feed in feeds if feed.last_fetch_at is not None and feed.last_fetch_at >= now and _dies(feed, now)
    )


def _dies(feed: FeedHealthRow, now: datetime) -> bool:
    if feed.health == "never_answered":
        return feed.n_failures >= N_NEVER
    return feed.health == "failing" and feed.last_success_at is not None and now - feed.last_success_at > DYING_AFTER
