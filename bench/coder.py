"""Code a corpus without a warehouse and print the coder's figures by the definitions of `score.py`.

    python bench/coder.py gva [--sample 400] [--clean] [--jobs 2] [--errors detected 10] [--time]

A corpus is a path, or a name: `newsroom` is the bundled one, others are in `bench/corpora` or `$DECONFLICT_EVAL/dev`
(default `../shared/eval`).
`--errors FIELD N` names N wrong rows of one field: detected, false_alarm, type, date_exact, place_25km, killed_exact …
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import sys
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from labelled import SEEN_AT, VALIDATION, corpora, name_of  # noqa: E402 - the path comes first

from extractors.coding.coder import Coder  # noqa: E402
from extractors.reference.load import load_reference  # noqa: E402
from model.report import Report, Role  # noqa: E402
from pipeline.corpus import CorpusRow, read_corpus  # noqa: E402

_CODER: list[Coder] = []


@dataclass(frozen=True)
class Coded:
    """What is kept of one coded row."""

    reports: tuple[Report, ...]
    rejected: tuple[str, ...]
    duration_ms: float


def main() -> None:
    """Code and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--sample", type=int, default=0, help="every n-th row, so that about this many are coded")
    parser.add_argument("--clean", action="store_true")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--errors", nargs=2, metavar=("FIELD", "N"))
    options = parser.parse_args()
    path = corpus_path(options.corpus)
    if options.errors and name_of(path) in VALIDATION:
        raise SystemExit(f"{name_of(path)}: for validation; whoever tunes sees the figures, never texts or errors.")
    gold = [row for row in raw_rows(path) if not (options.clean and row.get("quality"))]
    articles = {row.external_id: row for row in read_corpus(path) if isinstance(row, CorpusRow)}
    step = max(1, len(gold) // options.sample) if options.sample else 1
    gold = [row for row in gold[::step] if str(row["id"]) in articles]
    rows = [articles[str(row["id"])] for row in gold]
    if options.jobs > 1:
        with ProcessPoolExecutor(options.jobs) as pool:
            coded = list(pool.map(code_row, rows, chunksize=20))
    else:
        coded = [code_row(row) for row in rows]
    tally, wrong = score(gold, coded)
    for name, marks in tally.items():
        print(f"{name:16} {sum(marks) / len(marks):.4f}  n={len(marks)}")
    times = sorted(c.duration_ms for c in coded)
    n_reports = sum(len(c.reports) for c in coded)
    mean = sum(times) / len(times)
    p95, slowest = times[int(0.95 * len(times))], times[-1]
    print(f"ms per article   mean {mean:.1f}  p95 {p95:.1f}  max {slowest:.0f}; {n_reports} reports")
    if options.errors:
        for line in wrong[options.errors[0]][: int(options.errors[1])]:
            print("-", line)


def corpus_path(name: str) -> Path:
    """Find a corpus by path or by name."""
    return Path(name) if Path(name).is_file() else corpora([name])[0].path


def raw_rows(path: Path) -> list[dict]:
    """Read the lines as they are, for the gold."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def the_coder() -> Coder:
    """Make the coder once in each process."""
    if not _CODER:
        folder = Path(os.environ.get("DECONFLICT_REFERENCE", ROOT / "var" / "reference"))
        _CODER.append(Coder(load_reference(folder)))
    return _CODER[0]


def code_row(row: CorpusRow) -> Coded:
    """Code one row and time it."""
    coder = the_coder()
    begin = time.perf_counter()
    coding = coder.code(row.as_article(SEEN_AT))
    spent = (time.perf_counter() - begin) * 1000
    return Coded(coding.reports, tuple(f"{r.value}: {r.reason}" for r in coding.rejected[:3]), spent)


def score(gold: list[dict], coded: list[Coded]) -> tuple[dict[str, list[bool]], dict[str, list[str]]]:
    """Mark each row by score.py's definitions."""
    tally: dict[str, list[bool]] = defaultdict(list)
    wrong: dict[str, list[str]] = defaultdict(list)
    for row, result in zip(gold, coded, strict=True):
        mains = [r for r in result.reports if r.role is Role.MAIN]
        best = max(mains, key=lambda r: r.confidence_0_1, default=None)
        has_incident = bool(row["incident_ids"] or row.get("incidents"))
        marks: dict[str, bool] = {}
        if has_incident:
            marks["detected"] = best is not None
        elif row.get("has_key"):
            marks["false_alarm"] = best is not None
        marks |= fact_marks(row, best)
        for name, mark in marks.items():
            tally[name].append(mark)
            if mark == (name == "false_alarm"):
                wrong[name].append(tell(row, result, best))
    return tally, wrong


def fact_marks(row: dict, best: Report | None) -> dict[str, bool]:
    """Mark date, place, toll and type of a row of exactly one incident."""
    if len(row["incident_ids"]) != 1:
        return {}
    gold = next((i for i in row.get("incidents") or [] if i.get("incident_id") == row["incident_ids"][0]), None)
    if gold is None:
        return {}
    marks: dict[str, bool] = {}
    if gold.get("date"):
        day = date.fromisoformat(gold["date"][:10])
        span = best.date if best else None
        marks["date_exact"] = bool(span and span.start <= day <= span.end and (span.end - span.start).days <= 1)
        marks["date_within_1"] = bool(span and abs((span.start - day).days) <= 1)
    if gold.get("latlon") and None not in gold["latlon"]:
        place = best.place if best else None
        off = km((place.lat, place.lon), gold["latlon"]) if place and None not in (place.lat, place.lon) else math.inf
        marks["place_25km"], marks["place_161km"] = off <= 25, off <= 161
    for measure in ("killed", "injured"):
        value = gold.get(measure)
        low_high = (value, value) if value is not None else gold.get(f"{measure}_range")
        if low_high and low_high[0] is not None:
            toll = getattr(best, measure).best if best else None
            found = 0 if best and toll is None else toll
            high = math.inf if low_high[1] is None else low_high[1]
            marks[f"{measure}_exact"] = found is not None and low_high[0] <= found <= high
    if "outlet" in row and gold.get("type"):  # the bundled corpus uses our own tree
        marks["type"] = bool(best) and best.event_type in (gold["type"], *gold.get("type_alt", ()))
    return marks


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance in km."""
    la1, lo1, la2, lo2 = map(math.radians, (*one, *other))
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def tell(row: dict, result: Coded, best: Report | None) -> str:
    """Say in one line what was found in a row; for the eyes of the tuner only."""
    head = f"{row['id']} | {(row.get('title') or row['text'][:160])!r:.160}"
    if best is None:
        return f"{head} | none: {'; '.join(result.rejected)}"
    place = best.place.name if best.place else None
    day = f"{best.date.start}..{best.date.end} {best.date.rule}" if best.date else None
    kind = f"{best.event_type}/{best.event_subtype} {best.trigger_text!r} {best.confidence_0_1}"
    gold = [{k: i.get(k) for k in ("date", "type", "killed", "injured")} for i in row.get("incidents") or []][:2]
    return f"{head} | {kind} | {day} | {place} | {best.killed.best} killed {best.injured.best} hurt | gold {gold}"


if __name__ == "__main__":
    main()
