"""Logs of the children of `deconflict up`: appended to over restarts, rotated by size, never a link."""

from __future__ import annotations

import os
import shutil
from itertools import pairwise
from pathlib import Path
from typing import IO

MAX_BYTES = 10_000_000  # a log: a worker at its usual level writes 1 MB a week, one in trouble 10 MB a day
N_KEPT = 3  # older parts: NAME.log.1 is the newest
N_LAST_BYTES = 4_000  # read from the end for the reason of a child's end


def open_log(path: Path) -> IO[bytes]:
    """Open a log to append to, for its owner only.

    Raises:
        OSError: it cannot be made, or is a symbolic link.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.fdopen(os.open(path, flags, 0o600), "ab", buffering=0)


def rotate(path: Path, max_bytes: int = MAX_BYTES) -> bool:
    """Move what a log holds to `NAME.log.1` when it is large, and say whether it was.

    The file itself is emptied, not replaced: the children have it open for appending and write on at its beginning.
    """
    try:
        if path.is_symlink() or path.stat().st_size <= max_bytes:
            return False
        parts = [path.with_name(f"{path.name}.{number}") for number in range(1, N_KEPT + 1)]
        for newer, older in reversed(list(pairwise(parts))):
            if newer.exists():
                newer.replace(older)
        parts[0].unlink(missing_ok=True)  # a link that leads nowhere was not moved
        shutil.copyfile(path, parts[0])
        os.truncate(path, 0)
    except OSError:  # a full disk: the log stays as it is, and the next look tries again
        return False
    return True


def last_line(path: Path) -> str:
    """The last line of a log that says something; empty where there is none."""
    try:
        with path.open("rb") as log:
            log.seek(max(0, path.stat().st_size - N_LAST_BYTES))
            lines = log.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
