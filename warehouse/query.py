"""Running the named statements of `sql/`.

Lists travel as JSON texts, which the statements unfold with `from_json`: DuckDB 1.5 takes 70 µs for each value of a
list parameter, and 0.5 µs for each value of a JSON text (2.0 takes 1 µs either way; measured on 2,000-row inserts).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

import duckdb

from model.errors import ContractError
from warehouse.columns import Columns
from warehouse.sqlfile import sql


def run(con: duckdb.DuckDBPyConnection, name: str, /, **values: object) -> duckdb.DuckDBPyConnection:
    """Run `sql/<name>.sql` with `values` as its `$names`; lists are bound as JSON."""
    bound = {key: _json(value) if isinstance(value, list) else value for key, value in values.items()}
    return con.execute(sql(name), bound or None)


def rows(con: duckdb.DuckDBPyConnection, name: str, /, **values: object) -> list[tuple[Any, ...]]:
    """Run a statement and return all rows."""
    return run(con, name, **values).fetchall()


def one(con: duckdb.DuckDBPyConnection, name: str, /, **values: object) -> tuple[Any, ...]:
    """Run a statement that always gives one row, and return it."""
    return rows(con, name, **values)[0]


def insert(con: duckdb.DuckDBPyConnection, table: str, columns: Columns, /, **same: object) -> int:
    """Insert columns of equal length into a table by name; returns the number of rows.

    Args:
        con: An open private file.
        table: `schema.table`, or the name of a table of `core`.
        columns: Values by column.
        same: Columns with one value for all rows.

    Raises:
        ContractError: the table has a column that is not given, or lacks one that is.
    """
    n_rows = len(next(iter(columns.values()))) if columns else 0
    if n_rows:
        values = {name: _json(column) for name, column in columns.items()}
        con.execute(_insertion(con, table, frozenset(columns), frozenset(same)), values | same)
    return n_rows


def insert_row(con: duckdb.DuckDBPyConnection, table: str, /, **values: object) -> None:
    """Insert one row by name; tables and errors as of `insert`."""
    con.execute(_insertion(con, table, frozenset(), frozenset(values)), values)


_INSERTIONS: dict[tuple[str, frozenset[str], frozenset[str]], str] = {}


def _insertion(con: duckdb.DuckDBPyConnection, table: str, listed: frozenset[str], same: frozenset[str]) -> str:
    """Make the INSERT of a table from the catalogue, once: every file that is written has the newest schema."""
    key = (table, listed, same)
    if key not in _INSERTIONS:
        schema, _, name = table.rpartition(".")
        types = dict(rows(con, "select_column_type", schema=schema or "core", table=name))
        if differing := (listed | same) ^ types.keys():
            raise ContractError(
                f"table {table}: column {', '.join(sorted(differing))} is not in the catalogue and the row"
            )
        parts = [
            f"""unnest(from_json(${column}, '["{kind}"]')) AS "{column}\""""
            if column in listed
            else f'${column}::{kind} AS "{column}"'
            for column, kind in types.items()
        ]
        _INSERTIONS[key] = f"INSERT INTO {schema or 'core'}.{name} BY NAME SELECT {', '.join(parts)}"
    return _INSERTIONS[key]


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block does, or, whatever ends it early, nothing of it."""
    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):  # a failed COMMIT has ended the transaction already
            con.execute("ROLLBACK")
        raise


def _json(values: list[Any]) -> str:
    """Render a list as JSON; instants and days in ISO form, lone surrogates (hostile: no UTF-8) as question marks."""
    return json.dumps(values, default=_iso, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def _iso(value: object) -> str:
    if isinstance(value, date):  # a datetime is a date, too
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
