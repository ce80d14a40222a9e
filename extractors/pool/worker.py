"""What runs in a forked worker: read a job, do it within limits, answer, again."""

from __future__ import annotations

import importlib
import os
import pickle
import resource
import signal
from pathlib import Path

from extractors.pool.frames import read_frame, write_frame
from model.errors import is_of_this_machine

OK, ERROR, DIED = "ok", "error", "died"
KILLED, LOCAL = "killed", "local"  # by somebody else, as by a kernel without memory; a fault of this machine
SPENT = pickle.dumps((DIED, "it needed more memory than allowed"))  # the last answer of a worker: it ends after it


def limit_memory(n_bytes: int) -> None:
    """Forbid more than `n_bytes` of address space beyond what the process has now."""
    statm = Path("/proc/self/statm")
    if not statm.is_file():  # not Linux: the processor and wall limits must do
        return
    used = int(statm.read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + n_bytes, used + n_bytes))


def work(fd: int, cpu_s: float, memory_bytes: int, n_jobs: int) -> None:
    """Serve `n_jobs` jobs from a socket, then end; the supervisor forks a fresh worker.

    A job over its CPU time ends the process by SIGPROF, whose default action no library can catch or delay.
    """
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    limit_memory(memory_bytes)
    for _ in range(n_jobs):
        frame = read_frame(fd)
        if frame is None:
            return
        number, payload = frame
        signal.setitimer(signal.ITIMER_PROF, cpu_s)
        answer = _do(payload)
        signal.setitimer(signal.ITIMER_PROF, 0)
        write_frame(fd, number, answer)
        if answer == SPENT:
            return


def _do(payload: bytes) -> bytes:
    """Do one job; `SPENT` says too that the process should end, its memory being in doubt."""
    try:
        name, argument = pickle.loads(payload)  # noqa: S301 - written by our own parent process
        module, _, function = name.partition(":")
        result = getattr(importlib.import_module(module), function)(argument)
        return pickle.dumps((OK, result))
    except MemoryError:
        return SPENT
    except Exception as error:  # the job's own failure is its answer; the next job is none the worse
        kind = LOCAL if is_of_this_machine(error) else ERROR
        return pickle.dumps((kind, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"))


def name_of_death(status: int) -> str:
    """Tell in words how a worker ended, from `waitpid`'s status."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGPROF:
            return "it needed more processor time than allowed"
        return f"it ended the worker by {signal.Signals(number).name}"
    return f"it ended the worker with exit code {os.waitstatus_to_exitcode(status)}"
