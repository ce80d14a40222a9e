"""The supervisor process: forks workers, hands them jobs, kills those that overrun, answers in their place.

Started by `extractors.pool.client` as `python -m extractors.pool.supervisor`; jobs come on standard input, answers go
to standard output, both as frames. It ends when its input ends.
"""

from __future__ import annotations

import importlib
import os
import pickle
import selectors
import signal
import socket
import sys
import time
from dataclasses import dataclass

from extractors.pool.frames import END_OF_SUPERVISOR, read_frame, write_frame
from extractors.pool.worker import DIED, KILLED, SPENT, name_of_death, work


@dataclass(slots=True)
class _Worker:
    """A forked worker; `job` is the number of its job, null while idle; `deadline` is of the monotonic clock."""

    pid: int
    link: socket.socket
    n_left: int
    job: int | None = None
    deadline: float = 0.0


class Supervisor:
    """Keeps `n_workers` busy.

    Args:
        source: Descriptor of the jobs.
        sink: Descriptor of the answers.
        n_workers: Workers at most; forked when first needed.
        cpu_s: Processor time of one job.
        wall_s: Wall time of one job; loose, since the machine may be busy.
        memory_bytes: Address space of a worker beyond what it starts with.
        n_jobs: Jobs of one worker before it is replaced, which bounds what libraries leak and cache.
    """

    def __init__(
        self, source: int, sink: int, *, n_workers: int, cpu_s: float, wall_s: float, memory_bytes: int, n_jobs: int
    ) -> None:
        self._source, self._sink = source, sink
        self._n_workers, self._n_jobs = n_workers, n_jobs
        self._cpu_s, self._wall_s, self._memory_bytes = cpu_s, wall_s, memory_bytes
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()
        self._is_open = True

    def run(self) -> None:
        """Serve until the input ends and every job is answered."""
        self._selector.register(self._source, selectors.EVENT_READ, None)
        is_listening = True
        while self._is_open or any(worker.job is not None for worker in self._workers):
            wants = self._is_open and sum(worker.job is not None for worker in self._workers) < self._n_workers
            if wants != is_listening:
                if wants:
                    self._selector.register(self._source, selectors.EVENT_READ, None)
                else:
                    self._selector.unregister(self._source)
                is_listening = wants
            for key, _ in self._selector.select(self._wait_s()):
                if key.data is None:
                    self._take()
                elif key.data in self._workers:
                    self._hear(key.data)
            self._kill_late()
        for worker in list(self._workers):
            self._retire(worker)

    def _wait_s(self) -> float | None:
        """Wait no longer than to the next deadline."""
        deadlines = [worker.deadline for worker in self._workers if worker.job is not None]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _take(self) -> None:
        """Take a job and hand it to an idle worker."""
        frame = read_frame(self._source)
        if frame is None:
            self._is_open = False
            return
        number, payload = frame
        idle = [worker for worker in self._workers if worker.job is None]
        worker = idle[0] if idle else self._fork()
        worker.job, worker.deadline = number, time.monotonic() + self._wall_s
        worker.n_left -= 1
        try:
            write_frame(worker.link.fileno(), number, payload)
        except OSError:
            self._bury(worker)

    def _hear(self, worker: _Worker) -> None:
        """Pass on a worker's answer, or its death."""
        frame = read_frame(worker.link.fileno())
        if frame is None:
            self._bury(worker)
            return
        worker.job = None
        write_frame(self._sink, *frame)
        if worker.n_left <= 0 or frame[1] == SPENT:  # it ends by itself, and must be given no other job meanwhile
            self._retire(worker)

    def _kill_late(self) -> None:
        """Kill workers that are over their wall time."""
        for worker in [w for w in self._workers if w.job is not None and w.deadline <= time.monotonic()]:
            os.kill(worker.pid, signal.SIGKILL)
            self._bury(worker, f"it took longer than {self._wall_s:g} s")

    def _bury(self, worker: _Worker, reason: str | None = None) -> None:
        """Take leave of a dead worker and answer in its place."""
        job = worker.job
        status = self._retire(worker)
        if job is not None:
            kind = (
                KILLED if reason is None and os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else DIED
            )
            write_frame(self._sink, job, pickle.dumps((kind, reason or name_of_death(status))))

    def _retire(self, worker: _Worker) -> int:
        """Let a worker go; it ends when its link closes. Returns its exit status."""
        self._selector.unregister(worker.link)
        self._workers.remove(worker)
        worker.link.close()
        return os.waitpid(worker.pid, 0)[1]

    def _fork(self) -> _Worker:
        """Fork a fresh worker; it keeps none of the supervisor's descriptors."""
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            self._be_worker(ours, theirs)
        theirs.close()
        worker = _Worker(pid, ours, self._n_jobs)
        self._workers.append(worker)
        self._selector.register(ours, selectors.EVENT_READ, worker)
        return worker

    def _be_worker(self, ours: socket.socket, theirs: socket.socket) -> None:
        """Live as a worker and end the process."""
        exit_code = 1
        try:
            ours.close()
            self._selector.close()
            for worker in self._workers:
                worker.link.close()
            os.close(self._source)
            os.close(self._sink)
            work(theirs.fileno(), self._cpu_s, self._memory_bytes, self._n_jobs)
            exit_code = 0
        finally:
            os._exit(exit_code)


def main(arguments: list[str]) -> None:
    """Start: keep the protocol's descriptors apart, import what workers need, serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; our parent ends us by our input
    source, sink = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)  # a library that prints must not write into the protocol
    try:
        _serve(source, sink, arguments)
    except BrokenPipeError:
        raise
    except Exception as error:  # no memory for a fork, a library that is missing: the caller says it in one line
        write_frame(sink, END_OF_SUPERVISOR, pickle.dumps(f"exit code 1, {type(error).__name__}: {error}"))
        os._exit(1)


def _serve(source: int, sink: int, arguments: list[str]) -> None:
    """Import what workers need and serve."""
    n_workers, cpu_s, wall_s, memory_bytes, n_jobs, *preloaded = arguments
    for name in preloaded:
        module, _, function = name.partition(":")
        getattr(importlib.import_module(module), function)()
    Supervisor(
        source,
        sink,
        n_workers=int(n_workers),
        cpu_s=float(cpu_s),
        wall_s=float(wall_s),
        memory_bytes=int(memory_bytes),
        n_jobs=int(n_jobs),
    ).run()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except BrokenPipeError:  # the caller is gone, and with it the wish for answers
        os._exit(0)
