"""The outline of the world: coasts and borders of Natural Earth, as paths of any projection or window.

`seeds/reference/world_outline.json` is made by `tools/world_outline.py`, which also cuts what crosses the 180th
meridian, so that every ring can be drawn as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import asin, cos, floor, radians, sin, sqrt

from interfaces.site.svg import coordinate

UNIT = 100  # parts of a degree in the file
Point = tuple[float, float]
Line = tuple[Point, ...]
Projection = Callable[[float, float], Point]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world in degrees; `east` may lie past 180."""

    west: float
    south: float
    east: float
    north: float

    def touches(self, other: Window) -> bool:
        """Whether two windows share a point."""
        return (
            self.west <= other.east and other.west <= self.east
            and self.south <= other.north and other.south <= self.north
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outline:
    """Rings of land and lines of shared borders, as longitude and latitude in degrees."""

    land: tuple[Line, ...]
    borders: tuple[Line, ...]


@cache
def world() -> Outline:
    """Read the outline that ships with the package."""
    encoded = json.loads(files("seeds").joinpath("reference", "world_outline.json").read_text("utf-8"))
    return Outline(*(tuple(_decoded(one) for one in encoded[part]) for part in ("land", "borders")))


def _decoded(steps: Sequence[int]) -> Line:
    x = y = 0
    made = []
    for i in range(0, len(steps), 2):
        x, y = x + steps[i], y + steps[i + 1]
        made.append((x / UNIT, y / UNIT))
    return tuple(made)


TILE = 24.0  # degrees: windows are cut from tiles, since to cut each from whole continents takes twenty times as long


def part_of_world(window: Window) -> Outline:
    """Cut the outline to a window of at most a tile's size, or more slowly to a larger one."""
    if max(window.east - window.west, window.north - window.south) > TILE:
        return _cut(_framed_world(), window)
    column, row = floor(window.west / TILE), floor(window.south / TILE)
    return _cut(_tile(column, row), window)


@cache
def _tile(column: int, row: int) -> tuple[tuple[tuple[Line, Window], ...], tuple[tuple[Line, Window], ...]]:
    """Cut a tile and its neighbours to the east and north, so that it holds every window that begins in it."""
    west, south = column * TILE, row * TILE
    return _framed(_cut(_framed_world(), Window(west, south, west + 2 * TILE, south + 2 * TILE)))


@cache
def _framed_world() -> tuple[tuple[tuple[Line, Window], ...], tuple[tuple[Line, Window], ...]]:
    return _framed(world())


def _framed(outline: Outline) -> tuple[tuple[tuple[Line, Window], ...], tuple[tuple[Line, Window], ...]]:
    """Give each line the window that it fills."""
    land, borders = (tuple((line, _frame(line)) for line in lines) for lines in (outline.land, outline.borders))
    return land, borders


def _frame(line: Line) -> Window:
    lons, lats = [p[0] for p in line], [p[1] for p in line]
    return Window(min(lons), min(lats), max(lons), max(lats))


def _cut(framed: tuple[tuple[tuple[Line, Window], ...], tuple[tuple[Line, Window], ...]], window: Window) -> Outline:
    """Cut lines to a window; one that reaches past the 180th meridian gets what lies beyond it."""
    land: list[Line] = []
    borders: list[Line] = []
    for turn in (-360, 0, 360):
        there = Window(window.west - turn, window.south, window.east - turn, window.north)
        near = [ring for ring, frame in framed[0] if frame.touches(there)]
        land += [_moved(cut, turn) for ring in near if len(cut := _clipped(ring, there)) > 2]
        borders += [_moved(line, turn) for line, frame in framed[1] if frame.touches(there)]
    return Outline(tuple(land), tuple(borders))


def _moved(line: Line, turn: float) -> Line:
    if not turn:
        return line
    return tuple((lon + turn, lat) for lon, lat in line)


def _clipped(ring: Line, window: Window) -> Line:
    """Clip a ring to a window, edge by edge (Sutherland and Hodgman, 1974)."""
    for axis, edge, sign in ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1)):
        kept: list[Point] = []
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            a_in, b_in = sign * (a[axis] - edge) >= 0, sign * (b[axis] - edge) >= 0
            if a_in != b_in:
                share = (edge - a[axis]) / (b[axis] - a[axis])
                kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
            if b_in:
                kept.append(b)
        ring = tuple(kept)
    return ring


def path(lines: Iterable[Line], project: Projection, *, closed: bool) -> str:
    """Write lines as the `d` of one path; points that fall on the one before are left out."""
    made = []
    for line in lines:
        points = [",".join(map(coordinate, project(lon, lat))) for lon, lat in line]
        kept = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
        if len(kept) > 1:
            made.append("M" + "L".join(kept) + ("Z" if closed else ""))
    return "".join(made)


def equal_earth(width: float) -> tuple[Projection, float]:
    """Return the Equal Earth projection on a map of this width, and the map's height.

    Areas are true to each other, so that a dense country is dense. Source of the polynomial: Šavrič, Patterson and
    Jenny, "The Equal Earth map projection", 2018.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796

    def unit(lon: float, lat: float) -> Point:
        s = sqrt(3) / 2 * sin(radians(lat))
        t = asin(max(-1.0, min(1.0, s)))
        t2 = t * t
        t6 = t2 * t2 * t2
        x = 2 * sqrt(3) * radians(lon) * cos(t) / (3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1))
        return x, t * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)

    half, top = unit(180, 0)[0], unit(0, 90)[1]
    k = width / (2 * half)

    def project(lon: float, lat: float) -> Point:
        x, y = unit(lon, lat)
        return (x + half) * k, (top - y) * k

    return project, 2 * top * k


def flat(window: Window, width: float) -> tuple[Projection, float, float]:
    """Return a projection of a small window that is true in its middle, the map's height, and its units a kilometre."""
    shrunk = cos(radians((window.south + window.north) / 2))
    k = width / ((window.east - window.west) * shrunk)  # units a degree of latitude

    def project(lon: float, lat: float) -> Point:
        return (lon - window.west) * shrunk * k, (window.north - lat) * k

    return project, (window.north - window.south) * k, k / 111.2
