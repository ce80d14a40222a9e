"""Words of a text with their offsets, and a table that finds thousands of listed phrases in one pass.

A word is letters and digits, with inner hyphens or apostrophes; a possessive 's is cut off, "U.S." is one word, and
the curly apostrophe counts as the straight one. Matching looks a word up in a dictionary of first words, so its cost
grows with the text and not with the table (measured: 6,000 phrases over 2,000 characters in under 1 ms).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Payload = TypeVar("Payload")
# Of the phrases with one first word: how many words follow, most first, and the payload by these words.
_Listed = Sequence[tuple[int, Mapping[tuple[str, ...], Payload]]]

# "U.S." or a word. Both begin with a letter or digit, said first so that the search leaps from one to the next.
_WORD = re.compile(r"[^\W_](?:(?<=\D)(?:\.[^\W\d_])+\.|[^\W_]*(?:['’-][^\W_]+)*)")
_MAX_WORD_CHARS = 60  # longer runs are garbage, not words


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text in lower case, with the offsets of each in it."""

    source: str
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found(Generic[Payload]):
    """One phrase found: the words `first..last` (both inclusive), its span of characters, and what was listed."""

    first: int
    last: int
    start: int
    end: int
    payload: Payload


def split_words(source: str, offset: int = 0) -> Words:
    """Split `source` into words; the offsets count from `offset`.

    >>> split_words("Assad’s U.S.-backed foes").lower
    ('assad', 'u.s', 'backed', 'foes')
    """
    lower: list[str] = []
    ends: list[int] = []
    spans = [span for match in _WORD.finditer(source) if (span := match.span())[1] - span[0] <= _MAX_WORD_CHARS]
    for start, end in spans:
        word = source[start:end].lower()
        if not word.isalpha():
            word = word.replace("’", "'")
            if word.endswith("'s"):
                word, end = word[:-2], end - 2
            word = word.rstrip(".")
        lower.append(word)
        ends.append(end)
    starts = [start for start, _ in spans]
    if offset:
        starts, ends = [start + offset for start in starts], [end + offset for end in ends]
    return Words(source, tuple(lower), tuple(starts), tuple(ends))


class PhraseTable(Generic[Payload]):
    """Phrases by first word, longest first; where two start at the same word the longer wins."""

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        table: dict[str, dict[int, dict[tuple[str, ...], Payload]]] = {}
        for phrase, payload in entries:
            words = split_words(phrase).lower
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
            last = index + length
            yield Found(index, last, words.starts[index], words.ends[last], payload)
            index = last + 1


def _longest(listed: _Listed[Payload], lower: tuple[str, ...], index: int) -> tuple[int, Payload] | None:
    after = index + 1
    for length, by_rest in listed:
        rest = lower[after : after + length]
        if rest in by_rest:
            return length, by_rest[rest]
    return None
