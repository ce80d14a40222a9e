"""Whether a run is a failure: many of all feeds fail at once. One dead feed, or one that refuses us, fails no run.

Judged by the feeds' health as published, that is over all feeds, whichever of them this run has polled: a run polls
what is due, often a single feed. Left out are feeds that refuse us and those dead for weeks: they are told, every day,
and nothing that happened today made them so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from model.errors import TransientError
from model.feed import FeedStatus, Outcome
from model.settings import Settings
from pipeline.monitor import FeedResult, RunSummary
from warehouse import open_snapshot
from warehouse.rows import FeedHealthRow

LEAST_FAILING = 5  # feeds: fewer fail together by chance; a short list is judged by its reader and by exit code 4
DEAD_FOR = timedelta(days=14)  # a feed that did not answer for two weeks will not answer tomorrow
REFUSALS = frozenset({Outcome.RATE_LIMITED, Outcome.REFUSED_ADDRESS, Outcome.ROBOTS})


def check_health(settings: Settings, summary: RunSummary) -> None:
    """Fail the run, after everything was appended and published, when too many of all feeds fail.

    Raises:
        TransientError: the share of failing feeds is above `max_failing_share_0_1`, or no feed could be reached.
    """
    with open_snapshot(settings.snapshot_path) as reader:
        fault = fault_of(summary.told, reader.feed_health(), summary.now, settings.max_failing_share_0_1)
    if fault:
        raise TransientError(
            fault,
            unchanged="what came in was appended and published",
            next_step="see deconflict doctor, or wait for the next run",
        )


def fault_of(
    feed_results: Sequence[FeedResult], feeds: Sequence[FeedHealthRow], now: datetime, max_share_0_1: float
) -> str | None:
    """Say why a run counts as failed, or null.

    Args:
        feed_results: The feeds that the run has polled.
        feeds: All feeds as they are after the run.
        now: The moment of the run.
        max_share_0_1: Of the feeds that are not dead, how many may fail.
    """
    if len(feed_results) >= LEAST_FAILING and all(one.status is FeedStatus.OFFLINE for one in feed_results):
        return f"none of {len(feed_results)} feeds could be reached: this machine is offline"
    alive = [feed for feed in feeds if feed.last_fetch_at is not None and not _is_given_up(feed, now)]
    failing = [feed for feed in alive if feed.n_failures > 0]
    if len(failing) >= LEAST_FAILING and len(failing) / len(alive) > max_share_0_1:
        return f"{len(failing)} of {len(alive)} feeds failed"
    return None


def _is_given_up(feed: FeedHealthRow, now: datetime) -> bool:
    if feed.n_failures <= 0:
        return False
    is_dead = feed.last_success_at is not None and now - feed.last_success_at > DEAD_FOR
    return is_dead or feed.last_outcome in REFUSALS
