"""Fact features of two reports: day, place, kind of event, tolls.

Specification. Each fact has features for agreeing and for disagreeing, since a missing value is neither. *Days* are
intervals: a gap between firm days counts by its length; a day that is not firm (see `resolution.match_record`) has
features of its own, and so has a month or a year. *Places* are compared by distance against both precisions. *Tolls*
are compared with their bounds: a later and greater count may be an update, a later and smaller one is another count.
Measured in docs/explanation/resolution.md.
"""

from __future__ import annotations

from datetime import date
from math import log, log1p

from model.geo import distance_km
from resolution.features import AGAINST, FOR, Feature, FeatureGroup, Features, PairContext
from resolution.match_record import EXACT_DATES, EXACT_PLACES, MatchRecord
from resolution.type_agreement import Depth, depth

SAME_TOWN_KM = 12.0  # two gazetteer entries for one town, or a site and its town
NEAR_TOWN_KM = 35.0  # suburb and city
FAR_TOWN_KM = 120.0
BORDER_KM = 60.0  # a town and its neighbour across a border, which reports of one incident do confuse
_RADIUS_KM = {"site": 6.0, "town": 12.0, "district": 45.0, "region": 160.0, "country": 0.0}
LOOSE_DAYS = (0, 1, 4, 30)
FIRM_DAYS = (0, 1, 3, 7, 30)
CLOSE_TOLL = 0.25  # share of the greater figure by which two counts may differ and still be close
MOST_RATIO = 3.0  # natural logarithm: figures twenty times apart are as far apart as can be


def gap_days(start_a: int, end_a: int, start_b: int, end_b: int) -> int:
    """Days between two closed intervals; 0 where they share a day."""
    return max(0, start_b - end_a, start_a - end_b)


def day_gap(left: MatchRecord, right: MatchRecord) -> int | None:
    """Days between the days of two reports; null where either has none."""
    if left.start is None or left.end is None or right.start is None or right.end is None:
        return None
    return gap_days(left.start, left.end, right.start, right.end)


