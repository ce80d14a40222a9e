"""CSV cells that no spreadsheet runs, and nothing lost on the way."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interfaces.exports.texts import FORMULA_STARTS, cell, csv_pieces, guarded, json_line

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert cell(f"{start}cmd()") == f"'{start}cmd()"


@pytest.mark.parametrize(("number", "written"), [(-33.45, "-33.45"), (-1, "-1"), (0, "0"), (40.29, "40.29")])
def test_numbers_stay_numbers(number: float, written: str) -> None:
    assert cell(number) == written


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_every_text_comes_back_and_none_is_a_formula(rows: list[tuple[str, str]]) -> None:
    text = "".join(csv_pieces(("=a", "b"), rows))
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["=a", "b"]  # column names are ours
    assert [[guarded(value) for value in row] for row in rows] == read[1:]
    assert not any(value.startswith(FORMULA_STARTS) for row in read[1:] for value in row)


def test_long_tables_come_in_pieces_with_one_head() -> None:
    pieces = list(csv_pieces(("n",), ((n,) for n in range(1_001))))
    assert len(pieces) == 3
    assert "".join(pieces).splitlines() == ["n", *map(str, range(1_001))]


def test_json_refuses_what_it_has_no_form_for() -> None:
    with pytest.raises(TypeError, match="set has no form"):
        json_line({"a": {1}})
