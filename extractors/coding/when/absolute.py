"""Dates that name the calendar: ISO, numeric, month-day in both orders, month, year, holidays, a day of the month.

Known false positives: "May 5" of a person or ship called May; a numeric date where the outlet's country is unknown and
both orders are possible (read day first, as most of the world writes).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from extractors.coding.when.days import (
    FUTURE_TOLERANCE_DAYS,
    ONE_DAY,
    interval,
    latest_islamic_day,
    latest_month_day,
    make_day,
    month_days,
    nearest_month_day,
    nth_weekday,
    one_day,
    year_days,
)
from extractors.coding.when.mention import Days, MentionKind, Rule
from extractors.coding.when.names import (
    EIDS,
    HOLIDAY,
    HOLIDAYS,
    ISLAMIC_DAY,
    ISLAMIC_DAYS,
    ISLAMIC_MONTH,
    ISLAMIC_MONTHS,
    MONTH,
    MONTH_NUMBER,
    MOVABLE_HOLIDAYS,
    WEEKDAY_BEFORE_DATE,
    WEEKDAY_NUMBER,
    month_of,
)
from model.report import DatePrecision

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

DIGIT = "0"  # the key of every token that begins with a digit
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
    """One form of expression: its pattern, its reader, what it rests on, and the keys of the words it may begin with.

    `opens` holds the keys (`opening`) of all tokens that a match may begin with, `DIGIT` for a digit; elsewhere the
    pattern is not tried.
    """

    pattern: re.Pattern[str]
    read: Reader
    kind: MentionKind
    opens: frozenset[str]


_ORDINAL = r"(?:st|nd|rd|th)?"
_NO_MORE = r"(?!\d|[:.,]\d|\s*(?:%|per\s?cent|a\.m|p\.m|am\b|pm\b|years?\b|people\b))"
_JOIN = r"\s*(?:-|–|—|/|to|and|through|or|into)\s*"
_LAST_YEAR = r"|,?\s+(?:of\s+)?(?P<last>last\s+year)\b(?!['’])"
_YEAR = rf"(?:\s*,?\s*(?P<year>(?:19|20)\d\d|['’]?\d\d(?=\s*[(,)]))(?!\d){_LAST_YEAR})?"
_MONTH_DAY = re.compile(
    rf"\b(?:{WEEKDAY_BEFORE_DATE},?\s+(?:the\s+)?)?(?P<month>{MONTH})\s*(?:the\s+)?(?P<day>\d{{1,2}}){_ORDINAL}{_NO_MORE}"
    rf"(?:{_JOIN}(?P<day2>\d{{1,2}}){_ORDINAL}{_NO_MORE}(?!\s+[a-z]{{4}}))?{_YEAR}"
)
_DAY_MONTH = re.compile(
    rf"(?<![\d.,:])\b(?:{WEEKDAY_BEFORE_DATE},?\s+(?:the\s+)?)?(?P<day>\d{{1,2}}){_ORDINAL}"
    rf"(?:{_JOIN}(?P<day2>\d{{1,2}}){_ORDINAL})?\s+(?:(?:of|OF|de|De)\s+)?(?P<month>{MONTH})(?![a-zA-Z])"
    rf"(?:\s*,?\s*(?:(?:of|de)\s+)?(?P<year>(?:19|20)\d\d|['’]\d\d|\d\d(?=\s*[(,)]))(?!\d){_LAST_YEAR})?"
)
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d\d)(?P=sep)(?P<day>\d\d)(?!\d)")
_NUMERIC = re.compile(
    r"(?P<one>\d(?<![\d/.-].)\d?)(?P<sep>[/.-])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![\d/])"
)
_MONTH_YEAR = re.compile(rf"\b(?P<month>{MONTH})\s*(?:,|of)?\s*(?P<year>(?:19|20)\d\d)(?!\d)")
_LEAD = r"(?:[Ii]n|[Ss]ince|[Ll]ast|[Tt]his|[Dd]uring|[Bb]y|[Ff]rom|[Oo]f|[Uu]ntil|[Ll]ate|[Ee]arly|[Mm]id)"
_MONTH_ALONE = re.compile(
    rf"\b{_LEAD}[\s-]+(?:(?:early|late|mid)[\s-]+)?(?P<month>{MONTH})(?!\.?\s*\d|[\w’'-])(?:{_LAST_YEAR[1:]})?"
)
_YEAR_ALONE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Ff]rom|[Oo]f|[Uu]ntil|[Ll]ate|[Ee]arly|[Bb]y|[Ss]ummer|[Ww]inter|[Ff]all|[Ss]pring)"
    r"\s+(?:late\s+|early\s+)?(?P<year>(?:19|20)\d\d)(?![\d-]|\s+(?:people|block|members|troops|soldiers|homes|feet))"
)
_EVE = r"(?P<eve>(?:the\s+)?(?:eve|night\s+before)\s+(?:of\s+)?)?"
_HOLIDAY = re.compile(rf"\b{_EVE}(?P<name>{HOLIDAY})(?:,?\s+(?P<year>(?:19|20)\d\d))?", re.IGNORECASE)
_ISLAMIC = re.compile(
    rf"\b{_EVE}(?:(?:the\s+)?(?P<nth>first|second|third|last)\s+day\s+of\s+(?:the\s+)?)?"
    rf"(?:(?P<name>{ISLAMIC_DAY})|(?P<eid>Eid)(?![\s-]+(?:al|ul|el)\b))\b",
    re.IGNORECASE,
)
_ISLAMIC_MONTH = re.compile(
    rf"\b(?:(?:(?P<nth>\d{{1,2}})(?:st|nd|rd|th)?|(?P<first>(?:the\s+)?first\s+day))\s+(?:of\s+)?)?"
    rf"(?P<month>{ISLAMIC_MONTH})\b",
    re.IGNORECASE,
)


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


def _year_in(match: re.Match[str], context: Context) -> int | None:
    """Read the year of "7 May 2016" and "7 May last year"; null where none is written or "last" counts from nothing."""
    if match["year"]:
        return year_of(match["year"])
    return context.published_on.year - 1 if match["last"] and context.published_on else None


def _read_month_day(match: re.Match[str], context: Context) -> Days | None:
    month, day, year = month_of(match["month"]), int(match["day"]), _year_in(match, context)
    start = make_day(year, month, day) if year else _place_day(month, day, context)
    if start is None:
        return None
    rule = Rule.MONTH_DAY_YEAR if match["year"] else Rule.MONTH_DAY
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
    """Read 12/3/2018 in the order of the outlet's country, unless only the other order was possible when written."""
    one, two, year = int(match["one"]), int(match["two"]), year_of(match["year"])
    orders = [(two, one), (one, two)]  # (month, day)
    if context.country_code in MONTH_FIRST_COUNTRIES and match["sep"] != ".":
        orders.reverse()
    days = [made for month, day in orders if (made := make_day(year, month, day))]
    written = context.published_on
    if written is not None and not context.is_coming:
        days.sort(key=lambda made: (made - written).days > FUTURE_TOLERANCE_DAYS)
    return one_day(days[0], Rule.NUMERIC, is_future=written is not None and days[0] > written) if days else None


