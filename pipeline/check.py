"""Look at parts of an installation for `deconflict doctor`, without running anything."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from acquisition.feeds_file import load_feeds
from model.errors import TransientError
from model.settings import Settings
from warehouse import open_writer

LEAST_FREE_HOME = 100_000_000  # bytes: a quiet run with its archive and one publish of a small warehouse
LEAST_FREE_TEMPORARY = 200_000_000  # bytes: each start of the pool of parsers unpacks 68 MB of a language model


def count_feeds(path: Path) -> int:
    """Count the feeds of a feeds file.

    Raises:
        ConfigError: the file is missing or wrong.
    """
    return len(load_feeds(path))


def place_table(settings: Settings) -> Path:
    """The file of the place tables that this code reads, whether it was built or not."""
    from extractors.reference.gazetteer import gazetteer_path

    return gazetteer_path(settings.reference_path)


def is_feeds_file(text: str) -> bool:
    """Tell the path of a feeds file from ids of feeds: no id has a dot or a slash."""
    return Path(text).exists() or not set(text).isdisjoint("./\\")


def check_inputs(settings: Settings, feed_ids: Sequence[str] = ()) -> None:
    """See that a run can begin: the feeds file can be read and has these feeds, the warehouse can be written.

    Raises:
        ConfigError: the feeds file is missing or wrong. WarehouseError: the warehouse cannot be written, or
            lacks runs that were published.
    """
    from pipeline.monitor import named_feeds  # here: `doctor` and the reading verbs need no stages

    named_feeds(load_feeds(settings.feeds), feed_ids)
    check_warehouse(settings)


def check_room(settings: Settings) -> None:
    """See that the home and the temporary folder have room for a run: without it, feeds would be blamed for our disk.

    Raises:
        TransientError: one is full or cannot be written; nothing was asked or stored.
    """
    for what, folder, wanted in (
        ("the home", settings.home, LEAST_FREE_HOME),
        ("the temporary folder", Path(os.environ.get("TMPDIR") or tempfile.gettempdir()), LEAST_FREE_TEMPORARY),
    ):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(b"room")
            free, why = shutil.disk_usage(folder).free, f"has less than {wanted // 1_000_000} MB free"
        except OSError as error:
            free, why = 0, f"cannot be written: {error.strerror}"
        if free < wanted:
            raise TransientError(
                f"{what} {folder} {why}",
                unchanged="no feed was asked and nothing was stored",
                next_step="free some space, or see deconflict doctor",
            )


def check_warehouse(settings: Settings) -> None:
    """See that the warehouse can be written and has every run that was published.

    Raises:
        WarehouseError: it cannot, or has not; nothing was written.
    """
    with open_writer(settings.warehouse_path) as writer:
        writer.check_history(settings.snapshot_path)
