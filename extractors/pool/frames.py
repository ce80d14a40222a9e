"""Length-prefixed frames over a file descriptor."""

from __future__ import annotations

import os
import struct

END_OF_SUPERVISOR = (1 << 64) - 1  # in place of a job's number: the payload says why the supervisor ends
_HEADER = struct.Struct("!QQ")  # job number, length of the payload in bytes


def write_frame(fd: int, number: int, payload: bytes) -> None:
    """Write one frame whole.

    Raises:
        OSError: the other end is gone.
    """
    view = memoryview(_HEADER.pack(number, len(payload)) + payload)
    while view:
        view = view[os.write(fd, view) :]


def read_frame(fd: int) -> tuple[int, bytes] | None:
    """Read one frame whole, or null where the other end is gone, even in the middle of a frame."""
    header = _read_exactly(fd, _HEADER.size)
    if header is None:
        return None
    number, length = _HEADER.unpack(header)
    payload = _read_exactly(fd, length)
    return None if payload is None else (number, payload)


def _read_exactly(fd: int, n_bytes: int) -> bytes | None:
    """Read so many bytes, or null at the end."""
    parts = bytearray()
    while len(parts) < n_bytes:
        try:
            part = os.read(fd, min(n_bytes - len(parts), 1 << 20))
        except ConnectionResetError:
            return None
        if not part:
            return None
        parts += part
    return bytes(parts)
