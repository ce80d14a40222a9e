"""Addresses without their secrets, for everything that is published, logged or stored beside the feeds file.

Hidden are: user and password before the host; values of parameters whose name says that they open something (`token`,
`key`, `sig`); values and, in the address of a feed, path segments that look made by a machine (long, letters and digits
mixed, no words). The host, the path and the parameters' names stay, so that a person knows which feed is meant.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

HIDDEN = "***"
_NAMED = re.compile(
    r"(?i)(?:^|[_.-])(?:api_?key|app_?key|key|token|access_?token|auth\w*|secret|sig|signature|hmac|hash|pass|passwd|"
    r"password|pwd|jwt|session\w*|sid|credential\w*|ticket|code|user|login|email|uid|u|k|t)$"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MADE = re.compile(r"(?=[^/]*[0-9])(?=[^/]*[A-Za-z])[A-Za-z0-9_~.%+=-]+")  # of a machine: letters and digits mixed
LEAST_MADE_CHARS = 20  # shorter ones can be dates, names and numbers of sections; keys have 20 and more
MOST_WORDS = 5  # parts between hyphens: a title has more, a UUID has five
_IN_TEXT = re.compile(r"(?i)\b[a-z][a-z0-9+.-]*://[^\s\"'<>]+")


def redact(address: str, *, is_feed: bool = True) -> str:
    """Hide what is secret in an address.

    Args:
        address: Any text; what is no address is returned as it is.
        is_feed: Whether path segments are looked at too; in addresses of pages they are titles and numbers.

    >>> redact("https://bob:tiger@news.example/rss?lang=en&token=abc")
    'https://***@news.example/rss?lang=en&token=***'
    >>> redact("https://news.example/rss/3f9a7c21d4e84b0f9a11")
    'https://news.example/rss/***'
    >>> redact("https://news.example/world/feed.xml?page=2")
    'https://news.example/world/feed.xml?page=2'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return HIDDEN if "://" in address else address
    if not parts.netloc:
        return address
    user, at, host = parts.netloc.rpartition("@")
    path = "/".join(HIDDEN if is_feed and _is_made(one) else one for one in parts.path.split("/"))
    query = "&".join(_parameter(one) for one in parts.query.split("&")) if parts.query else ""
    fragment = "&".join(_parameter(one) for one in parts.fragment.split("&")) if parts.fragment else ""
    return urlunsplit((parts.scheme, f"{HIDDEN}@{host}" if at and user else host, path, query, fragment))


def redact_text(text: str, *, is_feed: bool = True) -> str:
    """Hide what is secret in every address of a text.

    >>> redact_text("feed a: https://a.example/?key=1: timeout")
    'feed a: https://a.example/?key=***: timeout'
    """
    return _IN_TEXT.sub(lambda found: _redact_found(found.group(), is_feed), text)


def has_secret(address: str) -> bool:
    """Tell whether something of a feed's address is hidden where it is published."""
    return redact(address) != address


def _redact_found(found: str, is_feed: bool) -> str:
    end = len(found.rstrip(".,;:)]"))
    return redact(found[:end], is_feed=is_feed) + found[end:]


def _parameter(text: str) -> str:
    name, equals, value = text.partition("=")
    if not equals:
        return HIDDEN if _is_made(name) else text
    plain = _CAMEL.sub("_", name)
    return f"{name}={HIDDEN}" if value and (_NAMED.search(plain) or _is_made(value)) else text


def _is_made(text: str) -> bool:
    stem = text.rpartition(".")[0] if text.endswith((".xml", ".rss", ".atom", ".json")) else text
    is_long = len(stem) >= LEAST_MADE_CHARS
    return is_long and bool(_MADE.fullmatch(stem)) and len(re.split(r"[-_.+]", stem)) <= MOST_WORDS
