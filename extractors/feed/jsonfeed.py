"""JSON Feed (versions 1 and 1.1) to entries. Specification: jsonfeed.org/version/1.1."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import tzinfo
from html import escape
from typing import Any

from extractors.feed.addresses import MAX_URL_CHARS, absolute, whole_address
from extractors.feed.dates import read_date, zone_of
from extractors.feed.fast import MAX_ENTRIES
from extractors.feed.identity import identify
from model.characters import REPLACEMENT, clean_text
from model.feed import Entry, Feed, ParsedFeed

_MAX_CHARS = 200_000


def looks_like_json(body: bytes) -> bool:
    """Say whether a body is meant as JSON."""
    return body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def parse_json_feed(body: bytes, feed: Feed, base: str) -> ParsedFeed:
    """Parse a JSON Feed; items that are no objects are left out and told. Relative links are read from `base`.

    Raw line breaks and control characters within texts, which JSON forbids, are read; bytes that are no UTF-8 and
    halves of surrogate pairs are replaced.
    """
    try:
        text = body.decode("utf-8-sig", "replace").replace("\x00", "")
        document, is_strict = _document(text)
    except (ValueError, RecursionError) as error:
        return ParsedFeed(error=f"the JSON is broken: {str(error)[:200]}")
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        return ParsedFeed(error="the JSON is no JSON Feed: it has no items", is_feed=False)
    zone = zone_of(feed.timezone)
    language = _text(document.get("language"))
    entries = [_entry(item, feed, zone, base, language) for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    fault = "; ".join(_faults(text, body, items, len(entries), is_strict=is_strict)) or None
    return ParsedFeed(identify(entries), error=fault, title=_text(document.get("title")))


def _document(text: str) -> tuple[Any, bool]:
    """Read JSON, and say whether it keeps to the standard.

    Raises:
        ValueError: it cannot be read even with control characters in its texts.
    """
    try:
        return json.loads(text), True
    except ValueError:
        return json.loads(text, strict=False), False


def _faults(text: str, body: bytes, items: list[Any], n_entries: int, *, is_strict: bool) -> list[str]:
    """Tell what of a document was replaced or left out."""
    n_bad = len(items[:MAX_ENTRIES]) - n_entries
    n_replaced = text.count(REPLACEMENT) - body.count(REPLACEMENT.encode())
    faults = [f"{n_bad} items are no objects"] if n_bad else []
    faults += [f"replaced {n_replaced} broken UTF-8 sequences"] if n_replaced > 0 else []
    if not is_strict:
        faults.append("texts hold raw control characters, which JSON forbids")
    if len(items) > MAX_ENTRIES:
        faults.append(f"{len(items) - MAX_ENTRIES} entries beyond the first {MAX_ENTRIES} were left out")
    return faults


def _entry(item: Mapping[str, Any], feed: Feed, zone: tzinfo, base: str, language: str) -> Entry:
    """Make an entry of one item."""
    plain = _text(item.get("content_text"))
    html = _text(item.get("content_html")) or "".join(f"<p>{escape(line)}</p>" for line in plain.splitlines() if line)
    item_id = item.get("id")
    guid = clean_text(str(item_id)).strip() if isinstance(item_id, str | int | float) else ""
    urls = (
        absolute(_text(item.get("url")), base),
        whole_address(guid),
        absolute(_text(item.get("external_url")), base),
    )
    return Entry(
        feed_id=feed.feed_id,
        guid=guid[:MAX_URL_CHARS],
        url=next(filter(None, urls), None),
        title=_text(item.get("title"))[:1000],
        author=_author(item),
        content_html=(html or _text(item.get("summary")))[:_MAX_CHARS],
        published_at=read_date(_text(item.get("date_published")), None, zone),
        updated_at=read_date(_text(item.get("date_modified")), None, zone),
        language=(_text(item.get("language")) or language)[:2].lower() or None,
    )


def _author(item: Mapping[str, Any]) -> str | None:
    """Join the names of the authors; version 1 has one, 1.1 a list."""
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(author.get("name")) for author in authors or [] if isinstance(author, dict)]
    return ", ".join(name for name in names if name)[:200] or None


def _text(value: object) -> str:
    """Take a text; anything else is empty."""
    return clean_text(value).strip() if isinstance(value, str) else ""
