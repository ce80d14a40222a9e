"""Look places up by name: a read-only SQLite file, built at first use and shared by all processes.

`open_gazetteer` costs milliseconds once the file is there; lookups read single pages and are cached. Each thread of
each process opens its own connection (`immutable=1`: no locks, nothing is ever written). The file's name carries a
hash of its inputs, so that new tables are built beside the old ones and never over them.
"""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from pathlib import Path

from extractors.reference.fold import ARTICLES, fold, strip_article
from extractors.reference.gazetteer_build import TOWNS_FILE, build_gazetteer
from extractors.reference.gazetteer_tables import ARTICLE_COUNTRIES, seed_rows
from model.errors import ConfigError

__all__ = ["Gazetteer", "GazetteerPlace", "build_gazetteer", "open_gazetteer"]

_BUILD_VERSION = "8"
_SOURCES = (TOWNS_FILE, "countries.csv", "admin1.csv", "admin2.csv", "regions.csv", "sites.csv", "places_alias.csv")
_CACHE_NAMES = 30_000  # about 10 MB: names of a day's news; a miss costs 15 microseconds
_SELECT = (
    "SELECT p.place_id, p.geoname_id, p.name, p.kind, p.country_code, p.admin1_code, p.lat, p.lon, p.population,"
    " n.source FROM name n JOIN place p USING (place_id) WHERE n.folded = ? ORDER BY p.population DESC, p.place_id"
)
_SELECT_SPELLED = (
    "SELECT p.place_id, p.geoname_id, p.name, p.kind, p.country_code, p.admin1_code, p.lat, p.lon, p.population, 2"
    " FROM spelling s JOIN place p USING (place_id) WHERE s.country_code = ? AND s.spelled = ?"
    " ORDER BY p.population DESC, p.place_id"
)
_SHORTEST_LABEL = 5  # letters: shorter names begin too many other words
_PAPER_WORDS = re.compile(
    """(?:news|tribune|bee|times|herald|post|sun|star|journal|gazette|dispatch|daily|press|observer|chronicle|examiner
    |online|today|line|standard|sentinel|record|register|patch|tv|live|local|now|com|enquirer|inquirer|union|leader
    |independent|mirror|evening|echo|citizen|argus|mail|telegraph|world|republic|business|magazine|cbslocal|area|city
    |reporter|eagle|courier|review|bulletin|banner|advocate|democrat|ledger|globe|pilot|voice|weekly|radio|county
    |sunstar|first|and|the|free|s)*""",
    re.VERBOSE,
)
_MOST_CANDIDATES = 40  # "San Jose" has more; the smallest are never what the press means without naming the state


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """One place under one of its names.

    `source` is how the name came to it: 0 its own, 1 alias, 2 alternate, 3 without its Arabic article.
    """

    row_id: int
    place_id: int | None
    name: str
    kind: str
    country_code: str | None
    admin1_code: str | None
    lat: float
    lon: float
    population: int
    source: int


