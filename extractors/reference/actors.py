"""Load the actor table: `seeds/reference/actors.csv`.

`aliases` are matched wherever they stand; an alias in capitals of at most five letters only in capitals, unless the
whole text is in capitals. `weak_aliases` ("AA", "Wagner", "government forces") count only where the actor's country or
another of its names stands in the same article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extractors.reference.tables import Row, parse_partial_date, read_table

_COLUMNS = (
    "actor_id name aliases weak_aliases type parent country_code valid_from valid_to wikidata_id source note"
).split()
ACTOR_TYPES = frozenset(
    """state_force police intelligence government official_service rebel militia jihadist criminal communal party
    coalition peacekeeper private_military monitor state_media organisation""".split()
)
_QID = re.compile(r"Q[1-9][0-9]*")
_ID = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor: who it is, what it is, whose it is, and when it existed (null is open)."""

    actor_id: str
    name: str
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    actor_type: str
    parent_id: str | None
    country_code: str | None
    valid_from: date | None
    valid_to: date | None
    wikidata_id: str | None
    source: str
    note: str


def load_actors(folder: Path) -> Mapping[str, Actor]:
    """Read the actors by id.

    Raises:
        ConfigError: the table is malformed, an id or an alias stands twice without a note, or a parent is missing.
    """
    rows = read_table(folder / "actors.csv", _COLUMNS)
    actors: dict[str, Actor] = {}
    owner: dict[str, str] = {}
    for row in rows:
        actor = _actor(row)
        if actor.actor_id in actors:
            raise row.wrong("actor_id", "stands twice")
        for alias in {name.lower() for name in (actor.name, *actor.aliases)}:
            if owner.setdefault(alias, actor.actor_id) != actor.actor_id and not actor.note:
                raise row.wrong("aliases", f"{alias!r} also names {owner[alias]}, and there is no note")
        actors[actor.actor_id] = actor
    for row in rows:
        if row["parent"] and row["parent"] not in actors:
            raise row.wrong("parent", "is no actor of this table")
    return actors


def _actor(row: Row) -> Actor:
    if not _ID.fullmatch(row["actor_id"]):
        raise row.wrong("actor_id", "is not in small letters, digits and underscores")
    if row["type"] not in ACTOR_TYPES:
        raise row.wrong("type", f"is none of {', '.join(sorted(ACTOR_TYPES))}")
    if row["wikidata_id"] and not _QID.fullmatch(row["wikidata_id"]):
        raise row.wrong("wikidata_id", "is no Wikidata id")
    return Actor(
        actor_id=row["actor_id"],
        name=row.need("name"),
        aliases=_split(row["aliases"]),
        weak_aliases=_split(row["weak_aliases"]),
        actor_type=row["type"],
        parent_id=row["parent"] or None,
        country_code=row["country_code"] or None,
        valid_from=parse_partial_date(row, "valid_from", is_end=False),
        valid_to=parse_partial_date(row, "valid_to", is_end=True),
        wikidata_id=row["wikidata_id"] or None,
        source=row.need("source"),
        note=row["note"],
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())
