"""Publishing: checkpoint, copy under a versioned name, fsync, swap the pointer.

The copy is made while the writer holds the file's lock and no transaction is open, so it is whole. Readers open
`published/incidents.duckdb`, a symbolic link to the newest versioned file. The names are versioned because DuckDB gives
a process that reopens a path the instance it has open already, that is the old file; a new name is a new instance. A
few earlier files stay for readers that hold them or are about to follow the old link.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import duckdb

from model.errors import ContractError, WarehouseError
from warehouse.copying import copy_synced
from warehouse.history import check_history
from warehouse.query import one
from warehouse.sqlfile import data_tests

N_SNAPSHOTS_KEPT = 3  # the newest and two before it: a reader resolves the link within milliseconds of opening it
N_ROWS_SHOWN = 5  # of each failing data test: enough to find the fault by


def publish(con: duckdb.DuckDBPyConnection, private_path: Path, snapshot_path: Path) -> Path:
    """Check the contract, copy the private file and swap the pointer to the copy.

    Raises:
        ContractError: a data test selects rows; they stand in the message.
        WarehouseError: the folder or the private file cannot be written, or the private file lacks published runs.
    """
    check_history(con, private_path, snapshot_path)
    check_contract(con)
    _pack(con)
    number = one(con, "select_newest_run")[0]
    folder = snapshot_path.parent
    versioned = folder / f"{snapshot_path.stem}-{number:08d}-{uuid4().hex[:8]}{snapshot_path.suffix}"
    partial = folder / f".{versioned.name}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy_synced(private_path, partial)
        partial.rename(versioned)
        _point(snapshot_path, versioned)
        _sync_folder(folder)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise WarehouseError(
            f"cannot publish to {folder}: {error}",
            unchanged="the last published snapshot stays",
            next_step="free some space or mend the folder, then run again",
        ) from error
    _remove_old(snapshot_path, versioned)
    return versioned


def _pack(con: duckdb.DuckDBPyConnection) -> None:
    """Move what the log holds into the file.

    Raises:
        WarehouseError: the disk failed; the log still holds it.
    """
    try:
        con.execute("CHECKPOINT warehouse")
    except duckdb.Error as error:
        raise WarehouseError(
            f"cannot publish: {str(error).splitlines()[0]}",
            unchanged="what was appended is kept, and the last published snapshot stays",
            next_step="free some space or mend the folder, then run again",
        ) from error


def check_contract(con: duckdb.DuckDBPyConnection) -> None:
    """Run every data test: SQL that selects the rows which break the contract.

    Raises:
        ContractError: at least one test selects rows; names and first rows stand in the message.
    """
    broken = []
    for name, text in data_tests().items():
        failing = con.execute(text).fetchall()
        if failing:
            broken.append(f"{name}: {len(failing)} rows, such as {_shown(failing)}")
    if broken:
        raise ContractError(
            "data tests failed: " + "; ".join(broken),
            unchanged="the last published snapshot stays",
            next_step="roll the run back with `deconflict runs rollback`, or mend the code",
        )


def _shown(failing: Sequence[tuple[object, ...]]) -> str:
    return " | ".join(", ".join(str(value) for value in row) for row in failing[:N_ROWS_SHOWN])


def _point(pointer: Path, target: Path) -> None:
    """Swap the link in one step: a reader sees the old file or the new one."""
    link = pointer.with_name(f".{pointer.name}.{uuid4().hex[:8]}.link")
    link.symlink_to(target.name)
    link.replace(pointer)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_old(pointer: Path, newest: Path) -> None:
    """Remove all but the newest few snapshots, and what an interrupted publish left behind."""
    folder = pointer.parent
    snapshots = sorted(
        folder.glob(f"{pointer.stem}-*{pointer.suffix}"), key=lambda path: (path == newest, path.stat().st_mtime_ns)
    )
    leftovers = [*folder.glob(f".{pointer.stem}-*.partial"), *folder.glob(f".{pointer.name}.*.link")]
    for path in [*snapshots[:-N_SNAPSHOTS_KEPT], *leftovers]:
        path.unlink(missing_ok=True)
