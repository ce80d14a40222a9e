"""What a run wants to read: articles that are new, and young ones whose pages are asked for again.

Young articles are edited, and tolls move. A page that came in full again is compared with what is stored: only what a
reader would see changed is a new revision, and nothing that is less than the stored text is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from acquisition.rate_limit import host_of
from acquisition.recheck import needs_check
from extractors.page.boilerplate import strip_lines
from model import ids
from model.article import Article, TextQuality
from model.feed import Entry, Feed
from warehouse import Writer
from warehouse.rows import YoungArticle

ARTICLES_PER_CHUNK = 100  # a task's worth of pages to read or articles to code: about 5 s of work on two cores
# The last check is due two days after an article; who was away for longer makes it up, within the week.
YOUNG_FOR = timedelta(days=7)
_WHOLE = frozenset({TextQuality.FULL, TextQuality.LIVE_BLOG, TextQuality.LISTING})


@dataclass(frozen=True, slots=True)
class PlannedFetch:
    """An entry whose article is not known yet, or is to be checked again (`young` is then what is stored of it).

    `is_feed_text`: the entry's own text is read and no page is asked for: its address is other entries' too, or the
    feed's text has changed while the page is refused.
    """

    entry: Entry
    feed: Feed
    article_id: str
    young: YoungArticle | None = None
    is_feed_text: bool = False


def due_checks(writer: Writer, feeds: Mapping[str, Feed], now: datetime) -> tuple[PlannedFetch, ...]:
    """Name the young articles whose pages are to be asked for again at `now`; feeds by id, others' are left alone."""
    return tuple(
        PlannedFetch(young.entry, feeds[young.entry.feed_id], young.article_id, young)
        for young in writer.young_articles(now - YOUNG_FOR)
        if young.entry.feed_id in feeds
        and _has_own_page(young, feeds[young.entry.feed_id])
        and needs_check(young.first_seen_at, young.last_checked_at, now)
    )


def _has_own_page(young: YoungArticle, feed: Feed) -> bool:
    """Say whether an article is the one of its address, and not one of several entries that share it."""
    url = young.entry.url or ""
    return young.article_id in (ids.article_id(url), ids.outlet_article_id(url, feed.outlet))


def is_revised(stored: Article, read: Article, boilerplate: frozenset[str] = frozenset()) -> bool:
    """Say whether `read` tells something else than the newest stored revision, and is fit to take its place.

    Args:
        stored: The newest revision.
        read: The article as its page has it now.
        boilerplate: The outlet's lines, by now taken out of `read` and perhaps not yet of `stored`.
    """
    is_less = stored.text_quality in _WHOLE and read.text_quality not in _WHOLE
    if is_less or (read.text_quality is TextQuality.FEED_ONLY and stored.text_quality is not TextQuality.FEED_ONLY):
        return False  # a wall or an error page where the article was
    before = (stored.title, strip_lines(stored.text, boilerplate), stored.published_at)
    return (read.title, read.text, read.published_at) != before


def chunks_of(items: Sequence[PlannedFetch], size: int = ARTICLES_PER_CHUNK) -> tuple[tuple[PlannedFetch, ...], ...]:
    """Cut what is to be read into a task's worth each, what is new first and hosts in turn.

    A chunk takes as long as its most wanted host, so each gets a few pages of every host rather than all of one.
    """
    ordered = [*_in_turn([one for one in items if not one.young]), *_in_turn([one for one in items if one.young])]
    return tuple(tuple(ordered[i : i + size]) for i in range(0, len(ordered), size))


def _in_turn(items: Sequence[PlannedFetch]) -> list[PlannedFetch]:
    """Order by round: the first of every host, then the second of every host."""
    n_before: dict[str, int] = defaultdict(int)
    rounds = []
    for one in items:
        host = host_of(one.entry.url or "")
        rounds.append((n_before[host], one))
        n_before[host] += 1
    return [one for _, one in sorted(rounds, key=lambda pair: pair[0])]
