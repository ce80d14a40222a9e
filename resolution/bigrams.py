"""Phrases: pairs of neighbouring words, and how much of what two reports share with anybody they share with each other.

Specification. A phrase is two content words that follow each other among the first `BIGRAM_WORDS` of title and text,
kept as 24 bits of a hash. Words tell the subject, and look-alikes share it; phrases tell the story: its people by both
names, its places, its turns of speech. A phrase that no second report at hand uses says nothing about anybody, so only
those that two or more use count: likeness = shared / sqrt((used of the left + c) * (used of the right + c)), 0 to 1,
with c = `FEW`. A text that has little in common with any other is judged by that little. Reports at hand are those of
the run and the remembered ones that were looked at. Two phrases fall on one hash so seldom that it does not matter
below a million of them; above, all phrases count as used, and the likeness is a plain cosine. Source: measured on ECB+
and the famous events (docs/explanation/resolution.md).
"""

from __future__ import annotations

import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Sequence
from functools import lru_cache
from math import sqrt
from typing import Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BIGRAM_WORDS = 150  # about 1,500 characters; the whole text brings 0.003 of average precision and doubles a memory
BIGRAM_BITS = 24
_MASK = np.uint32((1 << BIGRAM_BITS) - 1)
_FACTOR = np.uint32(1_000_003)  # makes "man bites" another phrase than "bites man"
FEW = 5  # two reports that alone share one turn of speech are alike by a sixth, not wholly
_MOST = 255  # a phrase that so many reports use is never unused again


class Speaks(Protocol):
    """A report with its phrases."""

    @property
    def report_id(self) -> str:
        """Id of the report."""

    @property
    def phrases(self) -> array[int]:
        """Its phrases, each once."""


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return crc32(word.encode("utf-8"))


def bigrams_of(words: Sequence[str]) -> array[int]:
    """List the phrases of content words in order, each once, sorted.

    >>> len(bigrams_of(["red", "house", "red", "house"]))
    2
    """
    hashes = np.array(list(map(_hash, words[:BIGRAM_WORDS])), np.uint32)
    return array("I", np.unique((hashes[:-1] * _FACTOR + hashes[1:]) & _MASK).tobytes())


def pack(phrases: array[int]) -> str:
    """Write phrases in three bytes each, as base64."""
    raw = bytearray(_little(phrases).tobytes())
    del raw[3::4]
    return b64encode(raw).decode("ascii")


def unpack(packed: str) -> array[int]:
    """Read phrases back.

    >>> unpack(pack(bigrams_of(["two", "small", "words"]))) == bigrams_of(["two", "small", "words"])
    True
    """
    raw = b64decode(packed)
    wide = bytearray(len(raw) // 3 * 4)
    for part in range(3):
        wide[part::4] = raw[part::3]
    found = array("I")
    found.frombytes(wide)
    return _little(found)


def _little(phrases: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return phrases
    turned = array("I", phrases)
    turned.byteswap()
    return turned


class BigramIndex:
    """How many of the reports at hand use each phrase. Memory: 16 MB at most, whatever is heard."""

    def __init__(self) -> None:
        self._users = np.zeros(1 << BIGRAM_BITS, np.uint8)
        self._used: dict[str, int] = {}
        self._asked: tuple[str, set[int]] = ("", set())

    def hear(self, one: Speaks) -> None:
        """Count the phrases of a report; those of a copy are to be forgotten again."""
        phrases = _numbers(one)
        users = self._users[phrases]
        self._users[phrases] = users + (users < _MOST)
        self._used.clear()

    def forget(self, one: Speaks) -> None:
        """Take back what was heard."""
        phrases = _numbers(one)
        users = self._users[phrases]
        self._users[phrases] = users - ((users > 0) & (users < _MOST))
        self._used.clear()

    def likeness(self, left: Speaks, right: Speaks) -> float:
        """Share of the used phrases that two heard reports have in common, 0 to 1; the same in both directions."""
        if self._asked[0] != left.report_id:
            self._asked = (left.report_id, set(left.phrases))
        shared = len(self._asked[1].intersection(right.phrases))
        return min(1.0, shared / sqrt((self._n_used(left) + FEW) * (self._n_used(right) + FEW))) if shared else 0.0

    def _n_used(self, one: Speaks) -> int:
        known = self._used.get(one.report_id)
        if known is None:
            known = self._used[one.report_id] = int(np.count_nonzero(self._users[_numbers(one)] > 1))
        return known


def _numbers(one: Speaks) -> NDArray[np.uint32]:
    return np.frombuffer(one.phrases, np.uint32)