def _read_month_year(match: re.Match[str], context: Context) -> Days | None:
    return month_days(int(match["year"]), month_of(match["month"]), Rule.MONTH_YEAR)


def _read_month_alone(match: re.Match[str], context: Context) -> Days | None:
    if match["last"] and context.published_on:
        return month_days(context.published_on.year - 1, month_of(match["month"]), Rule.MONTH)
    first = _place_day(month_of(match["month"]), 1, context)
    return month_days(first.year, first.month, Rule.MONTH) if first else None


def _read_year_alone(match: re.Match[str], context: Context) -> Days | None:
    return year_days(int(match["year"]), Rule.YEAR)


def _read_holiday(match: re.Match[str], context: Context) -> Days | None:
    name, year = " ".join(match["name"].lower().replace("’", "'").split()), match["year"]
    if name in MOVABLE_HOLIDAYS:
        day = _movable(name, int(year) if year else None, context)
    else:
        month, number = HOLIDAYS[name]
        day = make_day(int(year), month, number) if year else _place_day(month, number, context)
    return _eve_or_day(match, day) if day else None


def _eve_or_day(match: re.Match[str], day: date) -> Days:
    return one_day(day - ONE_DAY, Rule.EVE) if match["eve"] else one_day(day, Rule.HOLIDAY)


