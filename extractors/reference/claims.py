"""Load the reviewed word lists and weights of the claims rules from `seeds/reference/`, once at start."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from extractors.coding.phrases import PhraseTable
from seeds import weights_file


@dataclass(frozen=True, slots=True)
class PersonWord:
    """A noun for people: `sex` is m, f or empty; `group` is civilians, forces, suspects or empty."""

    is_plural: bool
    sex: str
    group: str


@dataclass(frozen=True, slots=True)
class ClaimLexicon:
    """The word lists of the claims rules.

    `harm` finds the phrases of harm with their class, `persons` are nouns for people, `units` nouns that are counted
    and are none. `speakers` maps a word to what its bearer is (official, monitor, witness, outlet, force);
    `speech_verbs` are verbs of attribution; `sides` maps a word to the actor it belongs to.
    """

    harm: PhraseTable[str]
    persons: Mapping[str, PersonWord]
    units: frozenset[str]
    speakers: Mapping[str, str]
    speech_verbs: frozenset[str]
    sides: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TollWeights:
    """Weights of the linear chooser of the best total, by measure and feature; empty means the plain policy."""

    killed: Mapping[str, float] = field(default_factory=dict)
    injured: Mapping[str, float] = field(default_factory=dict)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("seeds").joinpath("reference", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def load_claim_lexicon() -> ClaimLexicon:
    """Read the word lists; the same object every time."""
    casualty = [(row["phrase"], row["class"]) for row in _rows("lexicon_casualty.csv")]
    persons = {
        row["word"]: PersonWord(row["number"] == "plural", row["sex"], row["group"])
        for row in _rows("lexicon_person.csv")
    }
    speakers = _rows("lexicon_speaker.csv")
    return ClaimLexicon(
        harm=PhraseTable((phrase, label) for phrase, label in casualty if label != "unit"),
        persons=persons,
        units=frozenset(phrase for phrase, label in casualty if label == "unit"),
        speakers={row["word"]: row["kind"] for row in speakers if row["kind"] != "verb"},
        speech_verbs=frozenset(row["word"] for row in speakers if row["kind"] == "verb"),
        sides={row["word"]: row["side"] for row in _rows("lexicon_side.csv")},
    )


@lru_cache(maxsize=1)
def load_toll_weights() -> TollWeights:
    """Read the weights that `bench/train_tolls.py` wrote; the same object every time."""
    path = weights_file("toll_weights.json")
    weights = json.loads(path.read_text(encoding="utf-8"))
    return TollWeights(killed=weights["killed"], injured=weights["injured"])
