"""Where to poll a feed whose address moved.

A permanent redirect is adopted only after it has held for a week, since maintenance pages redirect too; from http to
https at the same place it is adopted at once. The feeds file is never edited: the move is folded from the fetch log.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from acquisition.schedule import FAILING_FROM
from model.feed import Feed, FeedState

ADOPTED_AFTER = timedelta(days=7)  # Feedbin takes six days, lion-reader seven


def adopted_address(feed: Feed, state: FeedState, now: datetime, taken: Iterable[str] = ()) -> str:
    """Choose the address to poll: where a permanent redirect has led for a week, else the feed's own.

    Args:
        feed: The feed as the file has it.
        state: What is known of it.
        now: The moment of the poll.
        taken: Addresses of other feeds; a move onto one of them is never adopted.

    Returns:
        The adopted address, or the feed's own again once the adopted one keeps failing.
    """
    target = state.moved_to
    if target is None or state.moved_since is None or target in frozenset(taken) - {feed.url}:
        return feed.url
    if state.n_failures >= FAILING_FROM:
        return feed.url
    is_upgrade = feed.url.startswith("http://") and target == "https://" + feed.url.removeprefix("http://")
    return target if is_upgrade or now - state.moved_since >= ADOPTED_AFTER else feed.url
