"""Learn the weights of the place chooser from labelled articles and write them for review.

    python -m bench.where_train --parsed DIR [--folder DIR] [--leave-out CORPUS] [--held-out] [--write | --out DIR]

A candidate within the key's radius (at least 25 km) of the gold point is right, the finer the better; the weights are
those of a conditional logistic regression (the right candidates of a cluster against all of it). Every corpus has the
same voice. `--held-out` prints, for each corpus, the share placed right with the weights of all others, and the oracle:
the share whose right place is among the candidates at all. The weights name no place and hold no text.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.support.placed_rows import PlacedIncident, placed_incidents
from extractors.coding.where.features import candidates_of
from extractors.coding.where.reasons import REASONS

CORPORA = (
    "wire-africa", "wire-mena", "wire-europe-americas", "wire-asia", "wire-everyday", "wire-desk", "newsroom",
    "realconflict", "realmix", "gva", "airwars",
)  # fmt: skip
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


def learn(corpora: dict[str, list[Example]]) -> Array:
    """Fit the weights: in each cluster, the odds of the right candidates together against all."""
    kept: list[tuple[Array, Array, float]] = []
    for rows in corpora.values():
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


def accuracy(rows: list[Example], weights: Array) -> tuple[float, float]:
    """Give the share of clusters whose best candidate is right, and the share that have a right candidate at all."""
    hits = sum(len(e.matrix) > 0 and bool(e.right[int(np.argmax(e.matrix @ weights))]) for e in rows)
    return hits / len(rows), sum(bool(e.right.any()) for e in rows) / len(rows)


def main() -> None:
    """Train, show the held-out figures, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--parsed", type=Path, required=True, help="folder of parsed corpora")
    parser.add_argument("--folder", type=Path, default=None, help="folder of further corpora (NAME.jsonl)")
    parser.add_argument("--corpora", nargs="*", default=list(CORPORA))
    parser.add_argument("--leave-out", default=None)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    gazetteer = open_gazetteer(Path(os.environ.get("DECONFLICT_REFERENCE", "var/reference")))
    sets = {c: examples(c, options.parsed, options.folder, gazetteer) for c in options.corpora}
    final = learn({c: s for c, s in sets.items() if c != options.leave_out})
    for corpus, rows in sets.items():
        told = accuracy(rows, final)
        line = f"{corpus:22} {len(rows):4}  in sample {told[0]:.3f}  oracle {told[1]:.3f}"
        if options.held_out:
            held = accuracy(rows, learn({c: s for c, s in sets.items() if c != corpus}))
            line += f"  held out {held[0]:.3f}"
        print(line, flush=True)
    if options.write or options.out:
        weights = {name: round(float(value), 2) for name, value in zip(NAMES, final, strict=True)}
        note = "Learnt by bench/where_train.py see docs/explanation/places.md."
        fitted_on = [c for c in sets if c != options.leave_out]
        out = options.out / OUT.name if options.out else OUT
        out.write_text(json.dumps({"fitted_on": fitted_on, "note": note, "weights": weights}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
