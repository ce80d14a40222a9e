"""`deconflict up`: Prefect's server, the deployments of `prefect.yaml` and one worker, until Ctrl-C.

A server or worker that ends by itself is started again, later each time; a server that fails to answer is asked again.
What a person deletes under HOME/prefect while it runs is made anew.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TypeVar
from uuid import UUID

from acquisition.archive import write_whole
from flows.deployments import Deployment, read_deployments
from flows.environment import START_TIMEOUT_S, absolute, apart, enter_environment, up_address, up_lock, work_folder
from flows.process_group import ProcessGroup, Stopped, stop_on_signals
from interfaces.loopback import NAMES
from model.errors import ConfigError, DeconflictError, TransientError
from model.settings import Settings
from pipeline.lock import run_lock

HOST, PORT = NAMES[0], 4200
POOL = "deconflict"
DEPLOYMENT = "monitor/monitor"
LOOK_S = 2.0  # how often ended runs are asked for
N_TRIES, TRY_AGAIN_S = 5, 2.0  # of what is asked of a server that has just begun: SQLite may be busy for seconds


_Kind = TypeVar("_Kind")


class _Removed(Exception):  # noqa: N818 - not told to anybody: everything is begun again
    """Somebody has removed HOME/prefect or a part of it."""


def up(settings: Settings, port: int = PORT, interval_s: int | None = None) -> None:
    """Run until a signal comes.

    Args:
        settings: Where the home, the feeds file and the rest are; relative paths are meant from the current folder.
        port: Of 127.0.0.1, for Prefect's server and pages.
        interval_s: Seconds between runs; null: what `prefect.yaml` says.

    Raises:
        ConfigError: the port is taken, or a folder not writable. RunLockedError: `up` runs for this home already.
        TransientError: the server or the worker does not begin.
    """
    settings, stopping = absolute(settings), Event()
    interval = timedelta(seconds=interval_s) if interval_s else None
    with stop_on_signals(stopping, _signalled):
        while True:
            try:
                enter_environment(settings, f"http://{HOST}:{port}/api")
                with run_lock(up_lock(settings), "`up`"):
                    _serve(settings, port, interval, stopping)
            except _Removed:
                say(f"{settings.prefect_path} was removed; beginning again")
            except Stopped:
                return


def _serve(settings: Settings, port: int, interval: timedelta | None, stopping: Event) -> None:
    """Start server, deployments and worker, then tell of runs until `stopping` is set.

    Raises:
        Stopped: it was set. TransientError: a child does not begin. ConfigError: the port is taken.
    """
    _see_free(port)
    with apart(settings), _process_group(settings, stopping) as group:
        say(f"Starting Prefect's server; what it says goes to {group.log_folder}")
        group.start("server", ["flows.server", "--port", str(port)])
        from flows import service  # imports Prefect, which takes seconds, while its server starts

        group.wait_until(service.is_healthy, START_TIMEOUT_S, "server")
        tell_address(settings, port)
        seen = _patiently(group, lambda: _deploy(interval))
        group.start("worker", ["flows.worker", POOL])
        _patiently(group, lambda: service.start_run(DEPLOYMENT))  # so that nobody waits an interval for the first news
        say(
            f"Runs are scheduled; see them at http://{HOST}:{port}, whose password is in "
            f"{settings.api_secret_path}. Ctrl-C ends everything."
        )
        _watch(settings, group, seen)


def _deploy(interval: timedelta | None) -> set[UUID]:
    """Make the pool and the deployments, clear what an earlier `up` left, and name the runs that have ended by now."""
    from flows import service

    service.make_pool(POOL)
    service.bury_dead_runs()
    service.forget_missed_runs(datetime.now(UTC))
    seen = {run.flow_run_id for run in service.ended_runs(set())}
    for deployment in read_deployments():
        service.deploy(deployment, interval_of(deployment, interval))
    return seen


def interval_of(deployment: Deployment, asked: timedelta | None) -> timedelta | None:
    """The interval that a person asks for is that of the monitor; null: what `prefect.yaml` says."""
    return asked if f"{deployment.flow_name}/{deployment.name}" == DEPLOYMENT else None


def _patiently(group: ProcessGroup, ask: Callable[[], _Kind]) -> _Kind:
    """Ask the server, again after a while where it fails.

    Raises:
        TransientError: it failed each time. Stopped: a signal came.
    """
    for n_left in reversed(range(N_TRIES)):
        try:
            return ask()
        except Exception as error:  # Prefect's client raises what httpx, pydantic and itself raise
            if not n_left:
                raise TransientError(
                    f"Prefect's server fails: {_reason(error)}", next_step=f"see {group.log_folder / 'server.log'}"
                ) from error
        if group.stopping.wait(TRY_AGAIN_S):
            raise Stopped
    raise AssertionError("unreachable")  # pragma: no cover


def _watch(settings: Settings, group: ProcessGroup, seen: set[UUID]) -> None:
    """Print a line for each run that ends, and start again what has ended by itself.

    Raises:
        Stopped: somebody wants us to end. _Removed: the folder of Prefect is gone.
    """
    failing = ""
    while not group.stopping.wait(LOOK_S):
        if not (up_lock(settings).exists() and (settings.prefect_path / "prefect.db").exists()):
            raise _Removed
        for line in group.mend(time.monotonic()):
            say(line)
        group.rotate_logs()
        try:
            _tell(seen)
        except Exception as error:  # as in `_patiently`; the runs go on meanwhile, or the server is started again
            if _reason(error) != failing:
                failing = _reason(error)
                say(f"Prefect's server does not tell of runs: {failing}; asking on")
        else:
            failing = ""
    raise Stopped


def _tell(seen: set[UUID]) -> None:
    from flows import service

    for run in service.ended_runs(seen):
        why = run.summary or run.message
        what = f": {why}" if why else ""
        say(f"{run.ended_at.astimezone():%H:%M:%S}  {run.name}  {run.state} after {run.duration_s:.0f} s{what}")


def _reason(error: Exception) -> str:
    text = error.message if isinstance(error, DeconflictError) else f"{type(error).__name__}: {error}"
    return " ".join(text.split())[:300]


@contextmanager
def _process_group(settings: Settings, stopping: Event) -> Iterator[ProcessGroup]:
    group = ProcessGroup(work_folder(settings), settings.prefect_path / "logs", stopping)
    try:
        yield group
    finally:
        say("Stopping the worker and the server")
        up_address(settings).unlink(missing_ok=True)
        group.stop()


def tell_address(settings: Settings, port: int) -> None:
    """Write where the server of `up` answers, for `doctor`."""
    up_address(settings).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(up_address(settings), f"http://{HOST}:{port}/api".encode("ascii"))


def _see_free(port: int) -> None:
    """Raise ConfigError where somebody listens at the port."""
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise ConfigError(
                f"port {port} is taken", next_step="stop what listens there, or choose another with --port"
            )


def _signalled(signal_name: str) -> None:
    """Say at once that a signal was heard; a plain write, since a signal may come within any other."""
    os.write(1, f"{signal_name} heard; ending\n".encode())


def say(line: str) -> None:
    """Print a line for the person at the terminal."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
