"""Looking at the private file without writing to it, for `deconflict doctor`."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import sys
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
_FLOCK = "hhqqi"  # struct flock of Linux on 64 bits: type, whence, start, length, pid


@dataclass(frozen=True, slots=True)
class PrivateFile:
    """What can be seen of the private file. All null where it is missing or held by another process.

    `holder_pid` is another process that has it open, for writing or for reading: either keeps a run from
    writing. `run_id` is its newest run that counts.
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
    holder = lock_holder(path)
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
        return PrivateFile(True, n_bytes, version, about.run_id, about.generated_at, holder)
    except duckdb.Error as error:
        return PrivateFile(True, n_bytes, error=f"{path}: {str(error).splitlines()[0]}")
    finally:
        con.close()


def lock_holder(path: Path) -> int | None:
    """Tell which other process holds a lock on a file that keeps others from writing; null where none does.

    Asked of the system without locking (F_GETLK). This process must not hold the file itself: closing a handle on it
    would drop its locks. Where the form of the answer is not known, null.
    """
    if sys.platform != "linux" or struct.calcsize("P") != 8:
        return None
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0) + bytes(4)  # padded as C does
        kind, _, _, _, pid = struct.unpack_from(_FLOCK, fcntl.fcntl(handle, fcntl.F_GETLK, asked))
    except OSError:
        return None
    finally:
        os.close(handle)
    return pid if kind != fcntl.F_UNLCK else None
