"""Numbers and their hedges."""

import pytest

from extractors.coding.claims.numbers import MAX_PEOPLE, find_numbers, parse_count
from model.report import Bound


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("21 dead", 21, 21, Bound.EXACT),
        ("1,200 homes", 1200, 1200, Bound.EXACT),
        ("twenty-one dead", 21, 21, Bound.EXACT),
        ("two hundred and five dead", 205, 205, Bound.EXACT),
        ("three thousand fled", 3000, 3000, Bound.EXACT),
        ("a dozen men", 12, 12, Bound.EXACT),
        ("two dozen men", 24, 24, Bound.EXACT),
        ("half a dozen men", 6, 6, Bound.EXACT),
        ("a couple of men", 2, 2, Bound.EXACT),
        ("both men", 2, 2, Bound.EXACT),
        ("no soldiers", 0, 0, Bound.EXACT),
        ("none were hurt", 0, 0, Bound.EXACT),
        ("nobody was hurt", 0, 0, Bound.EXACT),
        ("no one was hurt", 0, 0, Bound.EXACT),
        ("at least 20", 20, None, Bound.AT_LEAST),
        ("more than 100", 100, None, Bound.AT_LEAST),
        ("over thirty", 30, None, Bound.AT_LEAST),
        ("no fewer than 12", 12, None, Bound.AT_LEAST),
        ("upwards of 40", 40, None, Bound.AT_LEAST),
        ("12 or more", 12, None, Bound.AT_LEAST),
        ("20+ dead", 20, None, Bound.AT_LEAST),
        ("multiple people", 2, None, Bound.AT_LEAST),
        ("an unknown number of people", 2, None, Bound.AT_LEAST),
        ("up to 100", 0, 100, Bound.AT_MOST),
        ("as many as 200", 0, 200, Bound.AT_MOST),
        ("fewer than ten", 0, 10, Bound.AT_MOST),
        ("about 30", 30, 30, Bound.ABOUT),
        ("some 30", 30, 30, Bound.ABOUT),
        ("nearly 300", 300, 300, Bound.ABOUT),
        ("roughly 500", 500, 500, Bound.ABOUT),
        ("an estimated 70", 70, 70, Bound.ABOUT),
        ("12 or so", 12, 12, Bound.ABOUT),
        ("between 5 and 9", 5, 9, Bound.RANGE),
        ("between three and seven", 3, 7, Bound.RANGE),
        ("20-30 dead", 20, 30, Bound.RANGE),
        ("20 to 30 dead", 20, 30, Bound.RANGE),
        ("one or two men", 1, 2, Bound.RANGE),
        ("several men", 3, 9, Bound.RANGE),
        ("a handful of men", 3, 9, Bound.RANGE),
        ("dozens dead", 24, 99, Bound.RANGE),
        ("scores dead", 40, 199, Bound.RANGE),
        ("hundreds dead", 200, 999, Bound.RANGE),
        ("hundreds of thousands fled", 200_000, 999_999, Bound.RANGE),
    ],
)
def test_hedges_become_bounds(text: str, low: int | None, high: int | None, bound: Bound) -> None:
    (number,) = find_numbers(text)
    assert (number.low, number.high, number.bound) == (low, high, bound)


@pytest.mark.parametrize("text", ["a 3-year-old boy", "$500", "45th", "5:30", "3.5 million", "10%", "9" * 400, "M-16"])
def test_what_counts_no_people_is_left_out(text: str) -> None:
    assert find_numbers(text) == ()


def test_the_span_holds_the_hedge() -> None:
    text = "They say at least 12 fell."
    (number,) = find_numbers(text)
    assert text[number.start : number.end] == "at least 12"


@pytest.mark.parametrize(
    ("words", "count"), [("ninety-nine", 99), ("1 200", 1200), ("two thousand", 2000), ("9" * 400, None), ("cat", None)]
)
def test_parse_count(words: str, count: int | None) -> None:
    assert parse_count(words) == count


def test_a_count_fits_the_column() -> None:
    assert parse_count(str(MAX_PEOPLE + 1)) is None
