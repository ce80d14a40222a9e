"""Words for what the warehouse tells in codes and numbers, and text of others made fit to be shown.

Everything that came from a feed passes `tidy` (one line) before it is shown: control characters and marks that turn the
direction of writing are taken out, heaps of accents are levelled, and no text is longer than its place.
"""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from importlib.resources import files

from interfaces.exports.crosswalk import type_words
from interfaces.plaintext import clean
from warehouse.rows import IncidentRow

TITLE_LENGTH = 220  # characters of a headline: two lines of the widest screen; longer ones are no headlines
QUOTE_LENGTH = 480  # of a sentence: the longest ones of the bundled corpus are half of it
NAME_LENGTH = 80  # of an outlet, a speaker, a place
WORDS_LENGTH = 400  # of a reason or an error
# Blanks of no width, an Arabic mark of direction and two line ends that `clean` keeps, and lone surrogates (no UTF-8).
_UNSEEN = re.compile("[\u061c\u180e\u200b\u2028\u2029\u2060\ufeff\ufff9-\ufffb\ud800-\udfff]")
_ACCENTS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_HEAPED = re.compile(f"([{_ACCENTS}]{{3}})[{_ACCENTS}]+")  # no script sets more than three on one letter
_PLAIN = re.compile(r"[ -~]*\Z")
_MONTHS = " Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")  # whatever the machine's language is


def tidy(text: str | None, length: int = TITLE_LENGTH) -> str:
    r"""Give text of others as one clean line of at most `length` characters.

    >>> tidy("a\u202eb\n  c"), tidy("abcdef", 4)
    ('ab c', 'abc…')
    """
    if not text:
        return ""
    return _tidied_once(text, length) if len(text) <= _REMEMBERED else _tidied(text, length)


def _tidied(text: str, length: int) -> str:
    kept = text[: 8 * length]  # a title of 100 kB is not worth the search for its last control character
    if not _PLAIN.match(kept):
        kept = _HEAPED.sub(r"\1", _UNSEEN.sub("", clean(kept)))
    kept = " ".join(kept.split())
    return kept if len(kept) <= length else kept[: length - 1].rstrip() + "…"


_REMEMBERED = 300  # characters: names and titles stand on many pages, and none of 100 kB shall stay in memory
_tidied_once = lru_cache(maxsize=16_384)(_tidied)


@lru_cache(maxsize=16_384)
def moment(instant: datetime | None) -> str:
    """Write an instant for people, in UTC.

    >>> moment(datetime(2018, 2, 7, 22, tzinfo=UTC))
    '7 Feb 2018, 22:00 UTC'
    """
    if instant is None:
        return "not known"
    there = instant.astimezone(UTC)
    return f"{day(there)}, {there.hour:02}:{there.minute:02} UTC"


@lru_cache(maxsize=16_384)
def stamp(instant: datetime | None) -> str:
    """Write an instant for machines (the attribute `datetime` of `time`); empty for none."""
    return "" if instant is None else f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def day(of: date) -> str:
    """Write a day for people.

    >>> day(date(2018, 2, 7))
    '7 Feb 2018'
    """
    return f"{of.day} {_MONTHS[of.month]} {of.year:04d}"


def when(row: IncidentRow) -> str:
    """Say on which days an incident may have happened."""
    start, end = row.date_start, row.date_end
    if start is None or end is None:
        return "day not known"
    if start == end:
        return day(start)
    if row.date_precision == "month" and (start.year, start.month) == (end.year, end.month):
        return f"{_MONTHS[start.month]} {start.year:04d}"
    if row.date_precision == "year" and start.year == end.year:
        return f"{start.year:04d}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    return f"{day(start)} – {day(end)}"


_DATE_PRECISION = {
    "day": "to the day", "days": "within days", "week": "within a week", "month": "within a month",
    "year": "within a year",
}  # fmt: skip
_PLACE_PRECISION = {
    "site": "the very site", "town": "to the town", "district": "to the district", "region": "only the region",
    "country": "only the country",
}  # fmt: skip


def date_precision(row: IncidentRow) -> str:
    """Say how exactly the date is known; empty without a date."""
    return _DATE_PRECISION.get(row.date_precision or "", "") if row.date_start else ""


def place_precision(row: IncidentRow) -> str:
    """Say how exactly the place is known; empty without a place."""
    return _PLACE_PRECISION.get(row.place_precision or "", "")


def where(row: IncidentRow) -> str:
    """Name the place, from the smallest to the country; names that say the same are said once."""
    parts = [tidy(part, NAME_LENGTH) for part in (row.place_name, row.admin1) if part]
    if row.country_code:
        parts.append(country(row.country_code))
    return ", ".join(dict.fromkeys(parts)) or "place not known"


def toll(low: int | None, best: int | None, high: int | None) -> tuple[str, str]:
    """Show a toll as its best figure and its range, each empty where there is none.

    An upper bound that nobody gives, or that lies below the lower, is told as open.

    >>> toll(20, 30, 55), toll(5, 5, 5), toll(100, 100, None), toll(None, None, None), toll(None, None, 9)
    (('30', '20–55'), ('5', ''), ('100', '100 or more'), ('', ''), ('≤ 9', ''))
    """
    shown = best if best is not None else low
    if shown is None:
        return ("", "") if high is None else (f"≤ {number(high)}", "")
    if high is None or high < (low or 0):
        return number(shown), f"{number(low if low is not None else shown)} or more"
    if low == high:
        return number(shown), ""
    return number(shown), f"{number(low or 0)}–{number(high)}"


def number(n: float) -> str:
    """Write a whole number with thin blanks between thousands.

    >>> number(12345)
    '12\u202f345'
    """
    return f"{n:,.0f}".replace(",", "\u202f")


def count(n: int, one: str, many: str | None = None) -> str:
    """Count things in words.

    >>> count(1, "outlet"), count(2, "outlet")
    ('1 outlet', '2 outlets')
    """
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def type_name(event_type: str, subtype: str | None = None) -> str:
    """Name a type, or its finer type where there is one."""
    tree = type_words()
    found = tree.get((event_type, subtype or "")) or tree.get((event_type, ""))
    return found.words if found else event_type.replace("_", " ").capitalize()


@cache
def country_names() -> dict[str, str]:
    """Return the countries' names by ISO code, of `seeds/reference/countries.csv` (GeoNames, CC BY 4.0)."""
    table = files("seeds").joinpath("reference", "countries.csv").read_text("utf-8")
    return {row["country_code"]: row["name"] for row in csv.DictReader(table.splitlines())}


def country(code: str) -> str:
    """Name a country; a code that is none stays a code."""
    return country_names().get(code, tidy(code, 8))
