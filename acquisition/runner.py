"""Run a coroutine from ordinary code, with threads enough for names that are slow to resolve.

asyncio resolves names in its default executor, which has a handful of threads on a small machine; when the resolver
hangs, everybody would wait for it, the archive's writes included.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

MAX_THREADS = 64  # as many as connections: each may be resolving its name
_T = TypeVar("_T")


def run_blocking(work: Coroutine[None, None, _T]) -> _T:
    """Run to the end and return the result; the calling thread must have no event loop of its own."""

    async def run() -> _T:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(MAX_THREADS, "acquisition"))
        return await work

    return asyncio.run(run())
