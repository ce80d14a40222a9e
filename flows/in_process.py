"""One run of the flow `monitor` in this process, for `deconflict run` and the demo."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import FrameType
from typing import cast

from flows.environment import apart, enter_environment, server_of
from flows.process_tree import children, signal_processes
from flows.reasons import in_one_line
from model.errors import RunLockedError
from model.settings import Settings
from pipeline.monitor import RunSummary


def run_once(settings: Settings, now: datetime, feed_ids: Sequence[str] = ()) -> RunSummary:
    """Run the flow once, for what is due or the feeds named.

    It runs on the server of `deconflict up` where one runs, else on one that ends with this process.

    The first call imports Prefect and starts its server (about 20 s); later calls use both again.

    Raises:
        RunLockedError: another run of this home is under way. DeconflictError: what a stage raised.
    """
    enter_environment(settings, server_of(settings))
    with _orderly_end(), apart(settings):
        return _run(now, feed_ids)


def _run(now: datetime, feed_ids: Sequence[str]) -> RunSummary:
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.monitor import SKIPPED, monitor  # Prefect may be imported from here on

    in_one_line(is_reported=True)
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):  # else each run waits a second for its heart
        state = monitor(now, list(feed_ids), return_state=True)
        if state.name == SKIPPED:
            raise RunLockedError(state.message or "another run is under way")
        return cast("RunSummary", state.result())


@contextmanager
def _orderly_end() -> Iterator[None]:
    """Leave the interpreter in order on SIGTERM and SIGHUP: only then does Prefect end the server that it has started.

    A server whose start the signal interrupted is not known to Prefect yet: what else we have started is told too.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        del frame
        os.write(2, f"deconflict: {signal.Signals(number).name} heard; what was complete is kept\n".encode())
        atexit.register(lambda: signal_processes(children(os.getpid()), signal.SIGTERM))
        sys.exit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
