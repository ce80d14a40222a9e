"""One address for one article, whichever way a feed wrote it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = ("utm_", "fbclid", "gclid", "ref", "src", "cmp", "mc_", "ito", "smid", "rss", "feed", "source", "share")
_INDEX_PAGES = ("/index.html", "/index.htm", "/index.php")


def canonical_address(url: str | None) -> str | None:
    """Reduce an address to host, path and the parameters that choose a page; null where there is none.

    Scheme, "www.", "m.", "amp", fragments and tracking parameters fall away. A bare host is a front page, which many
    articles may carry by mistake, and gives null.

    >>> canonical_address("https://www.Example.org/a/story/?utm_source=rss#top")
    'example.org/a/story'
    """
    if not url:
        return None
    try:
        return _canonical(url.strip())
    except ValueError:  # a broken IPv6 bracket, a lone surrogate and the like: such an address names no page
        return None


def _canonical(url: str) -> str | None:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    for prefix in ("www.", "m.", "amp.", "mobile."):
        host = host.removeprefix(prefix)
    path = parts.path
    for index in _INDEX_PAGES:
        path = path.removesuffix(index)
    path = path.rstrip("/").removesuffix("/amp")
    query = [(k, v) for k, v in parse_qsl(parts.query) if not k.lower().startswith(_TRACKING)]
    if not host or (not path and not query):
        return None
    return f"{host}{path}" + (f"?{urlencode(sorted(query))}" if query else "")
