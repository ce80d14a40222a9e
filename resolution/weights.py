"""Weights of the features and the thresholds, with the arithmetic of log-odds.

Specification. Log-odds of two reports = `pair_intercept` + sum of weight * value; those of a report with an incident
are a second such sum over `registry.INCIDENT_FEATURES`. The weights are reviewed data,
`seeds/reference/resolution_weights.json`, made by `bench/train_resolution.py`. A weight of an unknown feature is
refused at load.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from math import exp, log
from typing import Any

from resolution.features import Features
from resolution.registry import INCIDENT_FEATURES, PAIR_FEATURES, refuse_unknown
from seeds import weights_file


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature and the thresholds, all probabilities 0..1.

    At `accept` and above a report is attached; from `unsure` up to `accept` the pair is listed for a person; at `merge`
    and above two incidents are found to be one.
    """

    version: str
    pair_intercept: float
    by_pair: Mapping[str, float]
    incident_intercept: float
    by_incident: Mapping[str, float]
    accept: float
    unsure: float
    merge: float

    def __post_init__(self) -> None:
        """Refuse weights of features that do not exist."""
        refuse_unknown(self.by_pair, PAIR_FEATURES)
        refuse_unknown(self.by_incident, {f.name: f for f in INCIDENT_FEATURES})


@cache
def load_weights() -> Weights:
    """Read the reviewed weights of the package, once."""
    return read_weights(weights_file("resolution_weights.json"))


def read_weights(source: Traversable) -> Weights:
    """Read the weights of a file that `bench/train_resolution.py` wrote."""
    return weights_of(json.loads(source.read_text("utf-8")))


def weights_of(stored: Mapping[str, Any]) -> Weights:
    """Read weights from the form of the reviewed file.

    Raises:
        ValueError: a weight names an unknown feature.
    """
    return Weights(
        version=stored["version"],
        pair_intercept=float(stored["pair_intercept"]),
        by_pair={name: float(weight) for name, weight in stored["pair_weights"].items()},
        incident_intercept=float(stored["incident_intercept"]),
        by_incident={name: float(weight) for name, weight in stored["incident_weights"].items()},
        accept=float(stored["accept_0_1"]),
        unsure=float(stored["unsure_0_1"]),
        merge=float(stored["merge_0_1"]),
    )


def log_odds(intercept: float, features: Features, weights: Mapping[str, float]) -> float:
    """Add up features in log-odds."""
    total = intercept
    for name, value in features.items():
        total += weights.get(name, 0.0) * value
    return total


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
