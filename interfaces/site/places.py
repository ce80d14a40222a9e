"""The page of the map: the world, its busiest parts, and the same incidents by country in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from interfaces.addresses import incident_path
from interfaces.site.incident import mark_of
from interfaces.site.lists import Row, row_of
from interfaces.site.maps import PartMap, part_maps, world_map
from interfaces.site.words import count, country
from warehouse.rows import IncidentRow

N_ON_MAP = 1_000  # the newest: more would be a map of where the feeds are
N_IN_COUNTRY = 12  # listed under the map; the search has all
NOWHERE = "xx"


@dataclass(frozen=True, slots=True)
class CountryList:
    """The newest incidents of one country in words; `n_more` are left to the search."""

    code: str
    name: str
    total: str
    rows: tuple[Row, ...]
    n_more: int


@dataclass(frozen=True, slots=True)
class PlacesView:
    """The page of the map."""

    world: Markup
    parts: tuple[PartMap, ...]
    countries: tuple[CountryList, ...]
    n_drawn: int
    n_listed: int
    n_country_only: int
    n_nowhere: int
    n_older: int


def places_view(newest: Sequence[IncidentRow], n_all: int, known_at: datetime | None) -> PlacesView:
    """Make the map of the newest of `n_all` incidents, with a list of them by country."""
    marks, in_country = [], defaultdict(list)
    for row in newest:
        mark = mark_of(row, href=incident_path(row.incident_id))
        if mark:
            marks.append(mark)
        in_country[row.country_code or NOWHERE].append(row)
    lists = [_country(code, rows, known_at) for code, rows in in_country.items()]
    return PlacesView(
        world=world_map(marks, {incident_path(row.incident_id): row.country_code or NOWHERE for row in newest}),
        parts=tuple(part_maps(marks)),
        countries=tuple(sorted(lists, key=lambda one: (one.code == NOWHERE, one.name))),
        n_drawn=len(marks),
        n_listed=len(newest),
        n_country_only=sum(1 for row in newest if row.place_precision == "country"),
        n_nowhere=sum(1 for row in newest if row.lat is None),
        n_older=n_all - len(newest),
    )


def _country(code: str, rows: Sequence[IncidentRow], known_at: datetime | None) -> CountryList:
    name = "Place not known" if code == NOWHERE else country(code)
    shown = tuple(row_of(row, known_at) for row in rows[:N_IN_COUNTRY])
    return CountryList(code, name, count(len(rows), "incident"), shown, len(rows) - len(shown))
