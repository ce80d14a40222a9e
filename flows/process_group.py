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
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from types import FrameType

from flows.logs import last_line, open_log, rotate
from flows.process_tree import Process, children, descendants, living, signal_processes
from model.errors import DeconflictError, TransientError

GRACE_S = 20.0  # a flow tells the server that it was stopped, a worker waits for its flows; then they are killed
CODE = Path(__file__).parents[1]  # where our packages are
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 300.0  # before a child is started again: a port may be held for a second
STEADY_S = 600.0  # a child that lived so long did not fail at its start; its waits begin anew
TICK_S = 0.2  # how often a condition is looked at again


class Stopped(Exception):  # noqa: N818 - not an error: a person has asked for it
    """A signal came while something was waited for."""


@dataclass(frozen=True, slots=True)
class ChildRecord:
    """What was last started as a child, when, how often such have ended soon, and when it is to be started again."""

    arguments: tuple[str, ...]
    started_at_s: float
    n_ends: int = 0
    again_at_s: float | None = None


@dataclass
class ProcessGroup:
    """The children, in the order in which they were started, in the folder `root`; logs go to `log_folder`."""

    root: Path
    log_folder: Path
    stopping: Event = field(default_factory=Event)
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    children_records: dict[str, ChildRecord] = field(default_factory=dict)

    def start(self, name: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start `python -m ARGUMENTS` as the child `name`; what it says is added to its log.

        Handlers set in Python become the default ones in a child, so a SIGINT that our own parent ignored (a shell
        does so with a background job) does not stay ignored there: a worker could not be ended otherwise.
        """
        self.log_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.rotate_logs()
        with open_log(self.log_of(name)) as log:
            child = subprocess.Popen(  # noqa: S603 - our own interpreter and fixed words
                [sys.executable, "-m", *arguments],
                cwd=self.root,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.children[name] = child
        n_ends = self.children_records[name].n_ends if name in self.children_records else 0
        self.children_records[name] = ChildRecord(tuple(arguments), time.monotonic(), n_ends)
        return child

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

    def mend(self, now_s: float) -> Iterator[str]:
        """Start again what has ended by itself, later each time; give a line for each end and each new start.

        Args:
            now_s: The monotonic clock.
        """
        for name, child in tuple(self.children.items()):
            life = self.children_records[name]
            if child.poll() is None:
                continue
            if life.again_at_s is None:
                end_process_tree(child)  # what it had started would hold its port, or run beside the next one
                n_ends = 0 if now_s - life.started_at_s > STEADY_S else life.n_ends
                wait_s = min(FIRST_WAIT_S * 2**n_ends, LONGEST_WAIT_S)
                self.children_records[name] = replace(life, n_ends=n_ends + 1, again_at_s=now_s + wait_s)
                said = last_line(self.log_of(name))
                reason = f" ({said})" if said else ""
                yield f"The {name} ended with code {child.returncode}{reason}; started again in {wait_s:.0f} s"
            elif now_s >= life.again_at_s:
                self.start(name, life.arguments)
                yield f"The {name} is started again"

    def rotate_logs(self) -> None:
        """Move aside what a log holds that has become large."""
        for path in self.log_folder.glob("*.log"):
            rotate(path)

    def log_of(self, name: str) -> Path:
        """The log of a child."""
        return self.log_folder / f"{name}.log"

    def stop(self) -> None:
        """End all children and all that they started, the last one first."""
        while self.children:
            _, child = self.children.popitem()
            end_process_tree(child)

    def _failure(self, name: str, what: str) -> DeconflictError:
        said = last_line(self.log_of(name))
        reason = f": {said}" if said else ""
        return TransientError(f"{name} {what}{reason}", next_step=f"see {self.log_of(name)}")


def _environment() -> dict[str, str]:
    """The environment of a child: ours, and our own packages whichever folder it stands in."""
    paths = [str(CODE), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def end_process_tree(leader: subprocess.Popen[bytes], grace_s: float = GRACE_S) -> None:
    """Ask what a child has started to end, then the child itself; kill what is left of either after `grace_s` each.

    In this order a flow tells the server that it was stopped. The other way round its worker would kill it first, and
    the run would seem to go on for ever.
    """
    asked: set[Process] = set()
    deadline = time.monotonic() + grace_s
    while (waiting := descendants(leader.pid)) and time.monotonic() < deadline:
        new = children(leader.pid) - asked
        signal_processes(new, signal.SIGTERM)
        asked |= new
        time.sleep(TICK_S)
    processes = waiting | descendants(leader.pid)
    _signal_group(leader.pid, signal.SIGTERM)
    deadline = time.monotonic() + grace_s
    while (leader.poll() is None or living(processes)) and time.monotonic() < deadline:
        processes |= descendants(leader.pid)
        time.sleep(TICK_S)
    _signal_group(leader.pid, signal.SIGKILL)
    signal_processes(processes, signal.SIGKILL)
    leader.wait()


def _signal_group(group: int, number: int) -> None:
    """Send a signal to a group that a child of ours leads, if anything of it is left."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS refuses to signal a group of zombies
        return


@contextmanager
def stop_on_signals(stopping: Event, received: Callable[[str], None] = lambda name: None) -> Iterator[None]:
    """Set `stopping` on SIGINT, SIGTERM and SIGHUP while the body runs; `received` gets the name of each."""

    def ask(number: int, frame: FrameType | None) -> None:
        del frame
        stopping.set()
        received(signal.Signals(number).name)

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, ask) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
