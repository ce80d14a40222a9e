"""A date expression as found and resolved, and the names of the rules that resolve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from model.report import DatePrecision, DateSpan


class Rule(StrEnum):
    """Ids of the rules; each is told in docs/explanation/dates.md."""

    ISO = "iso"
    NUMERIC = "numeric"
    MONTH_DAY_YEAR = "month_day_year"
    MONTH_DAY = "month_day"
    DAY_OF_MONTH = "day_of_month"
    DATELINE = "dateline"
    STAMP = "stamp"
    HOLIDAY = "holiday"
    EVE = "eve"
    MONTH_YEAR = "month_year"
    MONTH = "month"
    YEAR = "year"
    WEEKDAY = "weekday"
    WEEKDAY_LAST = "weekday_last"
    WEEKDAY_LAST_WEEK = "weekday_last_week"
    WEEKDAY_NEXT = "weekday_next"
    WEEKDAY_ANCHORED = "weekday_anchored"
    OVERNIGHT = "overnight"
    TODAY = "today"
    YESTERDAY = "yesterday"
    TOMORROW = "tomorrow"
    LAST_NIGHT = "last_night"
    PART_OF_TODAY = "part_of_today"
    AGO = "ago"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH_RELATIVE = "month_relative"
    YEAR_RELATIVE = "year_relative"
    DAY_BEFORE_OR_AFTER = "day_before_or_after"
    DAYS_AFTER = "days_after"
    RANGE = "range"
    PUBLISHED = "published"


class MentionKind(StrEnum):
    """What a mention rests on: the calendar alone, the name of a weekday, or the writer's own day."""

    ABSOLUTE = "absolute"
    WEEKDAY = "weekday"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Days:
    """An interval of days, both inclusive, how exactly it is known, and the rule that read it."""

    start: date
    end: date
    precision: DatePrecision
    rule: Rule
    is_future: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date expression of an article, resolved.

    `sentence` is the index of its sentence, or `TITLE`. It holds the tokens `first` to `last`, both inclusive; `token`
    is the one of them that governs the others. `is_future` marks days that the text speaks of as still to come.
    """

    span: DateSpan
    sentence: int
    first: int
    last: int
    token: int
    kind: MentionKind
    is_future: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it names one day, or two neighbouring ones (a night)."""
        return (self.span.end - self.span.start).days <= 1

    @property
    def is_mark(self) -> bool:
        """Whether it tells when the text was written, and not when something happened."""
        return self.span.rule in (Rule.DATELINE, Rule.STAMP)
