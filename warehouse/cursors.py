"""Named places in the change log, so that a reader is told of each change at least once.

Two steps: read the cursor, tell what came after it, then commit the number told. A crash between telling and committing
tells the same changes again, with the same `change_id`: at least once, with a stable key, never lost. The log has
no gaps and loses nothing, so one number is all that a cursor needs, whatever is merged or coded again meanwhile.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from model.errors import ConfigError, WarehouseError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")  # a file name on every system, and no path


@dataclass(frozen=True, slots=True)
class Cursor:
    """A reader's place: everything up to `change_id` has been told. 0 is the beginning."""

    name: str
    change_id: int = 0


def read_cursor(folder: Path, name: str) -> Cursor:
    """Return the cursor `name`; one that was never committed stands at the beginning.

    Raises:
        ConfigError: the name is no file name.
        WarehouseError: the cursor's file is damaged.
    """
    path = _path(folder, name)
    try:
        return Cursor(name, int(json.loads(path.read_text("utf-8"))["change_id"]))
    except FileNotFoundError:
        return Cursor(name)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WarehouseError(
            f"cannot read the cursor {path}: {error}",
            unchanged="nothing was told",
            next_step="remove the file to begin again from the first change",
        ) from error


def commit_cursor(folder: Path, name: str, change_id: int) -> Cursor:
    """Store that everything up to `change_id` has been told; a cursor never goes back.

    Raises:
        ConfigError: the name is no file name.
        WarehouseError: the folder cannot be written.
    """
    before = read_cursor(folder, name)
    if change_id <= before.change_id:
        return before
    path = _path(folder, name)
    partial = path.with_name(f".{path.name}.{uuid4().hex[:8]}.partial")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with partial.open("w", encoding="utf-8") as file:
            json.dump({"change_id": change_id}, file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise WarehouseError(
            f"cannot store the cursor {path}: {error}",
            unchanged="the cursor stays where it was, so the same changes will be told again",
            next_step="mend the folder",
        ) from error
    return Cursor(name, change_id)


def _path(folder: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ConfigError(
            f"{name!r} is no name for a cursor",
            unchanged="nothing was read",
            next_step="use letters, digits, dots, hyphens and underscores",
        )
    return folder / f"{name}.json"
