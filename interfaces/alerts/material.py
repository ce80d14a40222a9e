"""What a channel is told of, and when a change of it is worth telling again: the policy `material/1`, pure.

Specification. Between the facts that a channel was told last and those of now, a change is material where

- the type is another (a finer subtype is not);
- the status turned to corroborated, disputed or retracted, or away from one of the last two;
- a bound of the killed or injured moved by a tenth of what was told and by one person at least, became known, or
  opened or closed upwards;
- the country is another, or two places known to the district or better lie more than 25 km apart;
- the days no longer overlap.

Comparing with what was told, not with the revision before, tells a toll that creeps up by ones. The thresholds are
ours: a tenth is less than outlets differ by from the start, and 25 km is what a place is scored by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from interfaces.alerts.match import distance_km
from interfaces.exports.crosswalk import IS_POINT

POLICY = "material/1"
TOLL_STEP_0_1 = 0.1
PLACE_STEP_KM = 25.0
_REPORTED_STATUSES = frozenset({"corroborated", "disputed", "retracted"})
_LEFT_STATUSES = frozenset({"disputed", "retracted"})

Facts = Mapping[str, Any]  # what `interfaces.syndication.items.extension` gives


def material_changes(was: Facts, now: Facts) -> tuple[str, ...]:
    """Say in words what changed materially; empty where nothing did."""
    return tuple(_changes(was, now))


def _changes(was: Facts, now: Facts) -> Iterator[str]:
    if was["event_type"] != now["event_type"]:
        yield f"type {was['event_type']} -> {now['event_type']}"
    if was["status"] != now["status"] and (now["status"] in _REPORTED_STATUSES or was["status"] in _LEFT_STATUSES):
        yield f"status {was['status']} -> {now['status']}"
    for measure in ("killed", "injured"):
        if any(_moved(was[measure][bound], now[measure][bound]) for bound in ("low", "best", "high")):
            yield f"{measure} {_shown(was[measure])} -> {_shown(now[measure])}"
    if _is_elsewhere(was["place"], now["place"]):
        yield f"place {was['place']['name'] or 'unknown'} -> {now['place']['name'] or 'unknown'}"
    if _is_another_day(was["date"], now["date"]):
        yield f"day {was['date']['start']} -> {now['date']['start']}"


def _moved(was: int | None, now: int | None) -> bool:
    if was is None or now is None:
        return was is not now
    return abs(now - was) >= max(1.0, TOLL_STEP_0_1 * was)


def _shown(toll: Facts) -> str:
    low, high = toll["low"], toll["high"]
    if low is None and high is None:
        return "unknown"
    return str(low) if low == high else f"{'?' if low is None else low}-{'?' if high is None else high}"


def _is_elsewhere(was: Facts, now: Facts) -> bool:
    if was["country_code"] and now["country_code"] and was["country_code"] != now["country_code"]:
        return True
    if was["precision"] not in IS_POINT or now["precision"] not in IS_POINT:
        return False  # a place that became better known is not another
    ends = (was["lat"], was["lon"], now["lat"], now["lon"])
    return None not in ends and distance_km(*ends) > PLACE_STEP_KM


def _is_another_day(was: Facts, now: Facts) -> bool:
    if not was["start"] or not now["start"]:
        return False
    return bool(was["end"] < now["start"] or now["end"] < was["start"])  # ISO days sort as they follow
