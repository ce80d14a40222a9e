"""Judge one coded fact against its label: day, place, type, toll, name."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from rapidfuzz import fuzz

from pipeline.scoring.distance import distance_km
from pipeline.scoring.key import KeyIncident
from warehouse.evaluation import CodedReport

NEAR_DAYS = 1  # a day off still tells which of an article's incidents a report is meant to be
NEAR_FACTOR = 6.0  # of the radius: 150 km for a town, about a province
CONFIDENCE_SHARE = 0.1  # breaks ties between reports whose facts are equally close
NAME_TOKENS = 80.0  # token_set_ratio: "the Syrian army" and "Syrian Arab Army"
NAME_PART = 90.0  # partial_ratio: "Hezbollah" within "Lebanon's Hezbollah movement"


class Located(Protocol):
    """What a report and a row of the list have in common: days and coordinates."""

    @property
    def date_start(self) -> date | None:
        """First day, null where unknown."""

    @property
    def date_end(self) -> date | None:
        """Last day, null where it is the first or unknown."""

    @property
    def lat(self) -> float | None:
        """Latitude in degrees, null where unknown."""

    @property
    def lon(self) -> float | None:
        """Longitude in degrees, null where unknown."""


def is_date_right(found: Located, gold: KeyIncident) -> bool:
    """Whether the days touch the labelled ones and are at most a day longer."""
    start = found.date_start
    if start is None or gold.first_day is None or gold.last_day is None:
        return False
    end = found.date_end or start
    longest = (gold.last_day - gold.first_day).days + 1
    return start <= gold.last_day and end >= gold.first_day and (end - start).days <= longest


def is_date_near(found: Located, gold: KeyIncident) -> bool:
    """Whether the first days are at most a day apart."""
    if found.date_start is None or gold.first_day is None:
        return False
    return abs((found.date_start - gold.first_day).days) <= NEAR_DAYS


def is_place_right(found: Located, gold: KeyIncident, factor: float = 1.0) -> bool:
    """Whether the coordinates are within `factor` times the labelled radius of a right spot."""
    if found.lat is None or found.lon is None:
        return False
    here = (found.lat, found.lon)
    return any(distance_km(here, spot) <= factor * gold.radius_km for spot in gold.spots)


def is_inside(value: int | None, bounds: tuple[float, float] | None) -> bool:
    """Whether a figure is within labelled bounds; false where either is missing."""
    return value is not None and bounds is not None and bounds[0] <= value <= bounds[1]


def closeness(found: CodedReport, gold: KeyIncident) -> float:
    """Score how many facts of a report agree with a labelled incident: 2 each for day and place, half of it if near."""
    day = 2.0 if is_date_right(found, gold) else float(is_date_near(found, gold))
    place = 2.0 if is_place_right(found, gold) else float(is_place_right(found, gold, NEAR_FACTOR))
    tolls = is_inside(found.killed_best, gold.killed) + is_inside(found.injured_best, gold.injured)
    return day + place + (found.event_type in gold.types) + 0.5 * tolls + CONFIDENCE_SHARE * found.confidence_0_1


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are the same by their words, or one is within the other.

    >>> is_same_name("Hezbollah", "Lebanon's Hezbollah")
    True
    """
    one, other = one.lower(), other.lower()
    return fuzz.token_set_ratio(one, other) >= NAME_TOKENS or fuzz.partial_ratio(one, other) >= NAME_PART
