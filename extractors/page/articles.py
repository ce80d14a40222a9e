"""Pages and feed entries to articles, in the killable pool."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.pool import PoolResult, shared_pool
from model.article import Article, Page
from model.feed import Entry, Feed
from model.run import Issue, IssueCode, IssueLevel

EXTRACTOR_VERSION = "1"  # raise it with every change that changes texts; rows name it
_FUNCTION = "extractors.page.extract:extract_source"


@dataclass(frozen=True, slots=True)
class PageSource:
    """What an article is made of: its feed entry, and its page where one came.

    `boilerplate` are lines known to stand under many articles of this site (`extractors.page.boilerplate`).
    """

    page: Page | None
    entry: Entry
    feed: Feed
    article_id: str
    first_seen_at: datetime
    revision: int = 1
    boilerplate: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """The article, or null where neither page nor feed gave any text; `issue` tells what went wrong, if anything."""

    article: Article | None
    issue: Issue | None = None


def extract_articles(sources: Sequence[PageSource], n_workers: int) -> tuple[ExtractedArticle, ...]:
    """Extract articles, each in a process that is killed when the page costs too much.

    Args:
        sources: What to read.
        n_workers: Processes at once.

    Returns:
        One result for each source, in order. Where a page kills its worker, the feed's own content is taken instead
        and the issue says so.
    """
    pool = shared_pool(n_workers)
    results = pool.run(_FUNCTION, sources)
    failed = [number for number, result in enumerate(results) if result.failure is not None]
    again = pool.run(_FUNCTION, [replace(sources[number], page=None) for number in failed])
    extracted = [result.value for result in results]
    for number, second in zip(failed, again, strict=True):
        article = second.value.article if second.failure is None else None
        extracted[number] = ExtractedArticle(article, _issue(sources[number], results[number]))
    return tuple(extracted)


def _issue(source: PageSource, result: PoolResult) -> Issue:
    """Tell of a page that could not be read."""
    return Issue(
        IssueLevel.WARNING,
        IssueCode.PAGE_TIMEOUT if result.has_died else IssueCode.PAGE_UNREADABLE,
        f"the page could not be read: {result.failure}",
        feed_id=source.feed.feed_id,
        article_id=source.article_id,
        url=source.page.final_url if source.page else source.entry.url,
    )


def extract_html(
    html: bytes,
    *,
    url: str | None,
    now: datetime,
    title: str = "",
    published_at: datetime | None = None,
    feed: Feed | None = None,
    content_type: str | None = None,
) -> ExtractedArticle:
    """Extract one article in this very process, for a page that a person hands over.

    Args:
        html: The page's bytes.
        url: Its address, where known.
        now: The moment that counts as now (aware); later dates are refused.
        title: A title to use where the page has none.
        published_at: Aware; used where the page does not say.
        feed: Outlet, zone and country; by default none are known.
        content_type: The HTTP header, which may name the charset.
    """
    from hashlib import sha256

    from extractors.page.extract import extract_source  # here, so that importing this package stays light
    from model.ids import article_id

    digest = sha256(html).hexdigest()
    feed = feed or Feed(feed_id="", url=url or "", outlet="")
    entry = Entry(feed.feed_id, url or digest, url, title, None, "", published_at, None)
    page = Page(url or "", url or "", digest, html, content_type, now)
    return extract_source(PageSource(page, entry, feed, article_id(url or digest), now))
