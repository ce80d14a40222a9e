"""Put the private file back from a published one or a backup, while no run is at work."""

from __future__ import annotations

from pathlib import Path

from model.errors import ConfigError
from model.settings import Settings
from pipeline.lock import run_lock
from warehouse import open_writer
from warehouse.history import restore


def newest_published(settings: Settings) -> Path:
    """Name the published file to restore from: what readers open, else the newest of the versioned files.

    Raises:
        ConfigError: nothing was published in this home.
    """
    snapshot = settings.snapshot_path
    if snapshot.exists():
        return snapshot.resolve()
    found = sorted(snapshot.parent.glob(f"{snapshot.stem}-*{snapshot.suffix}"))
    if not found:
        raise ConfigError(
            f"{snapshot.parent} holds no published file",
            unchanged="nothing was restored",
            next_step="name a backup with --from FILE",
        )
    return found[-1]


def restore_warehouse(settings: Settings, source: Path | None) -> tuple[Path, Path | None]:
    """Restore the private file and bring it to the newest schema; returns the source and where the old file is now.

    Raises:
        ConfigError: there is nothing to restore from. RunLockedError: a run is at work.
        WarehouseError: the source is no warehouse, or the home cannot be written; nothing was changed.
    """
    with run_lock(settings.home / "run.lock"):
        chosen = source or newest_published(settings)
        aside = restore(chosen, settings.warehouse_path)
        with open_writer(settings.warehouse_path) as writer:
            writer.check_history(settings.snapshot_path)
    return chosen, aside
