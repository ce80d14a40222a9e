"""Signatures stay those that earlier warehouses hold, and estimate what they should."""

import random

import numpy as np

from resolution.minhash import N_PERMUTATIONS, minhash
from resolution.origins import signature


def test_the_signature_of_a_text_is_that_of_earlier_warehouses() -> None:
    text = "The ministry said that twelve soldiers were killed. " + " ".join(str(n) for n in range(60))
    assert signature(text).startswith("kVRwA4HkdwgxpasARu2qBC3yGABRBXkFeYAmATu0DQEHL/0LnEgJAjk9SAKE")


def test_the_estimate_is_right_within_its_error() -> None:
    draw = random.Random(3)
    for shared in (0, 20, 50, 80, 100):
        common = [str(draw.random()).encode() for _ in range(shared)]
        left, right = (common + [str(draw.random()).encode() for _ in range(100 - shared)] for _ in range(2))
        true = shared / (200 - shared)
        assert abs(float(np.mean(minhash(left) == minhash(right))) - true) < 4 * 0.5 / N_PERMUTATIONS**0.5
