"""Read the report-level labels of a corpus: what each article tells of each of its incidents.

One article a line of JSON, plain or gzipped. Keys that are read: `id`, `outlet`, `incident_ids`, `incidents`,
`claims`, `has_key` (true where it is missing); others are ignored. A toll is labelled by the range that the article
itself gives (`killed_range`, `injured_range`), since a report must say what its article says and not the final figure.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from model.errors import SourceError
from pipeline.corpus import json_lines

DEFAULT_RADIUS_KM = 25.0  # a key without a radius, or with a smaller one: about the extent of a town and its outskirts
TYPE_ALIASES = {"suicide_bombing": "bombing"}  # a subtype in our tree, a type in some keys
OUTLET_ITSELF = "outlet"  # the speaker of a claim that the outlet makes in its own voice


@dataclass(frozen=True, slots=True)
class KeyActor:
    """An actor as labelled: the name and `initiator` or `target`."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class KeyClaim:
    """A claim as labelled; null bounds are open, `speaker` is null where the key does not say."""

    measure: str
    low: int | None
    high: int | None
    speaker: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class KeyIncident:
    """An incident as one article tells of it; null or empty where the key does not say.

    `spots` are the right places as (lat, lon), the main one first; any within `radius_km` of one is right. `types` are
    the type and its alternatives. Ranges include both ends.
    """

    incident_id: str
    first_day: date | None
    last_day: date | None
    spots: tuple[tuple[float, float], ...]
    radius_km: float
    place: str | None
    place_names: tuple[str, ...]
    country_code: str | None
    types: tuple[str, ...]
    killed: tuple[float, float] | None
    injured: tuple[float, float] | None
    actors: tuple[KeyActor, ...]
    claims: tuple[KeyClaim, ...]


@dataclass(frozen=True, slots=True)
class KeyRow:
    """The labels of one article; `is_told` says whether it tells of any incident, labelled in detail or not."""

    external_id: str
    outlet: str | None
    has_incident: bool
    incidents: tuple[KeyIncident, ...]


def read_key(path: Path) -> list[KeyRow]:
    """Read the articles of `path` whose labels are complete, in file order.

    Raises:
        ConfigError: the file is missing or cannot be opened. SourceError: a line is no labelled article.
    """
    rows = []
    for number, line in json_lines(path):
        try:
            labels = json.loads(line)
            if labels.get("has_key", True):
                rows.append(_row(labels))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(
                f"{path.name} line {number}: {type(error).__name__}: {error}", next_step="mend the key of this line"
            ) from error
    return rows


def _row(line: dict[str, Any]) -> KeyRow:
    ids = set(line.get("incident_ids") or ())
    claims = line.get("claims") or ()
    return KeyRow(
        external_id=str(line["id"]),
        outlet=line.get("outlet"),
        has_incident=bool(ids),
        incidents=tuple(_incident(g, claims) for g in line.get("incidents") or () if g.get("incident_id") in ids),
    )


def _incident(gold: dict[str, Any], claims: Any) -> KeyIncident:  # noqa: ANN401 - a list of parsed JSON
    first = gold.get("date")
    latlons = [gold.get("latlon"), *(other["latlon"] for other in gold.get("place_alt") or ())]
    types = [gold.get("type"), *(gold.get("type_alt") or ())]
    return KeyIncident(
        incident_id=gold["incident_id"],
        first_day=_day(first),
        last_day=_day(gold.get("date_end") or first),
        spots=tuple((spot[0], spot[1]) for spot in latlons if spot and None not in spot) if gold.get("latlon") else (),
        radius_km=max(DEFAULT_RADIUS_KM, gold.get("radius_km") or DEFAULT_RADIUS_KM),
        place=gold.get("place"),
        place_names=tuple(gold.get("place_names") or ()),
        country_code=gold.get("country_code"),
        types=tuple(dict.fromkeys(TYPE_ALIASES.get(t, t) for t in types if t)),
        killed=_range(gold.get("killed_range")),
        injured=_range(gold.get("injured_range")),
        actors=tuple(KeyActor(a["name"], a["role"]) for a in gold.get("actors") or ()),
        claims=tuple(_claim(c) for c in claims if c.get("incident_id") == gold["incident_id"]),
    )


def _claim(claim: dict[str, Any]) -> KeyClaim:
    measure = "killed_or_injured" if claim.get("combined") else claim["measure"]
    return KeyClaim(measure, claim["low"], claim["high"], claim.get("speaker"), claim.get("quote") or "")


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value[:10]) if value else None


def _range(bounds: list[float | None] | None) -> tuple[float, float] | None:
    if not bounds or bounds[0] is None:
        return None
    return bounds[0], math.inf if bounds[1] is None else bounds[1]
