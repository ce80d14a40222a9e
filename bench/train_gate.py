"""Train the weights of the learnt gate and measure them on held-out documents.

    python bench/train_gate.py [--write] [--folds 5]

Reads `muc4` from `$DECONFLICT_EVAL/dev` (default `../shared/eval`). Sentences that name a victim, a target or an
instrument of the key are examples of telling; sentences of documents without an incident are examples of not telling
(all other sentences count in one of two averaged models). Features that occur in fewer than `MIN_SENTENCES` sentences
are left out, so that no name and no line of a text gets into the weights: the vocabulary is made of words that
ordinary print (the other corpora) writes in small letters. Folds are cut by document.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_curve
from sklearn.model_selection import StratifiedKFold

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from coder import corpus_path, raw_rows  # noqa: E402 - the path comes first

from extractors.reference.event_types import load_event_types  # noqa: E402
from extractors.reference.gate_weights import GateWeights  # noqa: E402
from extractors.reference.lexicons import load_lexicons  # noqa: E402
from extractors.text.sentences import split_sentences  # noqa: E402
from extractors.text.unwrap import unwrap  # noqa: E402
from extractors.what.learnt import describe, document_features  # noqa: E402
from extractors.what.signals import SentenceSignals, read_signals  # noqa: E402

PRINT_CORPORA = ("gva", "g5", "airwars", "ecb", "geo_geowebnews", "geo_geovirus")
MIN_WORD_DOCUMENTS = 6
MIN_SENTENCES = 6
SENTENCE_C = 0.3  # inverse strength of the L2 prior, chosen by the folds
DOCUMENT_C = 3.0
WORDS_SHARE = 0.6  # of the words of the whole beside its best sentences, in standard deviations; chosen by the folds
MAX_FEATURES = 5500  # of each of the two tables; the file must stay under 300 kB
MIN_WEIGHT = 0.02


@dataclass
class Document:
    """A document with the features of its sentences and what the key says."""

    signals: tuple[SentenceSignals, ...]
    features: list[frozenset[str]]
    is_named: list[bool]
    is_told: bool


def main() -> None:
    """Train, measure, and write on demand."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    vocabulary = printed_words()
    documents, vocabulary = read_documents(vocabulary)
    told = np.array([d.is_told for d in documents])
    if options.folds:
        held_out = np.zeros(len(documents))
        for train, test in StratifiedKFold(options.folds, shuffle=True, random_state=0).split(told, told):
            weights = fit([documents[i] for i in train], vocabulary)
            held_out[test] = [odds(documents[i], weights) for i in test]
        show("held out", told, held_out)
    weights = fit(documents, vocabulary)
    own = np.array([odds(d, weights) for d in documents])
    show("trained on", told, own)
    if options.write:
        write(weights)


def printed_words() -> frozenset[str]:
    """Collect the words that ordinary print writes in small letters inside sentences."""
    words: set[str] = set("a i an of to in on at by he it we us is as or if no so up do be my".split())
    for name in PRINT_CORPORA:
        for row in raw_rows(corpus_path(name)):
            words.update(re.findall(r"(?<![.!?] )\b[a-z]{3,}\b", row["text"]))
    return frozenset(words)


def read_documents(printed: frozenset[str]) -> tuple[list[Document], frozenset[str]]:
    """Read the corpus; the vocabulary is cut to the words that several of its documents have."""
    seeds = ROOT / "seeds" / "reference"
    lexicons = load_lexicons(seeds, load_event_types(seeds))
    read = []
    counts: Counter[str] = Counter()
    for row in raw_rows(corpus_path("muc4")):
        sentences = split_sentences(unwrap(row["text"]))[:400]
        signals = read_signals("", sentences, lexicons)
        counts.update({w for s in signals for w in s.words.lower if w in printed})
        named = named_strings(row)
        published_on = date.fromisoformat(row["published"][:10]) if row.get("published") else None
        read.append((published_on, row, signals, [any(k in s.text.upper() for k in named) for s in sentences]))
    vocabulary = frozenset(w for w, n in counts.items() if n >= MIN_WORD_DOCUMENTS)
    documents = [
        Document(
            signals,
            describe(signals, vocabulary, published_on),
            named,
            bool(row["incident_ids"] or row["incidents"]),
        )
        for published_on, row, signals, named in read
    ]
    return documents, vocabulary


def named_strings(row: dict) -> set[str]:
    """Take the victims, targets and instruments of the key, as the text writes them."""
    keys = ("hum_name", "hum_desc", "phys_target", "instrument")
    values = [v for i in row["incidents"] or [] for k in keys for v in i.get(k) or []]
    return {q.upper() for v in values for q in re.findall(r'"([^"]+)"', v)}


