"""The archive: raw bodies by content hash, compressed, written once and never changed.

Bytes are kept before anything parses them, so a crash while parsing loses nothing and a later extractor can begin
again. A body is written to a temporary file, flushed to the disk and then renamed, so a file that bears its hash is
whole.
"""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import zstandard

from model.errors import SourceError, TransientError

COMPRESSION_LEVEL = 3  # zstd's default: news pages shrink about fivefold at several hundred MB/s

STALE_AFTER = timedelta(hours=1)  # no write takes longer; a younger file may be another process's at work
_TEMPORARY = ".tmp-"


class Archive:
    """A folder of bodies; `ab/cd/<sha256>.zst` under `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, body_sha256: str) -> Path:
        """Name the file of a hash; two levels of folders keep each of them small."""
        return self.folder / body_sha256[:2] / body_sha256[2:4] / f"{body_sha256}.zst"

    def has(self, body_sha256: str) -> bool:
        """Say whether the body is kept."""
        return self.path_of(body_sha256).is_file()

    def put(self, body: bytes) -> str:
        """Keep a body and return its SHA-256; a body that is already kept costs one look.

        Raises:
            TransientError: the disk is full or the folder cannot be written.
        """
        name = sha256(body).hexdigest()
        path = self.path_of(name)
        if path.is_file():
            return name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, zstandard.ZstdCompressor(level=COMPRESSION_LEVEL).compress(body))
        except OSError as error:
            raise TransientError(
                f"the archive {self.folder} cannot keep {name[:12]}: {error}",
                unchanged="the run was not appended",
                next_step="free space or mend the folder's rights, then run again",
            ) from error
        return name

    def sweep(self, now: datetime) -> int:
        """Remove what a killed process left half written, once it is an hour old; returns how many files went."""
        stale = [path for path in self.folder.rglob(f"{_TEMPORARY}*") if now - _changed_at(path) > STALE_AFTER]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)

    def retain(self, now: datetime, max_age: timedelta | None, max_bytes: int | None) -> int:
        """Remove bodies that are too old, then the oldest until the rest is small enough; returns how many went.

        Args:
            now: The present, as files' times have it (aware).
            max_age: Since the body was first kept; null: no limit.
            max_bytes: Of all compressed bodies together; null: no limit.
        """
        kept = sorted((_changed_at(path), path.name, path) for path in self.folder.rglob("*.zst"))
        sizes = [path.stat().st_size for _, _, path in kept]
        n_bytes, n_gone = sum(sizes), 0
        for (changed_at, _, path), size in zip(kept, sizes, strict=True):
            is_old = max_age is not None and now - changed_at > max_age
            if not is_old and (max_bytes is None or n_bytes <= max_bytes):
                break
            path.unlink(missing_ok=True)
            n_bytes, n_gone = n_bytes - size, n_gone + 1
        return n_gone

    def get(self, body_sha256: str) -> bytes:
        """Return a body.

        Raises:
            SourceError: it is not kept, or the file is damaged.
        """
        try:
            body = zstandard.ZstdDecompressor().decompress(self.path_of(body_sha256).read_bytes())
        except (OSError, zstandard.ZstdError) as error:
            raise SourceError(f"the archive {self.folder} has no readable {body_sha256[:12]}: {error}") from error
        if sha256(body).hexdigest() != body_sha256:
            raise SourceError(f"the archive {self.folder} holds other bytes under {body_sha256[:12]}")
        return body


def _changed_at(path: Path) -> datetime:
    """Say when a file was last written; one that has just gone counts as the newest."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=UTC)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all, whatever kills the process."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
