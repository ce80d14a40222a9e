"""Put the key's facts into the coded reports, one kind after the other, and print what each is worth to the list.

    python bench/oracle.py [--only wire-mena wire-africa] [--jobs 2] [--cache DIR] [--json]

Steps, cumulative: `coded` is the coder's own; `gate`: an article has a listed main report where the key says that it
tells of an incident, and no other has one (where the coder gives none, its report of type `other` or its first
background report is taken, or one without facts, with the key's type); `segments`: one main report for each incident of
the article, the coder's closest one or a new one without facts, whose worth shows only once they are put in, too;
`day`, `place`, `type`, `tolls`: the key's fact in place of the coder's, right or wrong. What the key does not say stays
as coded, claims and actors too. The reports are then resolved as `deconflict replay` does it. What is missing after the
last step is the loss of the resolver and of consolidation.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from labelled import DEV_PATTERNS, Corpus, code_corpus, corpora  # noqa: E402 - the path comes first
from runs import predicted  # noqa: E402

from model import ids  # noqa: E402
from model.article import Article  # noqa: E402
from model.incident import ArticleReport  # noqa: E402
from model.report import DatePrecision, DateSpan, Place, PlacePrecision, Report, Role, Toll  # noqa: E402
from pipeline.scoring import score_incidents  # noqa: E402
from pipeline.scoring.alignment import LISTED_OUT, align  # noqa: E402
from pipeline.scoring.in_memory import coded_report  # noqa: E402
from pipeline.scoring.key import KeyIncident, KeyRow, read_key  # noqa: E402

FIGURES = ("list_f1", "list_f1_loose", "pair_f1", "pair_p", "pair_r", "b3_f1", "report_precision", "report_recall")
MADE_CONFIDENCE = 0.5  # of a report that only the key knows of
FIRST_MADE = 1_000  # ordinal of such reports within an article, above any of the coder's
KEY_RULE = "key"
TOWN_KM, DISTRICT_KM = 25.0, 60.0  # radius of a key up to which its place is a town, a district


@dataclass(frozen=True, slots=True)
class Slot:
    """A report with the labelled incident that it stands for; null before the step `segments` and for background."""

    article: Article
    report: Report
    gold: KeyIncident | None = None


Step = Callable[[KeyRow, list[Slot], Article], list[Slot]]


def main() -> None:
    """Code each corpus, put the facts in, resolve, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--cache", type=Path, help="a folder of codings to read, and to fill where one is missing")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    chosen = corpora(options.only)
    if not options.only:
        chosen = [c for c in chosen if any(Path(c.name).match(pattern) for pattern in DEV_PATTERNS)]
    found = {corpus.name: measure(corpus, options.jobs, options.cache) for corpus in chosen}
    if options.json:
        print(json.dumps(found, indent=1))
        return
    print(f"| corpus | step | {' | '.join(FIGURES)} |\n|{'---|' * (len(FIGURES) + 2)}")
    for name, steps in found.items():
        for step, figures in steps.items():
            print(f"| {name} | {step} | {' | '.join(f'{figures[f]:.3f}' for f in FIGURES)} |")


def measure(corpus: Corpus, n_jobs: int, cache: Path | None) -> dict[str, dict[str, float]]:
    """Give the figures after each step."""
    key = read_key(corpus.path)
    coded = code_corpus(corpus, n_jobs, cache)
    row_of = {row.external_id: row for row in key}
    slots = {article.article_id: [Slot(article, r) for r in coding.reports] for article, coding in coded}
    figures: dict[str, dict[str, float]] = {}
    for name, step in STEPS.items():
        for article, _ in coded:
            row = row_of.get(article.external_id or "")
            if row:
                slots[article.article_id] = step(row, slots[article.article_id], article)
        article_reports = [
            ArticleReport(slot.article, slot.report) for article, _ in coded for slot in slots[article.article_id]
        ]
        scores = score_incidents(key, predicted(article_reports))
        figures[name] = {f.name: f.value for f in scores.figures if f.name in FIGURES}
    return figures


def as_coded(row: KeyRow, slots: list[Slot], article: Article) -> list[Slot]:
    """Change nothing."""
    del row, article
    return slots


def with_gate(row: KeyRow, slots: list[Slot], article: Article) -> list[Slot]:
    """Give a listed main report to the articles that tell of an incident, and to no other."""
    others = [slot for slot in slots if slot.report.role is not Role.MAIN]
    mains = [slot for slot in slots if slot.report.role is Role.MAIN]
    if not row.has_incident:
        return others
    if not row.incidents or any(slot.report.event_type != LISTED_OUT for slot in mains):
        return slots
    event_type = row.incidents[0].types[0] if row.incidents[0].types else LISTED_OUT
    taken = next((slot for slot in [*mains, *others]), None) or Slot(article, made_report(row, 0, article))
    report = replace(taken.report, role=Role.MAIN, event_type=event_type)
    return [Slot(article, report), *(slot for slot in slots if slot is not taken)]


