"""Connections of one client: lent for one exchange, kept for a while for the next one to the same origin.

In place of httpcore's pool, whose every request looks at every connection (measured: half of what a poll answered by
304 costs). How many are open is bounded by the callers, who bound what is under way; only idle ones are bounded here.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpcore

MAX_IDLE = 32  # over all origins; beyond it the connection idle for longest goes
KEPT_S = 15.0  # how long an idle connection is kept; many servers close theirs after as long


@dataclass(frozen=True, slots=True)
class Lent:
    """A connection for one exchange; one that `has_served` before may have been closed by the server meanwhile."""

    connection: httpcore.AsyncHTTP11Connection
    has_served: bool


class Connections:
    """HTTP/1.1 connections over a guarded backend.

    Args:
        backend: Makes connections; it checks where they go.
        tls: How to verify servers; offers http/1.1 only.
        connect_timeout_s: For the name, TCP and TLS, each.
    """

    def __init__(self, backend: httpcore.AsyncNetworkBackend, tls: ssl.SSLContext, connect_timeout_s: float) -> None:
        self._backend = backend
        self._tls = tls
        self._timeout_s = connect_timeout_s
        self._idle: list[tuple[httpcore.Origin, httpcore.AsyncHTTP11Connection]] = []  # idle for longest first

    @asynccontextmanager
    async def lend(self, origin: httpcore.Origin, *, is_new: bool = False) -> AsyncIterator[Lent]:
        """Lend a connection for one exchange, whose response must be closed before it comes back.

        Args:
            origin: Where to.
            is_new: Whether a kept one will not do.

        Raises:
            httpcore.ConnectError, httpcore.ConnectTimeout: whatever the backend raises.
        """
        kept = None if is_new else await self._kept(origin)
        connection = kept or await self._connect(origin)
        try:
            yield Lent(connection, kept is not None)
        finally:
            if connection.is_idle():
                self._idle.append((origin, connection))
            else:
                await connection.aclose()
        if len(self._idle) > MAX_IDLE:
            await self._idle.pop(0)[1].aclose()

    async def aclose(self) -> None:
        """Close every idle connection; those lent out are closed by who has them."""
        idle, self._idle = self._idle, []
        for _, connection in idle:
            await connection.aclose()

    async def _kept(self, origin: httpcore.Origin) -> httpcore.AsyncHTTP11Connection | None:
        """Take the newest idle connection to an origin that is still open, or null."""
        for place in reversed(range(len(self._idle))):
            if self._idle[place][0] == origin:
                connection = self._idle.pop(place)[1]
                if not connection.has_expired():
                    return connection
                await connection.aclose()
                return None  # older ones have gone as well, most likely; they are found so one by one
        return None

    async def _connect(self, origin: httpcore.Origin) -> httpcore.AsyncHTTP11Connection:
        """Open a connection."""
        host = origin.host.decode("ascii")
        stream = await self._backend.connect_tcp(host, origin.port, self._timeout_s)
        if origin.scheme == b"https":
            stream = await stream.start_tls(self._tls, host, self._timeout_s)
        return httpcore.AsyncHTTP11Connection(origin, stream, keepalive_expiry=KEPT_S)
