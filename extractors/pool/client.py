"""The caller's side of the pool."""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.pool.frames import read_frame, write_frame
from extractors.pool.worker import DIED, OK

PRELOADED = ("extractors.page.extract:warm_up", "extractors.feed.parse:warm_up")
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may cost, and how many jobs a worker does before it is replaced."""

    cpu_s: float = 2.0  # real pages: 99 % under 0.7 s, hostile ones over 90 s (measured)
    wall_s: float = 20.0  # ten times the processor time, since the machine may be busy
    memory_bytes: int = 256 << 20  # beyond the imported libraries; the largest real pages need about 100 MB
    n_jobs: int = 200  # bounds what lxml and trafilatura's caches keep; a fork costs about 10 ms


@dataclass(frozen=True, slots=True)
class PoolResult:
    """The result of a job, or in `failure` why there is none. `has_died`: it was killed for what it cost."""

    value: Any = None
    failure: str | None = None
    has_died: bool = False


class Pool:
    """A supervisor process and its workers; calls from several threads take turns.

    Args:
        n_workers: Workers at most.
        limits: What one job may cost.
        preloaded: Functions ("module:name") that the supervisor calls once, before it forks.
    """

    def __init__(self, n_workers: int, limits: Limits | None = None, preloaded: Sequence[str] = PRELOADED) -> None:
        self._n_workers = n_workers
        self._preloaded = tuple(preloaded)
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, function: str, arguments: Sequence[object]) -> list[PoolResult]:
        """Call `function` ("module:name") once for each argument, in other processes.

        Returns:
            One result for each argument, in their order.
        """
        if not arguments:
            return []
        with self._lock:
            process = self._start()
            results = self._exchange(process, [pickle.dumps((function, argument)) for argument in arguments])
            if len(results) < len(arguments):
                self._stop()
        lost = PoolResult(failure="the pool ended before its answer came", has_died=True)
        return [results.get(number, lost) for number in range(len(arguments))]

    def close(self) -> None:
        """End the supervisor and its workers."""
        with self._lock:
            self._stop()

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the supervisor, or find it running."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        limits = self._limits
        numbers = (self._n_workers, limits.cpu_s, limits.wall_s, limits.memory_bytes, limits.n_jobs)
        paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(  # noqa: S603 - fixed argv, no shell
            [sys.executable, "-m", "extractors.pool.supervisor", *map(str, numbers), *self._preloaded],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OPENBLAS_NUM_THREADS": "1"},
            bufsize=0,
        )
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], payloads: Sequence[bytes]) -> dict[int, PoolResult]:
        """Send jobs from a thread, since the supervisor reads only while a worker is idle, and collect answers."""
        if process.stdin is None or process.stdout is None:
            return {}
        sender = threading.Thread(target=_send, args=(process.stdin.fileno(), payloads), daemon=True)
        sender.start()
        results: dict[int, PoolResult] = {}
        while len(results) < len(payloads):
            frame = read_frame(process.stdout.fileno())
            if frame is None:
                break
            number, answer = frame
            results[number] = _result(answer)
        sender.join()
        return results

    def _stop(self) -> None:
        """Close the supervisor's input, upon which it ends."""
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _send(fd: int, payloads: Sequence[bytes]) -> None:
    """Write the jobs; when the supervisor dies, the reading side tells."""
    try:
        for number, payload in enumerate(payloads):
            write_frame(fd, number, payload)
    except OSError:
        return


def _result(answer: bytes) -> PoolResult:
    """Read one answer."""
    kind, value = pickle.loads(answer)  # noqa: S301 - written by our own worker
    if kind == OK:
        return PoolResult(value)
    return PoolResult(failure=str(value), has_died=kind == DIED)


_SHARED: dict[tuple[int, int], Pool] = {}
_SHARED_LOCK = threading.Lock()


def shared_pool(n_workers: int) -> Pool:
    """Give this process's pool of so many workers, started when first used and ended with the process."""
    key = (os.getpid(), n_workers)
    with _SHARED_LOCK:
        if key not in _SHARED:
            _SHARED[key] = Pool(n_workers)
            atexit.register(_SHARED[key].close)
        return _SHARED[key]
