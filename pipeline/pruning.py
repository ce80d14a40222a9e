"""Keeping the texts of articles no longer than a person wants; incidents, claims and quotes stay for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from model.errors import ConfigError, WarehouseError
from model.settings import Settings
from pipeline.lock import run_lock
from warehouse import Writer, open_writer

# A run lets old texts go by lots of a tenth: each time all texts that stay are written anew. Of 90 days, texts go so
# after 90 to 100.
LOT_0_1 = 0.1


@dataclass(frozen=True, slots=True)
class Pruned:
    """What went: texts of revisions fetched before a moment; the private file with the room that is free in it."""

    fetched_before: datetime
    n_pruned: int
    n_left: int
    file_bytes: int
    free_bytes: int
    is_dry_run: bool

    @property
    def line(self) -> str:
        """What was done, in one line."""
        went = "would go" if self.is_dry_run else "went"
        return (
            f"{self.n_pruned} texts fetched before {self.fetched_before:%Y-%m-%d %H:%M} {went}, {self.n_left} stay; "
            f"the file has {self.file_bytes / 1e6:.1f} MB, {self.free_bytes / 1e6:.1f} MB of it free for later runs"
        )


def prune(settings: Settings, days: int, now: datetime, *, is_dry_run: bool = False) -> Pruned:
    """Remove the texts of revisions that were fetched more than so many days before now, and publish.

    Raises:
        ConfigError: fewer days than articles are looked at again.
        RunLockedError: a run is under way. WarehouseError: there is no warehouse, or the disk failed; nothing went.
    """
    if days < Settings.LEAST_TEXT_DAYS:
        raise ConfigError(
            f"texts are needed for {Settings.LEAST_TEXT_DAYS} days: pages are asked for again and compared",
            unchanged="nothing was removed",
            next_step="name more days, or set DECONFLICT_TEXT_DAYS",
        )
    if not settings.warehouse_path.exists():
        raise WarehouseError(f"there is no warehouse at {settings.warehouse_path}", next_step="deconflict run")
    moment = now - timedelta(days=days)
    with run_lock(settings.home / "run.lock"), open_writer(settings.warehouse_path) as writer:
        n_old, n_all = writer.count_texts(moment)
        if n_old and not is_dry_run:
            writer.prune_texts(moment)
            writer.publish(settings.snapshot_path)
        room = writer.file_room()
    return Pruned(moment, n_old, n_all - n_old, room.n_bytes, room.n_free_bytes, is_dry_run)


def keep_texts_within(writer: Writer, settings: Settings, now: datetime) -> int:
    """Let the texts go that the setting `text_days` keeps no longer, a lot at a time; returns how many went."""
    if not settings.text_days:
        return 0
    return writer.prune_texts(now - timedelta(days=settings.text_days), LOT_0_1)
