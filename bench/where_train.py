"""Learn the weights of the place chooser from labelled articles and write them for review.

    python -m bench.where_train --parsed DIR [--held-out DIR] [--write | --out DIR]
    python -m bench.where_train --parsed DIR --leave-out CORPUS --out DIR

All labelled corpora that are here take part, except the validation sets. The clusters are the coder's own (its weights
for reports and its other tables decide them, so fit those first). A candidate within the key's radius (at least 25 km)
of a right spot is right, the finer the better; the weights are those of a conditional logistic regression (the right
candidates of a cluster against all of it), every corpus with the same voice. Printed for each corpus: the share of its
incidents placed right, of those that are reported, and the oracle: the share of these whose right place is among the
candidates at all. `--held-out DIR` prints the same with the weights of all other corpora and writes these weights to
`DIR/CORPUS/place_weights.json`. Gradient boosted trees over the same features were tried and
gained less than a point held out (docs/explanation/places.md). The weights name no place and hold no text.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.labelled import VALIDATION, corpora, dev_folder
from bench.support.placed_rows import PlacedIncident, placed_incidents
from extractors.coding.where.features import candidates_of
from extractors.coding.where.reasons import REASONS

SINGLE = ("gva", "airwars")  # corpora of one kind of event, whose keys have no report-level labels beside the point
NAMES = sorted(REASONS)
FINE = ("town", "district", "site")
STRENGTH = 30.0  # incidents that one corpus counts for against the penalty on large weights
OUT = Path("seeds/reference/place_weights.json")
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Example:
    """One cluster: its candidates' features, which are right, which are right and fine, and whether it is reported."""

    matrix: Array
    right: Array
    fine: Array
    is_found: bool


def known_corpora() -> list[str]:
    """Name the labelled corpora that are here, without the validation sets; those without points give no examples."""
    there = [corpus.name for corpus in corpora() if not corpus.is_validation]
    return there + [name for name in SINGLE if any(dev_folder().glob(f"{name}.jsonl*"))]


def examples(corpus: str, parsed: Path, folder: Path | None) -> list[Example]:
    """Make the examples of a corpus."""
    return [example_of(placed) for placed in placed_incidents(corpus, parsed, folder)]


def example_of(placed: PlacedIncident) -> Example:
    """Describe the candidates of one incident and mark the right ones."""
    candidates = candidates_of(placed.places, placed.cluster, placed.document)
    matrix = np.array([[c.features.get(name, 0.0) for name in NAMES] for c in candidates]).reshape(-1, len(NAMES))
    places = [c.best_mention.place for c in candidates]
    right = np.array([placed.is_right(p.lat, p.lon) for p in places], dtype=bool)
    fine = right & np.array([p.precision.value in FINE for p in places], dtype=bool)
    return Example(matrix, right, fine, placed.is_found)


def learn(sets: dict[str, list[Example]]) -> Array:
    """Fit the weights: in each cluster, the odds of the right candidates together against all."""
    kept: list[tuple[Array, Array, float]] = []
    for rows in sets.values():
        own = [(e.matrix, e.fine if e.fine.any() else e.right) for e in rows]
        own = [(matrix, good) for matrix, good in own if good.any() and not good.all()]
        kept += [(matrix, good, STRENGTH / len(own)) for matrix, good in own]
    x, good = np.vstack([m for m, _, _ in kept]), np.concatenate([g for _, g, _ in kept])
    lengths, voice = np.array([len(m) for m, _, _ in kept]), np.array([v for _, _, v in kept])
    starts = np.cumsum(lengths) - lengths

    def loss(theta: Array) -> tuple[float, Array]:
        z = x @ theta
        e = np.exp(z - np.repeat(np.maximum.reduceat(z, starts), lengths))
        total, rights = np.add.reduceat(e, starts), np.maximum(np.add.reduceat(e * good, starts), 1e-300)
        value = float(voice @ (np.log(total) - np.log(rights)) + theta @ theta / 2)
        pull = e / np.repeat(total, lengths) - e * good / np.repeat(rights, lengths)
        return value, x.T @ (pull * np.repeat(voice, lengths)) + theta

    fitted: Array = minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B").x
    return fitted


def figures(rows: list[Example], weights: Array) -> str:
    """Give the share of incidents placed right, of those that are reported, and of those whose right place is named."""
    hits = np.array([len(e.matrix) > 0 and bool(e.right[int(np.argmax(e.matrix @ weights))]) for e in rows])
    found = np.array([e.is_found for e in rows])
    oracle = np.array([bool(e.right.any()) for e in rows])
    reported = hits[found].mean() if found.any() else 0.0
    return f"{hits.mean():.3f} reported {reported:.3f} oracle {oracle[found].mean() if found.any() else 0.0:.3f}"


def write(weights: Array, fitted_on: list[str], path: Path) -> None:
    """Write weights for review."""
    rounded = {name: round(float(value), 2) for name, value in zip(NAMES, weights, strict=True)}
    note = "Learnt by bench/where_train.py; see docs/explanation/places.md."
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"fitted_on": fitted_on, "note": note, "weights": rounded}, indent=1) + "\n", "utf-8")


def main() -> None:
    """Train, show the figures, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--parsed", type=Path, required=True, help="folder of parsed corpora")
    parser.add_argument("--folder", type=Path, default=None, help="folder of further corpora (NAME.jsonl)")
    parser.add_argument("--corpora", nargs="*", default=known_corpora())
    parser.add_argument("--leave-out", default=None)
    parser.add_argument("--held-out", type=Path, default=None, help="folder for weights without each corpus in turn")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    read = {c: examples(c, options.parsed, options.folder) for c in options.corpora if c not in VALIDATION}
    sets = {c: rows for c, rows in read.items() if rows}
    kept = [c for c in sets if c != options.leave_out]
    final = learn({c: sets[c] for c in kept})
    for corpus, rows in sets.items():
        line = f"{corpus:22} {len(rows):4}  {'left out' if corpus not in kept else 'in sample'} {figures(rows, final)}"
        if options.held_out:
            others = [c for c in sets if c != corpus]
            without = learn({c: sets[c] for c in others})
            write(without, others, options.held_out / corpus / OUT.name)
            line += f"  held out {figures(rows, without)}"
        print(line, flush=True)
    if options.write or options.out:
        write(final, kept, options.out / OUT.name if options.out else OUT)


if __name__ == "__main__":
    main()
