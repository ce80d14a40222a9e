"""Keeping the archive within its limits, once a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from acquisition.archive import Archive
from model.settings import Settings

EVERY = timedelta(hours=24)  # the whole folder is walked through, which takes seconds once it holds a million bodies


def tidy_archive(settings: Settings, now: datetime | None = None) -> int:
    """Sweep the archive and hold it to the settings' age and size; does nothing within a day of the last time.

    Args:
        settings: The limits and the folder.
        now: The present, as files' times have it; by default the clock's. Simulated time means nothing to them.

    Returns:
        How many files went.
    """
    now = now or datetime.now(UTC)
    marker = settings.archive_path / ".tidied"
    if not settings.archive_path.is_dir():
        return 0
    if marker.exists() and now - datetime.fromtimestamp(marker.stat().st_mtime, UTC) < EVERY:
        return 0
    archive = Archive(settings.archive_path)
    n_gone = archive.sweep(now)
    if settings.archive_days or settings.archive_max_bytes:
        max_age = timedelta(days=settings.archive_days) if settings.archive_days else None
        n_gone += archive.retain(now, max_age, settings.archive_max_bytes or None)
    marker.touch()
    return n_gone
