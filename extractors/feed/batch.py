"""Many feeds' bytes to entries, in the killable pool: hostile XML costs its own worker and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pool import PoolResult, shared_pool
from model.feed import Feed, ParsedFeed

_FUNCTION = "extractors.feed.batch:parse_body"


@dataclass(frozen=True, slots=True)
class FeedBody:
    """A feed's bytes as they came; `base` is the address that answered, null where it is the feed's own."""

    feed: Feed
    body: bytes
    content_type: str | None = None
    base: str | None = None


def parse_feeds(bodies: Sequence[FeedBody], n_workers: int) -> tuple[ParsedFeed, ...]:
    """Parse feeds, each in a process that is killed when the document costs too much.

    Returns:
        One result for each body, in order; a killed one has no entries and says why in `error`.
    """
    return tuple(_parsed(result) for result in shared_pool(n_workers).run(_FUNCTION, bodies))


def parse_body(source: FeedBody) -> ParsedFeed:
    """Parse one feed, in a worker."""
    from extractors.feed.parse import parse_feed

    return parse_feed(source.body, source.content_type, source.feed, source.base)


def _parsed(result: PoolResult) -> ParsedFeed:
    """Take a result out of its envelope."""
    if isinstance(result.value, ParsedFeed):
        return result.value
    return ParsedFeed(error=f"the feed could not be parsed: {result.failure}")
