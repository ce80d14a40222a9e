"""The feeds that a site's page announces, best first; nothing is fetched here.

First the page's own `link rel="alternate"` of a feed type, then links whose address looks like a feed's. Feeds of
comments come last, since they are seldom what is meant. Source: reader's two tiers, miniflux's list of types.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from extractors.feed.addresses import absolute

_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_LINK = re.compile(r"<(?:link|a)\b[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
_LOOKS = re.compile(
    r"(?:/(?:rss|feeds?|atom)(?:[/.?]|$)|\.(?:rss|atom|rdf)(?:\?|$)|[/_-]rss\.xml|feed\.(?:xml|json))", re.IGNORECASE
)
_COMMENTS = re.compile(r"comment", re.IGNORECASE)
MAX_PAGE_CHARS = 1_000_000
MAX_FEEDS = 20  # more is a directory of feeds, from which a person must choose


def discover_feeds(html: bytes, base: str) -> tuple[str, ...]:
    """Name the addresses of the feeds that a page at `base` announces.

    >>> discover_feeds(b'<link rel=alternate type="application/rss+xml" href="/feed">', "https://e.org/")
    ('https://e.org/feed',)
    """
    text = html[:MAX_PAGE_CHARS].decode("utf-8", "replace")
    announced, guessed = [], []
    for tag in _LINK.findall(text):
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(tag)}
        href = attributes.get("href", "").replace("&amp;", "&").strip()
        url = _joined(href, base)
        if url is None:
            continue
        if attributes.get("type", "").lower() in _TYPES and "alternate" in attributes.get("rel", "").lower():
            announced.append((bool(_COMMENTS.search(url + attributes.get("title", ""))), url))
        elif _LOOKS.search(url) and tag[:2].lower() == "<a":
            guessed.append((bool(_COMMENTS.search(url)), url))
    ordered = sorted(announced, key=lambda one: one[0]) + sorted(guessed, key=lambda one: one[0])
    return tuple(dict.fromkeys(url for _, url in ordered))[:MAX_FEEDS]


def _joined(href: str, base: str) -> str | None:
    """Make a link's address absolute; null where it could not be fetched."""
    try:
        return absolute(urljoin(base, href), base) if href else None
    except ValueError:
        return None
