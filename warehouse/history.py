"""Guards against losing history: refuse to replace it, back up before a migration, restore from a published file.

The record only grows, so a published file is a prefix of the private one: it is enough to look whether the private file
has the last run of the published one. Where it has not, publishing would replace a longer history by a shorter one.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from model.errors import WarehouseError
from model.settings import SNAPSHOT_FILE, WAREHOUSE_FILE
from warehouse.connect import open_read_only
from warehouse.copying import copy_synced
from warehouse.query import one, rows

BACKUP_FOLDER = Path("backups")
N_BACKUPS_KEPT = 3  # of the files before a migration: the last releases; each is as large as the warehouse


def refuse_lost_file(path: Path) -> None:
    """Refuse to make a new private file where a published one stands beside it.

    Raises:
        WarehouseError: the private file of a home is missing or empty, and its published file is there.
    """
    if path.name != WAREHOUSE_FILE or (path.exists() and path.stat().st_size):
        return
    snapshot = path.parent / SNAPSHOT_FILE
    if snapshot.exists() or any(snapshot.parent.glob(f"{snapshot.stem}-*{snapshot.suffix}")):
        raise _lost(path, f"{path} is missing, but {snapshot.parent} holds what was published from it", snapshot.parent)


def check_history(con: duckdb.DuckDBPyConnection, path: Path, snapshot: Path) -> None:
    """See that the private file has every run that was published. A published file that cannot be read is passed over.

    Raises:
        WarehouseError: it lacks some; nothing is to be published from it.
    """
    last = last_run(snapshot)
    if last is None or rows(con, "select_run_no", run_id=last[0]):
        return
    here = one(con, "select_last_run")[1]
    found = f"{path} has {here} runs and lacks {last[0]}, the last of {last[1]} published runs"
    raise _lost(path, found, snapshot.parent)


def back_up(con: duckdb.DuckDBPyConnection, path: Path, schema_version: int, now: datetime | None = None) -> Path:
    """Copy the private file before a migration; the oldest copies above `N_BACKUPS_KEPT` are removed.

    Args:
        con: The connection that holds the file; no transaction is open.
        path: The private file.
        schema_version: What the file has now; it stands in the copy's name.
        now: The moment in the copy's name.

    Raises:
        WarehouseError: the copy could not be made; nothing is to be migrated.
    """
    folder = path.parent / BACKUP_FOLDER
    at = now or datetime.now(UTC)
    target = folder / f"{path.stem}-schema-{schema_version:04d}-{at:%Y%m%dT%H%M%S}{path.suffix}"
    try:
        con.execute("CHECKPOINT warehouse")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy_synced(path, target)
    except (OSError, duckdb.Error) as error:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise WarehouseError(
            f"no backup could be made before the migration: {str(error).splitlines()[0]}",
            unchanged="nothing was migrated",
            next_step=f"free some space, or make {folder} writable",
        ) from error
    kept = sorted(folder.glob(f"{path.stem}-schema-*{path.suffix}"), key=lambda one: one.stat().st_mtime_ns)
    for old in kept[:-N_BACKUPS_KEPT]:
        old.unlink(missing_ok=True)
    return target


def restore(source: Path, path: Path, now: datetime | None = None) -> Path | None:
    """Put a copy of a published file or backup in the place of the private file.

    Args:
        source: A file that `publish` or `back_up` has made.
        path: The private file; one that is there is moved aside, with its log, and not removed.
        now: The moment in the name of what is moved aside.

    Returns: where the old private file is now, or null where there was none.

    Raises:
        WarehouseError: the source is no warehouse with runs, or the folder cannot be written; nothing was changed.
    """
    if last_run(source) is None:
        raise WarehouseError(f"{source} holds no complete run", unchanged="nothing was restored")
    partial = path.with_name(f".{path.name}.restored")
    at = now or datetime.now(UTC)
    aside = path.with_name(f"{path.name}.replaced-{at:%Y%m%dT%H%M%S}")
    log = path.with_name(f"{path.name}.wal")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        shutil.copyfile(source, partial)
        partial.chmod(0o600)
        had = path.exists()
        if log.exists():  # it belongs to the old file
            log.rename(aside.with_name(f"{aside.name}.wal"))
        if had:
            path.rename(aside)
        partial.rename(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise WarehouseError(f"cannot restore {path}: {error.strerror}", next_step="free some space") from error
    return aside if had else None


def last_run(path: Path) -> tuple[str, int] | None:
    """The last complete run of a file and the number of its runs; null where it has none or cannot be read."""
    if not path.exists():
        return None
    try:
        con = open_read_only(path.resolve(), memory_limit="2GB", n_threads=2)
    except WarehouseError:
        return None
    try:
        run_id, n_runs = one(con, "select_last_run")
    except duckdb.Error:
        return None
    finally:
        con.close()
    return (run_id, n_runs) if run_id is not None else None


def _lost(path: Path, found: str, folder: Path) -> WarehouseError:
    return WarehouseError(
        found,
        unchanged="nothing was written or published",
        next_step=f"deconflict restore; to begin a new history on purpose, move {folder} and {path.name} away first",
    )
