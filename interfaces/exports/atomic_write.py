"""Whole or not at all: a file or folder is made under another name beside its place and then renamed."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from model.errors import ConfigError, DeconflictError, TransientError

_ABOUT_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG}


def write_files(texts: Mapping[Path, Iterable[str]]) -> None:
    """Write several files, each whole; they take their places after all of them were written, in the order given.

    Raises:
        ConfigError: a place cannot be written to.
        TransientError: the disk is full or failing.
    """
    partials = {path: _partial(path) for path in texts}
    try:
        for path, pieces in texts.items():
            with write_errors(path):
                _write(partials[path], pieces)
        for path, partial in partials.items():
            with write_errors(path):
                partial.replace(path)
    finally:
        for partial in partials.values():
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def write_folder(path: Path, fill: Callable[[Path], None], is_ours: Callable[[Path], bool]) -> None:
    """Fill a new folder and put it in the place of `path`, which may be absent, empty, or an earlier one of ours.

    Raises:
        ConfigError: the place cannot be written to, or holds something else.
        TransientError: the disk is full or failing.
    """
    with write_errors(path):
        if path.exists() and (not path.is_dir() or (any(path.iterdir()) and not is_ours(path))):
            raise ConfigError(
                f"{path} is there already and is no earlier export",
                unchanged="nothing was written",
                next_step="name another folder, or empty this one",
            )
        partial, old = _partial(path), path.with_name(f".{path.name}.{uuid4().hex[:8]}.old")
        try:
            partial.mkdir()
            fill(partial)
            if path.exists():
                path.rename(old)
            partial.rename(path)
        except BaseException:
            # Put the earlier export back if we were stopped between the two renames.
            if old.exists() and not path.exists():
                old.rename(path)
            raise
        finally:
            shutil.rmtree(partial, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)


def write_text(path: Path, pieces: Iterable[str]) -> None:
    """Write one file of a folder that is not in its place yet."""
    _write(path, pieces)


@contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """Lend a file to write bytes to; it takes its place when the block ends well, and is gone otherwise.

    Raises:
        ConfigError: the place cannot be written to.
        TransientError: the disk is full or failing.
    """
    partial = _partial(path)
    try:
        with write_errors(path):
            with partial.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


@contextmanager
def write_errors(path: Path) -> Iterator[None]:
    """Turn what the system says of a write to `path` into one line of ours."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        made: DeconflictError
        if error.errno in _ABOUT_SPACE:
            made = TransientError(
                f"cannot write {path}: {reason}",
                unchanged="what was there is unchanged",
                next_step="free some space and export again",
            )
        else:
            made = ConfigError(
                f"cannot write {path}: {reason}",
                unchanged="what was there is unchanged",
                next_step="name a place in a folder that is there and writable",
            )
        raise made from error


def _write(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def _partial(path: Path) -> Path:
    return path.with_name(f".{path.name}.{uuid4().hex[:8]}.partial")
