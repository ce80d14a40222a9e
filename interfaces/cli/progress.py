"""A progress bar on stderr, only where a person looks at it and only once the work takes a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from interfaces.cli.render import verbosity

SHOW_AFTER_S = 1.0  # shorter work needs no bar


def is_watched() -> bool:
    """Whether a person looks at stderr and wants to be told."""
    return sys.stderr.isatty() and not verbosity.is_quiet


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show what is being done and for how long, from the first second on; without a terminal nothing."""
    if not is_watched():
        yield
        return
    columns = (TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, visible=False)
        timer = Timer(SHOW_AFTER_S, lambda: bar.update(task, visible=True))
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


@contextmanager
def progress_bar(unit: str) -> Iterator[Callable[[int, int], None]]:
    """Yield `update(done, of)`; without a terminal on stderr it does nothing."""
    if not is_watched():
        yield lambda done, of: None
        return
    started = time.monotonic()
    columns = (TextColumn(unit), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(unit, visible=False)

        def update(done: int, of: int) -> None:
            is_slow = time.monotonic() - started > SHOW_AFTER_S
            bar.update(task, completed=done, total=of, visible=is_slow)

        yield update
