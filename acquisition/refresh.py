"""The address to which a page sends its reader by `meta http-equiv="refresh"`: a redirect without a status code.

Link counters and moved sites do it. Only a page with next to no text of its own is one: front pages and live blogs
reload themselves, or go on after minutes, and are pages to read.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urldefrag, urljoin

MAX_DELAY_S = 10  # longer, and the page is there to be read
MAX_TEXT_CHARS = 400  # "If you are not redirected, click here"
_HEAD_BYTES = 20_000
_META = re.compile(r"<meta\b[^<>]{0,2000}>", re.IGNORECASE)
_IS_REFRESH = re.compile(r"http-equiv\s*=\s*[\"']?\s*refresh\b", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_TARGET = re.compile(
    r"\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?\s*(?!url\s*=)([^\"'\s][^\"']*)", re.IGNORECASE
)
_NO_TEXT = re.compile(
    r"<(script|style|title|noscript)\b.*?(?:</\1\s*>|$)|<!--.*?-->|<[^<>]*>", re.IGNORECASE | re.DOTALL
)


def refresh_target(body: bytes, base: str) -> str | None:
    """Find where a page without text of its own sends its reader; null where it is a page to read.

    Args:
        body: The page's bytes.
        base: The address that answered, for a relative target.

    >>> refresh_target(b'<meta http-equiv="refresh" content="0; url=/story">', "https://e.org/go?1")
    'https://e.org/story'
    """
    if len(body) > _HEAD_BYTES:
        return None
    html = body.decode("utf-8", "replace")
    tag = next((tag for tag in _META.findall(html) if _IS_REFRESH.search(tag)), None)
    content = _CONTENT.search(tag) if tag else None
    found = _TARGET.match(unescape(content[1] or content[2] or "")) if content else None
    if found is None or int(found[1]) > MAX_DELAY_S or len(_text(html)) > MAX_TEXT_CHARS:
        return None
    try:
        target = urljoin(base, found[2].strip())
    except ValueError:
        return None
    is_same = urldefrag(target).url == urldefrag(base).url
    return None if is_same or not target.startswith(("http://", "https://")) else target


def _text(html: str) -> str:
    """Take what a reader sees of a short page."""
    return " ".join(unescape(_NO_TEXT.sub(" ", html)).split())
