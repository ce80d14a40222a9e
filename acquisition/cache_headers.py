"""How long a server says that its answer stays good, and when it lets us come back.

Read from `Cache-Control`, `Expires` and `Retry-After` (RFC 9111, RFC 9110); a value that makes no sense counts as
absent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NO_CACHE = re.compile(r"(?:^|[,\s])no-(?:cache|store)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CacheHeaders:
    """Seconds from the answer on; null where the server says nothing that makes sense."""

    fresh_for_s: float | None = None
    retry_after_s: float | None = None


def read_cache_headers(headers: Mapping[str, str], now: datetime) -> CacheHeaders:
    """Read the validity of an answer that came at `now` (aware).

    >>> read_validity({"cache-control": "max-age=600"}, datetime(2026, 1, 1, tzinfo=UTC)).fresh_for_s
    600.0
    """
    return CacheHeaders(_fresh_for_s(headers, now), _retry_after_s(headers, now))


def _fresh_for_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Read freshness: `no-cache` says nothing of polling; `max-age` (less `Age`) goes before `Expires`."""
    control = headers.get("cache-control", "")
    if _NO_CACHE.search(control):
        return None
    age = _MAX_AGE.search(control)
    if age:
        spent = headers.get("age", "")
        return max(0.0, float(age[1]) - (float(spent) if spent.isdigit() and len(spent) < 10 else 0.0))
    expires = _http_date(headers.get("expires"))
    if expires is None:
        return None
    origin = _http_date(headers.get("date")) or now  # the server's own clock, where it tells it
    return max(0.0, (expires - origin).total_seconds())


def _retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Read `Retry-After`: seconds or a date."""
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", text):
        return float(text)
    moment = _http_date(text)
    return max(0.0, (moment - now).total_seconds()) if moment else None


def _http_date(text: str | None) -> datetime | None:
    """Read an HTTP date, or null."""
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
