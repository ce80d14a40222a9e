"""Bringing a file to the newest schema: numbered migrations once each, and `pub` whenever its text has changed.

Base tables change by migrations only, recorded with their checksums. `pub` holds nothing but views and macros, so it
is made anew when its text differs from the recorded one; the record of that only grows, too.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from model.errors import WarehouseError
from warehouse.history import back_up
from warehouse.query import rows, run, transaction
from warehouse.sqlfile import Migration, migrations, public_schema


def migrate(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Apply what is missing, all in one transaction; a file that has data is backed up before its tables change.

    Args:
        con: The connection that holds the file.
        path: The file, for the backup.

    Raises:
        WarehouseError: the file is of newer code, an applied migration was changed afterwards, or no backup could be
            made.
    """
    run(con, "create_schema_migration")
    applied = dict(rows(con, "select_schema_migration"))
    missing = _missing(applied, migrations())
    text, checksum = public_schema()
    is_public_stale = rows(con, "select_schema_public") != [(checksum,)]
    if not missing and not is_public_stale:
        return
    if missing and applied:
        back_up(con, path, max(applied))
    with transaction(con):
        for step in missing:
            con.execute(step.text)
            run(con, "insert_schema_migration", version=step.version, name=step.name, sha256=step.sha256)
        if is_public_stale:
            run(con, "drop_public")
            con.execute(text)
            run(con, "insert_schema_public", sha256=checksum)


def _missing(applied: dict[int, str], known: tuple[Migration, ...]) -> list[Migration]:
    """Return the migrations to apply, having checked that file and code agree on the rest."""
    newest = known[-1].version
    if applied and max(applied) > newest:
        raise WarehouseError(
            f"the file has schema {max(applied)}, this code knows {newest}",
            unchanged="nothing was written",
            next_step="update Deconflict, or use another DECONFLICT_HOME",
        )
    for step in known:
        if applied.get(step.version, step.sha256) != step.sha256:
            raise WarehouseError(
                f"migration {step.name} was changed after the file had applied it",
                unchanged="nothing was written",
                next_step="restore the migration and put the change into a new one",
            )
    return [step for step in known if step.version not in applied]
