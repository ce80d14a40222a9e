"""The learnt gate: a linear model over plain words, the coder's own marks and frames, for text in capitals.

A teletype in capitals hides what the rules read in ordinary print (names, sentence starts), and it carries speeches,
communiqués and news alike. There each sentence is described by its vocabulary words, pairs of neighbours, and its
*marks*: triggers by type and strength (asserted or not), role nouns and actors by type, casualties, dates, cue classes,
alone, in order and in pairs; and its frames (`frames.py`): who did what to whom, and when. A linear model scores
sentences; a second one weighs the best sentences, the lead and the words of the whole. Words outside the vocabulary
(names above all) are one class. Weights are reviewed data (`seeds/reference/gate_weights.json`), trained by
`bench/train_gate.py`, which also measures them on held-out documents.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from extractors.reference.gate_weights import GateWeights
from extractors.what.frames import frame_features
from extractors.what.signals import SentenceSignals

LEAD = 4  # sentences
TOP = 3  # best sentences that are averaged
_MONTHS = frozenset(
    """jan feb mar apr jun jul aug sep sept oct nov dec january february march april june july august september
    october november december""".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def describe(
    signals: Sequence[SentenceSignals], vocabulary: frozenset[str], published_on: date | None
) -> list[frozenset[str]]:
    """Describe each sentence by the names of its features."""
    frames = frame_features(signals, vocabulary, published_on)
    return [_words_and_marks(s, vocabulary) | frame for s, frame in zip(signals, frames, strict=True)]


def _words_and_marks(signals: SentenceSignals, vocabulary: frozenset[str]) -> frozenset[str]:
    classes = [_class(word, vocabulary) for word in signals.words.lower]
    run = [c for i, c in enumerate(classes) if i == 0 or c != classes[i - 1] or c != "<x>"]
    features = set(run) | {f"{a} {b}" for a, b in pairwise(run)}
    marks = _marks(signals, classes)
    features.update(marks)
    features.update(f">{a}>{b}" for a, b in pairwise(marks))
    present = sorted(set(marks))
    features.update(f"&{a}&{b}" for i, a in enumerate(present) for b in present[i + 1 :])
    features.update(f"c_{name}" for name in signals.cues)
    if signals.has_casualty:
        features.add("has_casualty")
    if signals.has_date:
        features.add("has_date")
    return frozenset(features)


def _class(word: str, vocabulary: frozenset[str]) -> str:
    if word[0].isdigit():
        return "<n>" if len(word) < 4 else "<y>"
    if word in _MONTHS:
        return "<mon>"
    if word in _DAYS:
        return "<day>"
    return word if word in vocabulary else "<x>"


def _marks(signals: SentenceSignals, classes: Sequence[str]) -> list[str]:
    placed = [
        (t.word, f"{'T' if t.is_asserted else 'U'}_{t.entry.event_type}{t.entry.strength}") for t in signals.triggers
    ]
    placed += [(role.first, f"R_{role.payload.actor_type}") for role in signals.roles]
    placed += [(i, name) for i, name in enumerate(classes) if name[0] == "<" and name != "<x>"]
    placed.sort()
    names = [name for _, name in placed]
    return [name for i, name in enumerate(names) if i == 0 or name != names[i - 1]]


def document_features(sentence_scores: Sequence[float]) -> dict[str, float]:
    """Describe a document by the scores of its sentences."""
    if not sentence_scores:
        return {"best": -5.0, "top": -5.0, "lead": -5.0, "mean": -5.0, "length": 0.0}
    ranked = sorted(sentence_scores, reverse=True)
    top = ranked[:TOP]
    return {
        "best": ranked[0],
        "top": sum(top) / len(top),
        "lead": max(sentence_scores[:LEAD]),
        "mean": sum(sentence_scores) / len(sentence_scores),
        "length": math.log1p(len(sentence_scores)),
    }


def score_sentences(
    signals: Sequence[SentenceSignals], weights: GateWeights, published_on: date | None
) -> list[tuple[float, frozenset[str]]]:
    """Score each sentence in log odds, and give its features."""
    table = weights.sentence_words
    scored = []
    for features in describe(signals, weights.vocabulary, published_on):
        total = weights.sentence_bias + math.fsum(table[f] for f in features if f in table)
        scored.append((total, features))
    return scored


def probability_0_1(
    signals: Sequence[SentenceSignals], weights: GateWeights, published_on: date | None
) -> tuple[float, int]:
    """Give the probability that the text tells of an incident, and the index in `signals` of its best sentence."""
    if not signals:
        return 0.0, 0
    scored = score_sentences(signals, weights, published_on)
    scores = [score for score, _ in scored]
    every = frozenset[str]().union(*(features for _, features in scored))
    words = math.fsum(weights.words[f] for f in every if f in weights.words) / math.sqrt(max(1, len(every)))
    facts = document_features(scores) | {"words": words}
    odds = weights.bias + math.fsum(weights.features.get(name, 0.0) * facts[name] for name in sorted(facts))
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), best
