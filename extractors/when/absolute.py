"""Dates that name the calendar: ISO, numeric, month-day in both orders, month, year, holidays, a day of the month.

Known false positives: "May 5" of a person or ship called May; a numeric date where the outlet's country is unknown and
both orders are possible (read day first, as most of the world writes).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from extractors.when.days import (
    interval,
    latest_month_day,
    make_day,
    month_days,
    nearest_month_day,
    nth_weekday,
    one_day,
    shift,
    year_days,
)
from extractors.when.mention import Days, MentionKind, Rule
from extractors.when.names import (
    HOLIDAY,
    HOLIDAYS,
    MONTH,
    MONTH_NUMBER,
    MOVABLE_HOLIDAYS,
    WEEKDAY_BEFORE_DATE,
    WEEKDAY_NUMBER,
    month_of,
)

MONTH_FIRST_COUNTRIES = frozenset({"US", "PH", "FM", "MH", "PW"})  # where 3/12 is the twelfth of March
TWO_DIGIT_PIVOT = 70  # "90" is 1990 and "18" is 2018; datelines of before 1970 are not in the news


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against.

    `published_on` is null where the publication is unknown; then `text_day`, the last explicit date told before the
    expression (or the first of the text), stands in. `sentence_day` is the last day told before it in its own sentence.
    `is_coming` is true where the words around speak of the future.
    """

    published_on: date | None
    text_day: date | None
    country_code: str | None
    is_coming: bool = False
    sentence_day: date | None = None


Reader = Callable[[re.Match[str], Context], Days | None]

DIGIT = "0"  # the key of every word that begins with a digit
_RUN = re.compile(r"\w+")
KEY_CHARS = 3  # letters: enough to leave a tenth of the words of a text, few enough for "MondayNight" and "May5"


def opening(word: str) -> str:
    """Give the key of a word: its first letters, small.

    >>> opening("Monday"), opening("in"), opening("24th")
    ('mon', 'in', '0')
    """
    return DIGIT if word[:1].isdecimal() else word[:KEY_CHARS].lower()


def openings(*words: str) -> frozenset[str]:
    """Give the keys of the words in these strings.

    >>> sorted(openings("St. Patrick's", "on the"))
    ['on', 'pat', 's', 'st', 'the']
    """
    return frozenset(opening(word) for text in words for word in _RUN.findall(text))


@dataclass(frozen=True, slots=True)
class Form:
    """One form of expression: its pattern, its reader, what it rests on, and where it can match at all.

    `opens` holds the keys (`opening`) of all words that a match may begin with, `DIGIT` for a digit; empty where a
    match may begin within a word. `needs` are words in small letters of which every match holds one, cheap to look
    for; empty where there is none. Both save time and change nothing: a test draws matches from the patterns.
    """

    pattern: re.Pattern[str]
    read: Reader
    kind: MentionKind
    opens: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()


_ORDINAL = r"(?:st|nd|rd|th)?"
_NO_MORE = r"(?!\d|[:.,]\d|\s*(?:%|per\s?cent|a\.m|p\.m|am\b|pm\b|years?\b|people\b))"
_JOIN = r"\s*(?:-|–|—|/|to|and|through|or|into)\s*"
_YEAR = r"(?:\s*,?\s*(?P<year>(?:19|20)\d\d|['’]?\d\d(?=\s*[(,)]))(?!\d))?"
_MONTH_DAY = re.compile(
    rf"\b(?:{WEEKDAY_BEFORE_DATE},?\s+(?:the\s+)?)?(?P<month>{MONTH})\s*(?:the\s+)?(?P<day>\d{{1,2}}){_ORDINAL}{_NO_MORE}"
    rf"(?:{_JOIN}(?P<day2>\d{{1,2}}){_ORDINAL}{_NO_MORE}(?!\s+[a-z]{{4}}))?{_YEAR}"
)
_DAY_MONTH = re.compile(
    rf"(?<![\d.,:])\b(?:{WEEKDAY_BEFORE_DATE},?\s+(?:the\s+)?)?(?P<day>\d{{1,2}}){_ORDINAL}"
    rf"(?:{_JOIN}(?P<day2>\d{{1,2}}){_ORDINAL})?\s+(?:(?:of|OF|de|De)\s+)?(?P<month>{MONTH})(?![a-zA-Z])"
    r"(?:\s*,?\s*(?:(?:of|de)\s+)?(?P<year>(?:19|20)\d\d|['’]\d\d|\d\d(?=\s*[(,)]))(?!\d))?"
)
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_NUMERIC = re.compile(
    r"(?P<one>\d(?<![\d/.-].)\d?)(?P<sep>[/.-])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![\d/])"
)
_MONTH_YEAR = re.compile(rf"\b(?P<month>{MONTH})\s*(?:,|of)?\s*(?P<year>(?:19|20)\d\d)(?!\d)")
_LEAD = r"(?:[Ii]n|[Ss]ince|[Ll]ast|[Tt]his|[Dd]uring|[Bb]y|[Ff]rom|[Oo]f|[Uu]ntil|[Ll]ate|[Ee]arly|[Mm]id)"
_MONTH_ALONE = re.compile(rf"\b{_LEAD}[\s-]+(?:(?:early|late|mid)[\s-]+)?(?P<month>{MONTH})(?!\.?\s*\d|[\w’'-])")
_YEAR_ALONE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Ff]rom|[Oo]f|[Uu]ntil|[Ll]ate|[Ee]arly|[Bb]y|[Ss]ummer|[Ww]inter|[Ff]all|[Ss]pring)"
    r"\s+(?:late\s+|early\s+)?(?P<year>(?:19|20)\d\d)(?![\d-]|\s+(?:people|block|members|troops|soldiers|homes|feet))"
)
_DAY_ALONE = re.compile(
    r"\b(?:on|ON|On|of|OF)\s+(?:the|THE)\s+(?P<day>\d{1,2})(?:st|nd|rd|th|ST|ND|RD|TH)\b(?!\s+(?:of\b|[a-z]{3}))"
)
_HOLIDAY = re.compile(rf"\b(?P<name>{HOLIDAY})(?:,?\s+(?P<year>(?:19|20)\d\d))?", re.IGNORECASE)


