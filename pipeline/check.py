"""Look at parts of an installation for `deconflict doctor`, without running anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from acquisition.feeds_file import load_feeds
from model.settings import Settings
from warehouse import open_writer


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


def check_warehouse(settings: Settings) -> None:
    """See that the warehouse can be written and has every run that was published.

    Raises:
        WarehouseError: it cannot, or has not; nothing was written.
    """
    with open_writer(settings.warehouse_path) as writer:
        writer.check_history(settings.snapshot_path)
