"""When an article was published: read with its source and precision, or not at all.

Order: JSON-LD, then the page's meta tags, then the feed's date, then what htmldate finds without its extensive search
(whose finds are 45 % "1 January", measured). A day is not made an instant: where the page gives a day and the feed an
instant on that day, the instant is taken. Refused: anything later than a day from now, anything before the web, and a
first of January at midnight that only a guess or a bare year stands behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from htmldate import find_date

from extractors.instants import read_written
from extractors.page.jsonld import text_of
from extractors.page.tree import HtmlElement
from model.article import TimePrecision

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
MAX_AHEAD = timedelta(days=1)  # clocks and zones differ by less than a day; more is a slip or a lie
_META_NAMES = (
    "article:published_time", "og:article:published_time", "article.published", "parsely-pub-date", "sailthru.date",
    "datepublished", "date.issued", "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "pubdate",
    "publish-date", "publishdate", "publication_date", "article_date_original", "cxenseparse:recs:publishtime",
    "originalpublicationdate", "iso-8601-publish-date", "publicationdate", "rnews:datepublished",
)  # fmt: skip
_MODIFIED_NAMES = ("article:modified_time", "og:updated_time", "lastmod", "last-modified", "datemodified")


@dataclass(frozen=True, slots=True)
class Published:
    """A publication time: aware, with precision `day` midnight in the outlet's zone."""

    at: datetime
    precision: TimePrecision
    source: str


def choose_published(
    tree: HtmlElement | None,
    node: Mapping[str, Any],
    feed_at: datetime | None,
    zone: tzinfo,
    now: datetime,
) -> Published | None:
    """Choose the publication time of an article.

    Args:
        tree: The page, null where there is none.
        node: The JSON-LD object of the article.
        feed_at: The feed's date of the entry (aware).
        zone: The outlet's; times without a zone are read in it.
        now: No later than a day after this is believed.
    """
    candidates = [_read(text_of(node.get("datePublished")), zone, "json-ld")]
    if tree is not None:
        candidates += [_read(text, zone, "meta") for text in _meta_values(tree, _META_NAMES)]
    on_page = next((one for one in candidates if one is not None and _is_sane(one, now)), None)
    in_feed = Published(feed_at, TimePrecision.INSTANT, "feed") if feed_at else None
    if in_feed is not None and not _is_sane(in_feed, now):
        in_feed = None
    if on_page is None:
        return in_feed or (_from_text(tree, zone, now) if tree is not None else None)
    is_same_day = in_feed is not None and in_feed.at.astimezone(zone).date() == on_page.at.astimezone(zone).date()
    return in_feed if on_page.precision is TimePrecision.DAY and is_same_day else on_page


def read_modified(tree: HtmlElement | None, node: Mapping[str, Any], zone: tzinfo, now: datetime) -> datetime | None:
    """Read when the article was last changed, as the page says; null where it does not."""
    texts = [text_of(node.get("dateModified"))]
    if tree is not None:
        texts += _meta_values(tree, _MODIFIED_NAMES)
    for text in texts:
        read = _read(text, zone, "")
        if read is not None and _is_sane(read, now):
            return read.at
    return None


def _is_sane(published: Published, now: datetime) -> bool:
    """Refuse the future and the time before the web."""
    return EARLIEST <= published.at <= now + MAX_AHEAD


def _meta_values(tree: HtmlElement, names: Iterable[str]) -> list[str]:
    """Collect the contents of meta tags, in the order of the names; `time` elements marked by schema.org come last."""
    by_name: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        content = meta.get("content")
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").lower()
            if name and content:
                by_name.setdefault(name, content)
    values = [by_name[name] for name in names if name in by_name]
    if "datepublished" in names:
        values += [mark.get("datetime") for mark in tree.xpath('//time[@itemprop="datePublished" or @pubdate]')]
    return [value for value in values if value]


def _read(text: str, zone: tzinfo, source: str) -> Published | None:
    """Read a machine's date; null where it is none, or where its zone is not known."""
    written = read_written(text, zone)
    if written is None or written.moment is None:
        return None
    return Published(written.moment, TimePrecision.DAY if written.is_day else TimePrecision.INSTANT, source)


def _from_text(tree: HtmlElement, zone: tzinfo, now: datetime) -> Published | None:
    """Let htmldate look at the page; a first of January must stand in the page's words to be believed."""
    latest = (now + MAX_AHEAD).date().isoformat()
    try:
        found = find_date(tree, extensive_search=False, original_date=True, max_date=latest, min_date="1995-01-01")
    except (ValueError, TypeError, AttributeError, RecursionError):  # its own slips on odd pages
        return None
    if not found:
        return None
    day = date.fromisoformat(found)
    if (day.month, day.day) == (1, 1) and not _tells_new_year(tree):
        return None
    return Published(datetime.combine(day, time(), zone), TimePrecision.DAY, "page")


def _tells_new_year(tree: HtmlElement) -> bool:
    """Say whether the first of January stands anywhere in the page's words or attributes."""
    text = " ".join(tree.itertext())[:200_000]
    return bool(
        re.search(
            r"\b(?:Jan(?:uary|\.)?\s+1(?:st)?\b|0?1(?:st)?\s+Jan(?:uary)?\b|\d{4}-01-01|0?1[./]0?1[./]\d{4})", text
        )
    )
