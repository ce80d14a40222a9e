"""The password of Prefect's server: made once for each home, readable by its owner only.

Prefect's server starts what its clients tell it to, so whoever may ask it may run programs as the person who started
it: any other account of the machine, and any web page in that person's browser. Prefect knows one user with one
password (`PREFECT_SERVER_API_AUTH_STRING`).
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from model.errors import ConfigError

USER = "deconflict"
N_BYTES = 32  # of randomness: nobody guesses 256 bits


def api_secret(path: Path) -> str:
    """Read the `user:password` of a home's server, made when it is not there.

    Args:
        path: The file, in a folder that is there.

    Raises:
        ConfigError: the file cannot be made or read, is a link, belongs to somebody else or can be read by others.
    """
    made = f"{USER}:{secrets.token_urlsafe(N_BYTES)}"
    try:
        return made if keep_secret(path, made) else _read(path)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}", next_step="make the home writable") from error


def keep_secret(path: Path, secret: str) -> bool:
    """Write a password where there is none; returns whether it was written.

    Raises:
        OSError: the file cannot be made.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
    return True


def _read(path: Path) -> str:
    """Read the file if nobody else can have read or written it; an empty one is of a process killed while making it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, encoding="ascii") as file:
            facts, text = os.fstat(file.fileno()), file.read().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _unsafe(path, str(error)) from error
    if not stat.S_ISREG(facts.st_mode) or facts.st_uid != os.geteuid():
        raise _unsafe(path, "it is no file of ours")
    if facts.st_mode & 0o077:
        raise _unsafe(path, f"others may use it (mode {facts.st_mode & 0o777:o})")
    if not text.startswith(f"{USER}:"):
        raise _unsafe(path, "it holds no password")
    return text


def _unsafe(path: Path, why: str) -> ConfigError:
    return ConfigError(f"{path}: {why}", unchanged="nothing was started", next_step="remove it: a new one is made")
