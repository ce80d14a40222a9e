"""The server of the faults: each path misbehaves in its own way, and a second port does not even accept."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

from model.errors import TransientError
from newsroom.faults import wire
from newsroom.faults.cases import CASES, STATUSES
from newsroom.faults.documents import documents
from newsroom.faults.wire import Behaviour, Request, answer

HOST = "127.0.0.1"
UNACCEPTED = "/unaccepted"  # served from the port whose queue of connections is full
N_FILLING = 4  # connections that fill the queue of a socket which listens for one


@dataclass
class Faults:
    """The running server: its address, what was asked of it, and what each path does; tests may change the latter."""

    port: int = 0
    deaf_port: int = 0
    requests: list[Request] = field(default_factory=list)
    plain: dict[str, bytes] = field(default_factory=dict)
    special: dict[str, Behaviour] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """Host and port, as the guard's `allow_hosts` names them."""
        return f"{HOST}:{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """All that the guard must let through for every fault to be met."""
        return self.host, f"{HOST}:{self.deaf_port}"

    def url(self, path: str) -> str:
        """Name the address of a path."""
        return f"http://{HOST}:{self.deaf_port if path == UNACCEPTED else self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        """List the requests for a path."""
        return [request for request in self.requests if request.path == path]

    def feeds_file(self) -> str:
        """Write a feeds file that has every fault of feeds; a page's fault is reached from `/pages`, a feed of them."""
        paths = [case.path for case in CASES if not case.is_page] + ["/pages"]
        tables = [{"url": self.url(path), "outlet": f"Fault {path.strip('/')}"} for path in paths]
        return "\n".join(
            f"[feeds.{path.strip('/').replace('-', '_')}_]\n"
            + "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())
            for path, table in zip(paths, tables, strict=True)
        )


async def serve_faults(faults: Faults, listener: socket.socket, ready: Callable[[], None], over: asyncio.Event) -> None:
    """Serve on a bound socket until `over` is set; `ready` is called once every path answers."""
    faults.port = listener.getsockname()[1]
    with ExitStack() as stack:
        faults.deaf_port = stack.enter_context(_deaf())
        _fill(faults)
        server = await asyncio.start_server(lambda r, w: _serve(faults, over, r, w), sock=listener)
        ready()
        await over.wait()
        server.close()


@contextmanager
def running_faults() -> Iterator[Faults]:
    """Run the server in a thread of its own for as long as the block lasts."""
    faults, loop, over, started = Faults(), asyncio.new_event_loop(), asyncio.Event(), threading.Event()
    listener = bind()
    run = serve_faults(faults, listener, started.set, over)
    thread = threading.Thread(target=lambda: loop.run_until_complete(run), daemon=True)
    thread.start()
    if not started.wait(30):
        raise TransientError("the server of faults does not start")
    try:
        yield faults
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()


def bind(port: int = 0) -> socket.socket:
    """Bind a port of the loopback address, a free one for 0.

    Raises:
        TransientError: somebody else has the port.
    """
    try:
        return socket.create_server((HOST, port), backlog=512)
    except OSError as error:
        raise TransientError(f"port {port} of {HOST}: {error.strerror}", next_step="choose another port") from error


@contextmanager
def _deaf() -> Iterator[int]:
    """Listen on a port with a full queue: whoever connects is never answered, not even refused."""
    with ExitStack() as stack:
        deaf = stack.enter_context(socket.create_server((HOST, 0), backlog=0))
        for _ in range(N_FILLING):
            filling = stack.enter_context(socket.socket())
            filling.setblocking(False)
            with suppress(BlockingIOError):
                filling.connect(deaf.getsockname())
        yield deaf.getsockname()[1]


async def _serve(
    faults: Faults, over: asyncio.Event, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    with suppress(ConnectionError, IndexError, asyncio.IncompleteReadError):
        while line := await reader.readline():
            path = line.decode("latin-1").split(" ")[1]
            headers = {}
            while (field_line := (await reader.readline()).decode("latin-1").strip()) != "":
                name, _, value = field_line.partition(":")
                headers[name.lower()] = value.strip()
            request = Request(path, headers, over)
            faults.requests.append(request)
            behaviour = faults.special.get(path)
            if behaviour is not None:
                await behaviour(request, writer)
                break
            writer.write(faults.plain.get(path) or answer(404, b"gone"))
            await writer.drain()
    writer.close()


def _redirect(status: int, target: str) -> bytes:
    return answer(status, b"", {"Location": target})


def _fill(faults: Faults) -> None:
    faults.special = {
        "/silent": wire.silent,
        "/silent-body": wire.silent_body,
        "/drip": wire.drip,
        "/reset": wire.reset_at_once,
        "/reset-body": wire.reset_in_body,
        "/truncated": wire.truncated_chunks,
        "/closed-early": wire.closed_early,
        "/endless": wire.endless,
        "/fifty-megabytes": wire.fifty_megabytes,
        "/endless-head": wire.endless_head,
        "/no-http": wire.no_http,
        "/lying-304": wire.lying_304,
        "/honest-304": wire.honest_304,
        "/etag-churn": wire.etag_churn(),
        "/guid-churn": wire.guid_churn(),
    }
    faults.plain = {
        **documents(),
        "/good": answer(headers={"ETag": '"v1"', "Content-Type": "application/rss+xml"}),
        "/announced-large": answer(body=b"", length=500_000_000),
        "/wrong-length": answer(length=len(wire.RSS) + 500),
        "/short-length": answer(length=wire.RSS.index(b"<title>Two")),
        "/moved": _redirect(301, "/good"),
        "/found": _redirect(302, "/good"),
        "/see-other": _redirect(303, "/good"),
        "/temporary": _redirect(307, "/good"),
        "/permanent": _redirect(308, "/good"),
        "/no-location": answer(302, b""),
        "/loop-a": _redirect(301, "/loop-b"),
        "/loop-b": _redirect(301, "/loop-a"),
        "/to-metadata": _redirect(302, "http://169.254.169.254/latest/meta-data/"),
        "/to-inner": _redirect(302, "http://127.0.0.1:1/"),
        "/to-file": _redirect(302, "file:///etc/passwd"),
        "/to-credentials": _redirect(302, f"http://user:secret@{faults.host}/good"),
        "/429-seconds": answer(429, b"", {"Retry-After": "7200"}),
        "/429-date": answer(429, b"", {"Retry-After": "Wed, 07 Feb 2018 14:00:00 GMT"}),
        "/429-hours": answer(429, b"", {"Retry-After": str(88 * 3600)}),
        "/429": answer(429, b""),
        "/503-later": answer(503, b"", {"Retry-After": "3600"}),
        "/bot-wall": answer(403, b"<html>", {"cf-mitigated": "challenge"}),
        "/cookie": answer(headers={"Set-Cookie": "id=1; Path=/"}),
        "/robots.txt": answer(body=b"User-agent: *\nDisallow: /closed\n"),
        "/pages": answer(body=_feed_of_pages(faults)),
        **{f"/{status}": answer(status, b"no") for status in STATUSES},
        **{f"/chain-{number}": _redirect(301, f"/chain-{number + 1}") for number in range(12)},
    }


def _feed_of_pages(faults: Faults) -> bytes:
    """Make a feed whose entries lead to the pages with faults."""
    items = "".join(
        f"<item><title>{case.words}</title><link>{faults.url(case.path)}</link></item>"
        for case in CASES
        if case.is_page
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
