"""Rows are inserted by the names of the catalogue: a column that is missing or unknown stops the append."""

from __future__ import annotations

import pytest

from model.errors import ContractError
from warehouse import open_writer
from warehouse.query import insert, insert_row, rows


@pytest.fixture
def con(tmp_path):
    with open_writer(tmp_path / "w.duckdb") as writer:
        yield writer._con


MARK = {"rule": ["a", "b"], "change_id": [1, 2]}


def test_columns_go_where_their_names_say_whatever_their_order(con):
    columns = dict(reversed(MARK.items()))
    assert insert(con, "core.alert_mark", columns, marked_at="2018-02-07T12:00:00Z") == 2
    assert rows(con, "select_alert_mark") == [("a", 1), ("b", 2)]


@pytest.mark.parametrize("same", [{}, {"marked_at": "2018-02-07", "colour": "red"}])
def test_a_missing_and_an_unknown_column_are_named_and_nothing_is_written(con, same):
    with pytest.raises(ContractError, match=r"alert_mark: column (marked_at|colour)"):
        insert(con, "alert_mark", MARK, **same)
    with pytest.raises(ContractError, match="run_rollback: column reason"):
        insert_row(con, "run_rollback", run_no=1, rolled_back_at="2018-02-07", rolled_back_by="me")
    assert rows(con, "select_alert_mark") == []
