"""The caller's side of the pool."""

from __future__ import annotations

import atexit
import os
import pickle
import select
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from extractors.pool.frames import END_OF_SUPERVISOR, read_frame, write_frame
from extractors.pool.worker import DIED, KILLED, LOCAL, OK
from model.errors import machine_fault

PRELOADED = ("extractors.page.extract:warm_up", "extractors.feed.parse:warm_up")
WEIGHING = ("extractors.pool.trials:trial", "weigh")  # a job that every machine can do which is well
SILENCE_S = 120.0  # beyond the time of one job: a start with all imports takes 2 s, 30 s on a machine that swaps
MOST_RETRIED = 5  # jobs whose worker was killed from outside that are tried once more: bounds what a batch may take
Answer: TypeAlias = tuple[str, Any]  # how a job ended, and what came of it
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

        Raises:
            TransientError: this machine is at fault: no disk, no memory, processes that do not start or do not answer.
        """
        jobs = {number: pickle.dumps((function, argument)) for number, argument in enumerate(arguments)}
        if not jobs:
            return []
        with self._lock:
            answers = self._insist(jobs)
            in_doubt = [number for number, answer in answers.items() if answer[0] in (KILLED, LOCAL)]
            for number in in_doubt[:MOST_RETRIED]:
                answers |= self._insist({number: jobs[number]})
                self._blame(answers[number])
        return [_result(answers[number]) for number in range(len(jobs))]

    def close(self) -> None:
        """End the supervisor and its workers."""
        with self._lock:
            self._stop()

    def _insist(self, jobs: Mapping[int, bytes]) -> dict[int, Answer]:
        """Have every job answered; a supervisor that ends is started once more for those that are left.

        Raises:
            TransientError: it cannot be started, or ends again.
        """
        answers: dict[int, Answer] = {}
        reason: str | None = None
        for _ in range(2):
            try:
                process = self._start()
            except OSError as error:
                raise machine_fault(error) from error
            left = {number: job for number, job in jobs.items() if number not in answers}
            found, reason = self._exchange(process, left)
            answers |= found
            if len(answers) == len(jobs):
                return answers
            code = self._stop()
            reason = reason or f"exit code {code}"
        raise machine_fault(f"the processes that read feeds and pages end at once: {reason}")

    def _blame(self, answer: Answer) -> None:
        """Let a job be blamed for its end, unless the machine would end a harmless one too.

        Raises:
            TransientError: the machine is at fault.
        """
        kind, value = answer
        is_ours = kind == LOCAL or (kind == KILLED and self._insist({0: pickle.dumps(WEIGHING)})[0][0] != OK)
        if is_ours:
            raise machine_fault(f"a process that reads feeds and pages failed twice: {value}")

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the supervisor, or find it running.

        Raises:
            OSError: the machine has no memory or no place for another process.
        """
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

    def _exchange(
        self, process: subprocess.Popen[bytes], jobs: Mapping[int, bytes]
    ) -> tuple[dict[int, Answer], str | None]:
        """Send jobs from a thread, since the supervisor reads only while a worker is idle, and collect answers.

        Returns:
            The answers that came, and what the supervisor said of its end, if anything.
        """
        if process.stdin is None or process.stdout is None:
            return {}, None
        sender = threading.Thread(target=_send, args=(process.stdin.fileno(), jobs), daemon=True)
        sender.start()
        answers: dict[int, Answer] = {}
        reason = None
        while len(answers) < len(jobs):
            if not select.select([process.stdout], [], [], self._limits.wall_s + SILENCE_S)[0]:
                process.kill()
                reason = f"no answer within {self._limits.wall_s + SILENCE_S:g} s"
                break
            frame = read_frame(process.stdout.fileno())
            if frame is None:
                break
            number, answer = frame
            if number == END_OF_SUPERVISOR:
                reason = str(pickle.loads(answer))  # noqa: S301 - written by our own supervisor
                break
            answers[number] = pickle.loads(answer)  # noqa: S301 - written by our own worker
        if len(answers) < len(jobs):
            process.kill()  # so that the sender ends
        sender.join()
        return answers, reason

    def _stop(self) -> int:
        """Close the supervisor's input, upon which it ends. Returns its exit code, 0 where there is none."""
        process, self._process = self._process, None
        if process is None:
            return 0
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        try:
            return process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _send(fd: int, jobs: Mapping[int, bytes]) -> None:
    """Write the jobs; when the supervisor dies, the reading side tells."""
    try:
        for number, payload in jobs.items():
            write_frame(fd, number, payload)
    except OSError:
        return


def _result(answer: Answer) -> PoolResult:
    """Read one answer."""
    kind, value = answer
    if kind == OK:
        return PoolResult(value)
    return PoolResult(failure=str(value), has_died=kind in (DIED, KILLED))


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
