"""Maps without tiles: the whole world, parts of it fitted to the data, and the surroundings of one incident.

A symbol says how exactly the place is known: a dot is a town or a very site, a dot in a ring a district, an empty ring
a region. A country is never a symbol. A map is never the only way to a record: what it shows stands in words beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sqrt

from markupsafe import Markup

from interfaces.exports.crosswalk import PRECISION_KM
from interfaces.site.outline import Projection, Window, equal_earth, flat, part_of_world, path, world
from interfaces.site.svg import drawing, element, joined

WORLD_WIDTH = 960.0
PART_WIDTH = 460.0
PART_SHAPE = 1.6  # width by height
CELL = 15.0  # side of a cell of the world map in its own units: symbols nearer than that would hide each other
STEP = 6.0  # degrees: windows of single incidents begin at whole steps, so that many share one background
SPAN = (16.0, 11.0)  # degrees of longitude and latitude around one incident: it and its neighbours are told apart
N_PARTS = 4  # parts of the world shown larger
MIN_IN_PART = 3  # incidents that make a part worth its place


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to show: `precision` is site, town, district or region; `href` leads to the record."""

    lon: float
    lat: float
    precision: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class PartMap:
    """A part of the world drawn larger."""

    name: str
    image: Markup


def world_map(marks: Sequence[Mark], lists: Mapping[str, str]) -> Markup:
    """Draw the world with all marks; where a cell holds several, one circle tells how many.

    Args:
        marks: What is drawn.
        lists: The list on the same page (its id) that names the record of a mark, by the mark's `href`.
    """
    project, height = equal_earth(WORLD_WIDTH)
    cells: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        x, y = project(mark.lon, mark.lat)
        cells[int(x // CELL), int(y // CELL)].append(mark)
    shown = [
        _symbol(cell, project, lists) for _, cell in sorted(cells.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    return drawing(
        WORLD_WIDTH, height, f"World map of {len(marks)} incidents", [_world_ground(), *shown], "map world", "group"
    )


@lru_cache(maxsize=1)
def _world_ground() -> Markup:
    project, _ = equal_earth(WORLD_WIDTH)
    edge = [(side * 180.0, lat) for side, lats in ((-1, range(-90, 91, 5)), (1, range(90, -91, -5))) for lat in lats]
    outline = world()
    sea = element("path", d=path([tuple((lon, float(lat)) for lon, lat in edge)], project, closed=True), class_="sea")
    land = element("path", d=path(outline.land, project, closed=True), class_="land")
    borders = element("path", d=path(outline.borders, project, closed=False), class_="border")
    return joined([sea, land, borders])


def _symbol(marks: Sequence[Mark], project: Projection, lists: Mapping[str, str]) -> Markup:
    """Draw the marks of a cell: the one, or a circle whose area grows with their number."""
    if len(marks) == 1:
        return _single(marks[0], *project(marks[0].lon, marks[0].lat), None)
    places = [project(mark.lon, mark.lat) for mark in marks]
    x, y = (sum(place[axis] for place in places) / len(places) for axis in (0, 1))
    n = len(marks)
    names = ", ".join(dict.fromkeys(mark.name.partition(":")[0] for mark in marks[:4]))
    circle = element("circle", cx=x, cy=y, r=min(5 + 2.2 * sqrt(n), 22), class_="many")
    words = element("text", str(n), x=x, y=y + 3.4, class_="many-n")
    most = Counter(lists.get(mark.href, "") for mark in marks).most_common(1)[0][0]
    return element("a", [element("title", f"{n} incidents: {names}"), circle, words], href=f"#{most or 'places'}")


def _single(mark: Mark, x: float, y: float, units_a_km: float | None) -> Markup:
    """Draw one mark; with a scale, its ring is as wide as its uncertainty."""
    ring = 9.0 if units_a_km is None else max(7.0, min(PRECISION_KM.get(mark.precision, 5) * units_a_km, 90.0))
    parts = [element("title", mark.name)]
    if mark.precision in ("district", "region"):
        parts.append(element("circle", cx=x, cy=y, r=ring, class_=f"ring {mark.precision}"))
    if mark.precision != "region":
        parts.append(element("circle", cx=x, cy=y, r=3.6 if mark.precision == "site" else 4.4, class_="dot"))
    return element("a", parts, href=mark.href, class_="mark")


def part_maps(marks: Sequence[Mark]) -> Iterator[PartMap]:
    """Draw the parts of the world in which most incidents lie, each fitted to its incidents."""
    left = list(marks)
    for number in range(N_PARTS):
        inside = _densest(left)
        if len(inside) < MIN_IN_PART:
            return
        left = [mark for mark in left if mark not in inside]
        window = _fitted(inside)
        yield PartMap(f"Part {number + 1}", _drawn(window, inside, PART_WIDTH, labels=True))


def _densest(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks of the window of 24 by 16 degrees that holds the most, tried around every cell of 8 degrees."""
    cells: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        cells[int(mark.lon // 8), int(mark.lat // 8)].append(mark)
    best: list[Mark] = []
    for column, row in sorted(cells):
        around = [m for i in (-1, 0, 1) for j in (0, 1) for m in cells.get((column + i, row + j), ())]
        if len(around) > len(best):
            best = around
    return best


def _fitted(marks: Sequence[Mark]) -> Window:
    """Fit a window of the maps' shape to some marks, with air around them."""
    west, east = min(m.lon for m in marks), max(m.lon for m in marks)
    south, north = min(m.lat for m in marks), max(m.lat for m in marks)
    middle = (south + north) / 2
    shrunk = cos(radians(middle))  # of a degree of longitude, here
    high = max((north - south) * 1.35, (east - west) * 1.35 * shrunk / PART_SHAPE, 5.0)
    wide = high * PART_SHAPE / shrunk
    lon, lat = (west + east) / 2, max(-84 + high / 2, min(middle, 84 - high / 2))
    return Window(lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2)


def _drawn(window: Window, marks: Sequence[Mark], width: float, *, labels: bool) -> Markup:
    project, height, units_a_km = flat(window, width)
    places = [(mark, *project(mark.lon, mark.lat)) for mark in marks]
    parts = [_ground(window, width)]
    parts += [_single(mark, x, y, units_a_km) for mark, x, y in places]
    if labels:
        parts += _labels(places, width)
    parts.append(_scale_bar(height, units_a_km))
    named = ", ".join(dict.fromkeys(mark.name.partition(":")[0] for mark in marks[:6]))
    return drawing(width, height, f"Map: {named}", parts, "map part", "group")


def _labels(places: Iterable[tuple[Mark, float, float]], width: float) -> list[Markup]:
    """Name the places whose names find room; the list beside the map names them all."""
    taken: list[tuple[float, float, float]] = []
    made = []
    for mark, x, y in places:
        name = mark.name.partition(":")[0][:24]
        half = 3.3 * len(name)
        at_left = x + 9 + 2 * half > width
        middle = x - 9 - half if at_left else x + 9 + half
        if any(abs(middle - m) < half + h + 4 and abs(y - line) < 13 for m, line, h in taken) or middle - half < 0:
            continue
        taken.append((middle, y, half))
        made.append(element("text", name, x=middle, y=y + 4, class_="place"))
    return made


def _scale_bar(height: float, units_a_km: float) -> Markup:
    km = next((km for km in (1000, 500, 200, 100, 50, 20) if km * units_a_km < 120), 10)
    line = element("path", d=f"M12,{height - 12:.1f}h{km * units_a_km:.1f}", class_="scale")
    words = element("text", f"{km} km", x=12, y=height - 17, class_="scale-km")
    return joined([line, words])


@lru_cache(maxsize=4096)
def _ground(window: Window, width: float) -> Markup:
    """Draw sea, land and borders of a window; many incidents share one."""
    project, height, _ = flat(window, width)
    part = part_of_world(Window(window.west - 1, window.south - 1, window.east + 1, window.north + 1))  # edges unseen
    sea = element("rect", width=width, height=height, class_="sea")
    land = element("path", d=path(part.land, project, closed=True), class_="land")
    borders = element("path", d=path(part.borders, project, closed=False), class_="border")
    return joined([sea, land, borders])


def incident_map(mark: Mark) -> Markup:
    """Draw the surroundings of one incident; its window begins at a whole step."""
    lon, lat = STEP * round(mark.lon / STEP), STEP * round(mark.lat / STEP)
    lat = max(-84 + SPAN[1] / 2, min(lat, 84 - SPAN[1] / 2))
    window = Window(lon - SPAN[0] / 2, lat - SPAN[1] / 2, lon + SPAN[0] / 2, lat + SPAN[1] / 2)
    return _drawn(window, [mark], PART_WIDTH, labels=True)
