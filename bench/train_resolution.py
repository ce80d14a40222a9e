"""Fit the resolver's weights on labelled corpora and write them for review.

    python bench/train_resolution.py [CORPUS ...] [--out FILE] [--cache DIR] [--held-out] [--no-fit]

Each corpus is read twice: with the coder's reports as they are now, and with the key's facts put in, without noise
and with two grades of it (`key_reports.py`). It is replayed with a teacher: each report is compared with the candidates
that blocking finds, and is then put to its true incident. Every report of a candidate that no veto forbids makes one
pair; candidates of other incidents are the hard negatives, of one town or week or with one name. Two logistic
regressions are fitted one after the other, the signs of the weights bounded by the registry: log-odds of pairs, then
log-odds of a report with an incident from those of its pairs. Corpora have equal voice, however many rows they have.
Nothing is drawn at random; two runs give equal bytes. `--held-out` prints for each corpus the clusters by weights
that were fitted on the others.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # several threads add up in another order each time: other last digits

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose warehouse.py would hide the room of that name

from key_reports import Corpus, coded, find_path, keyed, outcome  # noqa: E402 - the path comes first

from model.incident import Known  # noqa: E402
from resolution.batch import Readings, in_order  # noqa: E402
from resolution.blocking import stored_keys  # noqa: E402
from resolution.features import Features  # noqa: E402
from resolution.incident import Incident, Representatives  # noqa: E402
from resolution.match_record import weigh  # noqa: E402
from resolution.registry import INCIDENT_FEATURES, PAIR_FEATURES  # noqa: E402
from resolution.run import Run  # noqa: E402
from resolution.scorer import MOST_ODDS, IncidentComparison, PairScore, incident_features  # noqa: E402
from resolution.weights import Weights, log_odds, weights_of  # noqa: E402

WRITTEN = (
    "wire-mena wire-africa wire-europe-americas wire-asia wire-everyday wire-desk wire-latin wire-sahel wire-wardays "
    "wire-eurasia wire-horn wire-crossings"
).split()  # of bench/corpora and the dev corpora; one that is not there is named and left out
CORPORA = [*WRITTEN, *"realconflict realmix gva airwars ecb g5 newsroom".split()]
WITH_KEY = frozenset(CORPORA) - {"ecb", "g5", "realmix"}  # keys with day and place of nearly every incident
NOISES = (0.0, 0.5, 1.0)
LARGE = frozenset({"gva", "airwars"})  # as many reports as all the others together: one grade of noise is enough ...
SHARE = 3  # ... and of the key's facts every third incident
L2 = 1.0  # on features scaled to unit spread; 0.5 and 3 move pair F1 by a point or two either way
MAX_CASE_WEIGHT = 12.0  # times that a row of a small corpus may count: above, single articles of the newsroom decide
VERSION = "6"
ACCEPT, UNSURE, MERGE = 0.4, 0.15, 0.4  # chosen on the dev halves, see docs/explanation/resolution.md


@dataclass
class Case:
    """One report against one candidate: the features of each pair, with what the incident's features need."""

    is_same: bool
    pairs: list[Features]
    weights: list[float]
    words: list[tuple[float, float]]  # lead and body of each pair
    vetoes: tuple[str, ...]
    lengths: tuple[float, float]


@dataclass
class Taught:
    """All cases of one replay with a teacher; those of one report stand together."""

    corpus: str
    reports: list[list[Case]] = field(default_factory=list)


