"""The chosen part of a snapshot as Parquet, written by DuckDB itself.

A reader's hardened connection can write no file, so this one opens the published file anew, attached read-only to a
database in memory, and asks it nothing but our own statements.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

import duckdb

from model.errors import WarehouseError
from warehouse.export import TABLES_BY_YEAR, ExportTable, Scope, choose, describe
from warehouse.no_pandas import spare_searches
from warehouse.sqlfile import sql

COMPRESSION = "zstd"  # a third of snappy's size on quotes, and every Parquet reader of the last years has it


def write_parquet(snapshot_path: Path, folder: Path, scope: Scope, facts: Mapping[str, str]) -> None:
    """Write every exported view under `folder`: `<view>/event_year=<year>/data_0.parquet`, or `<view>.parquet`.

    Args:
        snapshot_path: The published file.
        folder: An existing folder, empty.
        scope: Which incidents.
        facts: What to say of the whole export in the metadata of every file, by key.

    Raises:
        WarehouseError: the snapshot cannot be read.
        OSError: the folder cannot be written.
    """
    con = _attach(snapshot_path.resolve())
    try:
        choose(con, scope)
        for table in describe(con):
            try:
                con.execute(_copy(table, folder, facts))
            except duckdb.IOException as error:
                raise _system_error(error) from error
    finally:
        con.close()


def _attach(path: Path) -> duckdb.DuckDBPyConnection:
    spare_searches()
    con = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})
    try:
        con.execute(f"ATTACH {_literal(str(path))} AS warehouse (READ_ONLY)")
        # One thread: rows keep their order and each partition is one file, so that the same data gives the same bytes.
        for statement in (
            "USE warehouse",
            "SET TimeZone = 'UTC'",
            "SET enable_progress_bar = false",
            "SET threads = 1",
        ):
            con.execute(statement)
    except duckdb.Error as error:
        con.close()
        raise WarehouseError(
            f"cannot read {path}: {str(error).splitlines()[0]}",
            unchanged="nothing was written",
            next_step="publish again with `deconflict run`",
        ) from error
    return con


def _copy(table: ExportTable, folder: Path, facts: Mapping[str, str]) -> str:
    """Make the COPY statement: the named question, the options, and all comments as metadata."""
    file_facts = {**facts, "comment": table.comment, **{f"column.{c.name}": c.comment for c in table.columns}}
    metadata = ", ".join(f"{_identifier(key)}: {_literal(value)}" for key, value in file_facts.items())
    by_year = table.name in TABLES_BY_YEAR
    target = folder / (table.name if by_year else f"{table.name}.parquet")
    partition = ", PARTITION_BY (event_year)" if by_year else ""
    options = f"FORMAT parquet, COMPRESSION {COMPRESSION}{partition}, KV_METADATA {{{metadata}}}"
    return f"COPY ({sql(f'export_{table.name}')}) TO {_literal(str(target))} ({options})"


def _system_error(error: duckdb.IOException) -> OSError:
    """DuckDB tells a full disk in words only."""
    words = str(error).splitlines()[0]
    return OSError(errno.ENOSPC if "No space left" in str(error) else errno.EACCES, words)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _identifier(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
