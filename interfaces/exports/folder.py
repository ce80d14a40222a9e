"""The two forms that are a folder: every public table as CSV or as Parquet, with a descriptor."""

from __future__ import annotations

from pathlib import Path

from interfaces.exports.atomic_write import write_text
from interfaces.exports.form import Context
from interfaces.exports.package import WITHDRAWN, write_descriptor
from interfaces.exports.texts import csv_pieces, instant
from warehouse.export import Withdrawal
from warehouse.parquet import write_parquet
from warehouse.reader import Reader


def fill_csv(folder: Path, reader: Reader, withdrawals: tuple[Withdrawal, ...], context: Context) -> None:
    """Write a CSV for each table, guarded against spreadsheets, and the descriptor."""
    tables = reader.export_tables()
    for table in tables:
        columns = [column.name for column in table.columns]
        write_text(folder / f"{table.name}.csv", csv_pieces(columns, reader.table_rows(table)))
    write_withdrawn(folder / "withdrawn.csv", withdrawals)
    write_descriptor(folder, "csv", (*tables, WITHDRAWN), context)


def fill_parquet(
    folder: Path, snapshot_path: Path, reader: Reader, withdrawals: tuple[Withdrawal, ...], context: Context
) -> None:
    """Write Parquet for each table with the comments as metadata, and the descriptor."""
    facts = {
        "deconflict.after_change_id": str(context.scope.after_change_id),
        "deconflict.last_change_id": str(context.last_change_id),
        "deconflict.known_at": instant(context.known_at) if context.known_at else "",
    }
    write_parquet(snapshot_path, folder, context.scope, facts)
    write_withdrawn(folder / "withdrawn.csv", withdrawals)
    write_descriptor(folder, "parquet", reader.export_tables(), context)


def write_withdrawn(path: Path, withdrawals: tuple[Withdrawal, ...]) -> None:
    """Write the ids to drop or to follow."""
    write_text(path, withdrawn_pieces(withdrawals))


def withdrawn_pieces(withdrawals: tuple[Withdrawal, ...] | list[Withdrawal]) -> list[str]:
    """Give the table of withdrawn ids as CSV, by id."""
    columns = [column.name for column in WITHDRAWN.columns]
    ordered = sorted(withdrawals, key=lambda withdrawal: withdrawal.incident_id)
    return list(csv_pieces(columns, ((w.incident_id, w.reason, w.kept_id) for w in ordered)))
