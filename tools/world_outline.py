"""Make the outline of the world: `python tools/world_outline.py countries-110m.json`, of the package world-atlas.

The package (npm, 2.0.2) holds Natural Earth's 1:110m countries as TopoJSON. Kept of it are the coast lines and the
borders that two countries share, as rings and lines of whole hundredths of a degree, each point told by its difference
to the one before. World-atlas joins what Natural Earth cuts at the 180th meridian; here it is cut again, since a ring
that crosses it would be drawn as a streak over the whole map.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "seeds" / "reference" / "world_outline.json"
UNIT = 100  # parts of a degree: about a kilometre, a tenth of what the 1:110m outline can tell
Point = tuple[float, float]


def main() -> None:
    """Read the package's file named on the command line and write the outline."""
    atlas = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    arcs = _arcs(atlas)
    rings = [part for ring in _rings(atlas["objects"]["land"]) for part in _cut(_joined(ring, arcs))]
    users = Counter(
        index if index >= 0 else ~index
        for country in atlas["objects"]["countries"]["geometries"]
        for index in {i for ring in _rings(country) for i in ring}
    )
    borders = [part for index, n in sorted(users.items()) if n > 1 for part in _parts(arcs[index])]
    made = {
        "source": "Natural Earth 1:110m (public domain) by way of world-atlas 2.0.2 (ISC); tools/world_outline.py",
        "land": [_coded(ring) for ring in rings],
        "borders": [_coded(line) for line in borders],
    }
    TARGET.write_text(json.dumps(made, separators=(",", ":")).replace("],[", "],\n[") + "\n", "utf-8")
    sys.stdout.write(f"{len(rings)} rings, {len(borders)} borders, {TARGET.stat().st_size} bytes\n")


def _arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    (scale_x, scale_y), (move_x, move_y) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    made = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        made.append(points)
    return made


def _rings(geometry: dict[str, Any]) -> list[list[int]]:
    """Give the rings of a geometry as lists of arcs."""
    kind = geometry["type"]
    if kind == "GeometryCollection":
        return [ring for one in geometry["geometries"] for ring in _rings(one)]
    if kind == "Polygon":
        return list(geometry["arcs"])
    return [ring for polygon in geometry["arcs"] for ring in polygon]


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc if not points else arc[1:]
    return points


def _cut(ring: list[Point]) -> list[list[Point]]:
    """Unroll a ring over the 180th meridian, and give the parts of it that lie on the map."""
    unrolled = [ring[0]]
    for lon, lat in ring[1:]:
        before = unrolled[-1][0]
        unrolled.append((lon + 360 * round((before - lon) / 360), lat))
    if abs(unrolled[-1][0] - unrolled[0][0]) > 180:  # round a pole: Antarctica
        unrolled += [(unrolled[-1][0], -90.0), (unrolled[0][0], -90.0)]
    moved = ([(lon + turn, lat) for lon, lat in unrolled] for turn in (-360, 0, 360))
    return [part for one in moved if len(part := _below(_above(one, -180.0), 180.0)) > 2]


def _above(ring: list[Point], edge: float) -> list[Point]:
    """Clip a ring at a meridian (Sutherland and Hodgman), keeping what lies east of it."""
    kept: list[Point] = []
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (x0 >= edge) != (x1 >= edge):
            kept.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
        if x1 >= edge:
            kept.append((x1, y1))
    return kept


def _below(ring: list[Point], edge: float) -> list[Point]:
    return [(-x, y) for x, y in _above([(-x, y) for x, y in ring], -edge)]


def _parts(line: list[Point]) -> list[list[Point]]:
    """Cut a line where it jumps over the 180th meridian."""
    parts = [[line[0]]]
    for before, after in pairwise(line):
        if abs(after[0] - before[0]) > 180:
            parts.append([])
        parts[-1].append(after)
    return [part for part in parts if len(part) > 1]


def _coded(points: list[Point]) -> list[int]:
    x = y = 0
    made: list[int] = []
    for lon, lat in points:
        dx, dy = round(lon * UNIT) - x, round(lat * UNIT) - y
        if not made or dx or dy:
            made += [dx, dy]
            x, y = x + dx, y + dy
    return made


if __name__ == "__main__":
    main()
