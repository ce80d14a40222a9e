"""Nouns for people: one name for words that mean the same people, and the people that a thing stands for.

The table `seeds/reference/lexicon_people.csv` lists a word, its sense (`people`, or `setting` for a place or vehicle
that stands for the people in it: "a bus was hit") and the name that reports agree on. Other nouns for people are those
of `lexicon_person.csv` and plurals with an ending that only people have.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from extractors.coding.document import Token

SETTING = "setting"
_ENDINGS = ("ers", "ors", "men", "women", "ists", "ants", "ees", "goers", "ians")


@dataclass(frozen=True, slots=True)
class PeopleWord:
    """What a word says of people: `sense` is `people` or `setting`, `name` the noun that reports agree on."""

    sense: str
    name: str


def people_word(before: str, word: str) -> PeopleWord | None:
    """Look up a noun, with the word before it first; both in lower case."""
    table = _people()
    return table.get(f"{before} {word}") or table.get(word)


def is_person_noun(token: Token) -> bool:
    """Say whether a noun is one for people."""
    return token.lower in _person_words() or token.entity in ("PERSON", "NORP")


def has_person_ending(token: Token) -> bool:
    """Say whether a noun is a plural with an ending of nouns for people ("lorry drivers"); some things have it too."""
    return token.tag == "NNS" and token.lower.endswith(_ENDINGS)


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((files("seeds") / "reference" / name).read_text("utf-8").splitlines()))


@lru_cache(maxsize=1)
def _people() -> Mapping[str, PeopleWord]:
    return {row["word"]: PeopleWord(row["sense"], row["name"]) for row in _rows("lexicon_people.csv")}


@lru_cache(maxsize=1)
def _person_words() -> frozenset[str]:
    return frozenset(row["word"] for row in _rows("lexicon_person.csv"))