def year_of(text: str) -> int:
    """Read a year of four digits or two."""
    number = int(text.lstrip("'’"))
    if number >= 100:
        return number
    return number + (1900 if number >= TWO_DIGIT_PIVOT else 2000)


def _place_day(month: int, day: int, context: Context) -> date | None:
    if context.published_on:
        return latest_month_day(month, day, context.published_on, is_coming=context.is_coming)
    return nearest_month_day(month, day, context.text_day) if context.text_day else None


def _read_month_day(match: re.Match[str], context: Context) -> Days | None:
    month, day, year = month_of(match["month"]), int(match["day"]), match["year"]
    start = make_day(year_of(year), month, day) if year else _place_day(month, day, context)
    if start is None:
        return None
    rule = Rule.MONTH_DAY_YEAR if year else Rule.MONTH_DAY
    anchor = context.published_on
    is_future = anchor is not None and start > anchor
    if match["day2"]:
        return _read_days(match, start, is_future=is_future)
    return one_day(start, rule, is_future=is_future)


def _read_days(match: re.Match[str], one: date, *, is_future: bool) -> Days | None:
    other = make_day(one.year, one.month, int(match["day2"]))
    if other is None or other < one:
        return one_day(one, Rule.MONTH_DAY, is_future=is_future)
    return interval(one, other, Rule.RANGE, is_future=is_future)


def _read_iso(match: re.Match[str], context: Context) -> Days | None:
    day = make_day(int(match["year"]), int(match["month"]), int(match["day"]))
    return one_day(day, Rule.ISO) if day else None


def _read_numeric(match: re.Match[str], context: Context) -> Days | None:
    one, two, year = int(match["one"]), int(match["two"]), year_of(match["year"])
    orders = [(two, one), (one, two)]  # (month, day)
    if context.country_code in MONTH_FIRST_COUNTRIES and match["sep"] != ".":
        orders.reverse()
    day = next((made for month, day in orders if (made := make_day(year, month, day))), None)
    return one_day(day, Rule.NUMERIC) if day else None


def _read_month_year(match: re.Match[str], context: Context) -> Days | None:
    return month_days(int(match["year"]), month_of(match["month"]), Rule.MONTH_YEAR)


def _read_month_alone(match: re.Match[str], context: Context) -> Days | None:
    first = _place_day(month_of(match["month"]), 1, context)
    return month_days(first.year, first.month, Rule.MONTH) if first else None


def _read_year_alone(match: re.Match[str], context: Context) -> Days | None:
    return year_days(int(match["year"]), Rule.YEAR)


def _read_day_alone(match: re.Match[str], context: Context) -> Days | None:
    anchor = context.published_on or context.text_day
    if anchor is None:
        return None
    day = make_day(anchor.year, anchor.month, int(match["day"]))
    if day is None or day > anchor:
        last_month = shift(anchor.replace(day=1), -1)
        day = make_day(last_month.year, last_month.month, int(match["day"])) if last_month else None
    return one_day(day, Rule.DAY_OF_MONTH) if day else None


def _read_holiday(match: re.Match[str], context: Context) -> Days | None:
    name, year = " ".join(match["name"].lower().replace("’", "'").split()), match["year"]
    if name in MOVABLE_HOLIDAYS:
        day = _movable(name, int(year) if year else None, context)
    else:
        month, number = HOLIDAYS[name]
        day = make_day(int(year), month, number) if year else _place_day(month, number, context)
    return one_day(day, Rule.HOLIDAY) if day else None


def _movable(name: str, year: int | None, context: Context) -> date | None:
    anchor = context.published_on or context.text_day
    if year:
        return nth_weekday(year, *MOVABLE_HOLIDAYS[name])
    if anchor is None:
        return None
    this_year = nth_weekday(anchor.year, *MOVABLE_HOLIDAYS[name])
    return this_year if this_year <= anchor else nth_weekday(anchor.year - 1, *MOVABLE_HOLIDAYS[name])


_MONTHS, _DAYS = openings(*MONTH_NUMBER), openings(*WEEKDAY_NUMBER)

FORMS: tuple[Form, ...] = tuple(
    Form(pattern, read, MentionKind.ABSOLUTE, opens, needs)
    for pattern, read, opens, needs in (
        (_ISO, _read_iso, frozenset((DIGIT,)), ()),
        (_NUMERIC, _read_numeric, frozenset(), ()),
        (_MONTH_DAY, _read_month_day, _MONTHS | _DAYS, ()),
        (_DAY_MONTH, _read_month_day, _DAYS | {DIGIT}, ()),
        (_MONTH_YEAR, _read_month_year, _MONTHS, ("19", "20")),
        (_HOLIDAY, _read_holiday, openings(*(name.split()[0] for name in (*HOLIDAYS, *MOVABLE_HOLIDAYS))), ()),
        (_DAY_ALONE, _read_day_alone, openings("on of"), ()),
        (_MONTH_ALONE, _read_month_alone, openings("in since last this during by from of until late early mid"), ()),
        (
            _YEAR_ALONE,
            _read_year_alone,
            openings("in since during from of until late early by summer winter fall spring"),
            ("19", "20"),
        ),
    )
)
