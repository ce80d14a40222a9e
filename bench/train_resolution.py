"""Fit the resolver's weights on labelled corpora and write them for review.

    python bench/train_resolution.py [CORPUS ...] [--out seeds/reference/resolution_weights.json] [--cache DIR]

The corpora are coded by the coder, then replayed with a teacher: each report is compared with the candidates that
blocking finds, and is then put to its true incident. Each comparison that no veto forbids is one row. Two logistic
regressions are fitted, one with and one without the features of the crowd (how near the other candidates come), with
the signs of the weights bounded where only one sign makes sense, and their mean is written: the first alone joins too
readily where there is only one candidate. A second set of weights is fitted on pairs of single reports, of vetoed
candidates too, with the features of `resolution.regimes`. Nothing is drawn at random. Printed for each corpus: log loss
and F1 of the best candidate with the incidents of one half held out in turn, then the clusters after runs as `replay`
makes them: with the weights written, over the articles they were fitted on (in sample), and over one half with weights
fitted on the other (held out; the topics of a look-alike pair go to one half together). Junk pages are left in. Every
article of airwars is an incident of its own: without it a war, in which a strip of towns is struck many times a day,
became one incident of 295 reports. No text and no name of the corpora goes into the weights.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # several threads add up in another order each time: other last digits

import numpy as np
from scipy.optimize import minimize
from sklearn.metrics import log_loss

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose warehouse.py would hide the room of that name

from coder import SEEN_AT, corpus_path, raw_rows, the_coder  # noqa: E402 - the path comes first
from runs import replayed  # noqa: E402

from model.incident import Known, Told  # noqa: E402
from model.report import Role  # noqa: E402
from pipeline.corpus import CorpusRow, read_corpus  # noqa: E402
from pipeline.scoring import b_cubed, pairwise  # noqa: E402
from resolution.batch import in_order, lone_reports, signatures  # noqa: E402
from resolution.blocking import stored_keys, wanted_keys  # noqa: E402
from resolution.profile import Profile  # noqa: E402
from resolution.regimes import compare_pair  # noqa: E402
from resolution.resolver import Resolver  # noqa: E402
from resolution.sketch import Sketch  # noqa: E402
from resolution.weights import Weights  # noqa: E402

L2 = 2.0  # on features scaled to unit spread; chosen by judgement, other values were not compared
CORPUS_WEIGHT = {"ecb": 2.0, "g5": 2.0, "newsroom": 4.0}  # gva has five times as many rows as the others together
CROWD = frozenset({"crowd_size", "crowd_body", "crowd_lead", "rival_body"})
PAIR_VOICES = {"ecb": 6, "g5": 6, "newsroom": 6}  # newest voices of a candidate that make pairs
OTHER_PAIR_VOICES = 3
PAIR_CANDIDATES = {"gva": 14, "airwars": 10}  # of each report, the most promising ones; all of the other corpora
PAIR_CORPUS_WEIGHT = {"newsroom": 2.0}
VERSION = "5"
ACCEPT, ACCEPT_LOOSE, UNSURE, MERGE, MERGE_SMALL = (
    0.45,
    0.3,
    0.25,
    0.6,
    0.5,
)  # on the dev halves, see docs/explanation/resolution.md
NOT_NEGATIVE = ("_shared", "_same", "_same_large", "_best", "body_rel", "lead_rel", "day_gap_0", "people_same_age")
NOT_NEGATIVE_NAMES = frozenset(
    {"phrases", "phrases_root", "body", "lead", "title", "day_and_place", "near_day_and_place", "day_weak_in"}
)
NOT_POSITIVE = ("_apart", "_far", "_out", "_more", "gap_30", "gap_7", "other_country")


@dataclass(frozen=True)
class Corpus:
    """A labelled corpus: incident by article, and all reports in file order."""

    name: str
    gold: dict[str, str]
    told: list[Told]


@dataclass(frozen=True)
class Row:
    """One comparison of a report with a candidate."""

    corpus: str
    article: str
    incident: str
    features: dict[str, float]
    is_same: bool


def main() -> None:
    """Code, replay, fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("corpora", nargs="*", default=["gva", "ecb", "g5", "newsroom", "airwars"])
    parser.add_argument("--out", type=Path, default=ROOT / "seeds" / "reference" / "resolution_weights.json")
    parser.add_argument("--cache", type=Path, help="a folder of codings to read, and to fill where one is missing")
    options = parser.parse_args()
    corpora = [read(name, options.cache) for name in options.corpora]
    rows = [row for corpus in corpora for row in comparisons(corpus)]
    pairs = [row for corpus in corpora for row in compared_pairs(corpus)]
    made = mean_of_fits(rows), fit(pairs, frozenset(), PAIR_CORPUS_WEIGHT)
    options.out.write_text(
        json.dumps({"fitted_on": options.corpora} | as_stored(*made), indent=1) + "\n", encoding="utf-8"
    )
    held_out_decisions(rows)
    halves = [
        (
            mean_of_fits([r for r in rows if half_of(r.incident) == side]),
            fit([r for r in pairs if half_of(r.incident) == side], frozenset(), PAIR_CORPUS_WEIGHT),
        )
        for side in (0, 1)
    ]
    for corpus in corpora:
        print_clusters(f"{corpus.name}, in sample", corpus, corpus.gold, as_weights(*made))
        for side in (0, 1):
            other = {a: i for a, i in corpus.gold.items() if half_of(i) != side}
            if other:
                print_clusters(f"{corpus.name}, held out {1 - side}", corpus, other, as_weights(*halves[side]))


