"""Load the weights of the learnt gate: `seeds/reference/gate_weights.json`, written by `bench/train_gate.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from model.errors import ConfigError
from seeds import weights_file


@dataclass(frozen=True, slots=True)
class GateWeights:
    """Weights of the learnt gate, in log odds.

    `vocabulary` are the plain words that it knows; `sentence_words` weighs the features of a sentence, `words` those of
    the whole text, `features` the scores of its sentences taken together. The biases are added once.
    """

    vocabulary: frozenset[str] = frozenset()
    bias: float = 0.0
    words: Mapping[str, float] = field(default_factory=dict)
    sentence_words: Mapping[str, float] = field(default_factory=dict)
    sentence_bias: float = 0.0
    features: Mapping[str, float] = field(default_factory=dict)


def load_gate_weights(folder: Path) -> GateWeights:
    """Read the weights.

    Raises:
        ConfigError: the file is missing or not in its form.
    """
    path = weights_file("gate_weights.json", folder)
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return GateWeights(
            vocabulary=frozenset(str(w) for w in read["vocabulary"]),
            bias=float(read["bias"]),
            words={str(k): float(v) for k, v in read["words"].items()},
            sentence_words={str(k): float(v) for k, v in read["sentence_words"].items()},
            sentence_bias=float(read["sentence_bias"]),
            features={str(k): float(v) for k, v in read["features"].items()},
        )
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error!r}", next_step="run bench/train_gate.py") from error
