"""One run at a time in one home: a lock that the kernel frees whatever becomes of its holder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from model.errors import RunLockedError, WarehouseError


@contextmanager
def run_lock(path: Path, what: str = "run") -> Iterator[None]:
    """Hold the lock file at `path` while the body runs; the holder's pid stands in it. `what` names it to a person.

    The lock is `flock`'s: it ends with its holder, so a killed run or a power cut leaves none behind. The file itself
    stays, since removing it would let two runs lock two files of one name.

    Raises:
        RunLockedError: another process, or another run of this one, has it; its pid is named. Nothing is waited for.
        WarehouseError: the file cannot be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise WarehouseError(
            f"{path}: {error.strerror}", unchanged="nothing was read or written", next_step="make the folder writable"
        ) from error
    with os.fdopen(descriptor, "r+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunLockedError(
                f"another {what} has {path} (process {file.read().strip() or 'unknown'})",
                unchanged="nothing was read or written",
                next_step="wait for it to end",
            ) from error
        if not _is_same(file.fileno(), path):  # it was removed meanwhile, and another process may hold a new one
            raise RunLockedError(
                f"{path} was replaced while it was locked",
                unchanged="nothing was read or written",
                next_step="try again",
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _is_same(descriptor: int, path: Path) -> bool:
    """Tell whether the file of a descriptor is the one at the path."""
    try:
        there, held = path.stat(follow_symlinks=False), os.fstat(descriptor)
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)


def holder_of(path: Path) -> int | None:
    """Tell which process holds the lock file; null where nobody does. Holds it shared for an instant to see."""
    try:
        with path.open("r", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                pid = file.read().strip()
                return int(pid) if pid.isdigit() else 0
    except OSError:
        pass
    return None
