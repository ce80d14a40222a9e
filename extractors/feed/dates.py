"""Dates of feed entries, in every form that publishers send, to aware instants in UTC; null rather than a guess."""

from __future__ import annotations

import re
from calendar import timegm
from datetime import UTC, datetime, tzinfo
from time import struct_time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from extractors.instants import MAX_CHARS, names_a_zone, read_written

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web, a date is a slip: epoch 0, year 1
_MAX_YEAR = 9998
_NUMBER = re.compile(r"\d+", re.ASCII)


def zone_of(name: str) -> tzinfo:
    """Find a zone by name; an unknown one is UTC, since feeds' zones are checked where they are read."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def read_date(text: str | None, parsed: struct_time | None, zone: tzinfo) -> datetime | None:
    """Read one date of an entry.

    Args:
        text: As the feed has it.
        parsed: What feedparser makes of it (UTC), used for forms that `extractors.instants` does not know and
            that name no zone, since feedparser passes over zones that it cannot read.
        zone: The outlet's; a date without a zone is read in it.

    Returns:
        An aware instant in UTC, or null where there is no date or it makes no sense.

    >>> read_date("Wed, 07 Feb 2018 21:30:00 GMT", None, UTC).isoformat()
    '2018-02-07T21:30:00+00:00'
    """
    text = (text or "").strip()[:MAX_CHARS]
    written = read_written(text, zone)
    if written is not None:
        return _sane(written.moment)
    if parsed is None or names_a_zone(text) or not _tells(text, parsed):
        return None
    return _sane(_read_parsed(parsed))


def _tells(text: str, parsed: struct_time) -> bool:
    """Say whether a text holds the year and day read from it: feedparser takes "2018-W06-3" for December."""
    numbers = {int(number) for number in _NUMBER.findall(text)}
    return parsed.tm_mday in numbers and bool({parsed.tm_year, parsed.tm_year % 100} & numbers)


def _read_parsed(parsed: struct_time) -> datetime | None:
    """Read feedparser's own result."""
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _sane(moment: datetime | None) -> datetime | None:
    """Refuse what cannot be the date of a piece of web news; the future is the caller's business, who knows now."""
    if moment is None or not EARLIEST.year <= moment.year <= _MAX_YEAR:
        return None
    try:
        return moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
