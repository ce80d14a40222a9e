"""Measure places: toponyms resolved (geo corpora) and the incident's place chosen (keys with a point).

    python -m bench.where CORPUS --parsed DIR [--folder DIR] [--errors N]

A chosen place counts when it is within the key's radius of a right spot (at least 25 km). A toponym counts when some
mention that overlaps its span is within 161 km of its gold point;
"by its best span" asks it of the one mention that covers the gold span best, which is stricter.

How "literal toponyms" is read: geo_geowebnews marks each span with a `kind`. Counted are spans with `ok` whose kind is
`Literal` and that have gold coordinates (850); `Literal_Expression` ("the hotel") has none and cannot be counted. 95 of
the 850 (streets, venues) have a point but no GeoNames id. Published figures of other resolvers (0.94 of Mordecai 3) are
over toponyms with a GeoNames id, the gold span given; "listed" (755) is the like of that, though ours must find the
span too. "Literal in the wide sense" adds the kinds that the annotators' guide puts under literal use: literal
modifiers, mixed, coercion and embedded literals. geo_geovirus has no kinds: all its 2,170 spans count.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.support.parse_cache import CachedParser
from bench.support.placed_rows import PlacedIncident, article_of, placed_incidents, read_rows
from extractors.coding.where import PlaceMention, choose_place, find_places
from extractors.reference.fold import fold
from extractors.reference.gazetteer import Gazetteer, open_gazetteer
from model.geo import distance_km

WIDELY_LITERAL = frozenset({"Literal", "Literal_Modifier", "Mixed", "Coercion", "Embedded_Literal"})
TOPONYM_KM = 161.0  # 100 miles, the field's measure of a toponym resolved


@dataclass
class Toponym:
    """One gold toponym and how the finder fared with it."""

    row_id: str
    gold: dict[str, Any]
    over: list[PlaceMention]

    @property
    def is_listed(self) -> bool:
        """Tell whether GeoNames or Wikipedia has it."""
        return bool(self.gold.get("geonameid") or self.gold.get("wiki"))

    @property
    def is_literal(self) -> bool:
        """Tell whether it counts as literal in the narrow sense."""
        return str(self.gold.get("kind", "Literal")) == "Literal"

    def is_near(self, mention: PlaceMention) -> bool:
        """Tell whether a mention is within 161 km of the gold point."""
        place = mention.place
        return distance_km(place.lat or 0.0, place.lon or 0.0, self.gold["lat"], self.gold["lon"]) <= TOPONYM_KM

    @property
    def is_right(self) -> bool:
        """Tell whether any overlapping mention is near."""
        return any(map(self.is_near, self.over))

    @property
    def is_best_right(self) -> bool:
        """Tell whether the mention that covers the gold span best is near."""
        return bool(self.over) and self.is_near(max(self.over, key=self._cover))

    def _cover(self, mention: PlaceMention) -> float:
        start, end = mention.place.start_char, mention.place.end_char
        shared = min(end, self.gold["end"]) - max(start, self.gold["start"])
        return float(shared / (max(end, self.gold["end"]) - min(start, self.gold["start"])))


def toponyms_of(corpus: str, parsed: Path, gazetteer: Gazetteer) -> Iterator[Toponym]:
    """Pair each widely literal gold toponym that has a point with the mentions that overlap it."""
    parser = CachedParser(parsed / f"{corpus}.pickle")
    for row in read_rows(corpus):
        mentions = find_places(parser.parse(parser.tokenise(article_of(row))), gazetteer)
        for gold in row["toponyms"]:
            if gold["ok"] and gold["lat"] is not None and gold.get("kind", "Literal") in WIDELY_LITERAL:
                start, end = gold["start"], gold["end"]
                over = [m for m in mentions if m.place.start_char < end and m.place.end_char > start]
                yield Toponym(row["id"], gold, over)
    parser.save()


def measure_toponyms(options: argparse.Namespace, gazetteer: Gazetteer) -> None:
    """Print the share of toponyms found and resolved within 161 km."""
    wide = list(toponyms_of(options.corpus, options.parsed, gazetteer))
    narrow = [top for top in wide if top.is_literal]
    for label, tops in (
        ("literal", narrow),
        ("literal, listed", [top for top in narrow if top.is_listed]),
        ("literal in the wide sense", wide),
    ):
        n = max(len(tops), 1)
        found, near = sum(bool(t.over) for t in tops) / n, sum(t.is_right for t in tops) / n
        best = sum(t.is_best_right for t in tops) / n
        print(f"{label}: {len(tops)}  found {found:.3f}  within 161 km {near:.3f}  by its best span {best:.3f}")
    for top in [top for top in narrow if not top.is_right][: options.errors]:
        got = [(m.place.text, m.place.name, m.place.country_code, m.place.precision.value) for m in top.over]
        print("  ", top.row_id, top.gold["phrase"], top.gold["lat"], top.gold["lon"], top.is_listed, got)


def measure_choice(options: argparse.Namespace) -> None:
    """Print the share of incidents whose chosen place is right, and what kinds the wrong ones are of."""
    kinds: Counter[str] = Counter()
    n_reported = n_right_reported = 0
    for placed in placed_incidents(options.corpus, options.parsed, options.folder):
        place = choose_place(placed.places, placed.cluster, placed.document)
        is_right = place is not None and placed.is_right(place.lat, place.lon)
        kind = "right" if is_right else kind_of_error(placed)
        kinds[kind] += 1
        n_reported += placed.is_found
        n_right_reported += placed.is_found and is_right
        if not is_right and kinds.total() - kinds["right"] <= options.errors:
            print(f"- {placed.row['id']} | {kind} | gold {placed.incident.place} {placed.incident.spots[:1]}")
            print(f"    got {place and (place.name, place.admin1, place.country_code, place.rule)}")
            print(f"    {placed.document.article.title} | {placed.document.article.text[:300]!r}")
    print(f"{options.corpus}: incidents {kinds.total()}  place {kinds['right'] / max(1, kinds.total()):.3f}", end="  ")
    print(f"given a report {n_right_reported / max(1, n_reported):.3f} of {n_reported}")
    print(", ".join(f"{kind}: {count}" for kind, count in kinds.most_common()))


def kind_of_error(placed: PlacedIncident) -> str:
    """Say why the place of an incident was not found.

    `lost`: a right place is named in the cluster's clauses; `elsewhere`: only in the article's other clauses; `other
    bearer`: a name of the key was found and taken for another place, or has its point from its surroundings; `no
    name`: a name of the key stands in the text and was not found; `not told`: no name of the key stands there.
    """
    right = [m for m in placed.places if placed.is_right(m.place.lat, m.place.lon)]
    if any(m.token >= 0 and placed.cluster.owns(placed.document, m.token) for m in right):
        return "lost"
    if right:
        return "elsewhere"
    article = placed.document.article
    text, found = fold(f"{article.title} {article.text}"), {fold(m.place.text) for m in placed.places}
    given = [*(placed.incident.place or "").split(","), *placed.incident.place_names]
    names = {fold(name) for name in given if fold(name) and fold(name) in text}
    if names & found:
        return "other bearer"
    return "no name" if names else "not told"


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("corpus")
    parser.add_argument("--parsed", type=Path, required=True, help="folder of parsed corpora")
    parser.add_argument("--folder", type=Path, default=None, help="folder of further corpora (NAME.jsonl)")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    gazetteer = open_gazetteer(Path(os.environ.get("DECONFLICT_REFERENCE", "var/reference")))
    if options.corpus.startswith("geo_"):
        measure_toponyms(options, gazetteer)
    else:
        measure_choice(options)


if __name__ == "__main__":
    main()
