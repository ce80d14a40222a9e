"""Measure the tolls of single articles against a labelled corpus, as `score.py` counts them.

    python bench/claims.py gva [--clean] [--limit N] [--errors N] [--half a|b]
    python bench/claims.py airwars

Each row becomes an article and one report over the whole of it, so the figures are what the claims rules alone give.
A null total counts as 0, as a report exists. `--half` takes half of the incidents (by a hash of
their id), to look at what the weights were not trained on. Printed too: milliseconds an article.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractors.claims import FoundClaim, find_claims, tolls
from extractors.coding.sentences import split_sentences
from model.article import Article, TextQuality, TimePrecision

EVAL = Path(os.environ.get("DECONFLICT_EVAL", "../shared/eval"))
Row = dict[str, Any]
Range = tuple[float, float]


@dataclass(frozen=True)
class Case:
    """One article with the gold ranges of its one incident."""

    row_id: str
    incident_id: str
    article: Article
    killed: Range | None
    injured: Range | None


def read_cases(corpus: str, *, clean: bool, half: str | None = None) -> Iterator[Case]:
    """Read the rows of exactly one incident with attributes."""
    with gzip.open(EVAL / "dev" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if (clean and row.get("quality")) or len(row["incident_ids"]) != 1:
                continue
            incident_id = row["incident_ids"][0]
            incident = next((i for i in row.get("incidents") or [] if i["incident_id"] == incident_id), None)
            if incident is None or (half is not None and half_of(incident_id) != half):
                continue
            yield Case(row["id"], incident_id, to_article(row), gold(incident, "killed"), gold(incident, "injured"))


def half_of(incident_id: str) -> str:
    """Put an incident into half a or b, the same on every machine."""
    return "a" if sha256(incident_id.encode()).digest()[0] < 128 else "b"


def gold(incident: Row, name: str) -> Range | None:
    """Read a gold number or range; an open end is infinite."""
    if incident.get(name) is not None:
        return incident[name], incident[name]
    low_high = incident.get(f"{name}_range")
    if not low_high or low_high[0] is None:
        return None
    return low_high[0], math.inf if low_high[1] is None else low_high[1]


def to_article(row: Row) -> Article:
    """Make an article of a corpus row; only its day of publication is kept."""
    day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
    published_at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None
    now = datetime(2020, 1, 1, tzinfo=UTC)
    return Article(
        "art_bench", 1, row["id"], row.get("url"), "bench", None, row.get("title") or "", row["text"], None, "en",
        published_at, TimePrecision.DAY if day else None, "UTC", None, now, now, None, TextQuality.FULL,
    )  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("corpus", choices=("gva", "airwars"))
    parser.add_argument("--clean", action="store_true", help="leave out rows whose page is faulty")
    parser.add_argument("--limit", type=int, default=None, help="rows to read")
    parser.add_argument("--errors", type=int, default=0, help="wrong cases to list")
    parser.add_argument("--half", choices=("a", "b"), help="only this half of the incidents")
    parser.add_argument("--measure", choices=("killed", "injured"), help="of which to list errors")
    options = parser.parse_args()
    marks: dict[str, list[bool]] = {"killed": [], "injured": []}
    n_listed = n_articles = 0
    spent_s = 0.0
    for case in read_cases(options.corpus, clean=options.clean, half=options.half):
        if options.limit and n_articles >= options.limit:
            break
        n_articles += 1
        start = time.perf_counter()
        found = find_claims(case.article, split_sentences(case.article.text))
        both = tolls(found, case.article)
        spent_s += time.perf_counter() - start
        for name, toll, truth in (("killed", both[0], case.killed), ("injured", both[1], case.injured)):
            if truth is None:
                continue
            right = truth[0] <= (toll.best or 0) <= truth[1]
            marks[name].append(right)
            if not right and n_listed < options.errors and options.measure in (None, name):
                n_listed += 1
                print_error(case, name, toll.best, truth, found)
    for name, values in marks.items():
        print(f"{name:8} {sum(values) / max(len(values), 1):.4f}  of {len(values)}")
    print(f"{spent_s / max(n_articles, 1) * 1000:.2f} ms an article, {n_articles} articles")


def print_error(case: Case, name: str, best: int | None, truth: Range, found: tuple[FoundClaim, ...]) -> None:
    """Print a wrong case with its claims, for a person who tunes the rules."""
    print(f"--- {case.row_id} {name}: {best} instead of {truth} | {case.article.title}")
    for entry in found:
        claim = entry.claim
        if claim.measure.value in (name, "killed_or_injured"):
            part = " part" * claim.is_part + " more" * claim.is_increment
            bounds = f"{claim.low}..{claim.high}"
            print(f"    [{entry.sentence}] {claim.measure.value} {bounds}{part} {claim.rule}: {claim.victims!r}")


if __name__ == "__main__":
    main()
