"""Copy one file and force it to the disk; run as a process of its own: `python copyfile.py SOURCE TARGET`.

Its own process, because POSIX drops all of a process's locks on a file as soon as the process closes any handle on it:
a writer that copied its own file would silently lose DuckDB's lock (measured). Standard library only, so that it starts
in about 20 ms.

The copy goes past the page cache where the file system lets it. Through the cache every byte is copied once more, and
the sync then waits for whatever else is on its way to the disk: 3.1 GB took 3.7 to 12 s of the clock on a busy machine
and 1.5 to 4.6 s of processor, past the cache 2.1 to 2.5 s and 0.4 s (docs/decisions/0003).
"""

import fcntl
import mmap
import os
import shutil
import sys

CHUNK = 8 << 20  # bytes at a time; larger is no quicker
ALIGNED = 4096  # what goes past the cache has a length and a place that are multiples of this


def copy(source: str, target: str) -> None:
    """Copy the bytes, sync them, and make the copy read-only.

    Raises:
        OSError: reading or writing failed; what was written of the target stays.
    """
    try:
        _copy_past_cache(source, target)
    except (OSError, AttributeError):  # not every system has it, nor every file system
        shutil.copyfile(source, target)  # in the kernel where it can; it also tells what else is the matter
    with open(target, "rb+") as written:  # noqa: PTH123 - pathlib would take half of the start time
        os.fsync(written.fileno())
    os.chmod(target, 0o444)  # noqa: PTH101 - as above


def _copy_past_cache(source: str, target: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_DIRECT
    with open(source, "rb", buffering=0) as read, mmap.mmap(-1, CHUNK) as chunk:  # noqa: PTH123 - a mapping is aligned
        written = os.open(target, flags, 0o600)
        try:
            os.posix_fallocate(written, 0, os.fstat(read.fileno()).st_size)
            with memoryview(chunk) as view:
                while n_read := read.readinto(view):
                    _write(written, view[:n_read])
        finally:
            os.close(written)


def _write(handle: int, data: memoryview) -> None:
    """Write all of it; the end of a file that is no multiple goes through the cache."""
    while data:
        if len(data) % ALIGNED:
            fcntl.fcntl(handle, fcntl.F_SETFL, fcntl.fcntl(handle, fcntl.F_GETFL) & ~os.O_DIRECT)
        n_written = os.write(handle, data)
        data = data[n_written:]


if __name__ == "__main__":
    try:
        copy(sys.argv[1], sys.argv[2])
    except OSError as error:
        sys.exit(str(error))
