"""What is done once a day: old texts go, and a backup is made that has been opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from model.settings import Settings
from pipeline.pruning import prune
from warehouse.backup import Backup, back_up_published
from warehouse.history import BACKUP_FOLDER


@dataclass(frozen=True, slots=True)
class Maintained:
    """What was done: the texts that went, and the backup."""

    n_pruned: int
    backup: Backup

    @property
    def line(self) -> str:
        """What was done, in one line."""
        made = self.backup
        size = f"{made.n_bytes / 1e6:.1f} MB"
        return f"{self.n_pruned} old texts removed; backup {made.path.name} with {made.n_runs} runs, {size}"


def maintain(settings: Settings, now: datetime) -> Maintained:
    """Remove the texts that the setting `text_days` keeps no longer, then copy the published file to HOME/backups.

    Args:
        settings: The home, and how long texts are kept (0: for ever).
        now: The moment from which ages count (aware).

    Raises:
        RunLockedError: a run is under way, and texts are to be removed; nothing was done.
        WarehouseError: there is no warehouse or nothing is published, or the disk failed; earlier backups stay.
    """
    n_pruned = prune(settings, settings.text_days, now).n_pruned if settings.text_days else 0
    return Maintained(n_pruned, back_up_published(settings.snapshot_path, settings.home / BACKUP_FOLDER, now))
