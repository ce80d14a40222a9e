"""Validators and conditional requests, as RFC 9110 has them (8.8, 13.1, 13.2.2), pure.

`If-None-Match` outranks `If-Modified-Since` and is compared weakly; a date that cannot be read is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')


def etag_of(body: bytes) -> str:
    """Make the strong entity tag of a body."""
    return f'"{sha256(body).hexdigest()[:32]}"'


def http_date(at: datetime) -> str:
    """Write an instant as an HTTP date, whole seconds, GMT."""
    return format_datetime(at.astimezone(UTC), usegmt=True)


def is_unchanged(request: Mapping[str, str], etag: str, modified_at: datetime | None) -> bool:
    """Tell whether a GET with these headers (case-insensitive mapping) is to be answered by 304.

    >>> is_unchanged({"if-none-match": 'W/"a", "b"'}, '"a"', None)
    True
    """
    tags = request.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or etag in ENTITY_TAG.findall(tags)
    since = request.get("if-modified-since")
    if since is None or modified_at is None:
        return False
    try:
        known_at = parsedate_to_datetime(since)
    except ValueError:
        return False
    if known_at.tzinfo is None:
        known_at = known_at.replace(tzinfo=UTC)
    return modified_at.replace(microsecond=0) <= known_at
