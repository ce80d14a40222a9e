"""Dates that are told from the writer's own day: weekdays, yesterday, last night, two days ago, the weekend.

A weekday is the latest one up to the day of publication, that day included: news of Wednesday is printed on Wednesday.
Measured on American local news, the same rule with the day itself left out is right half as often.
Known false positives: "Friday" as a name (Good Friday, Black Friday, Friday prayers); "today" in the sense of nowadays.
"""

from __future__ import annotations

import re
from datetime import date

from extractors.coding.when.absolute import DIGIT, Context, Form, Reader, openings
from extractors.coding.when.days import (
    ONE_DAY,
    coming_weekday,
    interval,
    latest_weekday,
    make_day,
    month_days,
    one_day,
    shift,
    weekday_near,
    weekend_of,
    year_days,
)
from extractors.coding.when.mention import Days, MentionKind, Rule
from extractors.coding.when.names import MONTH, NUMBER, NUMBER_WORDS, WEEKDAY, WEEKDAY_NUMBER, number_of, weekday_of
from model.report import DatePrecision

_PART = r"(?:morning|afternoon|evening|night|midday|noon|lunchtime)"
_WEEKDAY = re.compile(
    rf"\b(?:(?P<before>[Ll]ast|[Nn]ext|[Cc]oming|[Tt]his|[Pp]ast|[Pp]revious|[Oo]vernight(?:\s+on)?|OVERNIGHT)\s+)?"
    rf"\b(?P<weekday>{WEEKDAY})(?![a-z])(?P<after>\s+(?:last\s+week|of\s+last\s+week|overnight|next\s+week))?"
    rf"(?!['’]s\s+prayers|\s+prayers)"
)
_TODAY = re.compile(r"\b(?:(?:earlier|later)\s+today|today|tonight)\b", re.IGNORECASE)
_PART_OF_TODAY = re.compile(rf"\bthis\s+(?:early\s+)?{_PART}\b|\b(?:early|late)\s+this\s+{_PART}\b", re.IGNORECASE)
_YESTERDAY = re.compile(r"\b(?P<before>the\s+day\s+before\s+)?yesterday\b", re.IGNORECASE)
_LAST_NIGHT = re.compile(r"\b(?:last\s+(?:night|evening)|yesterday\s+(?:night|evening))\b", re.IGNORECASE)
_OVERNIGHT = re.compile(r"\b(?:overnight|during\s+the\s+night)\b", re.IGNORECASE)
_TOMORROW = re.compile(r"\btomorrow\b", re.IGNORECASE)
_AGO = re.compile(
    rf"\b(?P<more>(?:more|less)\s+than\s+|over\s+|nearly\s+|almost\s+|about\s+|some\s+)?(?P<n>{NUMBER})\s+"
    r"(?P<unit>day|night|week|fortnight|month|year)s?\s+(?:ago\b|on(?=\s*(?:[,.:;–—]|$)))"
    rf"(?:(?P<exact>\s+(?:today|to\s+the\s+day))|,?\s+(?:on\s+)?(?:last\s+)?(?P<weekday>{WEEKDAY})\b)?",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?P<which>last|this|past|earlier\s+this|later\s+this|next|previous|late\s+last|early\s+this)\s+"
    r"(?P<unit>week|month|year|weekend)\b",
    re.IGNORECASE,
)
_WEEKEND = re.compile(r"\b(?:the|this|at)\s+weekend\b(?!\s+before)", re.IGNORECASE)
_DAWN = re.compile(
    r"\b(?:at|before|around|since|just\s+after)\s+(?:dawn|daybreak|sunrise|first\s+light)\b"
    rf"(?!,?\s+(?:on\s+|of\s+)?(?:the\s+)?(?:{WEEKDAY}|{MONTH}|\d))",
    re.IGNORECASE,
)
_DAYS_AFTER = re.compile(rf"\b(?P<n>{NUMBER}|the)\s+(?P<unit>day|night|week)s?\s+after\b", re.IGNORECASE)
_NEIGHBOUR_DAY = re.compile(
    rf"\b(?:(?P<n>{NUMBER}|the)\s+(?P<unit>day|night|week)s?\s+(?:(?P<back>earlier|before(?!\s+yesterday))|later)|"
    r"the\s+(?:(?P<previous>previous|preceding)|next|following)\s+(?:day|night|morning|evening))\b",
    re.IGNORECASE,
)


