"""Measure the chooser of days on labelled corpora, and fit its weights.

    python -m bench.when --parsed FOLDER CORPUS... [--out FOLDER] [--leave-out NAME] [--errors NAME]

Prints, for each corpus, how many of the gold days are right (they are touched, and the span is a day longer at most)
in sample and with the weights fitted without the corpus. `--out` writes `date_ranker.json`; `--leave-out` fits
without a corpus. The weights are by feature name: no text of a corpus is among them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.support.scenes import Example, corpus_name, read_examples
from bench.support.softmax import Choice, fit, write_weights
from extractors.coding.when.choose import Scored, pick, score_candidates
from extractors.reference.date_ranker import load_date_ranker

STRENGTH = 3.0  # of the Gaussian prior; 2 to 15 give the same held-out figures within half a point
MIN_EXAMPLES = 10  # a feature seen in fewer articles is chance


def is_right(start: date, end: date, gold: Mapping[str, str]) -> bool:
    """Judge a span as the evaluation does."""
    first = date.fromisoformat(gold["date"][:10])
    last = date.fromisoformat((gold.get("date_end") or gold["date"])[:10])
    return start <= last and end >= first and (end - start).days <= (last - first).days + 1


def candidates_of(example: Example) -> list[Scored]:
    """Describe the candidates of an example."""
    return score_candidates(example.dates, example.cluster, example.document, {})


def choice_of(example: Example, candidates: Sequence[Scored]) -> Choice:
    """Mark the right candidates: named days, else the publication, else periods that hold the day."""
    gold = example.gold
    right = [is_right(c.span.start, c.span.end, gold) for c in candidates]
    named = [mark and c.mention is not None for mark, c in zip(right, candidates, strict=True)]
    first, last = gold["date"][:10], (gold.get("date_end") or gold["date"])[:10]
    wide = [c.span.start.isoformat() <= last and c.span.end.isoformat() >= first for c in candidates]
    marks = next((m for m in (named, right, wide) if any(m)), right)
    return Choice(example.corpus, [dict.fromkeys(c.features, 1.0) for c in candidates], marks)


def measure(examples: Sequence[Example], described: Sequence[list[Scored]], weights: Mapping[str, float]) -> list[bool]:
    """Judge the chosen day of each example."""
    marks = []
    for example, candidates in zip(examples, described, strict=True):
        scored = [c.rescored(weights) for c in candidates]
        best = pick(scored)
        marks.append(best is not None and is_right(best.start, best.end, example.gold))
    return marks


def _print_errors(examples: Sequence[Example], described: Sequence[list[Scored]], weights: Mapping[str, float]) -> None:
    for example, candidates in zip(examples, described, strict=True):
        best = pick([c.rescored(weights) for c in candidates])
        if best is not None and is_right(best.start, best.end, example.gold):
            continue
        article = example.document.article
        print("----", example.row_id, article.published_on, "gold", example.gold["date"], "|", article.title)
        if best is not None:
            print("    got", best.start, best.end, best.rule, repr(best.text))
            for loser in best.losers[:6]:
                print("      lost", loser.value, repr(loser.text), loser.reason)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--parsed", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--leave-out", default="")
    parser.add_argument("--errors", default="")
    options = parser.parse_args()
    examples = {
        corpus_name(path): [e for e in read_examples(path, options.parsed) if e.gold.get("date")]
        for path in options.corpora
    }
    described = {name: [candidates_of(e) for e in found] for name, found in examples.items()}
    choices = [choice_of(e, c) for name in examples for e, c in zip(examples[name], described[name], strict=True)]

    def fitted(left_out: str) -> dict[str, float]:
        kept = [c for c in choices if c.corpus != left_out]
        return fit(kept, strength=STRENGTH, min_examples=MIN_EXAMPLES)

    whole = fitted(options.leave_out)
    if options.out:
        write_weights(options.out / "date_ranker.json", whole, [n for n in examples if n != options.leave_out])
    current = load_date_ranker().weights
    for name, found in examples.items():
        figures = [measure(found, described[name], w) for w in (current, whole, fitted(name))]
        shares = "  ".join(f"{sum(marks) / max(1, len(marks)):.3f}" for marks in figures)
        print(f"{name:22} n {len(found):4}  present, in sample, held out: {shares}", flush=True)
        if name == options.errors:
            _print_errors(found, described[name], fitted(name))


if __name__ == "__main__":
    main()
