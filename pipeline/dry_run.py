"""A run that stores nothing: what is due is asked, and what would be read is named.

It works on a copy of the published snapshot, which is a whole copy of the private file, in a folder that is removed.
So it holds no lock and touches neither warehouse nor archive, whatever comes of it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from model.errors import TransientError
from model.settings import Settings
from pipeline.monitor import FeedResult, Monitor


@dataclass(frozen=True, slots=True)
class WouldRead:
    """An article that a run would read: a new one, or a young one whose page it would ask for again."""

    feed_id: str
    title: str
    url: str | None
    is_again: bool


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a run would do. `n_due` feeds were asked, and answered as `told`."""

    n_due: int
    told: tuple[FeedResult, ...]
    would_read: tuple[WouldRead, ...]


def dry_run(settings: Settings, now: datetime, feed_ids: Sequence[str] = ()) -> DryRun:
    """Ask the feeds that are due, or those named, and name the articles that a run would read.

    Raises:
        ConfigError: the feeds file is wrong, or has no feed of such an id.
        TransientError: the disk cannot hold a copy of the snapshot.
    """
    with tempfile.TemporaryDirectory(prefix="deconflict-") as folder:
        aside = settings.model_copy(update={"home": Path(folder), "reference": settings.reference_path})
        if settings.snapshot_path.exists():
            _copy(settings.snapshot_path, aside.warehouse_path)
        stages = Monitor(aside, now, feed_ids)
        due = stages.due()
        concluded = stages.conclude([one for batch in due for one in stages.poll(batch)])
    would_read = (
        WouldRead(one.feed.feed_id, one.entry.title, one.entry.url, one.young is not None)
        for one in concluded.fetches_planned
    )
    return DryRun(sum(map(len, due)), concluded.feed_results, tuple(would_read))


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise TransientError(
            f"cannot copy {source} to {target}: {error.strerror}",
            unchanged="nothing was polled or stored",
            next_step="free space in the folder for temporary files, or set TMPDIR to another",
        ) from error
