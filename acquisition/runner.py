"""Run coroutines from ordinary code, all on one event loop in a thread of its own.

Calls of several threads share the loop, so that they can share connections and manners, and do not contend for the
interpreter as loops in several threads would. Names are resolved in the loop's default executor, which would have a
handful of threads on a small machine; when the resolver hangs, everybody would wait for it, so it is given enough. The
disk has threads of its own, and few: more of them contend for the interpreter and write no faster.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

N_RESOLVING = 64  # as many as connections: each may be resolving its name
N_WRITING = 4  # enough for one to compress while others wait for the disk
_T = TypeVar("_T")
_LOOPS: dict[int, asyncio.AbstractEventLoop] = {}  # by process: a fork has no thread to run its parent's loop
_LOCK = threading.Lock()
_DISK = ThreadPoolExecutor(N_WRITING, "archive")


def run_blocking(work: Coroutine[None, None, _T]) -> _T:
    """Run to the end and return the result; an interrupt of the waiting thread cancels the work.

    Raises:
        Exception: whatever the work raises.
    """
    future = asyncio.run_coroutine_threadsafe(work, _loop())
    try:
        return future.result()
    finally:
        future.cancel()  # does nothing to what has ended


async def on_disk(work: Callable[[bytes], str], body: bytes) -> str:
    """Write from a thread, so that nobody waits for the disk but the one whose body it is."""
    return await asyncio.get_running_loop().run_in_executor(_DISK, work, body)


def _loop() -> asyncio.AbstractEventLoop:
    """Find or start the loop of this process; its thread ends with the process."""
    with _LOCK:
        loop = _LOOPS.get(os.getpid())
        if loop is None:
            loop = asyncio.new_event_loop()
            loop.set_default_executor(ThreadPoolExecutor(N_RESOLVING, "acquisition"))
            threading.Thread(target=loop.run_forever, name="acquisition", daemon=True).start()
            _LOOPS[os.getpid()] = loop
        return loop
