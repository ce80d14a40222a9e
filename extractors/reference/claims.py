"""Load the reviewed word lists and weights of the claims rules from `seeds/reference/`, once at start."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from seeds import weights_file

_GRAMMAR_CLASSES = frozenset(
    "be have modal leave negation and or include by prep relative help unit det the pronoun_s pronoun_p".split()
)


@dataclass(frozen=True, slots=True)
class PersonWord:
    """A noun for people: `sex` is m, f or empty; `group` is civilians, forces, suspects or empty."""

    is_plural: bool
    sex: str
    group: str


@dataclass(frozen=True, slots=True)
class ClaimLexicon:
    """The word lists of the claims rules.

    `phrases` maps the first word of a phrase to its (rest of the words, class) pairs, longest first. `keys` holds the
    longest word of each phrase of harm, `force_words` those of armed men: a sentence without any of them has no claim.
    `speakers` maps a word to what its bearer is (official, monitor, witness, outlet, force); `speech_verbs` are verbs
    of attribution; `sides` maps a word to the actor it belongs to.
    """

    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    persons: Mapping[str, PersonWord]
    keys: frozenset[str]
    force_words: frozenset[str]
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


def _by_first_word(pairs: list[tuple[str, str]]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, label in pairs:
        first, *rest = phrase.split()
        phrases.setdefault(first, []).append((tuple(rest), label))
    for found in phrases.values():
        found.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    return phrases


def _longest_word(phrase: str) -> str:
    words: list[str] = re.findall(r"[^\W\d_]+", phrase)
    return max(words, key=len)


@lru_cache(maxsize=1)
def load_claim_lexicon() -> ClaimLexicon:
    """Read the word lists; the same object every time."""
    casualty = [(row["phrase"], row["class"]) for row in _rows("lexicon_casualty.csv")]
    persons = {
        row["word"]: PersonWord(row["number"] == "plural", row["sex"], row["group"])
        for row in _rows("lexicon_person.csv")
    }
    nouns = [(word, "persons" if entry.is_plural else "person") for word, entry in persons.items()]
    speakers = _rows("lexicon_speaker.csv")
    return ClaimLexicon(
        phrases=_by_first_word(casualty + nouns),
        persons=persons,
        keys=frozenset(_longest_word(phrase) for phrase, label in casualty if label not in _GRAMMAR_CLASSES),
        force_words=frozenset(w.split()[-1] for w, p in persons.items() if p.group in ("forces", "suspects"))
        | {"force"},
        speakers={row["word"]: row["kind"] for row in speakers if row["kind"] != "verb"},
        speech_verbs=frozenset(row["word"] for row in speakers if row["kind"] == "verb"),
        sides={row["word"]: row["side"] for row in _rows("lexicon_side.csv")},
    )


@lru_cache(maxsize=1)
def load_toll_weights() -> TollWeights:
    """Read the weights that `bench/train_tolls.py` wrote; the same object every time."""
    path = weights_file("toll_weights.json")
    if not path.is_file():
        return TollWeights()
    weights = json.loads(path.read_text(encoding="utf-8"))
    return TollWeights(killed=weights["killed"], injured=weights["injured"])
