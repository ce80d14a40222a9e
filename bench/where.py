"""Measure places: toponyms resolved (geo corpora) and the incident's place chosen (gva, airwars, newsroom).

    python bench/where.py CORPUS [--limit N] [--errors N] [--half 0|1]

A chosen place counts when it is within 25 km (161 km) of the gold point. A toponym counts when some mention that
overlaps its span is within 161 km of its gold point; "by its best span" asks it of the one mention that covers the gold
span best, which is stricter. The finder is the one that the coder runs.

How "literal toponyms" is read: geo_geowebnews marks each span with a `kind`. Counted are spans with `ok` whose kind is
`Literal` and that have gold coordinates (850); `Literal_Expression` ("the hotel") has none and cannot be counted. 95 of
the 850 (streets, venues) have a point but no GeoNames id. Published figures of other resolvers (0.94 of Mordecai 3) are
over toponyms with a GeoNames id, the gold span given; "listed" (755) is the like of that, though ours must find the
span too. "Literal in the wide sense" adds the kinds that the annotators' guide puts under literal use: literal
modifiers, mixed, coercion and embedded literals. geo_geovirus has no kinds: all its 2,170 spans count.
`--half` splits by article (geo corpora) or by incident.

Until the whole coder is used here, the segment is the whole article and its trigger sentence the first with a word of
violence.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractors.coding.document import Sentence
from extractors.coding.sentences import split_sentences
from extractors.reference.gazetteer import open_gazetteer
from extractors.text.segments import TITLE, Segment
from extractors.where import PlaceMention, choose_place, find_places
from model.article import Article, TextQuality, TimePrecision
from model.report import Role

EVAL = Path(os.environ.get("DECONFLICT_EVAL", "../shared/eval"))
HOME = Path(os.environ.get("DECONFLICT_HOME", "var"))
TRIGGER = re.compile(
    r"\b(shot|shoot\w*|kill\w*|dead|died|dies|injur\w*|wound\w*|attack\w*|strike|strikes|airstrike\w*|bomb\w*|explo\w*"
    r"|gunfire|gunned|fire[ds]?|clash\w*|shell\w*|murder\w*|stabb\w*|homicide)\b",
    re.IGNORECASE,
)


WIDELY_LITERAL = frozenset({"Literal", "Literal_Modifier", "Mixed", "Coercion", "Embedded_Literal"})
BUNDLED = Path("seeds/newsroom/corpus.jsonl")


def rows_of(name: str) -> list[dict[str, Any]]:
    """Read one labelled corpus, or the bundled one ("newsroom")."""
    if name == "newsroom":
        return [json.loads(line) for line in BUNDLED.read_text("utf-8").splitlines()]
    with gzip.open(EVAL / "dev" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def article_of(row: dict[str, Any]) -> Article:
    """Make an article of a corpus row: only what the article itself says."""
    published = row.get("published")
    at = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else datetime(2020, 1, 1, tzinfo=UTC)
    return Article(
        article_id=row["id"], revision=1, external_id=row["id"], url=row.get("url"), outlet="", feed_id=None,
        title=row.get("title") or "", text=row["text"], author=None, language="en",
        published_at=at if published else None, published_precision=TimePrecision.DAY, timezone="UTC",
        country_code=None, first_seen_at=at, fetched_at=at, page_sha256=None, text_quality=TextQuality.FULL,
    )  # fmt: skip


def segment_of(article: Article, sentences: tuple[Sentence, ...]) -> Segment:
    """Take the whole article; the trigger is the first sentence that has one."""
    hits = ((s.index, match.group()) for s in sentences if (match := TRIGGER.search(s.text)))
    index, word = next(hits, (0 if sentences else TITLE, ""))
    return Segment((TITLE, *(s.index for s in sentences)), index, word, Role.MAIN, is_whole_article=True)


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance."""
    la1, lo1, la2, lo2 = map(math.radians, (*a, *b))
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def half_of(key: str) -> int:
    """Split by incident, so that no incident is on both sides."""
    return sha256(key.encode()).digest()[0] % 2


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
        point = (mention.place.lat or 0.0, mention.place.lon or 0.0)
        return bool(km(point, (self.gold["lat"], self.gold["lon"])) <= 161.0)

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


def toponyms_of(rows: list[dict[str, Any]], half: int | None) -> Iterator[Toponym]:
    """Pair each widely literal gold toponym that has a point with the mentions that overlap it."""
    gazetteer = open_gazetteer(HOME / "reference")
    for row in rows:
        if half is not None and half_of(row["id"]) != half:
            continue
        article = article_of(row)
        mentions = find_places(article, split_sentences(article.text), gazetteer)
        for gold in row["toponyms"]:
            if gold["ok"] and gold["lat"] is not None and gold.get("kind", "Literal") in WIDELY_LITERAL:
                start, end = gold["start"], gold["end"]
                over = [m for m in mentions if m.place.start_char < end and m.place.end_char > start]
                yield Toponym(row["id"], gold, over)


def measure_toponyms(rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    """Print the share of toponyms found and resolved within 161 km."""
    wide = list(toponyms_of(rows, options.half))
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


def measure_choice(rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    """Print the share of incidents placed within 25 km and 161 km."""
    gazetteer = open_gazetteer(HOME / "reference")
    marks: list[tuple[bool, bool]] = []
    spent = 0.0
    for row in rows:
        incident = row["incidents"][0] if len(row["incident_ids"]) == 1 and row["incidents"] else None
        if incident is None or not incident.get("latlon") or None in incident["latlon"]:
            continue
        if options.half is not None and half_of(incident["incident_id"]) != options.half:
            continue
        article = article_of(row)
        sentences = split_sentences(article.text)
        began = time.process_time()
        mentions = find_places(article, sentences, gazetteer)
        place = choose_place(mentions, segment_of(article, sentences), sentences, article)
        spent += time.process_time() - began
        off = km((place.lat or 0, place.lon or 0), tuple(incident["latlon"])) if place else math.inf
        marks.append((off <= 25, off <= 161))
        if off > 25 and sum(not mark[0] for mark in marks) <= options.errors:
            where = incident.get("place") or f"{incident.get('city_or_county')}, {incident.get('state')}"
            print(f"- {row['id']} {row['url']} | gold {where} | got {place and (place.name, place.admin1, place.rule)}")
            print(f"    {article.title} | {article.text[:300]!r}")
    n = len(marks)
    near, far = sum(a for a, _ in marks) / n, sum(b for _, b in marks) / n
    print(f"incidents {n}  place_25km {near:.4f}  place_161km {far:.4f}  {1000 * spent / n:.1f} ms CPU/article")


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("corpus")
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--half", type=int, choices=(0, 1), default=None)
    options = parser.parse_args()
    rows = [row for row in rows_of(options.corpus) if not row.get("quality")][: options.limit]
    if options.corpus.startswith("geo_"):
        measure_toponyms(rows, options)
    else:
        measure_choice(rows, options)


if __name__ == "__main__":
    main()
