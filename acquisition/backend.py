"""Connections that go only to addresses which passed the gate.

The name is resolved once, here, at the moment of connecting; the connection is opened to the answer itself, so that a
second, different answer of a hostile name server (rebinding) is never asked for. TLS still names and verifies the host.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Collection, Iterable

import httpcore

from acquisition.guard import is_public


class RefusedAddressError(Exception):
    """The name resolves to an address that may not be asked; internal to `acquisition`, turned into an outcome."""


class UnknownHostError(Exception):
    """The name does not resolve; internal to `acquisition`, turned into an outcome."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """A network backend that resolves, checks and pins.

    Args:
        allow_hosts: "host:port" pairs whose addresses are not checked.
    """

    def __init__(self, allow_hosts: Collection[str] = ()) -> None:
        self._allow_hosts = frozenset(allow_hosts)
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first answering address of `host`, after all its addresses have passed the gate.

        Raises:
            UnknownHostError: the name does not resolve.
            RefusedAddressError: any of its addresses is not public.
            httpcore.ConnectError: no address answered.
            httpcore.ConnectTimeout: none answered in time.
        """
        addresses = await resolve(host, port, timeout)
        if f"{host.lower()}:{port}" not in self._allow_hosts:
            refused = [address for address in addresses if not is_public(address)]
            if refused:
                raise RefusedAddressError(f"{host} resolves to {refused[0]}, which is not a public address")
        error: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in addresses[:3]:  # three tries are plenty, and bound the time that one host may take
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as caught:
                error = caught
        raise error or httpcore.ConnectError(f"{host} has no address")

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no feed lives on a socket file."""
        raise RefusedAddressError("socket files are never asked")

    async def sleep(self, seconds: float) -> None:
        """Wait between retries."""
        await asyncio.sleep(seconds)


async def resolve(host: str, port: int, timeout_s: float | None) -> tuple[str, ...]:
    """Resolve a name to its addresses, in the resolver's order, each once.

    Raises:
        UnknownHostError: the name does not resolve.
        httpcore.ConnectTimeout: the resolver did not answer in time.
    """
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(timeout_s):
            answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(f"resolving {host} took over {timeout_s} s") from error
    except (OSError, UnicodeError) as error:
        raise UnknownHostError(f"{host} does not resolve: {error}") from error
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))
