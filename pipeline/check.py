"""Look at parts of an installation for `deconflict doctor`, without running anything."""

from __future__ import annotations

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


def check_inputs(settings: Settings) -> None:
    """See that a run can begin: the feeds file can be read, the warehouse can be written.

    Raises:
        ConfigError: the feeds file is missing or wrong. WarehouseError: the warehouse cannot be written.
    """
    load_feeds(settings.feeds)
    with open_writer(settings.warehouse_path):
        pass
