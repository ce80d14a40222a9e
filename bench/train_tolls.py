"""Train the weights of the toll chooser (`seeds/reference/toll_weights.json`) on the labelled corpora.

    python bench/train_tolls.py            # train on one half of the incidents, measure on the other, both ways
    python bench/train_tolls.py --write    # then train on all and write the weights

A log-linear choice among the candidates of `extractors.claims.candidates`: the probability of the candidates inside the
gold range is raised, with an L2 penalty. Features seen in fewer than `MIN_ARTICLES` articles are left out, so that no
weight stands for one row, and weights are rounded to two places, so that a person can review them. Nothing but feature
names and numbers is kept of the corpora.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from claims import Case, Range, half_of, read_cases
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from extractors.claims import find_claims
from extractors.claims.candidates import Evidence, candidates, choose, gather
from extractors.text.sentences import split_sentences
from model.report import Measure

MIN_ARTICLES = 20  # articles that must show a feature; fewer learn rows, not rules
L2 = 1.0  # penalty on squared weights of what the claims say, in units of one article's log-probability
L2_WORDS = 8.0  # of the cue words, which are many, weak and alike: with a light penalty they outvote the figures
PATH = Path("seeds/reference/toll_weights.json")
FITTED_ON = ("gva", "airwars")
Options = Mapping[int, Mapping[str, float]]


@dataclass(frozen=True)
class Sample:
    """One article: what was found in it and what is right. `weight` lets a small corpus count."""

    corpus: str
    incident_id: str
    evidence: Evidence
    killed: Range | None
    injured: Range | None


def read_samples() -> list[Sample]:
    """Find the claims of every row of both corpora."""
    samples = []
    for corpus in FITTED_ON:
        samples += [
            Sample(corpus, case.incident_id, evidence_of(case), case.killed, case.injured)
            for case in read_cases(corpus, clean=True)
        ]
    return samples


def evidence_of(case: Case) -> Evidence:
    """Find the claims of one article and gather them."""
    found = find_claims(case.article, split_sentences(case.article.text))
    return gather(found, case.article.title, case.article.text)


def train(choices: Sequence[tuple[Options, Range]]) -> dict[str, float]:
    """Fit the weights by L-BFGS on the regularised log-likelihood of the right candidates."""
    counts = Counter(name for options, _ in choices for name in {n for f in options.values() for n in f})
    names = sorted(name for name, n in counts.items() if n >= MIN_ARTICLES)
    penalty = np.array([L2_WORDS if "&size" in name else L2 for name in names])
    column = {name: k for k, name in enumerate(names)}
    data: list[float] = []
    at: tuple[list[int], list[int]] = ([], [])
    starts, right = [], []
    for options, (low, high) in choices:
        if not any(low <= value <= high for value in options):
            continue
        starts.append(len(right))
        for value in sorted(options):
            for name, x in options[value].items():
                if name in column:
                    data.append(x)
                    at[0].append(len(right))
                    at[1].append(column[name])
            right.append(low <= value <= high)
    x = csr_matrix((data, at), shape=(len(right), len(names)))
    y = np.array(right)
    edges = np.array(starts)
    lengths = np.diff([*starts, len(right)])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        z -= np.repeat(np.maximum.reduceat(z, edges), lengths)
        e = np.exp(z)
        whole, good = np.add.reduceat(e, edges), np.add.reduceat(e * y, edges)
        p, q = e / np.repeat(whole, lengths), e * y / np.repeat(good, lengths)
        value = float(np.sum(np.log(whole) - np.log(good)) + np.sum(penalty * w * w))
        return value, x.T @ (p - q) + 2 * penalty * w

    w = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: round(float(v), 2) for name, v in zip(names, w, strict=True) if abs(v) >= 0.02}


def fit(samples: Sequence[Sample]) -> dict[str, dict[str, float]]:
    """Train killed, then injured with the killed that the first weights choose."""
    killed = train([(candidates(s.evidence, Measure.KILLED, None), s.killed) for s in samples if s.killed])
    injured = train(
        [
            (
                candidates(s.evidence, Measure.INJURED, choose(candidates(s.evidence, Measure.KILLED, None), killed)),
                s.injured,
            )
            for s in samples
            if s.injured
        ]
    )
    return {"killed": killed, "injured": injured}


def measure(samples: Sequence[Sample], weights: Mapping[str, Mapping[str, float]]) -> dict[str, list[bool]]:
    """Mark each total right or wrong, by corpus and measure; `…:reachable` marks whether any candidate is right."""
    marks: dict[str, list[bool]] = {}
    for s in samples:
        options = candidates(s.evidence, Measure.KILLED, None)
        n_killed = choose(options, weights["killed"])
        for name, truth in (("killed", s.killed), ("injured", s.injured)):
            if truth is None:
                continue
            found = options if name == "killed" else candidates(s.evidence, Measure.INJURED, n_killed)
            best = choose(found, weights[name])
            marks.setdefault(f"{s.corpus}:{name}", []).append(truth[0] <= best <= truth[1])
            reachable = any(truth[0] <= v <= truth[1] for v in found)
            marks.setdefault(f"{s.corpus}:{name}:reachable", []).append(reachable)
    return marks


def main() -> None:
    """Cross-validate on the two halves; with --write, train on all and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    samples = read_samples()
    halves = {h: [s for s in samples if half_of(s.incident_id) == h] for h in "ab"}
    marks: dict[str, list[bool]] = {}
    for tuned, held in (("a", "b"), ("b", "a")):
        for name, values in measure(halves[held], fit(halves[tuned])).items():
            marks.setdefault(name, []).extend(values)
    for name in sorted(marks):
        print(f"held out {name:28} {sum(marks[name]) / len(marks[name]):.4f}  of {len(marks[name])}")
    if options.write:
        weights = fit(samples)
        PATH.write_text(
            json.dumps({"fitted_on": list(FITTED_ON), **weights}, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )
        print(f"wrote {PATH}: {sum(len(w) for w in weights.values())} weights")


if __name__ == "__main__":
    main()
