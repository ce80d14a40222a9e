"""Measure places: toponyms resolved (geo corpora) and the incident's place chosen (gva, airwars).

    python bench/where.py CORPUS [--limit N] [--errors N] [--half 0|1]

Definitions follow the corpora's score: a chosen place counts when it is within 25 km (161 km) of the gold point; a
literal toponym counts when some mention that overlaps its span is within 161 km of its gold point. Until the whole
coder is used here, the segment is the whole article and its trigger sentence the first with a word of violence.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import re
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractors.reference.gazetteer import open_gazetteer
from extractors.text.segments import TITLE, Segment
from extractors.text.sentences import Sentence, split_sentences
from extractors.where import choose_place, find_places
from model.article import Article, TextQuality, TimePrecision
from model.report import Role

EVAL = Path(os.environ.get("DECONFLICT_EVAL", "../shared/eval"))
HOME = Path(os.environ.get("DECONFLICT_HOME", "var"))
TRIGGER = re.compile(
    r"\b(shot|shoot\w*|kill\w*|dead|died|dies|injur\w*|wound\w*|attack\w*|strike|strikes|airstrike\w*|bomb\w*|explo\w*"
    r"|gunfire|gunned|fire[ds]?|clash\w*|shell\w*|murder\w*|stabb\w*|homicide)\b",
    re.IGNORECASE,
)


def rows_of(name: str) -> list[dict[str, Any]]:
    """Read one labelled corpus."""
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


def measure_toponyms(rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    """Print the share of literal toponyms resolved within 161 km."""
    gazetteer = open_gazetteer(HOME / "reference")
    found = near = total = listed = near_listed = 0
    errors = []
    for row in rows:
        article = article_of(row)
        mentions = find_places(article, split_sentences(article.text), gazetteer)
        for top in row["toponyms"]:
            if not top["ok"] or top["lat"] is None or top.get("kind", "Literal") != "Literal":
                continue
            total += 1
            is_listed = bool(top.get("geonameid") or top.get("wiki"))
            listed += is_listed
            over = [m for m in mentions if m.place.start_char < top["end"] and m.place.end_char > top["start"]]
            offs = [km((m.place.lat or 0, m.place.lon or 0), (top["lat"], top["lon"])) for m in over]
            found += bool(over)
            near += bool(offs) and min(offs) <= 161
            near_listed += is_listed and bool(offs) and min(offs) <= 161
            if not (offs and min(offs) <= 161):
                got = [(m.place.text, m.place.name, m.place.country_code, m.place.precision.value) for m in over]
                errors.append(
                    (row["id"], top["phrase"], top["lat"], top["lon"], top.get("wiki") or top.get("name"), got)
                )
    print(f"toponyms {total}  found {found / total:.3f}  within 161 km {near / total:.3f}")
    print(f"of those with a GeoNames id or Wikipedia page: {listed}  within 161 km {near_listed / max(listed, 1):.3f}")
    for error in errors[: options.errors]:
        print("  ", *error)


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
        began = time.perf_counter()
        mentions = find_places(article, sentences, gazetteer)
        place = choose_place(mentions, segment_of(article, sentences), sentences, article)
        spent += time.perf_counter() - began
        off = km((place.lat or 0, place.lon or 0), tuple(incident["latlon"])) if place else math.inf
        marks.append((off <= 25, off <= 161))
        if off > 25 and sum(not mark[0] for mark in marks) <= options.errors:
            where = incident.get("place") or f"{incident.get('city_or_county')}, {incident.get('state')}"
            print(f"- {row['id']} {row['url']} | gold {where} | got {place and (place.name, place.admin1, place.rule)}")
            print(f"    {article.title} | {article.text[:300]!r}")
    n = len(marks)
    near, far = sum(a for a, _ in marks) / n, sum(b for _, b in marks) / n
    print(f"incidents {n}  place_25km {near:.4f}  place_161km {far:.4f}  {1000 * spent / n:.1f} ms/article")


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
