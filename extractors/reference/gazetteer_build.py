"""Build the place tables: one read-only SQLite file from the reviewed tables in `seeds/reference/`.

Sources: GeoNames cities of 500 and more people and places of population 0 that are seats (CC BY 4.0; `towns.tsv.xz`,
made by `tools/towns.py`), admin1 and admin2 names (GeoNames, CC BY 4.0), our own aliases, regions and sites; see
`seeds/reference/places.md`. They are read here once and never by a worker: the file that comes of them is about 50 MB
on disk and is read page by page. Nothing is cut by population: Khushām has 0 there.
"""

from __future__ import annotations

import gc
import lzma
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path

from extractors.reference.fold import fold
from extractors.reference.gazetteer_tables import (
    ALIAS,
    ALTERNATE,
    MAIN,
    Tables,
    add_aliases,
    add_own,
    seed_rows,
)
from extractors.reference.spelling import SETTLED_COUNTRIES, SHORTEST_KEY, spelling_key
from model.errors import ConfigError

TOWNS_FILE = "towns.tsv.xz"
TOWN_COLUMNS = tuple("geonameid name countrycode admin1code latitude longitude population alternatenames".split())
MIN_ALTERNATE_LENGTH = 4  # shorter alternates are mostly codes ("DEZ") and words of other languages
_COUNTRY_POPULATION_FLOOR = 10_000

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


def _write(connection: sqlite3.Connection, tables: Tables) -> None:
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
    numbered = ((number, *row) for number, row in enumerate(tables.places, 1))
    connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", numbered)
    connection.executemany("INSERT INTO raw_name VALUES (?, ?, ?)", tables.names)
    connection.executemany("INSERT INTO raw_spelling VALUES (?, ?, ?)", sorted(_spellings(tables)))
    connection.commit()
    connection.executescript(_FINISH)
    connection.commit()
    connection.execute("VACUUM")


def _spellings(tables: Tables) -> set[tuple[str, str, int]]:
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


def _towns() -> Iterator[dict[str, str]]:
    """Read the towns, row by row.

    Raises:
        ConfigError: the file is missing or broken.
    """
    try:
        packed = resources.files("seeds").joinpath("reference", TOWNS_FILE).read_bytes()
        lines = lzma.decompress(packed).decode("utf-8").split("\n")
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"place data cannot be read: {TOWNS_FILE} ({error})",
            unchanged="no place tables were built",
            next_step="install Deconflict anew",
        ) from error
    for line in lines[1:-1]:
        yield dict(zip(TOWN_COLUMNS, line.split("\t"), strict=True))


def _gather() -> Tables:
    tables = Tables()
    people: defaultdict[tuple[str, str], int] = defaultdict(int)
    _add_towns(tables, people)
    _add_countries(tables)
    _add_admins(tables, people)
    add_own(tables)
    add_aliases(tables)
    return tables


def _add_towns(tables: Tables, people: defaultdict[tuple[str, str], int]) -> None:
    for town in _towns():
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


def _other_names(main: str, alternates: str) -> Iterator[tuple[str, int]]:
    """Give the alternate names; one that is only another spelling of the main name ranks as an alias."""
    key = spelling_key(fold(main))
    for name in filter(None, alternates.split("|")):
        yield name, ALIAS if spelling_key(fold(name)) == key else ALTERNATE


def usable_names(names: Iterable[str]) -> Iterator[str]:
    """Leave out what is no spelling in news: other scripts, codes, words that begin small."""
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


def _add_countries(tables: Tables) -> None:
    for row in seed_rows("countries.csv"):
        names = [(row["name"], MAIN), *((alias, ALIAS) for alias in row["aliases"].split("|") if alias)]
        population = max(int(row["population"]), _COUNTRY_POPULATION_FLOOR)
        tables.add(
            (
                int(row["geoname_id"]),
                row["name"],
                "country",
                row["country_code"],
                None,
                float(row["lat"]),
                float(row["lon"]),
                population,
            ),
            names,
        )


def _add_admins(tables: Tables, people: defaultdict[tuple[str, str], int]) -> None:
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
