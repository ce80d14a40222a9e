"""Opening DuckDB files: who may, how long to wait for a lock, and what each failure means in plain words.

One process at a time holds the private file (DuckDB locks it), so opening it waits for the holder. Only the lock error
is waited for; everything else is told at once. Source of the messages: DuckDB 1.5.5 and 2.0.0, measured.
"""

from __future__ import annotations

import os
import random
import re
import time
from pathlib import Path

import duckdb

from model.errors import WarehouseError, WarehouseLockedError
from warehouse.no_pandas import spare_searches

STORAGE_VERSION = "v1.2.0"  # files of newer versions cannot be opened by DuckDB 1.4 and 1.5, which readers still have
# What may stand in the write-ahead log before a COMMIT packs it into the file. A run leaves 6 MB per 2,000 reports, and
# publishing packs at its end anyway; DuckDB's 16 MB made every third COMMIT pay for it. A crash has this much
# to read again at the next opening.
LOG_LIMIT = "64MB"
FIRST_WAIT_S = 0.01  # a run's transaction takes tens of milliseconds
LONGEST_WAIT_S = 0.25  # longer, and a free lock would lie idle noticeably
_LOCKED = ("Could not set lock", "different configuration", "already attached", "already open")
_HOLDER = re.compile(r"PID (\d+)")


def open_private(path: Path, lock_wait_s: float) -> duckdb.DuckDBPyConnection:
    """Open the private file for writing, creating folder and file, and wait at most `lock_wait_s` for its lock.

    Raises:
        WarehouseLockedError: another process (or another writer of this one) still holds it.
        WarehouseError: the folder cannot be written, or the file is no DuckDB file.
    """
    spare_searches()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error
    deadline = time.monotonic() + lock_wait_s
    for attempt in range(1_000_000):
        try:
            return _attach(path)
        except (duckdb.Error, OSError) as error:
            if not any(words in str(error) for words in _LOCKED):
                raise _unwritable(path, error) from error
            if time.monotonic() >= deadline:
                raise _locked(path, error) from error
        # Jitter, so that two waiting writers do not knock at the same moments.
        time.sleep(random.uniform(0, min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(attempt, 8))))  # noqa: S311 - jitter
    raise WarehouseLockedError(f"{path} stayed locked")  # pragma: no cover - the deadline comes first


def open_read_only(path: Path, *, memory_limit: str, n_threads: int) -> duckdb.DuckDBPyConnection:
    """Open a published file for reading with everything else shut: no other files, no extensions, no settings.

    Raises:
        WarehouseError: the file is missing or no DuckDB file.
        WarehouseLockedError: it is a private file that a run is writing to.
    """
    spare_searches()
    if not path.exists():
        raise WarehouseError(
            f"there is no published warehouse at {path}",
            unchanged="nothing was read",
            next_step="run `deconflict run` once, or set DECONFLICT_HOME",
        )
    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": memory_limit,
        "threads": n_threads,
    }
    try:
        con = duckdb.connect(str(path), read_only=True, config=config)
        _settle(con)
    except duckdb.Error as error:
        if any(words in str(error) for words in _LOCKED):
            raise _locked(path, error) from error
        raise WarehouseError(
            f"cannot read {path}: {_first_line(error)}",
            unchanged="nothing was read",
            next_step="if the file is torn, publish again or open an older snapshot beside it",
        ) from error
    return con


def _settle(con: duckdb.DuckDBPyConnection) -> None:
    """Set what concerns the session, then lock all settings.

    Connections of one process to one file share a database, so the second finds the settings locked: it is hardened
    already, and keeps the session's defaults (the machine's zone to show instants in, a progress bar in notebooks).
    """
    for statement in ("SET enable_progress_bar = false", "SET TimeZone = 'UTC'", "SET lock_configuration = true"):
        try:
            con.execute(statement)
        except duckdb.InvalidInputException as error:
            if "locked" not in str(error):
                raise
            return


def _attach(path: Path) -> duckdb.DuckDBPyConnection:
    """Attach through a memory database, since only ATTACH can set the storage version."""
    con = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})
    try:
        literal = str(path).replace("'", "''")  # ATTACH takes no parameters
        con.execute(f"ATTACH '{literal}' AS warehouse (STORAGE_VERSION '{STORAGE_VERSION}')")
        con.execute("USE warehouse")
        con.execute(f"SET checkpoint_threshold = '{LOG_LIMIT}'")
        con.execute("SET TimeZone = 'UTC'")
        con.execute("SET enable_progress_bar = false")  # it would write between the data on standard output
    except BaseException:
        con.close()
        raise
    return con


def _locked(path: Path, error: Exception) -> WarehouseLockedError:
    holder = _HOLDER.search(str(error))
    pid = holder.group(1) if holder else str(os.getpid())
    return WarehouseLockedError(
        f"{path} is held by process {pid}",
        unchanged="nothing was written",
        next_step="wait for that run, or end that process; readers should open the published file",
    )


def _unwritable(path: Path, error: Exception) -> WarehouseError:
    return WarehouseError(
        f"cannot write {path}: {_first_line(error)}",
        unchanged="nothing was written",
        next_step="check the folder's permissions and free space, and that the file is a warehouse",
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
