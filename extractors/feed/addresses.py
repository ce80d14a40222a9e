"""Addresses of entries: absolute, of http or https, without spaces; null for what could not be fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from model.characters import clean_text

MAX_URL_CHARS = 2048
_WRAP = re.compile(r"[ \t]*[\r\n]+[ \t]*")  # a line break within an address is the writer's, and no part of it
_SPACE = re.compile(r"\s+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BARE_HOST = re.compile(r"www\d?\.[\w-]+\.[\w.-]+(?::\d{1,5})?(?:[/?#]|$)", re.IGNORECASE)


def link_of(item: Mapping[str, Any], base: str) -> str | None:
    """Find the address of an item: its links, else a guid that is a whole address; http and https only.

    Args:
        item: In feedparser's names.
        base: The address that answered, for links that are relative.
    """
    guid = _text(item.get("id"))
    for candidate in (item.get("feedburner_origlink"), *_ranked(item.get("links")), item.get("link")):
        text = _text(candidate)
        url = absolute(text, base) if text != guid else None  # feedparser takes a bare guid for a link
        if url:
            return url
    return absolute(guid, base) if guid.startswith("/") else whole_address(guid)


def whole_address(text: str) -> str | None:
    """Take a text as an address where it names scheme and host, as guids and JSON Feed ids may."""
    return absolute(text, "") if text[:8].lower().startswith(("http://", "https://")) else None


def absolute(text: str, base: str) -> str | None:
    """Make an address absolute; null where it is none that could be fetched.

    >>> absolute("a page.html", "https://example.org/news/feed.xml")
    'https://example.org/news/a%20page.html'
    """
    text = _WRAP.sub("", clean_text(text).strip())
    if not text or len(text) > MAX_URL_CHARS or text.startswith("#"):
        return None
    if _BARE_HOST.match(text):
        text = f"{urlsplit(base).scheme or 'https'}://{text}"
    elif _SCHEME.match(text) and not text.lower().startswith(("http://", "https://")):
        return None
    try:
        url = urljoin(base, _SPACE.sub(lambda found: quote(found[0]), text))
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and len(url) <= MAX_URL_CHARS else None


def _ranked(links: object) -> list[object]:
    """Order the links of an item that lead to its article: alternates only, HTML before other types."""
    if not isinstance(links, Sequence) or isinstance(links, str):
        return []
    alternates = [
        link for link in links if isinstance(link, Mapping) and (link.get("rel") or "alternate") == "alternate"
    ]
    alternates.sort(key=lambda link: "html" not in (link.get("type") or "html"))
    return [link.get("href") for link in alternates]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
