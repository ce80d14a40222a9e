"""The date ranker's cue words and weights, read once from `seeds/reference/`."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from seeds import weights_file


@dataclass(frozen=True, slots=True)
class DateRanker:
    """Cue class by word (lower case), and weight by feature name (natural-log odds; absent features weigh nothing)."""

    cues: Mapping[str, str]
    weights: Mapping[str, float]


@lru_cache(maxsize=1)
def load_date_ranker() -> DateRanker:
    """Read `lexicon_date_cues.csv` and `date_ranker.json`.

    Raises:
        FileNotFoundError, KeyError, ValueError: the install is broken; the coder must not run without its tables.
    """
    return DateRanker(load_date_cues(), _load_weights())


def load_date_cues() -> Mapping[str, str]:
    """Read the cue words by class."""
    text = (files("seeds") / "reference" / "lexicon_date_cues.csv").read_text("utf-8")
    return {word: row["cue_class"] for row in csv.DictReader(text.splitlines()) for word in row["words"].split()}


def _load_weights() -> Mapping[str, float]:
    table = json.loads(weights_file("date_ranker.json").read_text("utf-8"))
    return {str(name): float(weight) for name, weight in table["weights"].items()}
