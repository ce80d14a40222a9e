"""Feed bytes to entries; never raises, whatever the bytes.

feedparser gets bytes in a `BytesIO` only: given a string it would open a file or an address. A document is a feed when
feedparser finds its version or any entry; `bozo` alone means nothing. One bad entry costs that entry only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from html import unescape
from io import BytesIO
from typing import Any

import feedparser

from extractors.feed.addresses import MAX_URL_CHARS, link_of
from extractors.feed.dates import read_date, zone_of
from extractors.feed.entities import is_bomb
from extractors.feed.fast import MAX_ENTRIES, read_fast
from extractors.feed.hints import read_hints
from extractors.feed.identity import identify
from extractors.feed.jsonfeed import looks_like_json, parse_json_feed
from extractors.feed.repair import repair_document
from model.characters import clean_text, join_references
from model.feed import Entry, Feed, FeedHints, ParsedFeed

_MAIL = re.compile(r"[(<\[]?\s*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*[)>\]]?")
_MAIL_AND_NAME = re.compile(r"\s*[\w.+-]+@[\w.-]+\s*\(([^()]*)\)\s*")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)  # headers that lie; all was read
MAX_FEED_BYTES = 10_000_000  # rss-fetcher; the HTTP layer has the same cap
_TAIL_BYTES = 2000  # where the root is closed, but for what servers add: counters, comments, whole pages
MAX_TITLE_CHARS = 1000
MAX_CONTENT_CHARS = 200_000  # the longest articles have about 60,000 characters; more is a dump


def parse_feed(body: bytes, content_type: str | None, feed: Feed, base: str | None = None) -> ParsedFeed:
    """Parse a feed's body.

    Args:
        body: The bytes as they came, decompressed.
        content_type: The Content-Type header, which may name the charset; may be null or wrong.
        feed: Whose it is; its zone is used for dates that name none.
        base: The address that answered, for relative links; by default the feed's own.

    Returns:
        The entries in the document's order, each with a guid of its own; `error` in one line where something is
        wrong, `is_feed` false where the body is something else. Entries are given even when there is an error.
    """
    if not body.strip(b"\x00 \t\r\n"):
        return ParsedFeed(error="the answer is empty", is_feed=False)
    if len(body) > MAX_FEED_BYTES:
        return ParsedFeed(error=f"the feed has {len(body)} bytes, over {MAX_FEED_BYTES}")
    try:
        if looks_like_json(body):
            return parse_json_feed(body, feed, base or feed.url)
        if is_bomb(body):
            return ParsedFeed(error="its entities would expand past all measure")
        mended, repairs = repair_document(body, content_type)
        return _parse_xml(mended, content_type, feed, base or feed.url, repairs)
    except Exception as error:  # a parser's own fault on hostile bytes (feedparser raises on some) is this feed's
        return ParsedFeed(
            error=f"the parser failed: {type(error).__name__}: {' '.join(clean_text(str(error)).split())[:200]}"
        )


def warm_up() -> None:
    """Load what the parser loads when first used, so that processes forked from this one share it."""
    parse_feed(b"<rss><channel><item/></channel></rss>", None, Feed("", "", ""))


def _parse_xml(body: bytes, content_type: str | None, feed: Feed, base: str, repairs: str | None) -> ParsedFeed:
    """Parse RSS, RDF, Atom and what passes for them; `repairs` is what was mended beforehand."""
    if repairs is not None and "UTF-8" in repairs:
        content_type = "application/xml; charset=utf-8"
    result = read_fast(body, content_type) or read_any(body, content_type)
    zone = zone_of(feed.timezone)
    items = result.get("entries") or []
    language = _text(result.get("feed", {}).get("language"))[:2].lower() or None
    entries = identify([_entry(item, feed, zone, base, language) for item in items[:MAX_ENTRIES]])
    is_feed = bool(result.get("version") or items)
    title = _text(result.get("feed", {}).get("title"))[:MAX_TITLE_CHARS]
    if not is_feed:
        return ParsedFeed(error=_what_it_is(body), is_feed=False)
    is_faulty = result.get("bozo") and not (entries and isinstance(result.get("bozo_exception"), _HARMLESS))
    error = _fault(result) if is_faulty else None
    hints = read_hints(body) if is_feed else FeedHints()
    is_cut = error is not None and not _is_closed(body)
    n_items = result.get("n_items") or len(items)
    left = (
        f"{n_items - MAX_ENTRIES} entries beyond the first {MAX_ENTRIES} were left out"
        if n_items > MAX_ENTRIES
        else None
    )
    error = "; ".join(filter(None, (error, repairs, left))) or None
    return ParsedFeed(entries, hints, error, is_feed=True, title=title, is_cut=is_cut)


def _left_out(n_items: int) -> str | None:
    """Tell of the entries beyond those that are read."""
    n_left = n_items - MAX_ENTRIES
    return f"{n_left} entries beyond the first {MAX_ENTRIES} were left out" if n_left > 0 else None


def _is_closed(body: bytes) -> bool:
    """Say whether the root of a document is closed near its end; NULs are those of UTF-16."""
    tail = body[-_TAIL_BYTES:].replace(b"\x00", b"").lower()
    return any(mark in tail for mark in (b"</rss", b"</feed", b"rdf>"))


def read_any(body: bytes, content_type: str | None) -> Mapping[str, Any]:
    """Read whatever passes for a feed, with feedparser."""
    headers = {"content-type": content_type} if content_type else {}
    result: Mapping[str, Any] = feedparser.parse(
        BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    return result


def _what_it_is(body: bytes) -> str:
    """Say what came in place of a feed."""
    head = body[:2000].lower()
    if b"<html" in head or b"<!doctype html" in head:
        return "an HTML page came in place of a feed"
    return "the body is no feed that we know"


def _fault(result: Mapping[str, Any]) -> str:
    """Tell feedparser's complaint in one line."""
    error = result.get("bozo_exception")
    return f"the feed is broken: {' '.join(clean_text(str(error)).split())[:200]}"


