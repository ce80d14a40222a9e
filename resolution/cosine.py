"""Cosine of the word vectors of one report with those of many, in one operation.

Specification. A report has some hundred words and is compared with some forty reports, most of whose words it does
not share, so that looking them up word by word took longest of all. Here each word of the run has a number; the
report's weights are laid out by number, those of the others are gathered from there at once, and each vector's
products are added up. Weights are whole numbers up to 99 (`resolution.match_record`), and their products and sums are
exact in single precision: the outcome depends neither on the order of the words nor on the machine.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from math import sqrt
from operator import mul

import numpy as np
from numpy.typing import NDArray

from resolution.match_record import MatchRecord

N_WORDS_AT_FIRST = 1 << 14  # room for the weights of one report by number of word; doubled as words come in
_NO_WORD = 0  # stands before each vector, so that none is empty; its weight is always 0


@dataclass(frozen=True, slots=True, eq=False)
class WordVectors:
    """The vectors of a report's opening and text, one after the other."""

    words: NDArray[np.int32]  # by number
    weights: NDArray[np.uint8]
    sizes: NDArray[np.intp]  # of each vector
    scales: NDArray[np.float64]  # of each vector: one by its length; 0 for one without words


class CosineIndex:
    """The words of a run by number, and cosines of reports over them. Memory: about 1 kB a report."""

    def __init__(self) -> None:
        numbers = count(_NO_WORD + 1)
        self._lead_numbers: defaultdict[str, int] = defaultdict(numbers.__next__)
        self._body_numbers: defaultdict[str, int] = defaultdict(numbers.__next__)
        self._vectors: dict[str, WordVectors] = {}
        self._laid_out = np.zeros(N_WORDS_AT_FIRST, np.float32)  # all 0 between two questions, and so are the totals
        self._totals = np.zeros(N_WORDS_AT_FIRST)

    def _numbered(self, record: MatchRecord) -> WordVectors:
        known = self._vectors.get(record.report_id)
        if known is not None:
            return known
        lead, body = record.lead, record.body
        words = array("i", [_NO_WORD])
        words.extend(map(self._lead_numbers.__getitem__, lead))
        words.append(_NO_WORD)
        words.extend(map(self._body_numbers.__getitem__, body))
        made = self._vectors[record.report_id] = WordVectors(
            np.frombuffer(words, np.int32),
            np.frombuffer(bytes((0, *lead.values(), 0, *body.values())), np.uint8),
            np.array([1 + len(lead), 1 + len(body)], np.intp),
            np.array([_scale(lead), _scale(body)]),
        )
        return made

    def lengths(self, records: Sequence[MatchRecord]) -> tuple[float, float]:
        """Lengths of the sums of the unit vectors of these reports, of their openings and of their texts."""
        vectors = [self._numbered(record) for record in records]
        n_words = len(self._lead_numbers) + len(self._body_numbers) + 1
        if n_words > len(self._totals):
            self._totals = np.zeros(2 * n_words)
        return _lengths(vectors, self._totals)

    def cosines(self, record: MatchRecord, others: Sequence[MatchRecord]) -> list[tuple[float, float]]:
        """Cosines of a report's opening and text with those of each of at least one other, 0 to 1."""
        mine, vectors = self._numbered(record), [self._numbered(other) for other in others]
        n_words = len(self._lead_numbers) + len(self._body_numbers) + 1
        if n_words > len(self._laid_out):
            self._laid_out = np.zeros(2 * n_words, np.float32)
        self._laid_out[mine.words] = mine.weights
        products = self._laid_out[np.concatenate([v.words for v in vectors])]
        products *= np.concatenate([v.weights for v in vectors])
        self._laid_out[mine.words] = 0.0
        sizes, scales = np.concatenate([v.sizes for v in vectors]), np.concatenate([v.scales for v in vectors])
        scales[::2] *= mine.scales[0]
        scales[1::2] *= mine.scales[1]
        found = np.minimum(1.0, np.add.reduceat(products, sizes.cumsum() - sizes) * scales).tolist()
        return list(zip(found[::2], found[1::2], strict=True))


def _lengths(vectors: Sequence[WordVectors], room: NDArray[np.float64]) -> tuple[float, float]:
    words = np.concatenate([v.words for v in vectors])
    sizes = np.concatenate([v.sizes for v in vectors])
    weights = np.concatenate([v.weights for v in vectors]) * np.repeat(
        np.concatenate([v.scales for v in vectors]), sizes
    )
    np.add.at(room, words, weights)
    products = room[words] * weights
    room[words] = 0.0
    squares = np.add.reduceat(products, sizes.cumsum() - sizes)
    return sqrt(float(squares[::2].sum())), sqrt(float(squares[1::2].sum()))


def _scale(vector: Mapping[str, int]) -> float:
    length = sqrt(sum(map(mul, vector.values(), vector.values())))
    return 1.0 / length if length else 0.0
