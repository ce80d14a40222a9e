"""Load everything that the coder needs to know of the world, once at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from extractors.reference.actors import Actor, load_actors
from extractors.reference.event_types import EventTree, load_event_types
from extractors.reference.gazetteer import Gazetteer, open_gazetteer
from extractors.reference.lexicons import Lexicons, load_lexicons
from extractors.reference.tables import read_table

COUNTRY_COLUMNS = ("country_code", "lat", "lon", "aliases", "name", "geoname_id", "population")
_GOVERNMENT = "Government of "


@dataclass(frozen=True, slots=True)
class Reference:
    """The reviewed tables and the gazetteer. `country_words` gives single words that name a country, by its code."""

    event_types: EventTree
    actors: Mapping[str, Actor]
    country_words: Mapping[str, frozenset[str]]
    lexicons: Lexicons
    gazetteer: Gazetteer


def load_reference(folder: Path, seeds: Path | None = None) -> Reference:
    """Load the reviewed tables and open the gazetteer built in `folder`.

    Args:
        folder: Where the place tables are built (`Settings.reference_path`); built there if they are missing.
        seeds: Folder of the reviewed tables; `seeds/reference` of the package by default.

    Raises:
        ConfigError: a table is missing or malformed; the message names the file and the line.
    """
    if seeds is None:
        with as_file(files("seeds").joinpath("reference")) as packaged:
            return load_reference(folder, packaged)
    tree = load_event_types(seeds)
    actors = load_actors(seeds)
    return Reference(
        event_types=tree,
        actors=actors,
        country_words=_country_words(seeds, actors),
        lexicons=load_lexicons(seeds, tree),
        gazetteer=open_gazetteer(folder),
    )


def _country_words(seeds: Path, actors: Mapping[str, Actor]) -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {}
    for row in read_table(seeds / "demonyms.csv", ("demonym", "country_code")):
        words.setdefault(row["country_code"], set()).add(row["demonym"].lower())
    for actor in actors.values():
        country = actor.name.removeprefix(_GOVERNMENT)
        if actor.country_code and actor.name.startswith(_GOVERNMENT):
            words.setdefault(actor.country_code, set()).add(country.lower())
    for row in read_table(seeds / "countries.csv", COUNTRY_COLUMNS):
        names = (name for name in row["aliases"].split("|") if not name.isupper())  # "US" and "CAR" are words too
        words.setdefault(row["country_code"], set()).update(name.lower() for name in names if name)
    return {code: frozenset(w for w in found if " " not in w) for code, found in sorted(words.items())}
