"""What a process has started, directly or not, whichever group or session it is in.

Prefect's worker gives each flow run a session of its own, so a signal to the worker's group does not reach it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
PR_SET_PDEATHSIG = 1  # from linux/prctl.h
PARENT, STARTED, STATE = 1, 19, 0  # fields of /proc/PID/stat after the name, see proc(5)


class Process(NamedTuple):
    """A process; `started` tells it from a later one with the same number."""

    pid: int
    started: str


def children(pid: int) -> set[Process]:
    """List what a process has started itself and what lives now."""
    return {process for parent, process in _running() if parent == pid}


def descendants(pid: int) -> set[Process]:
    """List the children of a process, and theirs, that live now."""
    by_parent: dict[int, list[Process]] = {}
    for parent, process in _running():
        by_parent.setdefault(parent, []).append(process)
    found: set[Process] = set()
    waiting = list(by_parent.get(pid, ()))
    while waiting:
        process = waiting.pop()
        if process not in found:
            found.add(process)
            waiting.extend(by_parent.get(process.pid, ()))
    return found


def living(processes: Iterable[Process]) -> set[Process]:
    """Those of a family that live still."""
    now = {process for _, process in _running()}
    return {process for process in processes if process in now}


def signal_processes(processes: Iterable[Process], number: int) -> None:
    """Send a signal to what lives still of a family."""
    for process in living(processes):
        try:
            os.kill(process.pid, number)
        except ProcessLookupError:
            continue


def end_with_parent() -> None:
    """Have the system send us SIGTERM when our parent ends, however it ends; where a system cannot, nothing changes."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it ended before we had asked
        os.kill(os.getpid(), signal.SIGTERM)


def _running() -> Iterator[tuple[int, Process]]:
    """All processes but the dead ones that nobody has taken leave of, each with its parent's number."""
    yield from _in_proc() if (PROC / "self" / "stat").exists() else _in_ps()


def _in_proc() -> Iterator[tuple[int, Process]]:
    for folder in PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if fields[STATE] != "Z":
            yield int(fields[PARENT]), Process(int(folder.name), fields[STARTED])


def _in_ps() -> Iterator[tuple[int, Process]]:
    listing = subprocess.run(
        ["/bin/ps", "-A", "-o", "pid=,ppid=,stat=,lstart="], capture_output=True, text=True, check=True
    ).stdout
    for line in listing.splitlines():
        pid, parent, state, started = line.split(None, 3)
        if not state.startswith("Z"):
            yield int(parent), Process(int(pid), started)
