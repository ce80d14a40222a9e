"""Linear models over named features, kept as reviewed JSON: the one form of all rankers of the coder."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from model.errors import ConfigError
from seeds import weights_file


@dataclass(frozen=True)
class LinearModel:
    """Weights by the name of a feature; the feature `bias` is the constant."""

    weights: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """Return the weighted sum, in natural-log odds; a feature without a weight counts nothing."""
        weights = self.weights
        return sum(value * weights[name] for name, value in features.items() if name in weights)

    def strongest(self, features: Mapping[str, float], n: int) -> list[tuple[str, float]]:
        """Return the `n` features that moved the score most, with their shares, the greatest first."""
        shares = [(name, value * self.weights.get(name, 0.0)) for name, value in features.items() if name != "bias"]
        return sorted((s for s in shares if s[1]), key=lambda s: (-abs(s[1]), s[0]))[:n]


def probability(log_odds: float) -> float:
    """Turn natural-log odds into a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))


@lru_cache(maxsize=16)
def read_models(name: str) -> Mapping[str, Any]:
    """Read a file of fitted weights.

    Raises:
        ConfigError: the file is missing or no JSON object; the message names it.
    """
    try:
        loaded = json.loads(weights_file(name).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"seeds/reference/{name} cannot be read: {error}; restore it from the repository") from error
    if not isinstance(loaded, dict):
        raise ConfigError(f"seeds/reference/{name} holds no JSON object; restore it from the repository")
    return loaded


def dot(weights: Sequence[float], vector: Sequence[float], bias: float) -> float:
    """Return `bias` plus the dot product."""
    return bias + sum(a * b for a, b in zip(weights, vector, strict=True))
