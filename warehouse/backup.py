"""A daily copy of the published file, which stands under its name only once it has been opened and found whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from model.errors import WarehouseError
from warehouse.copying import copy_synced
from warehouse.history import last_run

N_DAYS_KEPT = 3  # copies; each is as large as the warehouse


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the warehouse: the file, its last run and the number of its runs, and its size."""

    path: Path
    last_run_id: str
    n_runs: int
    n_bytes: int


def back_up_published(snapshot: Path, folder: Path, now: datetime) -> Backup:
    """Copy the published file to `folder`, one file for each day, and keep the newest `N_DAYS_KEPT` of them.

    Args:
        snapshot: The published file; it may be a link.
        folder: Where the copies are; made where it is not there.
        now: The moment (aware) whose UTC day stands in the copy's name; an earlier copy of the day is replaced.

    Raises:
        WarehouseError: nothing is published, the copy could not be written, or it cannot be read; no copy was removed.
    """
    target = folder / f"{snapshot.stem}-day-{now:%Y%m%d}{snapshot.suffix}"
    partial = folder / f".{target.name}.partial"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        copy_synced(snapshot.resolve(strict=True), partial)
        found = last_run(partial)
        if found is None:
            raise _failed("the copy holds no complete run", "deconflict doctor")
        partial.replace(target)
    except OSError as error:
        raise _failed(str(error), f"see that {snapshot} is there, and {folder} has room") from error
    finally:
        partial.unlink(missing_ok=True)
    for old in sorted(folder.glob(f"{snapshot.stem}-day-*{snapshot.suffix}"))[:-N_DAYS_KEPT]:
        old.unlink(missing_ok=True)
    return Backup(target, *found, target.stat().st_size)


def _failed(why: str, next_step: str) -> WarehouseError:
    return WarehouseError(f"no backup was made: {why}", unchanged="earlier backups stay", next_step=next_step)
