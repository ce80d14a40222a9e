"""How alike the words of reports are: one report against all the voices of all its candidates in one operation.

Specification. The likeness of two texts is the cosine of their word vectors. A report has some hundred words and is
compared with some sixty voices, most of whose words it does not share, so that looking them up word by word is what
placing used to take longest for. Here each word of the run has a number; the report's weights are laid out by number,
those of all voices are gathered from there at once, and each vector's products are added up. Weights are whole numbers
up to 99 (`resolution.sketch`), and their products and sums are exact in single precision: the outcome depends neither
on the order of the words nor on the machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from resolution.sketch import Sketch

N_WORDS_AT_FIRST = 1 << 14  # room for the weights of one report by number of word; doubled as words come in
_NO_WORD = 0  # stands before each vector, so that none is empty; its weight is always 0


@dataclass(frozen=True, slots=True)
class _Packed:
    """The opening and the text of one report, one after the other: numbers of words, and their weights."""

    words: NDArray[np.int32]
    weights: NDArray[np.float32]
    n_lead: int
    lead_length: float
    body_length: float


class Likeness:
    """The words of a run by number, and cosines of reports over them."""

    def __init__(self) -> None:
        numbers = count(_NO_WORD + 1)
        self._lead_numbers: defaultdict[str, int] = defaultdict(numbers.__next__)
        self._body_numbers: defaultdict[str, int] = defaultdict(numbers.__next__)
        self._packed: dict[str, _Packed] = {}
        self._laid_out = np.zeros(N_WORDS_AT_FIRST, np.float32)  # all 0 between two questions, and so are the totals
        self._totals = np.zeros(N_WORDS_AT_FIRST)
        self._asked: Sketch | None = None
        self._found: dict[str, tuple[float, float]] = {}

    def cosines(self, sketch: Sketch, voices: Sequence[Sketch]) -> list[tuple[float, float]]:
        """Cosines of a report's opening and text with those of each voice, 0 to 1.

        What was found for a report is at hand until another one is asked for.
        """
        if self._asked is not sketch:
            self._asked, self._found = sketch, {}
        found = self._found
        wanted = [voice for voice in voices if voice.report_id not in found]
        if wanted:
            found.update(zip([v.report_id for v in wanted], self._compared(sketch, wanted), strict=True))
        return [found[voice.report_id] for voice in voices]

    def _compared(self, sketch: Sketch, voices: Sequence[Sketch]) -> list[tuple[float, float]]:
        mine, theirs = self._pack(sketch), [self._pack(voice) for voice in voices]
        self._make_room()
        self._laid_out[mine.words] = mine.weights
        products = self._laid_out[np.concatenate([p.words for p in theirs])]
        products *= np.concatenate([p.weights for p in theirs])
        self._laid_out[mine.words] = 0.0
        begins: list[int] = []
        at = 0
        for packed in theirs:
            begins += (at, at + packed.n_lead)
            at += len(packed.words)
        sums = np.add.reduceat(products, begins).tolist()
        return [
            (_cosine(lead, mine.lead_length * p.lead_length), _cosine(body, mine.body_length * p.body_length))
            for lead, body, p in zip(sums[::2], sums[1::2], theirs, strict=True)
        ]

    def lengths(self, voices: Sequence[Sketch]) -> tuple[float, float]:
        """Lengths of the sums of the voices' unit vectors, of the openings and of the texts."""
        packed = [self._pack(voice) for voice in voices]
        self._make_room()
        leads = self._length([(p.words[: p.n_lead], p.weights[: p.n_lead], p.lead_length) for p in packed])
        bodies = self._length([(p.words[p.n_lead :], p.weights[p.n_lead :], p.body_length) for p in packed])
        return leads, bodies

    def _length(self, vectors: Sequence[tuple[NDArray[np.int32], NDArray[np.float32], float]]) -> float:
        words = np.concatenate([words for words, _, _ in vectors])
        weights = np.concatenate([weights / np.float64(length or 1.0) for _, weights, length in vectors])
        np.add.at(self._totals, words, weights)
        square = float((self._totals[words] * weights).sum())
        self._totals[words] = 0.0
        return sqrt(square)

    def _pack(self, sketch: Sketch) -> _Packed:
        packed = self._packed.get(sketch.report_id)
        if packed is None:
            words = [_NO_WORD, *map(self._lead_numbers.__getitem__, sketch.lead)]
            n_lead = len(words)
            words += [_NO_WORD, *map(self._body_numbers.__getitem__, sketch.body)]
            packed = self._packed[sketch.report_id] = _Packed(
                np.array(words, np.int32),
                np.array([0, *sketch.lead.values(), 0, *sketch.body.values()], np.float32),
                n_lead,
                _own_length(sketch.lead),
                _own_length(sketch.body),
            )
        return packed

    def _make_room(self) -> None:
        n_words = len(self._lead_numbers) + len(self._body_numbers) + 1
        if n_words > len(self._laid_out):
            self._laid_out, self._totals = np.zeros(2 * n_words, np.float32), np.zeros(2 * n_words)


def _own_length(vector: Mapping[str, int]) -> float:
    return sqrt(sum([w * w for w in vector.values()]))


def _cosine(product: float, lengths: float) -> float:
    return min(1.0, product / lengths) if lengths else 0.0
