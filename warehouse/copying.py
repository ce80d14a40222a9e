"""Copy a file in a process of its own, so that this one keeps its lock on the source (see `copyfile`)."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path


def copy_synced(source: Path, target: Path) -> None:
    """Copy, force to the disk and make the copy read-only.

    Raises:
        OSError: reading or writing failed; what was written of the target stays.
    """
    script = files("warehouse").joinpath("copyfile.py")
    arguments = [sys.executable, "-I", "-S", str(script), str(source), str(target)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603 - fixed program, no shell
    if done.returncode:
        raise OSError(done.stderr.strip() or f"the copy ended with status {done.returncode}")
