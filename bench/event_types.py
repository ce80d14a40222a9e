"""Measure the naming of types on labelled corpora, and fit its weights.

    python -m bench.event_types --parsed FOLDER [CORPUS ...] [--out FOLDER] [--leave-out NAME] [--errors NAME]

Reads every development corpus whose key names types, or those named. Prints, for each corpus, how many of the
incidents that the coder reports have the right type (alternatives allowed), in sample and with the weights fitted
without the corpus. The model of embeddings is fitted first; the ranker reads, of each corpus, what an embedding model
says that was fitted without it. `--out` writes `type_weights.json`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # several threads add up in another order each time: other last digits
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.labelled import corpora
from bench.support.cluster_cases import Case, by_corpus, the_coder
from bench.support.parse_cache import CachedEmbedder
from bench.support.softmax import CASE_WEIGHT, Choice, fit, write_models
from extractors.coding.types import FILE, TYPES, by_embedding, context_of, features_of, opening_text, score
from extractors.coding.votes import by_type_of, votes_of
from extractors.coding.who import find_actors

STRENGTH = 4.0  # of the Gaussian prior; 2 to 8 give the same held-out figures within a point
MIN_EXAMPLES = 6  # a feature seen in fewer articles is chance
C_EMBEDDING = 0.3  # inverse strength of the penalty; 0.1 is a point worse held out
EMBEDDING_GAIN = 3.0  # embeddings have unit length; the penalty expects numbers about 1
Table = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Row:
    """One incident: its case, the types that are right, and what the models read."""

    case: Case
    right: frozenset[str]
    votes: Mapping[str, float]
    context: Mapping[str, float]
    vector: np.ndarray


def read_rows(cases: Mapping[str, Sequence[Case]], parsed: Path) -> dict[str, list[Row]]:
    """Describe the incidents whose key names a type of the tree."""
    embedder, index = CachedEmbedder(parsed / "embeddings.pickle"), the_coder().actor_index
    rows: dict[str, list[Row]] = {}
    for name, own in cases.items():
        kept = [(case, right) for case in own if (right := frozenset(case.gold.types) & frozenset(TYPES))]
        for case, right in kept:
            cluster, document = case.cluster, case.document
            context = context_of(cluster, document, find_actors(document, index))
            vector = embedder.embed([opening_text(cluster, document)])[0]
            rows.setdefault(name, []).append(Row(case, right, by_type_of(votes_of(cluster)), context, vector))
    embedder.save()
    return rows


class Stack:
    """Fits the embedding model, and the ranker upon it, on any of the corpora; each embedding model once."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self.rows = rows
        self._tables: dict[tuple[str, ...], Table] = {}

    def table(self, names: tuple[str, ...]) -> Table:
        """Fit the embedding model: for each type its weights, the bias last."""
        if names not in self._tables:
            x, y, w = [], [], []
            for row, weight in ((r, CASE_WEIGHT / len(self.rows[n])) for n in names for r in self.rows[n]):
                for right in sorted(row.right):
                    x.append(row.vector * EMBEDDING_GAIN)
                    y.append(right)
                    w.append(weight / len(row.right))
            model = LogisticRegression(C=C_EMBEDDING, max_iter=1000).fit(np.array(x), y, sample_weight=w)
            self._tables[names] = {
                str(name): [round(float(v), 3) for v in (*(row * EMBEDDING_GAIN), bias)]
                for name, row, bias in zip(model.classes_, model.coef_, model.intercept_, strict=True)
            }
        return self._tables[names]

    def choices(self, name: str, table: Table) -> list[Choice]:
        """Describe each type for the incidents of a corpus, and mark the right ones."""
        found = []
        for row in self.rows[name]:
            scores = by_embedding([float(v) for v in row.vector], table)
            described = [features_of(t, row.votes, row.context, scores) for t in TYPES]
            found.append(Choice(name, described, [t in row.right for t in TYPES]))
        return found

    def ranker(self, names: tuple[str, ...]) -> dict[str, float]:
        """Fit the ranker on corpora, each with an embedding model that was fitted without it."""
        choices = [c for name in names for c in self.choices(name, self.table(tuple(n for n in names if n != name)))]
        return fit(choices, strength=STRENGTH, min_examples=MIN_EXAMPLES)

    def marks(self, name: str, table: Table, weights: Mapping[str, float]) -> list[tuple[Row, str]]:
        """Name the types of a corpus's reported incidents."""
        found = []
        for row, choice in zip(self.rows[name], self.choices(name, table), strict=True):
            scores = [score(features, weights) for features in choice.candidates]
            if row.case.is_reported:
                found.append((row, TYPES[max(range(len(scores)), key=lambda k: scores[k])]))
        return found


def share_right(marks: Sequence[tuple[Row, str]]) -> float:
    """Return the share of incidents whose type is right."""
    return sum(chosen_type in row.right for row, chosen_type in marks) / max(1, len(marks))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("corpora", nargs="*")
    parser.add_argument("--parsed", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--leave-out", default="")
    parser.add_argument("--errors", default="")
    options = parser.parse_args()
    stack = Stack(read_rows(by_corpus(corpora(options.corpora), options.parsed), options.parsed))
    names = tuple(sorted(n for n in stack.rows if n != options.leave_out))
    table, weights = stack.table(names), stack.ranker(names)
    if options.out:
        write_models(options.out / FILE, {"embedding": table, "weights": weights}, names)
    for name in sorted(stack.rows) if not options.leave_out else [options.leave_out]:
        rest = tuple(n for n in names if n != name)
        held_out = stack.marks(name, stack.table(rest), stack.ranker(rest))
        shares = f"{share_right(stack.marks(name, table, weights)):.3f}  {share_right(held_out):.3f}"
        print(f"{name:22} n {len(held_out):4}  in sample, held out: {shares}", flush=True)
        for row, chosen_type in held_out if name == options.errors else ():
            if chosen_type not in row.right:
                print("  ", row.case.row_id, row.case.document.article.title, sorted(row.right), chosen_type)


if __name__ == "__main__":
    main()
