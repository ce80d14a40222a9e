"""`make up`: Prefect's server, the deployments of `prefect.yaml` and one worker, until Ctrl-C; then nothing is left.

    python -m flows.up [--interval SECONDS] [--port PORT]

The home, the feeds file and the rest come from the settings (`DECONFLICT_…`).
"""

from __future__ import annotations

import argparse
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from uuid import UUID

from flows.environment import START_TIMEOUT_S, enter_environment, settings_variables, up_address, up_lock, variables_set
from flows.household import Household, Stopped, stop_on_signals
from model.errors import ConfigError, DeconflictError
from model.settings import Settings, load_settings
from pipeline.lock import run_lock

ROOT = Path(__file__).parents[1]  # where prefect.yaml stands, and the folder that flows run in
HOST, PORT = "127.0.0.1", 4200
POOL = "deconflict"
DEPLOYMENT = "monitor/monitor"
DEPLOY_TIMEOUT_S = 120.0  # Prefect's command line takes 10 s on a quiet machine
LOOK_S = 2.0  # how often ended runs are asked for
EXIT_OK, EXIT_FAILED, EXIT_CONFIG = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until interrupted.

    Returns: 0 after an interrupt, 1 where the server or the worker failed, 2 where a setting is wrong.
    """
    options = _options(arguments)
    stopping = Event()
    try:
        settings = load_settings()
        with stop_on_signals(stopping), run_lock(up_lock(settings), "`make up`"):
            _serve(settings, options.port, options.interval, stopping)
    except Stopped:
        return EXIT_OK
    except DeconflictError as error:
        sys.stderr.write(f"up: {error}\n")
        return EXIT_CONFIG if isinstance(error, ConfigError) else EXIT_FAILED
    return EXIT_OK


def _serve(settings: Settings, port: int, interval_s: int | None, stopping: Event) -> None:
    """Start server, deployments and worker, then tell of runs until `stopping` is set.

    Raises:
        Stopped: it was set. TransientError: a child failed. ConfigError: the port is taken, or a folder not writable.
    """
    _see_free(port)
    address = f"http://{HOST}:{port}"
    enter_environment(settings, f"{address}/api")
    with variables_set(settings_variables(settings)), _household(settings, stopping) as house:
        say(f"Starting Prefect's server; what it says goes to {house.log_folder}")
        house.start("server", ["prefect", "server", "start", "--host", HOST, "--port", str(port)])
        from flows import service  # imports Prefect, which takes seconds, while its server starts

        house.wait_until(service.is_healthy, START_TIMEOUT_S, "server")
        up_address(settings).write_text(f"{address}/api", "utf-8")
        service.make_pool(POOL)
        service.bury_dead_runs()
        service.forget_missed_runs(datetime.now(UTC))
        seen = {run.flow_run_id for run in service.ended_runs(set())}
        house.start("worker", ["prefect", "worker", "start", "--pool", POOL, "--type", "process"])
        house.finish("deploy", ["prefect", "--no-prompt", "deploy", "--all"], DEPLOY_TIMEOUT_S)
        if interval_s:
            service.set_interval(DEPLOYMENT, timedelta(seconds=interval_s))
        service.start_run(DEPLOYMENT)  # so that nobody waits an interval for the first news
        say(f"Runs are scheduled; see them at {address}. Ctrl-C ends everything.")
        _tell(house, seen)


def _tell(house: Household, seen: set[UUID]) -> None:
    """Print a line for each run that ends.

    Raises:
        Stopped: somebody wants us to end. TransientError: the server or the worker has ended by itself.
    """
    from flows import service

    while not house.stopping.wait(LOOK_S):
        house.check()
        for run in service.ended_runs(seen):
            what = f": {run.summary}" if run.summary else ""
            say(f"{run.ended_at.astimezone():%H:%M:%S}  {run.name}  {run.state} after {run.duration_s:.0f} s{what}")
    raise Stopped


@contextmanager
def _household(settings: Settings, stopping: Event) -> Iterator[Household]:
    house = Household(ROOT, settings.prefect_path.absolute() / "logs", stopping)
    try:
        yield house
    finally:
        say("Stopping the worker and the server")
        up_address(settings).unlink(missing_ok=True)
        house.stop()


def _see_free(port: int) -> None:
    """Raise ConfigError where somebody listens at the port."""
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise ConfigError(
                f"port {port} is taken", next_step="stop what listens there, or choose another with --port"
            )


def say(line: str) -> None:
    """Print a line for the person at the terminal."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="up", description="Run the monitor on schedule until Ctrl-C.")
    parser.add_argument("--interval", type=_interval, help="seconds between runs; default: what prefect.yaml says")
    parser.add_argument("--port", type=int, default=PORT, help=f"of Prefect's server and UI; default {PORT}")
    return parser.parse_args(arguments)


def _interval(text: str) -> int:
    seconds = int(text)
    if seconds < 1:
        raise argparse.ArgumentTypeError("an interval is at least one second")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
