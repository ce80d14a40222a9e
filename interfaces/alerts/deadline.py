"""A deadline for calls whose libraries know only the time between two bytes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

_T = TypeVar("_T")


def within(seconds: float, work: Callable[[], _T]) -> _T:
    """Do `work` in a thread and return its result; one that takes longer is left to itself and ends with the process.

    Raises:
        TimeoutError: it was not done in time.
        Exception: whatever the work raises.
    """
    done: Future[_T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # told where the result is waited for
            done.set_exception(error)

    Thread(target=run, name="alert", daemon=True).start()
    return done.result(seconds)