def read(name: str, cache: Path | None) -> Corpus:
    """Read and code one corpus; the gold is that of articles of exactly one incident."""
    raw = raw_rows(corpus_path(name))
    gold = {str(r["id"]): r["incident_ids"][0] for r in raw if len(r["incident_ids"]) == 1}
    kept = cache / f"{name}.told.pkl" if cache else None
    if kept and kept.exists():
        return Corpus(name, gold, pickle.loads(kept.read_bytes()))  # noqa: S301 - a file of our own making
    told = [t for row in read_corpus(corpus_path(name)) if isinstance(row, CorpusRow) for t in coded(row)]
    if kept:
        kept.write_bytes(pickle.dumps(told))
    return Corpus(name, gold, told)


def coded(row: CorpusRow) -> list[Told]:
    """Every report that the coder reads from an article."""
    article = row.as_article(SEEN_AT)
    return [Told(article, report) for report in the_coder().code(article).reports]


def best_reports(told: list[Told]) -> list[Told]:
    """The main report of highest confidence of each article; an article without one teaches nothing."""
    best: dict[str, Told] = {}
    for one in told:
        known = best.get(one.article.external_id)
        if one.report.role is Role.MAIN and (not known or one.report.confidence_0_1 > known.report.confidence_0_1):
            best[one.article.external_id] = one
    return list(best.values())


def taught(corpus: Corpus) -> Iterator[tuple[Resolver, Told, Sketch, str]]:
    """Replay one corpus with a teacher: each labelled report and its true incident, before it is put there."""
    told = best_reports(corpus.told)
    resolver = Resolver(Known())
    alone, signed = lone_reports(told), signatures(told)
    for one in in_order(told):
        sketch = resolver.sketch(one, alone[one.report.report_id], signed[one.article.article_id])
        incident = corpus.gold.get(one.article.external_id)
        if incident is not None:
            yield resolver, one, sketch, incident
            resolver.state.add(sketch, incident, sketch.article_id, stored_keys(sketch, resolver.rarity))


def comparisons(corpus: Corpus) -> list[Row]:
    """Compare each report with the pooled facts of its candidates."""
    return [
        Row(corpus.name, one.article.external_id, incident, p.features, p.incident_id == incident)
        for resolver, one, sketch, incident in taught(corpus)
        for p in sorted(resolver.ranked(sketch), key=lambda p: p.incident_id)
        if not p.vetoes
    ]


def compared_pairs(corpus: Corpus) -> list[Row]:
    """Compare each report with the newest voices of its candidates one by one."""
    n_voices = PAIR_VOICES.get(corpus.name, OTHER_PAIR_VOICES)
    n_candidates = PAIR_CANDIDATES.get(corpus.name)
    profiles: dict[str, Profile] = {}
    rows: list[Row] = []
    for resolver, one, sketch, incident in taught(corpus):
        resolver.state.phrases.hear(sketch)
        for candidate in resolver.state.candidates(wanted_keys(sketch))[:n_candidates]:
            for voice in resolver.state.profile(candidate).voices[-n_voices:]:
                features = compare_pair(sketch, profiles[voice.report_id], resolver.rarity, resolver.state.phrases)
                rows.append(Row(corpus.name, one.article.external_id, incident, features, candidate == incident))
        single = profiles[sketch.report_id] = Profile(sketch.report_id)
        single.add(sketch, sketch.article_id)
    return rows


def mean_of_fits(rows: list[Row]) -> dict[str, float]:
    """The mean of a fit with the features of the crowd and one without."""
    with_crowd, without = fit(rows, frozenset()), fit(rows, CROWD)
    names = sorted(set(with_crowd) | set(without))
    return {n: round((with_crowd.get(n, 0.0) + without.get(n, 0.0)) / 2, 4) for n in names}


def as_stored(weights: dict[str, float], of_pairs: dict[str, float]) -> dict[str, object]:
    """The form of the reviewed file."""
    return {
        "version": VERSION,
        "intercept": weights[""],
        "accept_0_1": ACCEPT,
        "accept_loose_0_1": ACCEPT_LOOSE,
        "unsure_0_1": UNSURE,
        "merge_0_1": MERGE,
        "merge_small_0_1": MERGE_SMALL,
        "weights": {n: w for n, w in sorted(weights.items()) if n and w},
        "pair_intercept": round(of_pairs[""], 4),
        "pair_weights": {n: round(w, 4) for n, w in sorted(of_pairs.items()) if n and round(w, 4)},
    }


