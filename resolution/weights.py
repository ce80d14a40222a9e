"""The fitted combination of features: reviewed weights, log-odds and the probability.

Specification. probability = 1 / (1 + exp(-(intercept + sum of weight * value))). The weights are data,
`seeds/reference/resolution_weights.json`, made by `bench/train_resolution.py` (logistic regression on labelled
corpora, incidents held out whole) together with the thresholds and the figures they were chosen by.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from math import exp, log

from resolution.features import Features
from seeds import weights_file

PAIR_SHARE = 0.5  # at two thirds ECB+ and the famous events lose a point (docs/explanation/resolution.md)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature and the thresholds, all probabilities 0..1.

    At `accept` and above a report is attached, at `accept_loose` where no firm day or place could tell (see
    `resolution.regimes`); from `unsure` up to `accept` the pair is listed for a person; at
    `merge` and above two incidents are found to be one, at `merge_small` where one of them has hardly any voices.
    """

    version: str
    intercept: float
    by_feature: Mapping[str, float]
    accept: float
    accept_loose: float
    unsure: float
    merge: float
    merge_small: float
    by_pair: Mapping[str, float] = field(default_factory=dict)
    pair_intercept: float = 0.0


@cache
def load_weights() -> Weights:
    """Read the reviewed weights of the package, once."""
    return read_weights(weights_file("resolution_weights.json"))


def read_weights(source: Traversable) -> Weights:
    """Read the weights of a file that `bench/train_resolution.py` wrote."""
    stored = json.loads(source.read_text("utf-8"))
    return Weights(
        version=stored["version"],
        intercept=float(stored["intercept"]),
        by_feature={name: float(weight) for name, weight in stored["weights"].items()},
        accept=float(stored["accept_0_1"]),
        accept_loose=float(stored["accept_loose_0_1"]),
        unsure=float(stored["unsure_0_1"]),
        merge=float(stored["merge_0_1"]),
        merge_small=float(stored["merge_small_0_1"]),
        by_pair={name: float(weight) for name, weight in stored["pair_weights"].items()},
        pair_intercept=float(stored["pair_intercept"]),
    )


def log_odds(features: Features, weights: Weights) -> float:
    """Add up the features in log-odds."""
    return add_odds(weights.intercept, features, weights)


def add_odds(total: float, features: Features, weights: Weights) -> float:
    """Add further features to log-odds."""
    weight_of = weights.by_feature.get
    for name, value in features.items():
        total += weight_of(name, 0.0) * value
    return total


def pair_log_odds(features: Features, weights: Weights) -> float:
    """Add up the features of two single reports in log-odds."""
    total = weights.pair_intercept
    for name, value in features.items():
        total += weights.by_pair.get(name, 0.0) * value
    return total


def with_voices(odds: float, of_pairs: float) -> float:
    """Log-odds where the voices were asked one by one, too: `PAIR_SHARE` of them is theirs."""
    return (1.0 - PAIR_SHARE) * odds + PAIR_SHARE * of_pairs


def probability(odds: float) -> float:
    """Turn log-odds into a probability, safe for any finite number.

    >>> probability(0.0)
    0.5
    """
    if odds >= 0:
        return 1.0 / (1.0 + exp(-min(odds, 700.0)))
    grown = exp(max(odds, -700.0))
    return grown / (1.0 + grown)


def log_odds_of(chance: float) -> float:
    """Log-odds of a probability strictly between 0 and 1."""
    return log(chance / (1.0 - chance))
