"""One page or feed entry to one article; runs in a worker, pure.

This module imports trafilatura; nothing outside the workers may import it at its top.
"""

from __future__ import annotations

import logging
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from trafilatura.metadata import extract_author

from extractors.page.addresses import canonical_address
from extractors.page.articles import EXTRACTOR_VERSION, ExtractedArticle, PageSource
from extractors.page.boilerplate import strip_lines
from extractors.page.jsonld import article_node, names_of, text_of
from extractors.page.language import detect_language, warm_up
from extractors.page.markup import fault_of, parse_html
from extractors.page.prune import prune_neighbours
from extractors.page.published import Published, choose_published, read_modified
from extractors.page.quality import Sight, judge
from extractors.page.teasers import drop_teasers
from extractors.page.text import text_of_fragment, text_of_page
from extractors.page.titles import choose_title
from extractors.page.tree import HtmlElement
from extractors.page.wire import find_wire_credit
from model.article import Article, Page, TextQuality
from model.run import Issue, IssueCode, IssueLevel

_USABLE = frozenset({TextQuality.FULL, TextQuality.LIVE_BLOG, TextQuality.LISTING})
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its complaints on odd pages are our issues, not log lines
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


__all__ = ["extract_source", "warm_up", "without_title", "zone_of"]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a page alone says."""

    title: str
    text: str
    author: str | None
    published: Published | None
    modified_at: datetime | None
    url: str
    section: str | None
    declared_language: str | None
    quality: TextQuality


def extract_source(source: PageSource) -> ExtractedArticle:
    """Extract one article from its page, or from its feed entry where the page gives less.

    Returns:
        The article; its issue where the page could not be read. Null as article where there is no text at all.
    """
    feed_text = drop_teasers(text_of_fragment(source.entry.content_html))
    if source.page is None:
        return ExtractedArticle(_from_feed(source, feed_text, None))
    fault = fault_of(source.page.body, source.page.content_type)
    tree = None if fault else parse_html(source.page.body, source.page.content_type)
    if tree is None:
        issue = _issue(source, fault or "the page is no HTML")
        return ExtractedArticle(_from_feed(source, feed_text, None), issue)
    reading = _read(source, source.page, tree, feed_text)
    if reading.quality not in _USABLE and len(feed_text) >= max(len(reading.text), 1):
        article = _from_feed(source, feed_text, reading)
        return ExtractedArticle(article, _issue(source, f"the page shows no whole article: {reading.quality}"))
    if not reading.text:
        return ExtractedArticle(None, _issue(source, "neither the page nor the feed gives any text"))
    return ExtractedArticle(_article(source, reading, reading.text, reading.quality))


def zone_of(name: str) -> tzinfo:
    """Find the outlet's zone; an unknown one is UTC, zones being checked where feeds are read."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _read(source: PageSource, page: Page, tree: HtmlElement, feed_text: str) -> _Reading:
    """Read a page; metadata first, since pruning and extraction change the tree."""
    node = article_node(tree)
    zone = zone_of(source.feed.timezone)
    title = choose_title(tree, node, source.entry.title, source.feed.outlet)
    published = choose_published(tree, node, source.entry.published_at, zone, page.fetched_at)
    modified_at = read_modified(tree, node, zone, page.fetched_at)
    url = canonical_address(tree, node, page.final_url)
    author = names_of(node.get("author")) or extract_author(tree) or source.entry.author
    section = text_of(node.get("articleSection")) or None
    declared = (tree.get("lang") or text_of(node.get("inLanguage")) or source.feed.language)[:2].lower() or None
    whole = deepcopy(tree)
    prune_neighbours(tree)
    text = drop_teasers(strip_lines(without_title(text_of_page(tree), title), source.boilerplate))
    quality = judge(Sight(whole, node, title, text, feed_text))
    return _Reading(title, text, author, published, modified_at, url, section, declared, quality)


def without_title(text: str, title: str) -> str:
    """Take the headline off the top of a text that repeats it; the coder reads both."""
    first, _, rest = text.partition("\n")
    return rest if rest and title and first.strip().casefold() == title.strip().casefold() else text


def _from_feed(source: PageSource, feed_text: str, reading: _Reading | None) -> Article | None:
    """Make the article of the feed's own content; null where there is not even a title."""
    if not (feed_text or source.entry.title):
        return None
    now = source.page.fetched_at if source.page else source.first_seen_at
    zone = zone_of(source.feed.timezone)
    plain = reading or _Reading(
        title=source.entry.title,
        text=feed_text,
        author=source.entry.author,
        published=choose_published(None, {}, source.entry.published_at, zone, now),
        modified_at=None,
        url=source.page.final_url if source.page else (source.entry.url or ""),
        section=None,
        declared_language=source.entry.language or source.feed.language,
        quality=TextQuality.FEED_ONLY,
    )
    return _article(source, plain, without_title(feed_text, plain.title), TextQuality.FEED_ONLY)


def _article(source: PageSource, reading: _Reading, text: str, quality: TextQuality) -> Article:
    """Put the article together."""
    page, feed = source.page, source.feed
    published = reading.published
    return Article(
        article_id=source.article_id,
        revision=source.revision,
        external_id=source.entry.guid,
        url=reading.url or source.entry.url,
        outlet=feed.outlet,
        feed_id=feed.feed_id or None,
        title=reading.title or source.entry.title,
        text=text,
        author=reading.author or None,
        language=detect_language(reading.title, text, reading.declared_language),
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        timezone=feed.timezone,
        country_code=feed.country_code,
        first_seen_at=source.first_seen_at,
        fetched_at=page.fetched_at if page else source.first_seen_at,
        page_sha256=page.sha256 if page else None,
        text_quality=quality,
        wire_credit=find_wire_credit(text, reading.author, feed.outlet),
        extractor_version=EXTRACTOR_VERSION,
        published_source=published.source if published else None,
        modified_at=reading.modified_at,
        section=reading.section,
    )


def _issue(source: PageSource, message: str) -> Issue:
    """Tell of a page that gave less than an article."""
    return Issue(
        IssueLevel.WARNING,
        IssueCode.PAGE_UNREADABLE,
        message,
        feed_id=source.feed.feed_id or None,
        article_id=source.article_id,
        url=source.page.final_url if source.page else source.entry.url,
    )