def _entry(item: Mapping[str, Any], feed: Feed, zone: tzinfo, base: str, language: str | None) -> Entry:
    """Make an entry of one item."""
    updated_at = _date(item, "updated", zone)
    return Entry(
        feed_id=feed.feed_id,
        guid=_text(item.get("id"))[:MAX_URL_CHARS],
        url=link_of(item, base),
        title=_plain(_text(item.get("title")))[:MAX_TITLE_CHARS],
        author=_author(_text(item.get("author")))[:200] or None,
        content_html=_content(item),
        published_at=_date(item, "published", zone) or updated_at,  # Atom often, RDF always, tells but one date
        updated_at=updated_at,
        language=_language(item) or language,
    )


def _date(item: Mapping[str, Any], name: str, zone: tzinfo) -> datetime | None:
    """Read a date of an item; `dict.get`, because feedparser's own maps a missing one onto another."""
    if not isinstance(item, dict):
        return None
    return read_date(dict.get(item, name), dict.get(item, f"{name}_parsed"), zone)


def _author(text: str) -> str:
    """Take the name out of "name (address)" and "address (name)"; nobody's mail address is kept."""
    inner = _MAIL_AND_NAME.fullmatch(text)
    return " ".join(_MAIL.sub(" ", inner[1] if inner else text).split())


def _content(item: Mapping[str, Any]) -> str:
    """Take the fullest text that the item carries."""
    texts = [_text(part.get("value")) for part in item.get("content") or [] if isinstance(part, Mapping)]
    texts.append(_text(item.get("summary")))
    return max(texts, key=len)[:MAX_CONTENT_CHARS]


def _language(item: Mapping[str, Any]) -> str | None:
    """Take the language that the item itself declares."""
    detail = item.get("title_detail")
    language = detail.get("language") if isinstance(detail, Mapping) else None
    return language[:2].lower() if isinstance(language, str) and len(language) > 1 else None


def _plain(title: str) -> str:
    """Make a title plain: publishers put markup and escape it once more than they should."""
    plain = unescape(join_references(_TAG.sub(" ", title) if "<" in title else title))
    return " ".join(clean_text(plain).split())


def _text(value: object) -> str:
    """Take a text, without the characters that no database stores; anything else is empty."""
    return clean_text(value).strip() if isinstance(value, str) else ""
