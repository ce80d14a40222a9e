"""Addresses of others: only web pages are linked, all else is told to be withheld."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

ADDRESS_LENGTH = 2_000  # longer addresses are told apart by no server
_UNFIT = re.compile("[\x00-\x20\x7f-\x9f\"'<>\\\\^`{|}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def web_address(address: str | None) -> str | None:
    r"""Return an address of http or https as it is; null for every other: it is told to be withheld, and not linked.

    >>> web_address("https://a.example/1"), web_address("javascript:alert(1)"), web_address("https://a.example/\x00")
    ('https://a.example/1', None, None)
    """
    if not address or len(address) > ADDRESS_LENGTH or _UNFIT.search(address):
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and host else None
