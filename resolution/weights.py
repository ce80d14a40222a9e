"""The fitted combination of features: reviewed weights, the probability, and the same in words.

Specification. probability = 1 / (1 + exp(-(intercept + sum of weight * value))). The weights are data,
`seeds/reference/resolution_weights.json`, made by `bench/train_resolution.py` (logistic regression on labelled
corpora, incidents held out whole) together with the thresholds and the figures they were chosen by.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from math import exp

from model.incident import FeatureScore
from resolution.features import Features


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature and the thresholds, all probabilities 0..1.

    At `accept` and above a report is attached; from `unsure` up to `accept` the pair is listed for a person; at
    `merge` and above two incidents are found to be one, at `merge_small` where one of them has hardly any voices.
    """

    version: str
    intercept: float
    by_feature: Mapping[str, float]
    accept: float
    unsure: float
    merge: float
    merge_small: float
    by_pair: Mapping[str, float] = field(default_factory=dict)
    pair_intercept: float = 0.0


@cache
def load_weights() -> Weights:
    """Read the reviewed weights of the package."""
    source = resources.files("seeds") / "reference" / "resolution_weights.json"
    stored = json.loads(source.read_text("utf-8"))
    return Weights(
        version=stored["version"],
        intercept=float(stored["intercept"]),
        by_feature={name: float(weight) for name, weight in stored["weights"].items()},
        accept=float(stored["accept_0_1"]),
        unsure=float(stored["unsure_0_1"]),
        merge=float(stored["merge_0_1"]),
        merge_small=float(stored["merge_small_0_1"]),
        by_pair={name: float(weight) for name, weight in stored["pair_weights"].items()},
        pair_intercept=float(stored["pair_intercept"]),
    )


def log_odds(features: Features, weights: Weights) -> float:
    """Add up the features in log-odds."""
    total = weights.intercept
    for name, value in features.items():
        total += weights.by_feature.get(name, 0.0) * value
    return total


def pair_log_odds(features: Features, weights: Weights) -> float:
    """Add up the features of two single reports in log-odds."""
    total = weights.pair_intercept
    for name, value in features.items():
        total += weights.by_pair.get(name, 0.0) * value
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


_WORDS = {
    "day_missing": "no day to compare",
    "day_coarse_in": "the days fit, by week or month",
    "day_coarse_out": "the weeks or months differ",
    "day_year_in": "the years fit",
    "day_year_out": "the years differ",
    "day_weak_in": "published within a day of the other's day",
    "day_weak_near": "published within four days of the other's day",
    "day_weak_out": "published more than four days from the other's day",
    "day_gap_0": "the same day",
    "day_gap_1": "one day apart",
    "day_gap_3": "two or three days apart",
    "day_gap_7": "four to seven days apart",
    "day_gap_30": "eight to thirty days apart",
    "day_gap_more": "more than thirty days apart",
    "place_missing": "no place to compare",
    "place_same": "the same town",
    "place_near": "neighbouring towns",
    "place_mid": "towns 35 to 120 km apart",
    "place_far": "towns more than 120 km apart",
    "place_other_country": "another country",
    "place_coarse_same": "the same district or region",
    "place_coarse_in": "places that fit, by district or region",
    "place_coarse_out": "another district or region",
    "place_country_in": "the same country, no nearer",
    "lead": "words of the opening",
    "lead_best": "words of the opening, nearest report",
    "body": "words of the text",
    "body_best": "words of the text, nearest report",
    "title": "titles",
    "names_shared": "rare names shared",
    "people_shared": "people shared by name",
    "people_same_age": "a person shared by name and age",
    "people_apart": "other people with ages",
    "ages_shared": "ages shared",
    "ages_apart": "other ages",
    "streets_shared": "streets shared",
    "streets_apart": "other streets",
    "actors_shared": "parties shared",
    "actors_apart": "other parties",
    "lag": "time between publications",
}


def scores(features: Features, weights: Weights, of_pairs: float | None = None) -> tuple[FeatureScore, ...]:
    """List the features that count, the heaviest first, with what each adds to the log-odds.

    Where the voices were asked one by one (`of_pairs`, their mean log-odds), half of the log-odds is theirs.
    """
    share = 1.0 if of_pairs is None else 0.5
    told = []
    for name, value in features.items():
        weight = weights.by_feature.get(name, 0.0) * share
        if weight:
            words = f"{_WORDS.get(name, name.replace('_', ' '))}: {value:.2f}, adds {weight * value:+.2f}"
            told.append(FeatureScore(name, round(value, 4), round(weight, 4), words))
    if of_pairs is not None:
        words = f"its reports, asked one by one: {of_pairs:.2f}, adds {share * of_pairs:+.2f}"
        told.append(FeatureScore("voices_one_by_one", round(of_pairs, 4), share, words))
    return tuple(sorted(told, key=lambda s: (-abs(s.value * s.weight), s.name)))
