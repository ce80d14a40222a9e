"""How alike the words of reports are: one report against all the voices of all its candidates in one operation.

Specification. The likeness of two texts is the cosine of their word vectors. A report has some hundred words and is
compared with some sixty voices, most of whose words it does not share, so that looking them up word by word is what
placing used to take longest for. Here each word of the run has a number; the report's weights are laid out by number,
those of all voices are gathered from there at once, and each vector's products are added up. Weights are whole numbers
up to 99 (`resolution.sketch`), and their products and sums are exact in single precision: the outcome depends neither
on the order of the words nor on the machine.
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

from resolution.sketch import Sketch

N_WORDS_AT_FIRST = 1 << 14  # room for the weights of one report by number of word; doubled as words come in
_NO_WORD = 0  # stands before each vector, so that none is empty; its weight is always 0

Cosines = tuple[list[float], list[float]]  # of the openings and of the texts, one for each voice


@dataclass(frozen=True, slots=True, eq=False)
class WordBlock:
    """The word vectors of some reports, one after the other: of each the opening, then the text."""

    words: NDArray[np.int32]  # by number
    weights: NDArray[np.uint8]
    sizes: NDArray[np.intp]  # of each vector
    scales: NDArray[np.float64]  # of each vector: one by its length; 0 for one without words


_EMPTY = WordBlock(np.zeros(0, np.int32), np.zeros(0, np.uint8), np.zeros(0, np.intp), np.zeros(0))


class Likeness:
    """The words of a run by number, and cosines of reports over them."""

    def __init__(self) -> None:
        numbers = count(_NO_WORD + 1)
        self._lead_numbers: defaultdict[str, int] = defaultdict(numbers.__next__)
        self._body_numbers: defaultdict[str, int] = defaultdict(numbers.__next__)
        self._alone: dict[str, WordBlock] = {}
        self._laid_out = np.zeros(N_WORDS_AT_FIRST, np.float32)  # all 0 between two questions, and so are the totals
        self._totals = np.zeros(N_WORDS_AT_FIRST)
        self._asked: Sketch | None = None
        self._mine = _EMPTY
        self._found: dict[WordBlock, Cosines] = {}

    def block(self, sketches: Sequence[Sketch]) -> WordBlock:
        """Lay the word vectors of reports out for comparing."""
        alone = [self._alone.get(sketch.report_id) or self._numbered(sketch) for sketch in sketches]
        if len(alone) == 1:
            return alone[0]
        parts = (
            [getattr(block, name) for block in (_EMPTY, *alone)] for name in ("words", "weights", "sizes", "scales")
        )
        return WordBlock(*map(np.concatenate, parts))

    def _numbered(self, sketch: Sketch) -> WordBlock:
        lead, body = sketch.lead, sketch.body
        words = array("i", [_NO_WORD])
        words.extend(map(self._lead_numbers.__getitem__, lead))
        words.append(_NO_WORD)
        words.extend(map(self._body_numbers.__getitem__, body))
        made = self._alone[sketch.report_id] = WordBlock(
            np.frombuffer(words, np.int32),
            np.frombuffer(bytes((0, *lead.values(), 0, *body.values())), np.uint8),
            np.array([1 + len(lead), 1 + len(body)], np.intp),
            np.array([_scale(lead), _scale(body)]),
        )
        return made

    def cosines(self, sketch: Sketch, blocks: Sequence[WordBlock]) -> list[Cosines]:
        """Cosines of a report's opening and text with those of each voice of each block, 0 to 1 but for rounding.

        What was found for a report is at hand until another one is asked for.
        """
        if self._asked is not sketch:
            self._asked, self._mine, self._found = sketch, self.block((sketch,)), {}
        wanted = [block for block in blocks if block not in self._found]
        if wanted:
            self._found.update(zip(wanted, self._compared(self._mine, wanted), strict=True))
        return [self._found[block] for block in blocks]

    def _compared(self, mine: WordBlock, blocks: Sequence[WordBlock]) -> list[Cosines]:
        self._make_room()
        self._laid_out[mine.words] = mine.weights
        products = self._laid_out[np.concatenate([b.words for b in blocks])]
        products *= np.concatenate([b.weights for b in blocks])
        self._laid_out[mine.words] = 0.0
        sizes, scales = np.concatenate([b.sizes for b in blocks]), np.concatenate([b.scales for b in blocks])
        scales[::2] *= mine.scales[0]
        scales[1::2] *= mine.scales[1]
        found = (np.add.reduceat(products, sizes.cumsum() - sizes) * scales).tolist()
        of_blocks: list[Cosines] = []
        at = 0
        for block in blocks:
            end = at + len(block.sizes)
            of_blocks.append((found[at:end:2], found[at + 1 : end : 2]))
            at = end
        return of_blocks

    def lengths(self, block: WordBlock) -> tuple[float, float]:
        """Lengths of the sums of a block's unit vectors, of the openings and of the texts."""
        self._make_room()
        weights = block.weights * np.repeat(block.scales, block.sizes)
        np.add.at(self._totals, block.words, weights)
        products = self._totals[block.words] * weights
        self._totals[block.words] = 0.0
        squares = np.add.reduceat(products, block.sizes.cumsum() - block.sizes)
        return sqrt(float(squares[::2].sum())), sqrt(float(squares[1::2].sum()))

    def _make_room(self) -> None:
        n_words = len(self._lead_numbers) + len(self._body_numbers) + 1
        if n_words > len(self._laid_out):
            self._laid_out, self._totals = np.zeros(2 * n_words, np.float32), np.zeros(2 * n_words)


def _scale(vector: Mapping[str, int]) -> float:
    length = sqrt(sum(map(mul, vector.values(), vector.values())))
    return 1.0 / length if length else 0.0
