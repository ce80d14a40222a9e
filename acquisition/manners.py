"""Manners towards each host: how many requests at once, how far apart, and when to leave it alone for this run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from model.feed import Outcome

LATENCY_WEIGHT = 0.25  # share of the newest answer in the moving average of a host's latency (story-indexer)
DEAD_AFTER_FAILURES = 3  # connections in a row that fail before a host is left alone for the run
ALLOWED_IN_FLIGHT = 8  # a host of `allow_hosts` is ours: no delay, and as many at once as two cores can serve
_SILENT = frozenset({Outcome.CONNECT_ERROR, Outcome.UNKNOWN_HOST, Outcome.TIMEOUT, Outcome.TLS_ERROR})


def host_of(url: str) -> str:
    """Name the host and port of an address, as `allow_hosts` would."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return ""
    return f"{(parts.hostname or '').lower()}:{port}"


@dataclass(slots=True)
class HostRecord:
    """What this run knows of one host; times are seconds of the machine's monotonic clock, which event loops share."""

    delay_s: float
    free_at: float = 0.0
    latency_s: float = 0.0
    n_asked: int = 0
    n_silent: int = 0
    is_rate_limited: bool = False


HostLedger = dict[str, HostRecord]  # by host:port; kept over the calls of one run, so that a budget is had once


@dataclass(slots=True)
class _Gate:
    """The turns at one host; bound to one event loop."""

    slots: asyncio.Semaphore
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Manners:
    """Per-host slots for one event loop; what is learnt of hosts goes into a ledger that may outlive it.

    Args:
        n_in_flight: Requests to one host at once.
        delay_s: Least time between the starts of two requests to one host; a slow host gets more (its mean latency).
        allow_hosts: "host:port" pairs that get no delay and many slots.
        max_requests: Requests to one host in this run; the rest are put off.
        ledger: What earlier calls of the same run learnt; by default nothing.
    """

    def __init__(
        self,
        n_in_flight: int,
        delay_s: float,
        allow_hosts: Collection[str] = (),
        max_requests: int | None = None,
        ledger: HostLedger | None = None,
    ) -> None:
        self._n_in_flight = n_in_flight
        self._delay_s = delay_s
        self._allow_hosts = frozenset(allow_hosts)
        self._max_requests = max_requests
        self._ledger: HostLedger = {} if ledger is None else ledger
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
        if host.is_rate_limited:
            return f"{name} asked us to slow down in this run"
        if host.n_silent >= DEAD_AFTER_FAILURES:
            return f"{name} failed to answer {host.n_silent} times in a row in this run"
        if self._max_requests is not None and name not in self._allow_hosts and host.n_asked >= self._max_requests:
            return f"{name} has had its {self._max_requests} requests of this run"
        host.n_asked += 1
        return None

    @asynccontextmanager
    async def slot(self, name: str) -> AsyncIterator[None]:
        """Wait for a turn at a host and hold it."""
        host, gate = self._host(name), self._gate(name)
        async with gate.slots:
            async with gate.lock:
                loop = asyncio.get_running_loop()
                wait_s = host.free_at - loop.time()
                if wait_s > 0:
                    await asyncio.sleep(wait_s)
                if host.delay_s > 0:
                    host.free_at = loop.time() + max(host.delay_s, host.latency_s)
            yield

    def heard(self, name: str, outcome: Outcome, duration_ms: int) -> None:
        """Learn from an answer: latency, silence, a plea to slow down."""
        host = self._host(name)
        host.latency_s += LATENCY_WEIGHT * (duration_ms / 1000 - host.latency_s)
        host.n_silent = host.n_silent + 1 if outcome in _SILENT else 0
        host.is_rate_limited = host.is_rate_limited or outcome is Outcome.RATE_LIMITED
