"""Looking at the private file without writing to it, for `deconflict doctor`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from model.errors import DeconflictError, WarehouseLockedError
from warehouse.connect import open_read_only
from warehouse.query import one, rows
from warehouse.rows import About
from warehouse.sqlfile import migrations

_PID = re.compile(r"process (\d+)")


@dataclass(frozen=True, slots=True)
class PrivateFile:
    """What can be seen of the private file. All null where it is missing or held by another process.

    `holder_pid` is the process that has it open for writing. `run_id` is its newest run that counts.
    `error` is one line.
    """

    is_there: bool = False
    n_bytes: int = 0
    schema_version: int | None = None
    run_id: str | None = None
    completed_at: datetime | None = None
    holder_pid: int | None = None
    error: str | None = None


def newest_schema() -> int:
    """The number of the newest migration that this code knows."""
    return migrations()[-1].version


def inspect_private(path: Path) -> PrivateFile:
    """Look at the private file; whatever is wrong with it is told and never raised. Nothing is waited for."""
    try:
        n_bytes = path.stat().st_size
    except OSError:
        return PrivateFile()
    try:
        con = open_read_only(path, memory_limit="200MB", n_threads=1)
    except WarehouseLockedError as error:
        pid = _PID.search(error.message)
        return PrivateFile(True, n_bytes, holder_pid=int(pid.group(1)) if pid else None, error=error.message)
    except DeconflictError as error:
        return PrivateFile(True, n_bytes, error=error.message)
    try:
        version = max((row[0] for row in rows(con, "select_schema_migration")), default=None)
        about = About(*one(con, "read_about"))
        return PrivateFile(True, n_bytes, version, about.run_id, about.generated_at)
    except duckdb.Error as error:
        return PrivateFile(True, n_bytes, error=f"{path}: {str(error).splitlines()[0]}")
    finally:
        con.close()
