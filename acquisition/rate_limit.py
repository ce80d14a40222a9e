"""Manners towards each host: how many requests at once, how far apart, and when to leave it alone for this run.

`reason_to_leave` and `next_start_s` are the schedule, pure functions of what is known of a host and of a clock that is
handed in. A request that is put off waits for nothing: its host has had its number of requests or its time, answers too
slowly, or its turn would come after the run's time for pages.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from model.feed import Outcome

LATENCY_WEIGHT = 0.25  # share of the newest answer in the moving average of a host's latency (story-indexer)
DEAD_AFTER_FAILURES = 3  # connections in a row that fail before a host is left alone for the run
ALLOWED_IN_FLIGHT = 8  # a host of `allow_hosts` is ours: no delay, and as many at once as two cores can serve
SLOW_ANSWER_S = 10.0  # mean latency above which a host is left for the next run: it would hold up all others
SLOW_AFTER_ANSWERS = 2  # one slow answer may be a pause; two in a row are the host's pace
_SILENT = frozenset({Outcome.CONNECT_ERROR, Outcome.UNKNOWN_HOST, Outcome.TIMEOUT, Outcome.TLS_ERROR})


def host_of(url: str) -> str:
    """Name the host and port of an address, as `allow_hosts` would."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return ""
    return f"{(parts.hostname or '').lower()}:{port}"


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run spends on pages; null is without a limit.

    `host_s` is the time from a host's first request on, `run_s` that from the
    first request to any host on, after which nothing more is asked.
    """

    host_s: float | None = None
    run_s: float | None = None


@dataclass(slots=True)
class HostRecord:
    """What this run knows of one host; times are seconds of the machine's monotonic clock, which event loops share.

    `begun_at` is when its first request was made; `n_waiting` counts requests that wait for their turn.
    """

    delay_s: float
    free_at: float = 0.0
    latency_s: float = 0.0
    n_asked: int = 0
    n_silent: int = 0
    is_rate_limited: bool = False
    begun_at: float | None = None
    n_waiting: int = 0
    n_heard: int = 0


HostRecords = dict[str, HostRecord]  # by host:port; kept over the calls of one run, so that a budget is had once


@dataclass(slots=True)
class _Gate:
    """The turns at one host; bound to one event loop."""

    slots: asyncio.Semaphore
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


def _now_s() -> float:
    """Read the running event loop's clock, which tests move; outside a loop, the machine's."""
    try:
        return asyncio.get_running_loop().time()
    except RuntimeError:
        return time.monotonic()


def reason_to_leave(
    name: str, host: HostRecord, budget: Budget, run_begun_at: float | None, now_s: float, n_before: int = 0
) -> str | None:
    """Say why a host is not asked any more in this run, or null.

    Args:
        name: The host, for the words.
        host: What the run knows of it.
        budget: What the run spends.
        run_begun_at: When the run's first request for a page was made; null before it.
        now_s: The clock, in the same seconds as the records.
        n_before: Requests that wait for their turns at the host already.
    """
    if host.is_rate_limited:
        return f"{name} asked us to slow down in this run"
    if host.n_silent >= DEAD_AFTER_FAILURES:
        return f"{name} failed to answer {host.n_silent} times in a row in this run"
    if host.n_heard >= SLOW_AFTER_ANSWERS and host.latency_s > SLOW_ANSWER_S:
        return f"{name} takes {host.latency_s:.0f} s for an answer; it is left for the next run"
    starts_s = next_start_s(host, now_s, n_before)
    if budget.host_s is not None and host.begun_at is not None and starts_s - host.begun_at > budget.host_s:
        return f"{name} has had its {budget.host_s:g} s of this run"
    if budget.run_s is not None and run_begun_at is not None and starts_s - run_begun_at > budget.run_s:
        return f"the run has spent its {budget.run_s:g} s for pages"
    return None


def next_start_s(host: HostRecord, now_s: float, n_before: int = 0) -> float:
    """Work out when a request could start at a host once `n_before` others have taken their turns."""
    return max(now_s, host.free_at) + n_before * max(host.delay_s, host.latency_s)


class RateLimiter:
    """Per-host slots for one event loop; what is learnt of hosts goes into a ledger that may outlive it.

    Args:
        n_in_flight: Requests to one host at once.
        delay_s: Least time between the starts of two requests to one host; a slow host gets more (its mean latency).
        allow_hosts: "host:port" pairs that get no delay and many slots.
        max_requests: Requests to one host in this run; the rest are put off. Hosts of `allow_hosts` are exempt.
        budget: What the run spends on pages; hosts of `allow_hosts` are exempt.
        ledger: What earlier calls of the same run learnt; by default nothing.
    """

    def __init__(
        self,
        n_in_flight: int,
        delay_s: float,
        allow_hosts: Collection[str] = (),
        max_requests: int | None = None,
        host_records: HostRecords | None = None,
        budget: Budget | None = None,
    ) -> None:
        self._n_in_flight = n_in_flight
        self._delay_s = delay_s
        self._allow_hosts = frozenset(allow_hosts)
        self._max_requests = max_requests
        self._budget = budget or Budget()
        self._ledger: HostRecords = {} if host_records is None else host_records
        self._gates: dict[str, _Gate] = {}

    def _host(self, name: str) -> HostRecord:
        """Find or make the record of a host."""
        delay_s = 0.0 if name in self._allow_hosts else self._delay_s
        return self._ledger.setdefault(name, HostRecord(delay_s))

    def _gate(self, name: str) -> _Gate:
        """Find or make the turns at a host."""
        if name not in self._gates:
            n_slots = ALLOWED_IN_FLIGHT if name in self._allow_hosts else self._n_in_flight
            self._gates[name] = _Gate(asyncio.Semaphore(n_slots))
        return self._gates[name]

    def slow_down(self, name: str, delay_s: float) -> None:
        """Keep at least `delay_s` between requests to a host, as its robots.txt asks; ours are exempt."""
        host = self._host(name)
        if name not in self._allow_hosts:
            host.delay_s = max(host.delay_s, delay_s)

    def reason_to_defer(self, name: str) -> str | None:
        """Say why a host is not asked any more in this run, or null; counts the request where it may be made."""
        host = self._host(name)
        reason = self._reason_to_leave(name, host.n_waiting)
        if reason:
            return reason
        if self._max_requests is not None and name not in self._allow_hosts and host.n_asked >= self._max_requests:
            return f"{name} has had its {self._max_requests} requests of this run"
        host.n_asked += 1
        return None

    def _reason_to_leave(self, name: str, n_before: int) -> str | None:
        begun = [host.begun_at for host in self._ledger.values() if host.begun_at is not None]
        budget = Budget() if name in self._allow_hosts else self._budget
        return reason_to_leave(name, self._host(name), budget, min(begun, default=None), _now_s(), n_before)

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[str | None]:
        """Wait for a turn at a host and hold it, or yield at once the reason why there is none in this run."""
        reason, host = self.reason_to_defer(name), self._host(name)
        if reason:
            yield reason
            return
        gate = self._gate(name)
        host.n_waiting += 1
        async with gate.slots:
            try:
                async with gate.lock:
                    reason = self._reason_to_leave(name, 0)  # it may have fallen silent or slow meanwhile
                    if reason is None:
                        await _space(host)
            finally:
                host.n_waiting -= 1
            yield reason

    @asynccontextmanager
    async def slot(self, name: str) -> AsyncIterator[None]:
        """Wait for a turn at a host and hold it, however long that takes."""
        gate = self._gate(name)
        async with gate.slots:
            async with gate.lock:
                await _space(self._host(name))
            yield

    def record_answer(self, name: str, outcome: Outcome, duration_ms: int) -> None:
        """Learn from an answer: latency, silence, a plea to slow down."""
        host = self._host(name)
        host.n_heard += 1
        host.latency_s += LATENCY_WEIGHT * (duration_ms / 1000 - host.latency_s)
        host.n_silent = host.n_silent + 1 if outcome in _SILENT else 0
        host.is_rate_limited = host.is_rate_limited or outcome is Outcome.RATE_LIMITED


async def _space(host: HostRecord) -> None:
    """Wait until a host may be asked again, and mark when that will next be."""
    loop = asyncio.get_running_loop()
    wait_s = host.free_at - loop.time()
    if wait_s > 0:
        await asyncio.sleep(wait_s)
    host.begun_at = loop.time() if host.begun_at is None else host.begun_at
    if host.delay_s > 0:
        host.free_at = loop.time() + max(host.delay_s, host.latency_s)