def as_weights(weights: dict[str, float], of_pairs: dict[str, float]) -> Weights:
    """The form that the resolver takes."""
    by_feature = {n: w for n, w in weights.items() if n}
    by_pair = {n: w for n, w in of_pairs.items() if n}
    return Weights(
        VERSION, weights[""], by_feature, ACCEPT, ACCEPT_LOOSE, UNSURE, MERGE, MERGE_SMALL, by_pair, of_pairs[""]
    )


def print_clusters(title: str, corpus: Corpus, gold: dict[str, str], weights: Weights) -> None:
    """Resolve the articles of `gold` in runs and print how the clusters agree; an unreported one stands alone."""
    told = [t for t in corpus.told if t.article.external_id in gold]
    where = replayed(told, weights)
    placed = {t.article.external_id: where[t.report.report_id] for t in best_reports(told)}
    found = {a: placed.get(a, f"alone:{a}") for a in gold}
    n_true = len(set(gold.values()))
    pair, b3, error = pairwise(gold, found), b_cubed(gold, found), (len(set(found.values())) - n_true) / n_true
    told_share = len(placed) / len(gold)
    print(
        f"{title:24} pair {pair[0]:.3f} {pair[1]:.3f} {pair[2]:.3f}  B3 {b3[0]:.3f} {b3[1]:.3f} {b3[2]:.3f}"
        f"  count {error:+.3f}  with a report {told_share:.3f}  n={len(gold)}",
        flush=True,
    )


def half_of(incident: str) -> int:
    """The half, 0 or 1, that an incident is in; the two of one topic ("ECB12_a", "ECB12_b") go together."""
    topic = incident.split("_")[0] if incident.startswith("ECB") else incident
    return zlib.crc32(topic.encode()) % 2


def fit(
    rows: list[Row], dropped: frozenset[str], corpus_weight: Mapping[str, float] = CORPUS_WEIGHT
) -> dict[str, float]:
    """Weights by feature; the intercept under the empty name."""
    names = sorted({n for r in rows for n in r.features} - dropped)
    values = np.array([[r.features.get(n, 0.0) for n in names] for r in rows])
    spread = np.maximum(values.std(0), 0.1)
    same = np.array([float(r.is_same) for r in rows])
    weight = np.array([corpus_weight.get(r.corpus, 1.0) for r in rows])
    scaled = values / spread

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        odds = scaled @ b[:-1] + b[-1]
        rest = weight * (1 / (1 + np.exp(-np.clip(odds, -500, 500))) - same)
        total = (weight * (np.logaddexp(0, odds) - same * odds)).sum() + L2 / 2 * (b[:-1] ** 2).sum()
        return total, np.append(scaled.T @ rest + L2 * b[:-1], rest.sum())

    bounds = [*(bound(n) for n in names), (None, None)]
    found = minimize(
        loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 800}
    )
    return {n: float(w / s) for n, w, s in zip(names, found.x[:-1], spread, strict=True)} | {"": float(found.x[-1])}


def bound(name: str) -> tuple[float | None, float | None]:
    """The sign that a weight must have, where only one makes sense."""
    if name.endswith(NOT_POSITIVE):
        return None, 0.0
    return (0.0, None) if name.endswith(NOT_NEGATIVE) or name in NOT_NEGATIVE_NAMES else (None, None)


def held_out_decisions(rows: list[Row]) -> None:
    """Print how well the best candidate is accepted, the incidents of one half held out in turn."""
    half = [half_of(r.incident) for r in rows]
    best: dict[tuple[str, str], tuple[float, bool]] = {}
    for side in (0, 1):
        weights = fit([r for r, h in zip(rows, half, strict=True) if h == side], frozenset())
        for row, h in zip(rows, half, strict=True):
            if h != side:
                odds = weights[""] + sum(weights.get(n, 0.0) * v for n, v in row.features.items())
                key = (row.corpus, row.article)
                best[key] = max(best.get(key, (-1e9, False)), (odds, row.is_same))
    by_corpus: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for (corpus, _), outcome in sorted(best.items()):
        by_corpus[corpus].append(outcome)
    for corpus, outcomes in by_corpus.items():
        chance = [1 / (1 + np.exp(-odds)) for odds, _ in outcomes]
        same = [is_same for _, is_same in outcomes]
        right = sum(c >= ACCEPT and s for c, s in zip(chance, same, strict=True))
        f1 = 2 * right / (sum(c >= ACCEPT for c in chance) + sum(same))
        loss = log_loss(same, chance, labels=[False, True])
        print(f"{corpus:10} log loss {loss:.4f}  F1 of the best candidate {f1:.4f}  n={len(same)}")


if __name__ == "__main__":
    main()
