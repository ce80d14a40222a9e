"""Our codes in the words of other data sets: types, precisions, kinds of actors.

Types stand in `seeds/reference/event_types.csv`, kinds of actors in `actors.csv`. The precisions follow the published
lists of codes of UCDP GED, ACLED and PLOVER; docs/reference/exports.md has the tables.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from warehouse.rows import IncidentRow

UCDP_DATE_PREC = {"day": 1, "days": 2, "week": 3, "month": 4, "year": 5}
UCDP_WHERE_PREC = {"site": 1, "town": 1, "district": 3, "region": 4, "country": 6}
ACLED_TIME_PRECISION = {"day": 1, "days": 2, "week": 2, "month": 3}  # ACLED has no code for a year
ACLED_GEO_PRECISION = {"site": 1, "town": 1, "district": 2, "region": 3}  # nor for a whole country
PLOVER_RESOLUTION = {"site": 5, "town": 4, "district": 3, "region": 2, "country": 1}
# How far the true place may be from the point, in km: ours, after the sizes of what the words mean; 25 is UCDP's
# "limited area around a place". A country has none.
PRECISION_KM = {"site": 1, "town": 5, "district": 25, "region": 100}
IS_POINT = frozenset({"site", "town", "district"})  # as in pub.incidents_near: regions and countries are no points

ACLED_DISORDER = {
    "Battles": "Political violence",
    "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence",
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}
ACLED_DISORDER_OF_SUB_EVENT = {
    "Mob violence": "Political violence",
    "Excessive force against protesters": "Political violence; Demonstrations",
}
_STATE, _REBEL, _MILITIA, _COMMUNAL, _EXTERNAL = 1, 2, 3, 4, 8
ACLED_INTER = {
    "state_force": _STATE, "government": _STATE, "police": _STATE, "intelligence": _STATE, "official_service": _STATE,
    "rebel": _REBEL, "jihadist": _REBEL, "militia": _MILITIA, "criminal": _MILITIA, "communal": _COMMUNAL,
    "peacekeeper": _EXTERNAL, "coalition": _EXTERNAL, "private_military": _EXTERNAL, "organisation": _EXTERNAL,
}  # fmt: skip
ACLED_INTER_OF_WORDS = {"rioters": 5, "protesters": 6, "civilians": 7}


@dataclass(frozen=True, slots=True)
class TypeWords:
    """One type of ours in the trees of others; empty where theirs has no such type."""

    words: str
    acled_event: str
    acled_sub_event: str
    plover_event: str
    plover_mode: str
    ucdp_type_of_violence: str


@cache
def type_words() -> Mapping[tuple[str, str], TypeWords]:
    """Read the type tree; the subtype is empty for the type itself."""
    return {
        (row["event_type"], row["event_subtype"]): TypeWords(
            row["words"], row["acled_event"], row["acled_sub_event"], row["plover_event"], row["plover_mode"],
            row["ucdp_type_of_violence"],
        )
        for row in _table("event_types.csv")
    }  # fmt: skip


def words_of(incident: IncidentRow) -> TypeWords:
    """Say an incident's type in the words of others; a subtype that the tree has not is read as its type.

    A type that the tree does not know (an older coder's) is in nobody's tree.
    """
    tree = type_words()
    exact = tree.get((incident.event_type, incident.event_subtype or ""))
    return exact or tree.get((incident.event_type, ""), TypeWords(incident.event_type, "", "", "", "", ""))


def acled_inter(name: str, country_code: str | None) -> int | None:
    """Code an actor as ACLED does; forces of another state than the place's are external. Null for unknown names."""
    if name.lower() in ACLED_INTER_OF_WORDS:
        return ACLED_INTER_OF_WORDS[name.lower()]
    kinds = _actor_kinds()
    kind, home = kinds.get(name) or kinds.get(name.split(" (")[0], ("", ""))  # reports add an acronym
    code = ACLED_INTER.get(kind)
    return _EXTERNAL if code == _STATE and home and country_code and home != country_code else code


def acled_disorder(words: TypeWords) -> str:
    """Give ACLED's kind of disorder for a type."""
    return ACLED_DISORDER_OF_SUB_EVENT.get(words.acled_sub_event, ACLED_DISORDER[words.acled_event])


@cache
def _actor_kinds() -> Mapping[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for row in _table("actors.csv"):
        for name in (row["name"], *row["aliases"].split("|")):
            found.setdefault(name, (row["type"], row["country_code"]))
    return found


def _table(name: str) -> Iterator[dict[str, str]]:
    text = files("seeds").joinpath("reference", name).read_text("utf-8")
    return iter(csv.DictReader(text.splitlines()))
