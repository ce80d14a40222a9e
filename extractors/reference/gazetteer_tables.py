"""Rows of the place tables, and those among them that are our own: regions, sites and press spellings."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from importlib import resources

from extractors.reference.fold import ARTICLES, fold, strip_article
from model.errors import ConfigError

# Countries whose names are written with an Arabic article that the press drops, doubles or spells at will.
ARTICLE_COUNTRIES = frozenset("SY IQ YE PS JO LB SA AE OM QA BH KW EG LY TN DZ MA MR SD SS SO DJ ER IL TD".split())
_NAMESAKE_RATIO = 10  # a town so many times larger that has the name as another one is the one that the press spells
_SAME_TOWN_DEGREES = 0.1  # about 10 km: a town of the same name further off is another town
MAIN, ALIAS, ALTERNATE, WITHOUT_ARTICLE = 0, 1, 2, 3  # how a name came to a place, best first

Row = tuple[int | None, str, str, str | None, str | None, float, float, int]


class Tables:
    """Rows gathered for the two tables; a place's number is its position."""

    def __init__(self) -> None:
        self.places: list[Row] = []
        self.names: list[tuple[str, int, int]] = []
        self.town_by_name: dict[tuple[str, str], int] = {}

    def add(self, row: Row, names: Iterable[tuple[str, int]]) -> int:
        """Add a place with its names and how each came to it; gives its number."""
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
        """Keep the largest town of a name and country."""
        key = (fold(name), country_code)
        known = self.town_by_name.get(key)
        if known is None or self.places[known - 1][7] < population:
            self.town_by_name[key] = number


def seed_rows(name: str) -> list[dict[str, str]]:
    """Read a reviewed table of `seeds/reference/` as rows by column name."""
    text = resources.files("seeds").joinpath("reference", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def add_own(tables: Tables) -> None:
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


def _divisions(tables: Tables) -> Callable[[str | None, float, float], str | None]:
    """Give a function that names the division of the town of a country nearest to a point; null where none is near."""
    towns: defaultdict[tuple[str | None, int, int], list[Row]] = defaultdict(list)
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
    tables: Tables, names: list[tuple[str, int]], country_code: str | None, lat: float, lon: float
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


def add_aliases(tables: Tables) -> None:
    """Add the press spellings of towns that GeoNames has under another name.

    Raises:
        ConfigError: a row names a town that GeoNames does not have.
    """
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


def _largest_by_any_name(tables: Tables) -> dict[tuple[str, str], int]:
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