class Gazetteer:
    """The place tables. Thread-safe; may be pickled to other processes, which open the same file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._cache: OrderedDict[str, tuple[GazetteerPlace, ...]] = OrderedDict()
        self._lock = threading.Lock()
        self._labels: dict[str, dict[str, GazetteerPlace]] = {}
        self.demonyms = {fold(row["demonym"]): row["country_code"] for row in seed_rows("demonyms.csv")}
        self.abbreviations = _abbreviations()
        self.outlets = {
            key.lower(): (fold(row["town"]), row["country_code"], row["admin1_code"])
            for row in seed_rows("outlets.csv")
            for key in row["keys"].split("|")
        }
        self._countries, self._admin1s = self._load_upper_levels()
        self._states = tuple(
            (fold(place.name).replace(" ", ""), place)
            for (country_code, _), place in self._admin1s.items()
            if country_code == "US"
        )

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        return (Gazetteer, (self.path,))

    def lookup(self, folded: str) -> tuple[GazetteerPlace, ...]:
        """Give the places of a folded name, most populous first.

        If nothing bears an Arabic name as it stands, those that differ by the article are given.
        """
        with self._lock:
            known = self._cache.get(folded)
            if known is not None:
                self._cache.move_to_end(folded)
                return known
        found = self._select(folded)
        if not found and not ARTICLES.isdisjoint(folded.split(" ")):
            bare = strip_article(folded)
            if bare != folded:
                found = tuple(place for place in self._select(bare) if place.country_code in ARTICLE_COUNTRIES)
        with self._lock:
            self._cache[folded] = found
            if len(self._cache) > _CACHE_NAMES:
                self._cache.popitem(last=False)
        return found

    def country(self, country_code: str) -> GazetteerPlace | None:
        """Give the country of an ISO 3166-1 alpha-2 code."""
        return self._countries.get(country_code)

    def admin1(self, country_code: str | None, admin1_code: str | None) -> GazetteerPlace | None:
        """Give a first-level division by its codes."""
        return self._admin1s.get((country_code or "", admin1_code or ""))

    def admin1_name(self, country_code: str | None, admin1_code: str | None) -> str | None:
        """Give the name of a first-level division ("Missouri") as the press writes it."""
        place = self.admin1(country_code, admin1_code)
        return place.name if place else None

    def outlet_town(self, key: str) -> GazetteerPlace | None:
        """Give the home town of an outlet by call sign ("KMOV") or the first part of its host; null if not known."""
        entry = self.outlets.get(key)
        if entry is None:
            return None
        name, country_code, admin1 = entry
        return next(
            (p for p in self.lookup(name) if (p.country_code, p.admin1_code, p.kind) == (country_code, admin1, "town")),
            None,
        )

    def town_in_label(self, label: str, least_population: int, country_code: str = "US") -> GazetteerPlace | None:
        """Give the town that a host's label begins with ("fresnobee", "stokesentinel"), the longest name first."""
        labels = self._labels.get(country_code)
        if labels is None:
            rows = self._connection().execute(
                "SELECT p.*, n.source FROM place p JOIN name n USING (place_id) WHERE p.kind = 'town'"
                " AND p.country_code = ? AND p.population >= ? AND n.source <= 1 ORDER BY p.population, p.place_id",
                (country_code, least_population),
            )
            places = [GazetteerPlace(*row) for row in rows]
            short = {_before_river(place.name): place for place in places}
            labels = short | {fold(place.name).replace(" ", ""): place for place in places}
            self._labels[country_code] = labels
        for length in range(len(label), _SHORTEST_LABEL - 1, -1):
            if label[:length] in labels and _PAPER_WORDS.fullmatch(label, length):
                return labels[label[:length]]
        return None

    def division_in_label(self, label: str) -> GazetteerPlace | None:
        """Give the state of the United States whose name stands in a host's label ("nbcconnecticut")."""
        return next((place for name, place in self._states if name in label), None)

    def spelled_like(self, key: str, country_code: str) -> tuple[GazetteerPlace, ...]:
        """Give the places of a country that have a name of this spelling key, most populous first."""
        rows = self._connection().execute(_SELECT_SPELLED, (country_code, key)).fetchmany(_MOST_CANDIDATES)
        return tuple(GazetteerPlace(*row) for row in rows)

    def _select(self, folded: str) -> tuple[GazetteerPlace, ...]:
        rows = self._connection().execute(_SELECT, (folded,)).fetchmany(_MOST_CANDIDATES)
        return tuple(GazetteerPlace(*row) for row in rows)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._local.pid != os.getpid():
            connection = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            self._local.connection, self._local.pid = connection, os.getpid()
        return connection

    def _load_upper_levels(self) -> tuple[dict[str, GazetteerPlace], dict[tuple[str, str], GazetteerPlace]]:
        """Read countries and first-level divisions; this is also the check that the file is sound and not empty.

        Raises:
            ConfigError: the file is no gazetteer, or holds no towns.
        """
        try:
            rows = self._connection().execute(
                "SELECT *, 0 FROM place WHERE kind IN ('country', 'admin1') ORDER BY place_id"
            )
            upper = [GazetteerPlace(*row) for row in rows]
            has_towns = self._connection().execute("SELECT 1 FROM place WHERE kind = 'town' LIMIT 1").fetchone()
        except sqlite3.Error as error:
            raise self._broken(str(error)) from error
        if not upper or not has_towns:
            raise self._broken("it is empty")
        countries = {place.country_code: place for place in upper if place.kind == "country" and place.country_code}
        admin1s = {(p.country_code or "", p.admin1_code or ""): p for p in upper if p.kind == "admin1"}
        return countries, admin1s

    def _broken(self, why: str) -> ConfigError:
        return ConfigError(
            f"place tables {self.path} cannot be used: {why}",
            unchanged="no article was coded",
            next_step="delete that file; it is built anew at the next start",
        )


def gazetteer_path(folder: Path) -> Path:
    """The file of the place tables that are built from these inputs, whether it is there or not."""
    return folder / f"gazetteer-{_inputs_hash()}.sqlite"


def open_gazetteer(folder: Path) -> Gazetteer:
    """Open the place tables under `folder`; build them first if these inputs have not been built yet (10 s, once).

    Raises:
        ConfigError: a source is missing or the file is broken or empty.
    """
    path = gazetteer_path(folder)
    if not path.exists():
        build_gazetteer(path)
    return Gazetteer(path)


def _before_river(name: str) -> str:
    """Give the "stoke" of "Stoke-on-Trent", which is what its paper is called."""
    return re.split(r" (?:upon|on|under|in) ", fold(name))[0].replace(" ", "")


def _inputs_hash() -> str:
    digest = sha256(_BUILD_VERSION.encode())
    for name in _SOURCES:
        digest.update(resources.files("seeds").joinpath("reference", name).read_bytes())
    return digest.hexdigest()[:12]


def _abbreviations() -> dict[str, tuple[tuple[str, str], ...]]:
    """Map a folded abbreviation ("mo", "wa") to the divisions it may stand for."""
    table: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in seed_rows("admin_abbreviations.csv"):
        for short in row["abbreviations"].split("|"):
            key = fold(short).replace(" ", "")
            pair = (row["country_code"], row["admin1_code"])
            if pair not in table.get(key, ()):
                table[key] = (*table.get(key, ()), pair)
    return table
