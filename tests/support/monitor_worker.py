"""Runs of the monitor without Prefect, each in a process of its own, killed after so many seconds where asked.

One run a line on standard input, as JSON: `settings` (of `model.settings`), `now`, `kill_after_s` (null: let it end).
One line back: the seconds it took, or `killed`. The heavy imports are made once and each run is forked after them.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
import traceback
from datetime import datetime
from pathlib import Path

from model.settings import Settings
from pipeline.coding import load_coder
from pipeline.lock import run_lock
from pipeline.monitor import Monitor, chunks_of


def walk(settings: Settings, now: datetime) -> None:
    """Walk the stages of one run."""
    with run_lock(settings.home / "run.lock"):
        stages = Monitor(settings, now)
        polled = [one for batch in stages.due() for one in stages.poll(batch)]
        concluded = stages.conclude(polled)
        pages = [stages.read(chunk) for chunk in chunks_of(concluded.fetches_planned)]
        stages.append(concluded, pages, [stages.code(chunk.articles) for chunk in pages])
        stages.publish()


def run(settings: Settings, now: datetime, kill_after_s: float | None) -> str:
    """Run in a child, and tell how it ended."""
    begun = time.monotonic()
    pid = os.fork()
    if pid == 0:
        exit_code = 1
        try:
            walk(settings, now)
            exit_code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(exit_code)
    child = os.pidfd_open(pid)
    select.select([child], [], [], kill_after_s)
    took_s = time.monotonic() - begun
    os.kill(pid, signal.SIGKILL)  # a child that has ended is not waited for yet, so the number is still its own
    os.close(child)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return "killed" if status == -signal.SIGKILL else f"{took_s}" if status == 0 else f"failed with {status}"


def main() -> None:
    """Serve until standard input ends."""
    load_coder(Settings(reference=Path(sys.argv[1])))
    for line in sys.stdin:
        asked = json.loads(line)
        settings = Settings(**asked["settings"])
        ended = run(settings, datetime.fromisoformat(asked["now"]), asked["kill_after_s"])
        sys.stdout.write(f"{ended}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
