"""JSON Feed (versions 1 and 1.1) to entries. Specification: jsonfeed.org/version/1.1."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import tzinfo
from html import escape
from typing import Any
from urllib.parse import urljoin

from extractors.feed.dates import read_date, zone_of
from extractors.feed.fast import MAX_ENTRIES
from extractors.feed.identity import identify
from model.feed import Entry, Feed, ParsedFeed

_MAX_CHARS = 200_000


def looks_like_json(body: bytes) -> bool:
    """Say whether a body is meant as JSON."""
    return body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def parse_json_feed(body: bytes, feed: Feed) -> ParsedFeed:
    """Parse a JSON Feed; an item without any text, link or id is left out and told."""
    try:
        document = json.loads(body.decode("utf-8-sig", "replace").replace("\x00", ""))
    except (ValueError, RecursionError) as error:
        return ParsedFeed(error=f"the JSON is broken: {str(error)[:200]}")
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        return ParsedFeed(error="the JSON is no JSON Feed: it has no items", is_feed=False)
    zone = zone_of(feed.timezone)
    language = _text(document.get("language"))
    entries = [_entry(item, feed, zone, language) for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    n_bad = len(items[:MAX_ENTRIES]) - len(entries)
    fault = f"{n_bad} items are no objects" if n_bad else None
    return ParsedFeed(identify(entries), error=fault, title=_text(document.get("title")))


def _entry(item: Mapping[str, Any], feed: Feed, zone: tzinfo, language: str) -> Entry:
    """Make an entry of one item."""
    plain = _text(item.get("content_text"))
    html = _text(item.get("content_html")) or "".join(f"<p>{escape(line)}</p>" for line in plain.splitlines() if line)
    url = _text(item.get("url")) or _text(item.get("external_url"))
    item_id = item.get("id")
    return Entry(
        feed_id=feed.feed_id,
        guid=str(item_id).strip() if isinstance(item_id, str | int | float) else "",
        url=_address(url, feed.url),
        title=_text(item.get("title"))[:1000],
        author=_author(item),
        content_html=(html or _text(item.get("summary")))[:_MAX_CHARS],
        published_at=read_date(_text(item.get("date_published")), None, zone),
        updated_at=read_date(_text(item.get("date_modified")), None, zone),
        language=(_text(item.get("language")) or language)[:2].lower() or None,
    )


def _address(text: str, base: str) -> str | None:
    """Make an address absolute, http and https only."""
    try:
        url = urljoin(base, text) if text else ""
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) and len(url) <= 2048 else None


def _author(item: Mapping[str, Any]) -> str | None:
    """Join the names of the authors; version 1 has one, 1.1 a list."""
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(author.get("name")) for author in authors or [] if isinstance(author, dict)]
    return ", ".join(name for name in names if name)[:200] or None


def _text(value: object) -> str:
    """Take a text; anything else is empty."""
    return value.strip() if isinstance(value, str) else ""
