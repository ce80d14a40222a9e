"""Dates of feed entries, in every form that publishers send, to aware instants in UTC; null rather than a guess."""

from __future__ import annotations

import re
from calendar import timegm
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime
from time import struct_time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web, a date is a slip: epoch 0, year 1
_MAX_YEAR = 9998
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?$", re.IGNORECASE
)
_RFC = re.compile(r"\d{1,2}\s+[A-Za-z]{3,9}\.?,?\s+\d{2,4}")


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
        parsed: What feedparser makes of it (UTC), used where our own reading fails.
        zone: The outlet's; a date without a zone is read in it.

    Returns:
        An aware instant in UTC, or null where there is no date or it makes no sense.

    >>> read_date("Wed, 07 Feb 2018 21:30:00 GMT", None, UTC).isoformat()
    '2018-02-07T21:30:00+00:00'
    """
    moment = _read_text((text or "").strip()[:100], zone)
    if moment is None and parsed is not None:
        moment = _read_parsed(parsed)
    return _sane(moment)


def _read_text(text: str, zone: tzinfo) -> datetime | None:
    """Read the two standard forms; in them a missing zone is the outlet's, not Greenwich."""
    try:
        if _ISO.match(text):
            moment = datetime.fromisoformat(text.replace("z", "Z").replace(" +", "+").replace(" -", "-"))
        elif _RFC.search(text):
            moment = parsedate_to_datetime(text)
            if moment.tzinfo is None and re.search(r"-0000|\b(?:GMT|UTC?|Z)\s*$", text):
                moment = moment.replace(tzinfo=UTC)
        else:
            return None
        return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


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


def day_of(text: str) -> date | None:
    """Read a bare ISO day, or null."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
