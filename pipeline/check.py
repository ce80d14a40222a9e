"""Look at parts of an installation for `deconflict doctor`, without running anything."""

from __future__ import annotations

from pathlib import Path

from acquisition.feeds_file import load_feeds


def count_feeds(path: Path) -> int:
    """Count the feeds of a feeds file.

    Raises:
        ConfigError: the file is missing or wrong.
    """
    return len(load_feeds(path))
