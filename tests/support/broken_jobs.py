"""Jobs for the pool that find the machine at fault: a full disk, a kernel that kills, a supervisor that ends."""

import errno
import os
import signal
from pathlib import Path


def do(name: str) -> str:
    """Do what `name` says; `end PATH` ends the supervisor unless the file is there, which it makes."""
    if name == "full":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if name == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("end "):
        try:
            Path(name.removeprefix("end ")).touch(exist_ok=False)
        except FileExistsError:
            return "ended once"
        os.kill(os.getppid(), signal.SIGKILL)
    return name
