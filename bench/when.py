"""Measure the chooser of days on labelled corpora, and fit its weights.

    python -m bench.when --parsed FOLDER [NAME ...] [--out FOLDER] [--held-out DIR] [--errors NAME]

Reads the coder's own cluster of each incident of the keys, of the corpora named or of all development corpora, and
prints how many of the gold days are right (they are touched, and the span is a day longer at most): with the present
weights, in sample, and with weights fitted without the corpus. `--out` writes `date_ranker.json`, `--held-out` writes
`DIR/NAME/date_ranker.json` for each corpus, fitted without it. The weights are by feature name: no text of a corpus is
among them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.labelled import TRAINING, corpora, present
from bench.support.cluster_cases import Case, by_corpus
from bench.support.softmax import Choice, fit, write_weights
from extractors.coding.when.choose import Scored, pick, score_candidates
from extractors.reference.date_ranker import load_date_ranker
from pipeline.scoring.key import KeyIncident

FILE = "date_ranker.json"
STRENGTH = 3.0  # of the Gaussian prior; 2 to 15 give the same held-out figures within half a point
DATED = tuple(name for name in TRAINING if name != "stream")  # which has no key
MIN_EXAMPLES = 10  # a feature seen in fewer articles is chance


def days_of(gold: KeyIncident) -> tuple[date, date]:
    """The first and the last day of an incident; of one without a day, the first day of all."""
    first = gold.first_day or date.min
    return first, gold.last_day or first


def is_right(start: date, end: date, gold: KeyIncident) -> bool:
    """Judge a span as the evaluation does."""
    first, last = days_of(gold)
    return start <= last and end >= first and (end - start).days <= (last - first).days + 1


def candidates_of(case: Case) -> list[Scored]:
    """Describe the candidates of a case."""
    return score_candidates(case.dates, case.cluster, case.document, {})


def choice_of(case: Case, candidates: Sequence[Scored]) -> Choice:
    """Mark the right candidates: named days, else the publication, else periods that hold the day."""
    first, last = days_of(case.gold)
    right = [is_right(c.span.start, c.span.end, case.gold) for c in candidates]
    named = [mark and c.mention is not None for mark, c in zip(right, candidates, strict=True)]
    wide = [c.span.start <= last and c.span.end >= first for c in candidates]
    marks = next((m for m in (named, right, wide) if any(m)), right)
    return Choice(case.corpus, [dict.fromkeys(c.features, 1.0) for c in candidates], marks)


def measure(cases: Sequence[Case], described: Sequence[list[Scored]], weights: Mapping[str, float]) -> list[bool]:
    """Judge the chosen day of each case."""
    marks = []
    for case, candidates in zip(cases, described, strict=True):
        best = pick([c.rescored(weights) for c in candidates])
        marks.append(best is not None and is_right(best.start, best.end, case.gold))
    return marks


def _print_errors(cases: Sequence[Case], described: Sequence[list[Scored]], weights: Mapping[str, float]) -> None:
    for case, candidates in zip(cases, described, strict=True):
        best = pick([c.rescored(weights) for c in candidates])
        if best is not None and is_right(best.start, best.end, case.gold):
            continue
        article = case.document.article
        print("----", case.row_id, article.published_on, "gold", *days_of(case.gold), "|", article.title)
        if best is not None:
            print("    got", best.start, best.end, best.rule, repr(best.text))
            for loser in best.losers[:6]:
                print("      lost", loser.value, repr(loser.text), loser.reason)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--parsed", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--held-out", type=Path)
    parser.add_argument("--errors", default="")
    options = parser.parse_args()
    chosen = corpora(options.names or present(DATED))
    dated = {name: [c for c in found if c.gold.first_day] for name, found in by_corpus(chosen, options.parsed).items()}
    described = {name: [candidates_of(c) for c in found] for name, found in dated.items()}
    choices = [choice_of(e, c) for name in dated for e, c in zip(dated[name], described[name], strict=True)]

    def fitted(left_out: str) -> dict[str, float]:
        kept = [c for c in choices if c.corpus != left_out]
        return fit(kept, strength=STRENGTH, min_examples=MIN_EXAMPLES)

    whole = fitted("")
    if options.out:
        write_weights(options.out / FILE, whole, list(dated))
    current = load_date_ranker().weights
    for name, found in dated.items():
        without = fitted(name)
        if options.held_out:
            write_weights(options.held_out / name / FILE, without, [n for n in dated if n != name])
        figures = [measure(found, described[name], w) for w in (current, whole, without)]
        shares = "  ".join(f"{sum(marks) / max(1, len(marks)):.3f}" for marks in figures)
        print(f"{name:22} n {len(found):4}  present, in sample, held out: {shares}", flush=True)
        if name == options.errors:
            _print_errors(found, described[name], without)


if __name__ == "__main__":
    main()
