"""Read distances from a known place: "X, 30 km north of Y", "about 120 km (75 miles) south-west of Mogadishu"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from extractors.reference.gazetteer import GazetteerPlace

_KM = {"km": 1.0, "kms": 1.0, "kilometre": 1.0, "kilometer": 1.0, "mile": 1.609, "mi": 1.609}
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_BEARINGS = {"north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
             "west": 270.0, "northwest": 315.0}  # fmt: skip
FARTHEST_KM = 400.0  # beyond that a text speaks of a journey, not of where a village lies
_DISTANCE = re.compile(
    r"\b(?P<number>\d{1,3}(?:\.\d)?|" + "|".join(_NUMBERS) + r")[- ](?P<unit>kms?|kilomet(?:re|er)s?|miles?|mi)\b"
    r"(?:\s?\([^)]{1,20}\))?(?:\s+(?:to the|away|away to the|due|outside|inland|up the road|further))?"
    r"(?:\s+(?P<bearing>(?:north|south)[- ]?(?:east|west)?|east|west)(?:ern)?)?"
    r"(?:\s+(?:of|from|outside)(?:\s+[a-z'’-]+){0,5})?\s*$",
    re.IGNORECASE,
)
REACH_CHARS = 110  # between the distance and the place that it counts from


@dataclass(frozen=True, slots=True)
class Offset:
    """So many kilometres from a place; `bearing` in degrees from north, null where the text gives none."""

    km: float
    bearing: float | None
    text: str


def read_offset(before: str) -> Offset | None:
    """Read the distance that ends a text, right before the name of the place that it counts from.

    >>> read_offset("Ntoyo, 30 km north of ")
    Offset(km=30.0, bearing=0.0, text='30 km north of')
    """
    match = _DISTANCE.search(before[-REACH_CHARS:])
    if match is None:
        return None
    number = match["number"].lower()
    unit = match["unit"].lower().rstrip("s")
    km = float(_NUMBERS.get(number, 0) or number) * _KM[unit]
    bearing = re.sub(r"[- ]", "", match["bearing"].lower()) if match["bearing"] else ""
    return Offset(km, _BEARINGS.get(bearing), match.group().strip())


def moved(place: GazetteerPlace, offset: Offset) -> tuple[float, float]:
    """Give latitude and longitude of the point at an offset from a place; the place itself without a bearing."""
    if offset.bearing is None:
        return place.lat, place.lon
    turn = math.radians(offset.bearing)
    lat = place.lat + offset.km * math.cos(turn) / 111.2
    lon = place.lon + offset.km * math.sin(turn) / (111.2 * max(0.1, math.cos(math.radians(place.lat))))
    return max(-90.0, min(90.0, lat)), (lon + 180.0) % 360.0 - 180.0
