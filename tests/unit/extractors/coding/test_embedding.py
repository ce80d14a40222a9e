"""Sentence embeddings: of unit length, the same for the same text, and nearer for texts that say the same."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.coding.embedding import MAX_PIECES, SIZE, load_embedder

BOMB = "A car bomb killed five people at a market in Homs."
SAME_BOMB = "Five died when a bomb in a car went off at Homs market."
CHOIR = "The choir won the first prize and a trip to the sea."


@pytest.mark.parametrize("text", [BOMB, "", "\u202e مقتل", "word " * (2 * MAX_PIECES)])
def test_an_embedding_has_unit_length(text: str) -> None:
    (row,) = load_embedder().embed([text])
    assert row.shape == (SIZE,)
    assert float(np.linalg.norm(row)) == pytest.approx(1.0, abs=1e-5)


def test_the_same_text_has_the_same_embedding_whatever_stands_beside_it() -> None:
    alone = load_embedder().embed([BOMB])[0]
    among = load_embedder().embed([CHOIR, BOMB])[1]
    assert np.array_equal(alone, among)


def test_texts_that_say_the_same_are_nearer_than_others() -> None:
    bomb, same, choir = load_embedder().embed([BOMB, SAME_BOMB, CHOIR])
    assert float(bomb @ same) > 0.7 > 0.3 > float(bomb @ choir)


def test_words_beyond_the_bound_change_nothing() -> None:
    long = "word " * MAX_PIECES
    one, other = load_embedder().embed([long, long + BOMB])
    assert np.array_equal(one, other)


def test_no_texts_give_no_rows() -> None:
    assert load_embedder().embed([]).shape == (0, SIZE)
