"""A table that finds thousands of listed phrases in the tokens of a sentence in one pass.

Only tokens with a letter or digit count, a possessive 's does not: "car-bomb", "car bomb" and "car bomb's" are the
same two words. Matching looks a word up in a dictionary of first words, so its cost grows with the text and not with
the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from extractors.coding.document import Token

Payload = TypeVar("Payload")
# Of the phrases with one first word: how many words follow, most first, and the payload by these words.
_Listed = Sequence[tuple[int, Mapping[tuple[str, ...], Payload]]]
_WORD = re.compile(r"n['’]t\b|[^\W_]+?(?=n['’]t\b)|[^\W_]+(?:\.[^\W_]+)*")
_POSSESSIVE = frozenset(("'s", "’s"))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a sentence in lower case, and the index of the token of each in the document."""

    lower: tuple[str, ...]
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found(Generic[Payload]):
    """One phrase found: tokens `first` to `last` of the document (both inclusive), and what was listed."""

    first: int
    last: int
    payload: Payload


def words_of(tokens: Sequence[Token]) -> Words:
    """Take the words among the tokens of a sentence."""
    kept = [t for t in tokens if t.lower not in _POSSESSIVE and any(c.isalnum() for c in t.text)]
    return Words(tuple(t.lower.rstrip(".").replace("’", "'") for t in kept), tuple(t.index for t in kept))


def split_phrase(phrase: str) -> tuple[str, ...]:
    """Split a listed phrase as `words_of` splits text.

    >>> split_phrase("U.S.-backed didn't")
    ('u.s', 'backed', 'did', "n't")
    """
    return tuple(w.replace("’", "'") for w in _WORD.findall(phrase.lower()))


class PhraseTable(Generic[Payload]):
    """Phrases by first word, longest first; where two start at the same word the longer wins."""

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        """List the phrases; of two that are split alike the first stays."""
        table: dict[str, dict[int, dict[tuple[str, ...], Payload]]] = {}
        for phrase, payload in entries:
            words = split_phrase(phrase)
            if words:
                by_length = table.setdefault(words[0], {})
                by_length.setdefault(len(words) - 1, {}).setdefault(words[1:], payload)
        self._table: Mapping[str, _Listed[Payload]] = {
            first: sorted(by_length.items(), reverse=True) for first, by_length in table.items()
        }
        self._firsts = frozenset(table)  # most sentences hold none of them

    def find(self, words: Words) -> Iterator[Found[Payload]]:
        """Yield the phrases in `words` from left to right, none overlapping another."""
        lower, table = words.lower, self._table
        if self._firsts.isdisjoint(lower):
            return
        index, count = 0, len(lower)
        while index < count:
            listed = table.get(lower[index])
            hit = _longest(listed, lower, index) if listed else None
            if hit is None:
                index += 1
                continue
            length, payload = hit
            yield Found(words.tokens[index], words.tokens[index + length], payload)
            index += length + 1


def _longest(listed: _Listed[Payload], lower: tuple[str, ...], index: int) -> tuple[int, Payload] | None:
    after = index + 1
    for length, by_rest in listed:
        rest = lower[after : after + length]
        if rest in by_rest:
            return length, by_rest[rest]
    return None