def fit(documents: list[Document], vocabulary: frozenset[str]) -> GateWeights:
    """Fit both stages."""
    counts = Counter(f for d in documents for features in d.features for f in features)
    names = sorted(f for f, n in counts.items() if n >= MIN_SENTENCES)
    column = {f: i for i, f in enumerate(names)}
    matrix = matrix_of([s for d in documents for s in d.features], column)
    named = np.array([n for d in documents for n in d.is_named])
    silent = np.array([not d.is_told for d in documents for _ in d.features])
    models = [
        LogisticRegression(C=SENTENCE_C, max_iter=300).fit(matrix[use], named[use])
        for use in (np.ones(len(named), bool), named | silent)
    ]
    sentence = sum(m.coef_[0] for m in models) / 2
    bias = float(sum(m.intercept_[0] for m in models) / 2)
    table = largest(names, sentence)
    first = GateWeights(vocabulary=vocabulary, sentence_words=table, sentence_bias=bias)
    return fit_documents(documents, first, column)


def fit_documents(documents: list[Document], first: GateWeights, column: dict[str, int]) -> GateWeights:
    """Fit the second stage on cross-fitted scores of the whole, so that it does not trust the first too far."""
    told = np.array([d.is_told for d in documents])
    every = [frozenset[str]().union(*d.features) if d.features else frozenset[str]() for d in documents]
    whole = matrix_of(every, column)
    scale = np.array([1 / math.sqrt(max(1, len(f))) for f in every])
    model = LogisticRegression(C=DOCUMENT_C * 30, max_iter=500).fit(whole.multiply(scale[:, None]).tocsr(), told)
    words = largest(list(column), model.coef_[0])
    names = ("best", "top", "lead", "mean", "length")
    facts = np.array([[document_features(scores(d, first))[n] for n in names] for d in documents])
    mixed = 0.5 * facts[:, 0] + 0.5 * facts[:, 1]
    whole_score = np.array([math.fsum(words[f] for f in e if f in words) for e in every]) * scale
    weight = 1 / max(mixed.std(), 1e-6)
    features = {"best": 0.5 * weight, "top": 0.5 * weight, "words": WORDS_SHARE / max(whole_score.std(), 1e-6)}
    total = mixed * weight + whole_score * features["words"]
    bias = -float(np.median(total))
    return replace(first, bias=bias, words=words, features=features)


def matrix_of(rows: list[frozenset[str]], column: dict[str, int]) -> csr_matrix:
    """Make a sparse 0/1 matrix; features without a column are left out."""
    indexes, starts = [], [0]
    for features in rows:
        indexes += sorted(column[f] for f in features if f in column)
        starts.append(len(indexes))
    return csr_matrix((np.ones(len(indexes)), indexes, starts), shape=(len(rows), len(column)))


def largest(names: list[str], values: np.ndarray) -> dict[str, float]:
    """Keep the largest weights, rounded."""
    order = sorted(range(len(names)), key=lambda i: -abs(values[i]))[:MAX_FEATURES]
    return {names[i]: round(float(values[i]), 2) for i in sorted(order) if abs(values[i]) >= MIN_WEIGHT}


def scores(document: Document, weights: GateWeights) -> list[float]:
    """Score the sentences of a document."""
    table = weights.sentence_words
    return [weights.sentence_bias + sum(table[f] for f in features if f in table) for features in document.features]


def odds(document: Document, weights: GateWeights) -> float:
    """Score a document as `learnt.probability_0_1` does."""
    every = frozenset[str]().union(*document.features) if document.features else frozenset[str]()
    words = sum(weights.words[f] for f in every if f in weights.words) / math.sqrt(max(1, len(every)))
    facts = document_features(scores(document, weights)) | {"words": words}
    return weights.bias + sum(weights.features.get(n, 0.0) * v for n, v in facts.items())


def show(name: str, told: np.ndarray, values: np.ndarray) -> None:
    """Print detection at set rates of false alarms."""
    false, true, thresholds = roc_curve(told, values)
    for rate in (0.15, 0.18, 0.2, 0.25, 0.3):
        at = int(np.searchsorted(false, rate, side="right")) - 1
        print(f"{name:10} false alarms {false[at]:.3f}: detected {true[at]:.3f} at odds {thresholds[at]:.3f}")


def write(weights: GateWeights) -> None:
    """Write the weights, sorted, one line a table."""
    path = ROOT / "seeds" / "reference" / "gate_weights.json"
    tables = {
        "fitted_on": ["muc4"],
        "vocabulary": sorted(weights.vocabulary),
        "bias": round(weights.bias, 4),
        "sentence_bias": round(weights.sentence_bias, 4),
        "features": {k: round(v, 4) for k, v in sorted(weights.features.items())},
        "sentence_words": dict(sorted(weights.sentence_words.items())),
        "words": dict(sorted(weights.words.items())),
    }
    body = ",\n".join(
        f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=True, separators=(',', ':'))}" for k, v in tables.items()
    )
    path.write_text("{\n" + body + "\n}\n", encoding="utf-8")
    print(f"wrote {path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
