"""Running the named statements of `sql/`."""

from __future__ import annotations

from typing import Any

import duckdb

from warehouse.columns import Columns
from warehouse.sqlfile import sql


def rows(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> list[tuple[Any, ...]]:
    """Run `sql/<name>.sql` with `values` as its `$names` and return all rows."""
    return con.execute(sql(name), values or None).fetchall()


def one(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> tuple[Any, ...]:
    """Run a statement that always gives one row, and return it."""
    return rows(con, name, **values)[0]


def insert(con: duckdb.DuckDBPyConnection, name: str, columns: Columns, **values: object) -> int:
    """Insert columns of equal length through `sql/insert_<name>.sql`; returns the number of rows."""
    n_rows = len(next(iter(columns.values()))) if columns else 0
    if not n_rows:
        return 0
    try:
        con.execute(sql(f"insert_{name}"), columns | values)
    except (UnicodeEncodeError, RuntimeError, duckdb.InvalidInputException):  # lone surrogates; 1.5 and 2.0 differ
        con.execute(sql(f"insert_{name}"), {key: _clean(column) for key, column in columns.items()} | values)
    return n_rows


def _clean(column: list[object]) -> list[object]:
    """Replace lone surrogates, which UTF-8 cannot hold, by question marks."""
    return [_clean_value(value) for value in column]


def _clean_value(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return _clean(value) if isinstance(value, list) else value
