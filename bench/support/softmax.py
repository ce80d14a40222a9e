"""Fit a linear ranker: among the candidates of each example the right ones should have the greatest score.

The loss is the conditional log-likelihood with a Gaussian prior on the weights. Each corpus has the same voice,
however many examples it gives.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

CASE_WEIGHT = 150.0  # examples that each corpus counts as, whatever its size


@dataclass(frozen=True)
class Choice:
    """One example: its corpus, the features of each candidate, and which candidates are right."""

    corpus: str
    candidates: Sequence[Mapping[str, float]]
    is_right: Sequence[bool]


def fit(choices: Sequence[Choice], *, strength: float, min_examples: int) -> dict[str, float]:
    """Fit weights by feature name.

    Args:
        choices: The examples; those without a right candidate, or with none but right ones, teach nothing.
        strength: Of the prior.
        min_examples: A feature seen in fewer examples is chance.
    """
    used = [c for c in choices if any(c.is_right) and not all(c.is_right)]
    counts = Counter(name for c in used for name in {name for f in c.candidates for name in f})
    index = {name: n for n, name in enumerate(sorted(n for n, k in counts.items() if k >= min_examples))}
    sizes = Counter(c.corpus for c in used)
    voices = np.array([CASE_WEIGHT / sizes[c.corpus] for c in used])
    cells = [
        (row, index[name], value)
        for row, features in enumerate(f for c in used for f in c.candidates)
        for name, value in features.items()
        if name in index
    ]
    owner = np.array([n for n, c in enumerate(used) for _ in c.candidates])
    right = np.array([mark for c in used for mark in c.is_right], dtype=float)
    rows, columns, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(owner), len(index)))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = matrix @ weights
        top = np.full(len(used), -np.inf)
        np.maximum.at(top, owner, score)
        mass = np.exp(score - top[owner])
        total = np.bincount(owner, mass, len(used))
        hit = np.bincount(owner, mass * right, len(used)) + 1e-300
        pull = voices[owner] * (mass / total[owner] - mass * right / hit[owner])
        value = float(np.sum(voices * (np.log(total) - np.log(hit))) + strength / 2 * weights @ weights)
        return value, matrix.T @ pull + strength * weights

    best = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: round(float(best[n]), 3) for name, n in index.items() if abs(best[n]) >= 0.005}


def write_weights(path: Path, weights: Mapping[str, float], fitted_on: Sequence[str]) -> None:
    """Write weights with the names of the corpora that they were fitted on."""
    table = {"fitted_on": sorted(fitted_on), "weights": dict(weights)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", "utf-8")


def write_models(path: Path, models: Mapping[str, Mapping[str, object]], fitted_on: Sequence[str]) -> None:
    """Write tables of weights, one entry a line so that a change is easy to review, and the corpora fitted on."""
    tables = {"fitted_on": sorted(fitted_on), **models}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{\n" + ",\n".join(_lines(name, tables[name]) for name in sorted(tables)) + "\n}\n", "utf-8")


def _lines(name: str, table: object) -> str:
    if not isinstance(table, Mapping):
        return f"{json.dumps(name)}: {json.dumps(table)}"
    entries = (f"{json.dumps(key)}: {json.dumps(table[key])}" for key in sorted(table))
    return f"{json.dumps(name)}: {{\n" + ",\n".join(entries) + "\n}"