def main() -> None:
    """Read, replay, fit, write; print what the weights do on corpora that they have not seen."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("corpora", nargs="*", default=CORPORA)
    parser.add_argument("--out", type=Path, default=ROOT / "seeds" / "reference" / "resolution_weights.json")
    parser.add_argument("--cache", type=Path, help="a folder of codings to read, and to fill where one is missing")
    parser.add_argument(
        "--held-out", action="store_true", help="also fit without each corpus in turn and print clusters"
    )
    parser.add_argument("--no-fit", action="store_true", help="leave the reviewed file as it is")
    options = parser.parse_args()
    names = [name for name in options.corpora if is_there(name)]
    corpora = [c for name in names for c in variants(name, options.cache)]
    taught = [teach(corpus) for corpus in corpora]
    if not options.no_fit:
        stored = {"fitted_on": [Path(name).name.split(".")[0] for name in names]} | fitted(taught)
        options.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    if options.held_out:
        for name in names:
            weights = weights_of(fitted([t for t in taught if t.corpus != name]))
            for corpus in (c for c in corpora if c.name.split(":")[0] == name):
                print(outcome(corpus, weights).line(corpus.name), flush=True)


def is_there(name: str) -> bool:
    """Whether a corpus can be found; one that cannot is named on the error stream."""
    try:
        found = find_path(name).exists()
    except SystemExit:
        found = False
    if not found:
        print(f"{name} is not there and is left out", file=sys.stderr)
    return found


def variants(name: str, cache: Path | None) -> Iterator[Corpus]:
    """A corpus with coded facts, and with those of its key."""
    yield coded(name, cache)
    if Path(name).stem in WITH_KEY or name.endswith(".jsonl"):
        for noise in NOISES[1:2] if name in LARGE else NOISES:
            made = keyed(name, noise)
            article_reports = [
                t
                for t in made.article_reports
                if name not in LARGE or crc32(made.label[t.report.report_id].encode()) % SHARE == 0
            ]
            yield Corpus(f"{name}:{noise}", article_reports, made.label, made.report_of, made.gold)


def teach(corpus: Corpus) -> Taught:
    """Replay one corpus with a teacher who puts each labelled report to its true incident."""
    run, readings = Run(Known(), no_weights()), Readings(corpus.article_reports)
    taught = Taught(corpus.name.split(":")[0])
    for one in in_order(corpus.article_reports):
        incident = corpus.label.get(one.report.report_id)
        if incident is None:
            continue
        record = run.count(weigh(readings[one], run.idf))
        found = [run.index.incident(i) for i in run.index.candidates(readings.wanted(record.report_id))]
        cases = []
        for likeness in run.scorer.compare(record, found):
            asked = () if likeness.vetoes else likeness.representatives.reports
            pairs = [run.scorer.features(record, other) for other in asked]
            words = [(p.lead, p.body) for p in likeness.pairs]
            is_same = likeness.incident.incident_id == incident
            weights = likeness.representatives.weights
            cases.append(Case(is_same, pairs, weights, words, likeness.vetoes, likeness.lengths))
        taught.reports.append(cases)
        run.index.add(record, incident, record.article_id, stored_keys(record, run.idf))
    return taught


def no_weights() -> Weights:
    """Weights that say nothing: a teacher needs none."""
    return Weights(VERSION, 0.0, {}, 0.0, {}, ACCEPT, UNSURE, MERGE)


def fitted(taught: Sequence[Taught]) -> dict[str, object]:
    """Fit both regressions; the form of the reviewed file."""
    pairs, labels, shares = [], [], []
    for one in taught:
        for case in (c for cases in one.reports for c in cases if not c.vetoes):
            total = sum(case.weights)
            for features, weight in zip(case.pairs, case.weights, strict=True):
                pairs.append(features)
                labels.append(case.is_same)
                shares.append((one.corpus, weight / total))
    of_pairs = fit(pairs, labels, case_weights(shares), {n: f.sign for n, f in PAIR_FEATURES.items()})
    rows, labels, shares = [], [], []
    for one in taught:
        for cases in one.reports:
            for features, is_same in incident_rows(cases, of_pairs):
                rows.append(features)
                labels.append(is_same)
                shares.append((one.corpus, 1.0))
    of_incidents = fit(rows, labels, case_weights(shares), {f.name: f.sign for f in INCIDENT_FEATURES})
    return {
        "version": VERSION,
        "accept_0_1": ACCEPT,
        "unsure_0_1": UNSURE,
        "merge_0_1": MERGE,
        "pair_intercept": of_pairs.pop(""),
        "pair_weights": {n: w for n, w in sorted(of_pairs.items()) if w},
        "incident_intercept": of_incidents.pop(""),
        "incident_weights": {n: w for n, w in sorted(of_incidents.items()) if w},
    }


def incident_rows(cases: Sequence[Case], of_pairs: dict[str, float]) -> Iterator[tuple[Features, bool]]:
    """The incident features of each candidate of one report that no veto forbids."""
    nowhere, likenesses = Incident(""), []
    for case in cases:
        odds = [max(-MOST_ODDS, min(MOST_ODDS, log_odds(of_pairs[""], f, of_pairs))) for f in case.pairs]
        pairs = [PairScore(o, *words) for o, words in zip(odds, case.words, strict=True)]
        mean = sum(o * w for o, w in zip(odds, case.weights, strict=True)) / sum(case.weights) if odds else 0.0
        likenesses.append(
            IncidentComparison(nowhere, Representatives([], case.weights), pairs, case.vetoes, mean, case.lengths)
        )
    others = [one for one in likenesses if one.vetoes]
    for case, one in zip(cases, likenesses, strict=True):
        if not case.vetoes:
            yield incident_features(one, others), case.is_same


def case_weights(shares: Sequence[tuple[str, float]]) -> NDArray[np.float64]:
    """Weights of rows by which each corpus counts as much as any other, within `MAX_CASE_WEIGHT`."""
    totals: dict[str, float] = {}
    for corpus, share in shares:
        totals[corpus] = totals.get(corpus, 0.0) + share
    mean = sum(totals.values()) / len(totals)
    return np.array([share * min(MAX_CASE_WEIGHT, mean / totals[corpus]) for corpus, share in shares])


def fit(
    rows: Sequence[Features], labels: Sequence[bool], weight: NDArray[np.float64], signs: dict[str, int]
) -> dict[str, float]:
    """Weights by feature, rounded; the intercept under the empty name."""
    names = sorted({n for row in rows for n in row})
    column = {name: number for number, name in enumerate(names)}
    values = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        for name, value in row.items():
            values[number, column[name]] = value
    spread = np.maximum(np.sqrt(np.average((values - np.average(values, 0, weight)) ** 2, 0, weight)), 0.1)
    same = np.array(labels, float)
    values /= spread

    def loss(b: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = values @ b[:-1] + b[-1]
        rest = weight * (1 / (1 + np.exp(-np.clip(odds, -500, 500))) - same)
        total = (weight * (np.logaddexp(0, odds) - same * odds)).sum() + L2 / 2 * (b[:-1] ** 2).sum()
        return total, np.append(values.T @ rest + L2 * b[:-1], rest.sum())

    limits = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}
    bounds = [*(limits[signs[n]] for n in names), (None, None)]
    found = minimize(
        loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 600}
    )
    made = {n: round(float(w / s), 4) for n, w, s in zip(names, found.x[:-1], spread, strict=True)}
    return made | {"": round(float(found.x[-1]), 4)}


if __name__ == "__main__":
    main()