def _read_islamic(match: re.Match[str], context: Context) -> Days | None:
    """Read a feast as two days: it is sighted on the day of the calendar or on the day before it."""
    anchor = context.published_on or context.text_day
    if anchor is None:
        return None
    name = " ".join((match["name"] or "").lower().split())
    feasts = (ISLAMIC_DAYS[name],) if name in ISLAMIC_DAYS else EIDS
    days = [day for feast in feasts if (day := latest_islamic_day(*feast, anchor))]
    if not days:
        return None
    nth = {"second": 1, "third": 2, "last": 2}.get((match["nth"] or "").lower(), 0)
    day = max(days) + (nth - bool(match["eve"])) * ONE_DAY
    return interval(day - ONE_DAY, day, Rule.EVE if match["eve"] else Rule.HOLIDAY)


def _read_islamic_month(match: re.Match[str], context: Context) -> Days | None:
    anchor, month = context.published_on or context.text_day, ISLAMIC_MONTHS[match["month"].lower()]
    nth = 1 if match["first"] else int(match["nth"] or 0)
    first = latest_islamic_day(month, max(1, min(nth, 30)), anchor) if anchor else None
    if first is None:
        return None
    if nth:
        return interval(first - ONE_DAY, first, Rule.HOLIDAY)
    return Days(first - ONE_DAY, first + 29 * ONE_DAY, DatePrecision.MONTH, Rule.MONTH)


def _movable(name: str, year: int | None, context: Context) -> date | None:
    anchor = context.published_on or context.text_day
    if year:
        return nth_weekday(year, *MOVABLE_HOLIDAYS[name])
    if anchor is None:
        return None
    this_year = nth_weekday(anchor.year, *MOVABLE_HOLIDAYS[name])
    return this_year if this_year <= anchor else nth_weekday(anchor.year - 1, *MOVABLE_HOLIDAYS[name])


_MONTHS, _DAYS = openings(*MONTH_NUMBER), openings(*WEEKDAY_NUMBER)

_HOLIDAY_OPENS = openings(*(name.split()[0] for name in (*HOLIDAYS, *MOVABLE_HOLIDAYS)), "the eve night")
_ISLAMIC_OPENS = openings(*ISLAMIC_DAYS, "the eve night first second third last eid")

FORMS: tuple[Form, ...] = tuple(
    Form(pattern, read, MentionKind.ABSOLUTE, opens)
    for pattern, read, opens in (
        (_ISO, _read_iso, frozenset((DIGIT,))),
        (_NUMERIC, _read_numeric, frozenset((DIGIT,))),
        (_MONTH_DAY, _read_month_day, _MONTHS | _DAYS),
        (_DAY_MONTH, _read_month_day, _DAYS | {DIGIT}),
        (_MONTH_YEAR, _read_month_year, _MONTHS),
        (_HOLIDAY, _read_holiday, _HOLIDAY_OPENS),
        (_ISLAMIC, _read_islamic, _ISLAMIC_OPENS),
        (_ISLAMIC_MONTH, _read_islamic_month, openings(*ISLAMIC_MONTHS, "the first") | {DIGIT}),
        (_MONTH_ALONE, _read_month_alone, openings("in since last this during by from of until late early mid")),
        (
            _YEAR_ALONE,
            _read_year_alone,
            openings("in since during from of until late early by summer winter fall spring"),
        ),
    )
)
