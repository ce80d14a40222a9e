"""Written dates and times to aware instants: clocks of 12 and 24 hours, offsets, zone names.

Specification: a date without a zone is read in the outlet's zone; a date with a zone that cannot be read is null, never
silently the outlet's. A zone name that the outlet's own zone uses ("IST" in Jerusalem, Kolkata, Dublin) means that one;
otherwise the table decides, and names that are not in it are unknown. "GMT-0500" is five hours behind Greenwich.
Sources: RFC 822 and RFC 5322 (names, two-digit years), ISO 8601, the forms in `tests/unit/extractors/test_instants.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MAX_CHARS = 100
_MAX_OFFSET = timedelta(hours=14)  # Kiribati; larger ones are slips
_CENTURY_TURNS = 69  # RFC 5322 reads two digits below 50 as 20xx; POSIX and mail libraries below 69, as here
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?"
)
_TIME = rf"(?:(?:\s*T\s*|[\s,|–-]+(?:at\s+)?){_CLOCK})?"
_FORMS = tuple(
    re.compile(form + r"(?P<zone>.*)$", re.IGNORECASE | re.DOTALL)
    for form in (
        rf"(?P<year>\d{{4}})-(?P<month>\d\d?)-{_DAY}(?!\d){_TIME}",
        rf"(?P<year>\d{{4}})[/.](?P<month>\d\d?)[/.]{_DAY}(?!\d){_TIME}",
        rf"(?P<year>\d{{4}})年\s?(?P<month>\d\d?)月\s?{_DAY}日{_TIME}",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d))?"
        r"(?:[.,](?P<part>\d{1,9}))?(?P<half>)|(?!\d))",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)"
        r"(?P<part>)(?P<half>)",
        rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{{4}})(?!\d){_TIME}",
        rf"{_WEEKDAY}{_DAY}[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}}|\d\d)(?!\d){_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})(?!\d){_TIME}",
    )
)
_UNIX = re.compile(  # "Wed Feb  7 21:30:00 EST 2018"
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+{_CLOCK}(?P<zone>\s+[A-Z0-9:+-]+)?\s+(?P<year>\d{{4}})$", re.IGNORECASE
)
_OFFSET = re.compile(
    r"(?:GMT|UTC|UT|Z)?\s*(?P<sign>[+\u2212-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d)(?::?00)?)?"
    r"(?:\s*[(\[][^()\[\]]{0,60}[)\]]|\s+[A-Za-z]{1,5})?$",
    re.IGNORECASE,
)
_NOISE = re.compile(r"^(?:uhr|hrs?|hours|h|local time|o'clock)\b\.?|[()\[\]]", re.IGNORECASE)
_ZONED = re.compile(r"\b[ap]\.?m\b|[+-]\d\d?:?\d\d\b|\b[A-Z]{2,5}\)?$|[A-Za-z]+/[A-Za-z_]+", re.IGNORECASE)
_MINUTES = {
    "gmt": 0, "utc": 0, "ut": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "met": 60, "cest": 120,
    "mest": 120, "mesz": 120, "mez": 60, "eet": 120, "eest": 180, "msk": 180, "msd": 240, "trt": 180, "idt": 180,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "akst": -540, "akdt": -480, "hst": -600, "ast": -240, "adt": -180, "nst": -210, "ndt": -150, "brt": -180,
    "brst": -120, "art": -180, "clt": -240, "clst": -180, "cot": -300, "pet": -300, "vet": -240, "bot": -240,
    "pyt": -240, "uyt": -180, "ist": 330, "pkt": 300, "npt": 345, "aft": 270, "irst": 210, "irdt": 270, "gst": 240,
    "uzt": 300, "ict": 420, "wib": 420, "wita": 480, "wit": 540, "sgt": 480, "myt": 480, "pht": 480, "hkt": 480,
    "mmt": 390, "jst": 540, "kst": 540, "awst": 480, "acst": 570, "acdt": 630, "aest": 600, "aedt": 660,
    "nzst": 720, "nzdt": 780, "cat": 120, "eat": 180, "wat": 60, "sast": 120,
}  # fmt: skip
_PLACES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date whose form was recognised; `moment` is null where its values or its zone make no sense.

    `is_day`: no time of day was written; `moment` is then midnight.
    """

    moment: datetime | None
    is_day: bool = False


def read_written(text: str, zone: tzinfo) -> WrittenDate | None:
    """Read a date as machines and people write it in feeds and pages; null where the form is not known.

    Args:
        text: The date as it stands there.
        zone: The outlet's; a date that names no zone is read in it.

    >>> read_written("Wed, 07 Feb 2018 09:30 PM GMT+03:00", UTC).moment.isoformat()
    '2018-02-07T21:30:00+03:00'
    """
    text = " ".join(text.split())[:MAX_CHARS]
    found = _UNIX.match(text) or next(filter(None, (form.match(text) for form in _FORMS)), None)
    if found is None:
        return None
    is_day = found["hour"] is None
    try:
        day = date(_year(found["year"]), _month(found["month"]), int(found["day"]))
        naive = datetime.combine(day, _clock(found))
        place = zone_of_words(found["zone"] or "", naive, zone)
    except (ValueError, OverflowError):
        return WrittenDate(None, is_day)
    return WrittenDate(naive.replace(tzinfo=place) if place is not None else None, is_day)


def names_a_zone(text: str) -> bool:
    """Say whether a date seems to carry a zone or a half of the day, so that it must not be read without it."""
    return _ZONED.search(text.strip()) is not None


def zone_of_words(text: str, naive: datetime, zone: tzinfo) -> tzinfo | None:
    """Read what stands behind a time of day: an offset, a zone's name or nothing.

    Returns:
        The zone; the outlet's `zone` where nothing is written, null where what is written is not known.
    """
    text = text.strip(" ,;.|")
    offset = _OFFSET.match(text)
    if offset:
        return _offset(offset)
    name = _NOISE.sub("", text).strip()
    if not name:
        return zone
    if "/" in name or name.lower() in _PLACES:
        try:
            return ZoneInfo(_PLACES.get(name.lower(), name))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
    own = _own_offset(name, naive, zone)
    if own is not None:
        return own
    minutes = _MINUTES.get(name.lower())
    return None if minutes is None else timezone(timedelta(minutes=minutes))


def _own_offset(name: str, naive: datetime, zone: tzinfo) -> tzinfo | None:
    """Take the offset of the outlet's zone where that zone has this name in winter or in summer."""
    for month in (naive.month, 1, 7):
        at = naive.replace(month=month, day=1, tzinfo=zone)
        offset = at.utcoffset()
        if offset is not None and (at.tzname() or "").lower() == name.lower():
            return timezone(offset)
    return None


def _offset(found: re.Match[str]) -> tzinfo | None:
    span = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    if span > _MAX_OFFSET or int(found["minutes"] or 0) > 59:
        return None
    return UTC if not span else timezone(span if found["sign"] == "+" else -span)


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < _CENTURY_TURNS else 1900)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text[:3].lower()]


def _clock(found: re.Match[str]) -> time:
    """Read the time of day; "21:30 PM" is half past nine in the evening, "12:10 AM" ten past midnight."""
    hour = int(found["hour"] or 0)
    half = (found["half"] or "").lower()[:1]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    micros = int((found["part"] or "0")[:6].ljust(6, "0"))
    return time(hour, int(found["minute"] or 0), min(int(found["second"] or 0), 59), micros)  # 60: a leap second