def place_km(left: MatchRecord, right: MatchRecord) -> float | None:
    """Kilometres between the places of two reports; null where either has no coordinates."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    if left.place_id is not None and left.place_id == right.place_id:
        return 0.0
    return distance_km(left.lat, left.lon, right.lat, right.lon)


def _step(gap: int, steps: tuple[int, ...]) -> str:
    return next((str(step) for step in steps if gap <= step), "more")


def compare_days(left: MatchRecord, right: MatchRecord, _: PairContext, found: Features) -> None:
    """Compare the days."""
    gap = day_gap(left, right)
    if gap is None:
        found["day_missing"] = 1.0
    elif left.date_precision not in EXACT_DATES or right.date_precision not in EXACT_DATES:
        span = "year" if "year" in (left.date_precision, right.date_precision) else "coarse"
        found[f"day_{span}_{'in' if gap == 0 else 'out'}"] = 1.0
    elif left.has_firm_day and right.has_firm_day:
        found[f"day_{_step(gap, FIRM_DAYS)}"] = 1.0
        if gap == 0 and (left.start, left.end) != (right.start, right.end):
            found["day_overlap"] = 1.0
    else:
        found[f"day_loose_{_step(gap, LOOSE_DAYS)}"] = 1.0


def compare_places(left: MatchRecord, right: MatchRecord, _: PairContext, found: Features) -> None:
    """Compare the places by distance against both precisions."""
    if left.place_precision is None or right.place_precision is None:
        found["place_missing"] = 1.0
        return
    km = place_km(left, right)
    if left.country and right.country and left.country != right.country and (km is None or km > BORDER_KM):
        found["place_other_country"] = 1.0
        return
    if km is None or "country" in (left.place_precision, right.place_precision):
        found["place_country_in"] = 1.0
    elif left.place_precision in EXACT_PLACES and right.place_precision in EXACT_PLACES:
        is_firm = km <= SAME_TOWN_KM or (left.has_firm_place and right.has_firm_place)
        kind = "" if is_firm else "loose_"
        limits = ((SAME_TOWN_KM, "same"), (NEAR_TOWN_KM, "near"), (FAR_TOWN_KM, "mid"))
        found[f"place_{kind}{next((name for limit, name in limits if km <= limit), 'far')}"] = 1.0
        if km <= SAME_TOWN_KM and ("day_0" in found or "day_loose_0" in found):
            found["place_and_day"] = 1.0
    else:
        reach = _RADIUS_KM[left.place_precision] + _RADIUS_KM[right.place_precision]
        found["place_coarse_in" if km <= reach else "place_coarse_out"] = 1.0


def compare_kinds(left: MatchRecord, right: MatchRecord, _: PairContext, found: Features) -> None:
    """Compare the kinds of event by depth in the type tree."""
    agreed = depth((left.event_type, left.event_subtype), (right.event_type, right.event_subtype))
    found[_KIND_NAMES[agreed]] = 1.0


_KIND_NAMES = {d: f"kind_{d.name.lower()}" for d in Depth}


def compare_tolls(left: MatchRecord, right: MatchRecord, _: PairContext, found: Features) -> None:
    """Compare the numbers killed and injured with their bounds, the later against the earlier."""
    early, late = sorted((left, right), key=lambda r: r.published or 0)
    _compare_toll("killed", early.killed, late.killed, found)
    _compare_toll("injured", early.injured, late.injured, found)
    if found.get("killed_ratio") and found.get("injured_ratio"):
        found["tolls_apart"] = min(found["killed_ratio"], found["injured_ratio"])


_Toll = tuple[int | None, int | None, int | None]


def _compare_toll(name: str, early: _Toll, late: _Toll, found: Features) -> None:
    first, then = early[1], late[1]
    if first is None or then is None:
        found[f"{name}_missing"] = 1.0
        return
    if first == then:
        found[f"{name}_same"] = 1.0
        found[f"{name}_same_large"] = min(4.0, log1p(then)) if then > 1 else 0.0
        return
    ratio = min(MOST_RATIO, abs(log((then + 1) / (first + 1))))
    if abs(first - then) <= max(1.0, CLOSE_TOLL * max(first, then)):
        found[f"{name}_close"] = 1.0
    elif _overlap(early, late):
        found[f"{name}_fits"] = 1.0
    else:
        found[f"{name}_{'rise' if then > first else 'fall'}"] = 1.0
        found[f"{name}_ratio"] = ratio


def _overlap(one: _Toll, other: _Toll) -> bool:
    """Whether the bounds of two counts leave a number that fits both; an open upper bound is infinite."""
    (low_a, best_a, high_a), (low_b, best_b, high_b) = one, other
    low = max(low_a if low_a is not None else best_a or 0, low_b if low_b is not None else best_b or 0)
    return all(high is None or low <= high for high in (high_a, high_b))


def show_days(left: MatchRecord, right: MatchRecord) -> str:
    """Both days, as "7 Feb 2018 / 10 Feb 2018"."""
    return " / ".join(_day_words(r) for r in (left, right))


def _day_words(record: MatchRecord) -> str:
    if record.start is None or record.end is None:
        return "no day"
    first, last = date.fromordinal(record.start), date.fromordinal(record.end)
    if record.start == record.end:
        return f"{first.day} {first:%b %Y}"
    if record.date_precision in ("month", "year"):
        return f"{first:%b %Y}" if record.date_precision == "month" else f"{first:%Y}"
    return f"{first.day} {first:%b}–{last.day} {last:%b %Y}"


def show_places(left: MatchRecord, right: MatchRecord) -> str:
    """Both places with their distance, as "Khusham / Al Tabiyah, 12 km"."""
    km = place_km(left, right)
    names = " / ".join(f"{r.place_name or 'no place'}{f' ({r.country})' if r.country else ''}" for r in (left, right))
    return names if km is None else f"{names}, {km:.0f} km"


def show_kinds(left: MatchRecord, right: MatchRecord) -> str:
    """Both kinds of event."""
    return " / ".join((r.event_subtype or r.event_type).replace("_", " ") for r in (left, right))


def show_tolls(left: MatchRecord, right: MatchRecord) -> str:
    """Both tolls, as "12 killed, 30 injured / 9 killed"."""
    return " / ".join(_toll_words(r) for r in (left, right))


def _toll_words(record: MatchRecord) -> str:
    parts = [
        f"{toll[1]} {name}"
        for name, toll in (("killed", record.killed), ("injured", record.injured))
        if toll[1] is not None
    ]
    return ", ".join(parts) or "no toll"


def _toll_features(name: str) -> tuple[Feature, ...]:
    return (
        Feature(f"{name}_missing", f"no number {name} to compare"),
        Feature(f"{name}_same", f"the same number {name}", FOR),
        Feature(f"{name}_same_large", f"the same number {name}, and a large one", FOR),
        Feature(f"{name}_close", f"nearly the same number {name}"),
        Feature(f"{name}_fits", f"numbers {name} whose bounds fit"),
        Feature(f"{name}_rise", f"a later and greater number {name}"),
        Feature(f"{name}_fall", f"a later and smaller number {name}", AGAINST),
        Feature(f"{name}_ratio", f"numbers {name} far apart", AGAINST),
    )


_GAPS = {
    "0": "the same day",
    "1": "one day apart",
    "3": "two or three days apart",
    "7": "four to seven days apart",
    "30": "eight to thirty days apart",
    "more": "more than thirty days apart",
}

GROUPS = (
    FeatureGroup(
        compare_days,
        show_days,
        (
            Feature("day_missing", "no day to compare"),
            Feature("day_coarse_in", "the days fit, by week or month"),
            Feature("day_coarse_out", "the weeks or months differ", AGAINST),
            Feature("day_year_in", "the years fit"),
            Feature("day_year_out", "the years differ", AGAINST),
            Feature("day_overlap", "days that overlap and are not equal"),
            *(Feature(f"day_{step}", words, FOR if step == "0" else AGAINST) for step, words in _GAPS.items()),
            Feature("day_loose_0", "the same day, one of them not firm", FOR),
            Feature("day_loose_1", "one day apart, one of them not firm"),
            Feature("day_loose_4", "two to four days apart, one of them not firm"),
            Feature("day_loose_30", "up to thirty days apart, one of them not firm", AGAINST),
            Feature("day_loose_more", "more than thirty days apart, one of them not firm", AGAINST),
        ),
    ),
    FeatureGroup(
        compare_places,
        show_places,
        (
            Feature("place_missing", "no place to compare"),
            Feature("place_same", "the same town", FOR),
            Feature("place_and_day", "the same town and the same day", FOR),
            Feature("place_near", "neighbouring towns"),
            Feature("place_mid", "towns 35 to 120 km apart", AGAINST),
            Feature("place_far", "towns more than 120 km apart", AGAINST),
            Feature("place_loose_same", "the same town, one of them not firm", FOR),
            Feature("place_loose_near", "neighbouring towns, one of them not firm"),
            Feature("place_loose_mid", "towns 35 to 120 km apart, one of them not firm", AGAINST),
            Feature("place_loose_far", "towns more than 120 km apart, one of them not firm", AGAINST),
            Feature("place_other_country", "another country", AGAINST),
            Feature("place_coarse_in", "places that fit, by district or region"),
            Feature("place_coarse_out", "another district or region", AGAINST),
            Feature("place_country_in", "the same country, no nearer"),
        ),
    ),
    FeatureGroup(
        compare_kinds,
        show_kinds,
        (
            Feature("kind_subtype", "the same kind of event, to the finest", FOR),
            Feature("kind_type", "the same kind of event", FOR),
            Feature("kind_family", "a related kind of event"),
            Feature("kind_open", "an event of no certain kind"),
            Feature("kind_apart", "another kind of event", AGAINST),
        ),
    ),
    FeatureGroup(
        compare_tolls,
        show_tolls,
        (
            *_toll_features("killed"),
            *_toll_features("injured"),
            Feature("tolls_apart", "both tolls differ", AGAINST),
        ),
    ),
)
