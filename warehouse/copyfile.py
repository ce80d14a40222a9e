"""Copy one file and force it to the disk; run as a process of its own: `python copyfile.py SOURCE TARGET`.

Its own process, because POSIX drops all of a process's locks on a file as soon as the process closes any handle on it:
a writer that copied its own file would silently lose DuckDB's lock (measured). Standard library only, so that it starts
in about 20 ms.
"""

import os
import shutil
import sys


def copy(source: str, target: str) -> None:
    """Copy the bytes, sync them, and make the copy read-only.

    Raises:
        OSError: reading or writing failed; what was written of the target stays.
    """
    shutil.copyfile(source, target)  # in the kernel where it can
    with open(target, "rb+") as written:  # noqa: PTH123 - pathlib would take half of the start time
        os.fsync(written.fileno())
    os.chmod(target, 0o444)  # noqa: PTH101 - as above


if __name__ == "__main__":
    try:
        copy(sys.argv[1], sys.argv[2])
    except OSError as error:
        sys.exit(str(error))
