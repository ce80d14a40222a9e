"""Calendar arithmetic of the date rules: months, weekdays, and which of many possible days is meant.

Every function is total over the years 1900 to 2100; a day outside them is not a day of the news and gives None.
"""

from __future__ import annotations

from datetime import date, timedelta

from extractors.coding.when.mention import Days, Rule
from model.report import DatePrecision

FIRST_YEAR, LAST_YEAR = 1900, 2100  # years outside are numbers ("in 1800 homes"), not dates of news
FUTURE_TOLERANCE_DAYS = 2  # a page's day may lag behind the text's by zone or by late stamping; more reads as last year
COMING_DAYS = 200  # "set for March 5" means the coming one only when it is about half a year away or less
LEAP_REACH_YEARS = 8  # 1896 to 1904 is the longest way from one 29 February to the next
NEAR_ANCHOR_DAYS = 3  # a weekday beside an explicit date lies in the same week around it
ONE_DAY = timedelta(days=1)


def make_day(year: int, month: int, day: int) -> date | None:
    """Make a date, or None where the calendar or the years of the news have no such day.

    >>> make_day(2018, 2, 30) is None
    True
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, days: int) -> date | None:
    """Move `day` by `days`, or None where that leaves the years of the news."""
    try:
        moved = day + timedelta(days=days)
    except OverflowError:
        return None
    return moved if FIRST_YEAR <= moved.year <= LAST_YEAR else None


def latest_month_day(month: int, day: int, anchor: date, *, is_coming: bool = False) -> date | None:
    """Give a month-day without a year the year that makes it the nearest one not in the future of `anchor`.

    Args:
        month: 1 to 12.
        day: 1 to 31.
        anchor: The day of publication.
        is_coming: The text speaks of it as still to come; then the next one, if that is near.

    >>> latest_month_day(12, 30, date(2018, 1, 2)).isoformat()
    '2017-12-30'
    """
    years = range(anchor.year - LEAP_REACH_YEARS, anchor.year + 2)
    found = [made for year in years if (made := make_day(year, month, day))]
    if is_coming:
        coming = [made for made in found if 0 <= (made - anchor).days <= COMING_DAYS]
        if coming:
            return min(coming)
    past = [made for made in found if (made - anchor).days <= FUTURE_TOLERANCE_DAYS]
    return max(past, default=None)


def nearest_month_day(month: int, day: int, anchor: date) -> date | None:
    """Give a month-day the year that brings it nearest to `anchor`, an explicit date of the same text."""
    found = [made for year in range(anchor.year - 1, anchor.year + 2) if (made := make_day(year, month, day))]
    return min(found, key=lambda made: abs((made - anchor).days), default=None)


def latest_weekday(weekday: int, anchor: date, *, is_inclusive: bool = True) -> date:
    """Find the latest `weekday` (Monday is 0) up to `anchor`, the anchor's own day included unless told otherwise.

    >>> latest_weekday(2, date(2018, 2, 7)).isoformat()
    '2018-02-07'
    """
    back = (anchor.weekday() - weekday) % 7
    return anchor - timedelta(days=back if back or is_inclusive else 7)


def coming_weekday(weekday: int, anchor: date) -> date:
    """Find the first `weekday` after `anchor`."""
    return anchor + timedelta(days=(weekday - anchor.weekday() - 1) % 7 + 1)


def weekday_near(weekday: int, anchor: date) -> date:
    """Find the `weekday` of the seven days around `anchor`."""
    ahead = (weekday - anchor.weekday()) % 7
    return anchor + timedelta(days=ahead if ahead <= NEAR_ANCHOR_DAYS else ahead - 7)


def month_days(year: int, month: int, rule: Rule) -> Days | None:
    """Give all days of a month."""
    start = make_day(year, month, 1)
    if start is None:
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return Days(start, following - ONE_DAY, DatePrecision.MONTH, rule)


def year_days(year: int, rule: Rule) -> Days | None:
    """Give all days of a year."""
    start, end = make_day(year, 1, 1), make_day(year, 12, 31)
    return Days(start, end, DatePrecision.YEAR, rule) if start and end else None


def interval(start: date, end: date, rule: Rule, *, is_future: bool = False) -> Days:
    """Make an interval with the precision that its length gives it."""
    n_days = (end - start).days + 1
    limits = ((1, DatePrecision.DAY), (6, DatePrecision.DAYS), (10, DatePrecision.WEEK), (62, DatePrecision.MONTH))
    precision = next((p for limit, p in limits if n_days <= limit), DatePrecision.YEAR)
    return Days(start, end, precision, rule, is_future)


def one_day(day: date, rule: Rule, *, is_future: bool = False) -> Days:
    """Make an interval of one day."""
    return Days(day, day, DatePrecision.DAY, rule, is_future)


def weekend_of(anchor: date) -> tuple[date, date]:
    """Find the Saturday and Sunday that "the weekend" means on `anchor`: the running one, else the last."""
    saturday = latest_weekday(5, anchor)
    return saturday, saturday + ONE_DAY


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """Find the `which`-th `weekday` of a month; -1 is the last.

    >>> nth_weekday(2017, 11, 3, 4).isoformat()
    '2017-11-23'
    """
    if which < 0:
        return latest_weekday(weekday, date(year + month // 12, month % 12 + 1, 1) - ONE_DAY)
    return latest_weekday(weekday, date(year, month, 7 * which))


_ISLAMIC_EPOCH = 227_014  # proleptic ordinal of the day before 1 Muharram of the year 1, civil reckoning


def islamic_day(year: int, month: int, day: int) -> date | None:
    """Give the day of the tabular Islamic calendar; what is sighted is that day or, more often, the one before it.

    >>> islamic_day(1439, 10, 1).isoformat()
    '2018-06-15'
    """
    ordinal = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + _ISLAMIC_EPOCH
    found = date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


def latest_islamic_day(month: int, day: int, anchor: date) -> date | None:
    """Find the latest such day of the Islamic calendar that is not in the future of `anchor`."""
    year = (anchor.year - 622) * 33 // 32  # the Islamic year is eleven days shorter; this one is at most one off
    found = [made for near in range(year - 2, year + 3) if (made := islamic_day(near, month, day))]
    return max((made for made in found if (made - anchor).days <= FUTURE_TOLERANCE_DAYS), default=None)
