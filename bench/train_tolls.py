"""Train the weights of the toll chooser (`seeds/reference/toll_weights.json`) on all labelled corpora.

    python bench/train_tolls.py --parsed FOLDER                        # held out: each corpus by the others' weights
    python bench/train_tolls.py --parsed FOLDER --out seeds/reference  # then train on all and write the weights
    python bench/train_tolls.py --parsed FOLDER --leave-out gva --out F  # the weights without one corpus
    python bench/train_tolls.py --parsed FOLDER --held-out DIR         # write DIR/CORPUS/toll_weights.json for each too

Corpora are all that `bench/support/claim_cases.py` finds: a new one counts as soon as its file is there.

A log-linear choice among the candidates of `extractors.coding.claims.toll_features`: the probability of the candidates
inside the gold range is raised, with an L2 penalty; each corpus has an equal voice. Features seen in fewer than
`MIN_CASES` cases or in one corpus only are left out, so that no weight stands for one row, and weights are rounded to
two places, so that a person can review them. Nothing but feature names and numbers is kept of the corpora.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.support.claim_cases import Range, read_cases, training_corpora
from extractors.coding.claims import claims_of, find_claims
from extractors.coding.claims.evidence import Evidence
from extractors.coding.claims.toll_features import candidates, choose
from extractors.coding.claims.tolls import evidence_of
from model.report import Measure

MIN_CASES = 12  # cases that must show a feature; fewer learn rows, not rules
MIN_CORPORA = 2
L2 = 1.0  # penalty on squared weights, in units of one case's log-probability
L2_WORDS = 8.0  # of the cue words, which are many, weak and alike: with a light penalty they outvote the figures
CASES_PER_CORPUS = 150.0  # what the cases of a corpus count together, however many they are
Options = Mapping[int, Mapping[str, float]]
Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Sample:
    """One case: candidates and the right tolls; `is_found` says whether the coder reports the incident."""

    corpus: str
    is_found: bool
    evidence: Evidence
    killed: Range | None
    injured: Range | None


@dataclass(frozen=True)
class Choice:
    """One total to choose: its candidates, what is right, and its weight."""

    corpus: str
    options: Options
    truth: Range
    weight: float


def read_samples(corpora: Sequence[str], parsed: Path) -> list[Sample]:
    """Find the claims of every case of the corpora."""
    samples = []
    for corpus in corpora:
        for case in read_cases(corpus, parsed):
            found = claims_of(find_claims(case.document), case.cluster, case.document)
            evidence = evidence_of(found, case.cluster, case.document)
            samples.append(Sample(corpus, case.is_found, evidence, case.killed, case.injured))
    return samples


def train(choices: Sequence[Choice]) -> dict[str, float]:
    """Fit the weights by L-BFGS on the regularised log-likelihood of the right candidates."""
    names = _names(choices)
    penalty = np.array([L2_WORDS if "&size" in name else L2 for name in names])
    column = {name: k for k, name in enumerate(names)}
    data: list[float] = []
    at: tuple[list[int], list[int]] = ([], [])
    starts, right, voices = [], [], []
    for choice in choices:
        low, high = choice.truth
        if not any(low <= value <= high for value in choice.options):
            continue
        starts.append(len(right))
        voices.append(choice.weight)
        for value in sorted(choice.options):
            for name, x in choice.options[value].items():
                if name in column:
                    data.append(x)
                    at[0].append(len(right))
                    at[1].append(column[name])
            right.append(low <= value <= high)
    x = csr_matrix((data, at), shape=(len(right), len(names)))
    w = _fit(x, np.array(right), np.array(starts), np.array(voices), penalty)
    return {name: round(float(v), 2) for name, v in zip(names, w, strict=True) if abs(v) >= 0.02}


def _names(choices: Sequence[Choice]) -> list[str]:
    seen: dict[str, list[str]] = {}
    for choice in choices:
        for name in {n for features in choice.options.values() for n in features}:
            seen.setdefault(name, []).append(choice.corpus)
    return sorted(n for n, where in seen.items() if len(where) >= MIN_CASES and len(set(where)) >= MIN_CORPORA)


def _fit(x: csr_matrix, right: np.ndarray, starts: np.ndarray, voices: np.ndarray, penalty: np.ndarray) -> np.ndarray:
    lengths = np.diff([*starts, len(right)])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        z -= np.repeat(np.maximum.reduceat(z, starts), lengths)
        e = np.exp(z)
        whole, good = np.add.reduceat(e, starts), np.add.reduceat(e * right, starts)
        p, q = e / np.repeat(whole, lengths), e * right / np.repeat(np.maximum(good, 1e-300), lengths)
        value = float(np.sum(voices * (np.log(whole) - np.log(np.maximum(good, 1e-300)))) + np.sum(penalty * w * w))
        return value, x.T @ ((p - q) * np.repeat(voices, lengths)) + 2 * penalty * w

    result: np.ndarray = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return result


def fit(samples: Sequence[Sample]) -> dict[str, dict[str, float]]:
    """Train killed, then injured with the killed that the first weights choose."""
    n_told: dict[str, int] = {}
    for s in samples:
        n_told[s.corpus] = n_told.get(s.corpus, 0) + 1
    voice = {corpus: CASES_PER_CORPUS / n for corpus, n in n_told.items()}
    killed = train(
        [
            Choice(s.corpus, candidates(s.evidence, Measure.KILLED, None), s.killed, voice[s.corpus])
            for s in samples
            if s.killed
        ]
    )
    injured = []
    for s in samples:
        if s.injured:
            n_killed = choose(candidates(s.evidence, Measure.KILLED, None), killed)
            options = candidates(s.evidence, Measure.INJURED, n_killed)
            injured.append(Choice(s.corpus, options, s.injured, voice[s.corpus]))
    return {"killed": killed, "injured": train(injured)}


def measure(samples: Sequence[Sample], weights: Weights) -> dict[str, list[bool]]:
    """Mark each total of a reported incident right or wrong, by corpus and measure.

    `… reachable` marks whether any candidate is right.
    """
    marks: dict[str, list[bool]] = {}
    for s in (s for s in samples if s.is_found):
        options = candidates(s.evidence, Measure.KILLED, None)
        n_killed = choose(options, weights["killed"])
        for name, truth in (("killed", s.killed), ("injured", s.injured)):
            if truth is None:
                continue
            found = options if name == "killed" else candidates(s.evidence, Measure.INJURED, n_killed)
            best = choose(found, weights[name])
            marks.setdefault(f"{s.corpus:22} {name}", []).append(truth[0] <= best <= truth[1])
            reachable = any(truth[0] <= v <= truth[1] for v in found)
            marks.setdefault(f"{s.corpus:22} {name} reachable", []).append(reachable)
    return marks


def write(weights: Weights, corpora: Sequence[str], folder: Path) -> None:
    """Write the weights for review, with the corpora that they were fitted on."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "toll_weights.json"
    text = json.dumps({"fitted_on": list(corpora), **weights}, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
    print(f"wrote {path}: {sum(len(w) for w in weights.values())} weights")


def main() -> None:
    """Print the held-out figures, or train and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--parsed", type=Path, required=True, help="folder of kept parses")
    parser.add_argument("--leave-out", help="train without this corpus")
    parser.add_argument("--out", type=Path, help="folder to write toll_weights.json to")
    parser.add_argument("--held-out", type=Path, help="folder for a toll_weights.json of each corpus left out")
    options = parser.parse_args()
    corpora = training_corpora()
    samples = read_samples(corpora, options.parsed)
    for corpus in corpora if options.leave_out is None else ():
        weights = fit([s for s in samples if s.corpus != corpus])
        for name, marks in sorted(measure([s for s in samples if s.corpus == corpus], weights).items()):
            print(f"held out {name:44} {sum(marks) / len(marks):.3f}  of {len(marks)}", flush=True)
        if options.held_out:
            write(weights, [c for c in corpora if c != corpus], options.held_out / corpus)
    if options.out:
        kept = [c for c in corpora if c != options.leave_out]
        write(fit([s for s in samples if s.corpus in kept]), kept, options.out)


if __name__ == "__main__":
    main()
