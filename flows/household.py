"""Processes that live and die together: Prefect's server, its worker, and whatever they start.

Each child leads a session of its own, so that Ctrl-C in a terminal reaches only us, and we end the children in the
right order: a flow that is stopped can still tell the server so. What a child has started ends with it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import FrameType

from flows.family import Process, children, descendants, living, tell
from model.errors import DeconflictError, TransientError

GRACE_S = 20.0  # a flow tells the server that it was stopped, a worker waits for its flows; then they are killed
TICK_S = 0.2  # how often a condition is looked at again


class Stopped(Exception):  # noqa: N818 - not an error: a person has asked for it
    """A signal came while something was waited for."""


@dataclass
class Household:
    """The children, in the order in which they were started, in the folder `root`; logs go to `log_folder`."""

    root: Path
    log_folder: Path
    stopping: Event = field(default_factory=Event)
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start `python -m ARGUMENTS` as the child `name`; what it says goes to its log.

        Handlers set in Python become the default ones in a child, so a SIGINT that our own parent ignored (a shell
        does so with a background job) does not stay ignored there: a worker could not be ended otherwise.
        """
        self.log_folder.mkdir(parents=True, exist_ok=True)
        with (self.log_folder / f"{name}.log").open("wb") as log:
            child = subprocess.Popen(  # noqa: S603 - our own interpreter and fixed words
                [sys.executable, "-m", *arguments],
                cwd=self.root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.children[name] = child
        return child

    def finish(self, name: str, arguments: Sequence[str], timeout_s: float) -> None:
        """Run a child to its end.

        Raises:
            TransientError: it failed or took too long; its log is named. Stopped: a signal came.
        """
        child = self.start(name, arguments)
        self.wait_until(lambda: child.poll() is not None, timeout_s, name)
        del self.children[name]
        if child.returncode:
            raise self._failure(name, f"ended with code {child.returncode}")

    def wait_until(self, condition: Callable[[], bool], timeout_s: float, name: str) -> None:
        """Wait for a condition that the child `name` brings about.

        Raises:
            TransientError: the child ended or the time is up. Stopped: a signal came.
        """
        deadline = time.monotonic() + timeout_s
        while not condition():
            if self.stopping.wait(TICK_S):
                raise Stopped
            if self.children[name].poll() and not condition():
                raise self._failure(name, f"ended with code {self.children[name].returncode}")
            if time.monotonic() > deadline:
                raise self._failure(name, f"is not ready after {timeout_s:.0f} s")

    def check(self) -> None:
        """See that every child lives.

        Raises:
            TransientError: one has ended by itself.
        """
        for name, child in self.children.items():
            if child.poll() is not None:
                raise self._failure(name, f"ended with code {child.returncode}")

    def stop(self) -> None:
        """End all children and all that they started, the last one first."""
        while self.children:
            _, child = self.children.popitem()
            end_family(child)

    def _failure(self, name: str, what: str) -> DeconflictError:
        log = self.log_folder / f"{name}.log"
        return TransientError(f"{name} {what}", next_step=f"see {log}")


def end_family(leader: subprocess.Popen[bytes], grace_s: float = GRACE_S) -> None:
    """Ask what a child has started to end, then the child itself; kill what is left of either after `grace_s` each.

    In this order a flow tells the server that it was stopped. The other way round its worker would kill it first, and
    the run would seem to go on for ever.
    """
    asked: set[Process] = set()
    deadline = time.monotonic() + grace_s
    while (waiting := descendants(leader.pid)) and time.monotonic() < deadline:
        new = children(leader.pid) - asked
        tell(new, signal.SIGTERM)
        asked |= new
        time.sleep(TICK_S)
    family = waiting | descendants(leader.pid)
    _signal_group(leader.pid, signal.SIGTERM)
    deadline = time.monotonic() + grace_s
    while (leader.poll() is None or living(family)) and time.monotonic() < deadline:
        family |= descendants(leader.pid)
        time.sleep(TICK_S)
    _signal_group(leader.pid, signal.SIGKILL)
    tell(family, signal.SIGKILL)
    leader.wait()


def _signal_group(group: int, number: int) -> None:
    """Send a signal to a group that a child of ours leads, if anything of it is left."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS refuses to signal a group of zombies
        return


@contextmanager
def stop_on_signals(stopping: Event) -> Iterator[None]:
    """Set `stopping` on SIGINT, SIGTERM and SIGHUP while the body runs; further ones change nothing."""

    def ask(number: int, frame: FrameType | None) -> None:
        del number, frame
        stopping.set()

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, ask) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