def with_segments(row: KeyRow, slots: list[Slot], article: Article) -> list[Slot]:
    """Give one main report to each incident of the article."""
    mains = [slot for slot in slots if slot.report.role is Role.MAIN]
    mains.sort(key=lambda slot: -slot.report.confidence_0_1)
    aligned = align([coded_report(ArticleReport(article, slot.report), "") for slot in mains], row.incidents)
    if not row.incidents:
        return slots
    made = [
        replace(mains[aligned[n]], gold=gold) if n in aligned else Slot(article, made_report(row, n, article), gold)
        for n, gold in enumerate(row.incidents)
    ]
    return [*made, *(slot for slot in slots if slot.report.role is not Role.MAIN)]


def made_report(row: KeyRow, n: int, article: Article) -> Report:
    """A report without facts but the type, over the part of the text that names the incident."""
    gold = row.incidents[n]
    start, end = span_of(gold, article.text)
    return Report(
        report_id=ids.report_id(article.article_id, article.revision, FIRST_MADE + n),
        article_id=article.article_id,
        revision=article.revision,
        role=Role.MAIN,
        event_type=gold.types[0] if gold.types else LISTED_OUT,
        event_subtype=None,
        date=None,
        place=None,
        actors=(),
        claims=(),
        killed=Toll(),
        injured=Toll(),
        confidence_0_1=MADE_CONFIDENCE,
        coder_version=KEY_RULE,
        start_char=start,
        end_char=end,
    )


def span_of(gold: KeyIncident, text: str) -> tuple[int, int]:
    """Where the text quotes the incident's claims, or else names its place; (0, 0) where it does neither."""
    quotes = [claim.quote for claim in gold.claims if claim.quote]
    places = [name for name in (gold.place, *gold.place_names) if name]
    for wanted in (quotes, places):
        found = [(text.find(words), len(words)) for words in wanted if words in text]
        if found:
            return min(at for at, _ in found), max(at + length for at, length in found)
    return 0, 0


def over_reports(change: Callable[[Slot, KeyIncident], Report]) -> Step:
    """Make a step of a change of single reports."""

    def step(row: KeyRow, slots: list[Slot], article: Article) -> list[Slot]:
        del row, article
        return [replace(slot, report=change(slot, slot.gold)) if slot.gold else slot for slot in slots]

    return step


def day_put_in(slot: Slot, gold: KeyIncident) -> Report:
    """The report with the key's day."""
    first, last = gold.first_day, gold.last_day
    if first is None or last is None:
        return slot.report
    n_days = (last - first).days + 1
    longest = {DatePrecision.DAY: 1, DatePrecision.DAYS: 6, DatePrecision.WEEK: 10, DatePrecision.MONTH: 31}
    precision = next((p for p, most in longest.items() if n_days <= most), DatePrecision.YEAR)
    return replace(slot.report, date=DateSpan(first, last, precision, "", KEY_RULE))


def place_put_in(slot: Slot, gold: KeyIncident) -> Report:
    """The report with the key's place, as exact as its radius."""
    if not gold.spots:
        return slot.report
    lat, lon = gold.spots[0]
    town = PlacePrecision.TOWN if gold.radius_km <= TOWN_KM else PlacePrecision.DISTRICT
    precision = town if gold.radius_km <= DISTRICT_KM else PlacePrecision.REGION
    name = gold.place or ""
    return replace(slot.report, place=Place(name, None, None, gold.country_code, lat, lon, precision, name, KEY_RULE))


def type_put_in(slot: Slot, gold: KeyIncident) -> Report:
    """The report with the key's type; the coder's where it is one of its alternatives, since it has a subtype."""
    if not gold.types or slot.report.event_type in gold.types:
        return slot.report
    return replace(slot.report, event_type=gold.types[0], event_subtype=None)


def tolls_put_in(slot: Slot, gold: KeyIncident) -> Report:
    """The report with the key's tolls."""
    killed = toll_of(gold.killed) if gold.killed else slot.report.killed
    injured = toll_of(gold.injured) if gold.injured else slot.report.injured
    return replace(slot.report, killed=killed, injured=injured)


def toll_of(bounds: tuple[float, float]) -> Toll:
    """The toll of labelled bounds; the best figure is the lower bound, as in "at least 20"."""
    low, high = bounds
    return Toll(int(low), int(low), None if high == float("inf") else int(high))


STEPS: dict[str, Step] = {
    "coded": as_coded,
    "gate": with_gate,
    "segments": with_segments,
    "day": over_reports(day_put_in),
    "place": over_reports(place_put_in),
    "type": over_reports(type_put_in),
    "tolls": over_reports(tolls_put_in),
}

if __name__ == "__main__":
    main()
