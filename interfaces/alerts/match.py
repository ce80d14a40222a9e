"""Whether a rule asks for an incident: pure."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from interfaces.alerts.rules import Near, Rule
from interfaces.exports.crosswalk import IS_POINT
from warehouse.rows import IncidentRow

EARTH_RADIUS_KM = 6371.0088  # as in pub.incidents_near


def matches(rule: Rule, i: IncidentRow) -> bool:
    """Say whether all conditions of a rule hold.

    What has no type of the tree (`other`) is asked for by name only, and a retraction is no first news.
    """
    return (
        (i.event_type in rule.types if rule.types else i.event_type != "other")
        and (not rule.countries or i.country_code in rule.countries)
        and (i.status in rule.statuses if rule.statuses else i.status != "retracted")
        and (rule.near is None or _is_near(rule.near, i))
        and _is_met(rule.killed_high_at_least, i.killed_high, i.killed_best, i.killed_low)
        and _is_met(rule.killed_low_at_least, i.killed_low)
        and (not rule.actors or _is_named(rule.actors, i))
    )


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Measure a great circle between two points in degrees (haversine).

    >>> round(distance_km(35.3, 40.29, 35.33, 40.14), 1)
    14.0
    """
    across = sin(radians(other_lat - lat) / 2) ** 2
    along = cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(across + along)))


def _is_near(near: Near, i: IncidentRow) -> bool:
    """A region or a country is no point, and never near."""
    if i.lat is None or i.lon is None or i.place_precision not in IS_POINT:
        return False
    return distance_km(near.lat, near.lon, i.lat, i.lon) <= near.km


def _is_met(wanted: int | None, *figures: int | None) -> bool:
    known = [figure for figure in figures if figure is not None]
    return wanted is None or (bool(known) and max(known) >= wanted)


def _is_named(wanted: tuple[str, ...], i: IncidentRow) -> bool:
    named = [name.casefold() for name in i.actors]
    return any(one.casefold() in name for one in wanted for name in named)