def _read_weekday(match: re.Match[str], context: Context) -> Days | None:
    number = weekday_of(match["weekday"])
    before, after = (match["before"] or "").lower(), (match["after"] or "").lower()
    if context.published_on is None:
        return one_day(weekday_near(number, context.text_day), Rule.WEEKDAY_ANCHORED) if context.text_day else None
    day, rule, is_future = _place_weekday(number, before, after, context.published_on, is_coming=context.is_coming)
    if "overnight" in before or "overnight" in after:
        # "overnight Tuesday" is the night from Tuesday on to some and the night up to it to others.
        end = min(day + ONE_DAY, max(context.published_on, day))
        return interval(end - ONE_DAY, end, Rule.OVERNIGHT)
    return one_day(day, rule, is_future=is_future)


def _place_weekday(number: int, before: str, after: str, anchor: date, *, is_coming: bool) -> tuple[date, Rule, bool]:
    if "last week" in after:
        monday = latest_weekday(0, anchor) - 7 * ONE_DAY
        return monday + number * ONE_DAY, Rule.WEEKDAY_LAST_WEEK, False
    if before in ("next", "coming") or "next week" in after or (is_coming and before not in ("last", "past")):
        return coming_weekday(number, anchor), Rule.WEEKDAY_NEXT, True
    if before in ("last", "past", "previous"):
        return latest_weekday(number, anchor, is_inclusive=False), Rule.WEEKDAY_LAST, False
    return latest_weekday(number, anchor), Rule.WEEKDAY, False


def _own_day(rule: Rule, back: int = 0) -> Reader:
    def read(match: re.Match[str], context: Context) -> Days | None:
        day = shift(context.published_on, -back) if context.published_on else None
        return one_day(day, rule, is_future=back < 0) if day else None

    return read


def _read_yesterday(match: re.Match[str], context: Context) -> Days | None:
    day = shift(context.published_on, -2 if match["before"] else -1) if context.published_on else None
    return one_day(day, Rule.YESTERDAY) if day else None


def _read_overnight(match: re.Match[str], context: Context) -> Days | None:
    day = context.published_on
    return interval(day - ONE_DAY, day, Rule.OVERNIGHT) if day else None


def _read_ago(match: re.Match[str], context: Context) -> Days | None:
    anchor = context.published_on
    if anchor is None:
        return None
    count, unit = number_of(match["n"]), match["unit"].lower()
    n_days = count * {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}[unit]
    middle = shift(anchor, -n_days)
    if middle is None:
        return None
    if match["weekday"] and unit in ("week", "fortnight"):
        return one_day(weekday_near(weekday_of(match["weekday"]), middle), Rule.AGO)
    if match["exact"] and unit == "year":
        same = make_day(anchor.year - count, anchor.month, anchor.day)
        return one_day(same, Rule.AGO) if same else None
    if unit in ("day", "night") or (match["exact"] and unit != "month"):
        return one_day(middle, Rule.AGO)
    if unit in ("week", "fortnight"):
        return Days(middle - 3 * ONE_DAY, min(middle + 3 * ONE_DAY, anchor), DatePrecision.WEEK, Rule.AGO)
    return month_days(middle.year, middle.month, Rule.AGO) if unit == "month" else year_days(middle.year, Rule.AGO)


def _read_period(match: re.Match[str], context: Context) -> Days | None:
    anchor, which, unit = context.published_on, match["which"].lower(), match["unit"].lower()
    if anchor is None:
        return None
    if which == "next" or which.startswith("later"):
        return interval(anchor + ONE_DAY, anchor + 14 * ONE_DAY, Rule.WEEK, is_future=True)
    is_last = which.endswith(("last", "past", "previous"))
    if unit == "weekend":
        return interval(*weekend_of(anchor), Rule.WEEKEND)
    if unit == "week":
        monday = latest_weekday(0, anchor) - (7 * ONE_DAY if is_last else 0 * ONE_DAY)
        return Days(monday, monday + 6 * ONE_DAY if is_last else anchor, DatePrecision.WEEK, Rule.WEEK)
    if unit == "month":
        first = shift(anchor.replace(day=1), -1) if is_last else anchor
        return month_days(first.year, first.month, Rule.MONTH_RELATIVE) if first else None
    return year_days(anchor.year - 1 if is_last else anchor.year, Rule.YEAR_RELATIVE)


def _read_weekend(match: re.Match[str], context: Context) -> Days | None:
    if context.published_on is None:
        return None
    return interval(*weekend_of(context.published_on), Rule.WEEKEND, is_future=context.is_coming)


def _read_days_after(match: re.Match[str], context: Context) -> Days | None:
    """Read "buried on Wednesday, a day after the blast": the blast was on Tuesday."""
    anchor = context.sentence_day or context.published_on or context.text_day
    count = 1 if match["n"].lower() == "the" else number_of(match["n"])
    day = shift(anchor, -count * (7 if match["unit"].lower() == "week" else 1)) if anchor else None
    if day is None:
        return None
    if match["unit"].lower() == "week":
        return Days(day - 3 * ONE_DAY, day + 3 * ONE_DAY, DatePrecision.WEEK, Rule.DAYS_AFTER)
    return one_day(day, Rule.DAYS_AFTER)


def _read_neighbour_day(match: re.Match[str], context: Context) -> Days | None:
    """Read "a day earlier" and "three days later" from the day told before them, else from the day of writing."""
    is_back = bool(match["back"] or match["previous"])
    anchor = context.text_day or (context.published_on if is_back else None)
    n = number_of(match["n"]) if match["n"] and match["n"].lower() != "the" else 1
    n *= 7 if (match["unit"] or "").lower() == "week" else 1
    day = shift(anchor, -n if is_back else n) if anchor else None
    if day is None:
        return None
    is_future = context.published_on is not None and day > context.published_on
    return one_day(day, Rule.DAY_BEFORE_OR_AFTER, is_future=is_future)


def _read_dawn(match: re.Match[str], context: Context) -> Days | None:
    """Read a bare "at dawn" as that of the day of writing, where its sentence names no day."""
    day = context.published_on if context.sentence_day is None else None
    return one_day(day, Rule.PART_OF_TODAY) if day else None


_NUMBERS = openings(*NUMBER_WORDS) | {DIGIT}

FORMS: tuple[Form, ...] = (
    Form(
        _WEEKDAY,
        _read_weekday,
        MentionKind.WEEKDAY,
        openings(*WEEKDAY_NUMBER, "last next coming this past previous overnight"),
    ),
    *(
        Form(pattern, read, MentionKind.RELATIVE, opens)
        for pattern, read, opens in (
            (_LAST_NIGHT, _own_day(Rule.LAST_NIGHT, 1), openings("last yesterday")),
            (_YESTERDAY, _read_yesterday, openings("the yesterday")),
            (_TODAY, _own_day(Rule.TODAY), openings("earlier later today tonight")),
            (_PART_OF_TODAY, _own_day(Rule.PART_OF_TODAY), openings("this early late")),
            (_OVERNIGHT, _read_overnight, openings("overnight during")),
            (_TOMORROW, _own_day(Rule.TOMORROW, -1), openings("tomorrow")),
            (_AGO, _read_ago, _NUMBERS | openings("more less over nearly almost about some")),
            (_PERIOD, _read_period, openings("last this past earlier later next previous late early")),
            (_WEEKEND, _read_weekend, openings("the this at")),
            (_DAYS_AFTER, _read_days_after, _NUMBERS | openings("the")),
            (_NEIGHBOUR_DAY, _read_neighbour_day, _NUMBERS | openings("the")),
            (_DAWN, _read_dawn, openings("at before around since just")),
        )
    ),
)
