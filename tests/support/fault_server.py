"""A server that misbehaves on purpose, byte by byte, on loopback; one path for each fault."""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

RSS = (
    b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Faults</title>'
    b"<item><guid>g1</guid><title>One</title><link>https://news.example/1</link>"
    b"<pubDate>Wed, 07 Feb 2018 21:30:00 GMT</pubDate></item>"
    b"<item><guid>g2</guid><title>Two</title><link>https://news.example/2</link></item></channel></rss>"
)


@dataclass(frozen=True)
class Request:
    """One request as it came; header names are in small letters."""

    path: str
    headers: dict[str, str]


Behaviour = Callable[["Faults", Request, asyncio.StreamWriter], Awaitable[None]]


def answer(
    status: int = 200, body: bytes = RSS, headers: dict[str, str] | None = None, length: int | None = None
) -> bytes:
    """Make the bytes of a whole answer; `length` may lie."""
    fields = {"Content-Length": str(len(body) if length is None else length), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode("latin-1") + body


@dataclass
class Faults:
    """The running server: its address, what was asked of it, and an event that sets waiting handlers free."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    plain: dict[str, bytes] = field(default_factory=dict)
    special: dict[str, Behaviour] = field(default_factory=dict)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]


async def _serve(faults: Faults, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while line := await reader.readline():
            path = line.decode("latin-1").split(" ")[1]
            headers = {}
            while (field_line := (await reader.readline()).decode("latin-1").strip()) != "":
                name, _, value = field_line.partition(":")
                headers[name.lower()] = value.strip()
            request = Request(path, headers)
            faults.requests.append(request)
            behaviour = faults.special.get(path)
            if behaviour is not None:
                await behaviour(faults, request, writer)
                return
            writer.write(faults.plain.get(path) or answer(404, b"gone"))
            await writer.drain()
    except (ConnectionError, IndexError, asyncio.IncompleteReadError):
        return
    finally:
        writer.close()


async def silent(faults: Faults, request: Request, writer: asyncio.StreamWriter) -> None:
    """Take the request and never answer."""
    await faults.over.wait()


async def silent_body(faults: Faults, request: Request, writer: asyncio.StreamWriter) -> None:
    """Send the head and half the body, then nothing more."""
    writer.write(answer(body=RSS)[: -len(RSS) // 2])
    await writer.drain()
    await faults.over.wait()


async def drip(faults: Faults, request: Request, writer: asyncio.StreamWriter) -> None:
    """Send the body one byte at a time, each well within the idle limit."""
    writer.write(answer(body=b"", length=100_000))
    while not faults.over.is_set():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


async def reset_at_once(faults: Faults, request: Request, writer: asyncio.StreamWriter) -> None:
    """Drop the connection before any answer."""
    writer.transport.abort()


async def reset_in_body(faults: Faults, request: Request, writer: asyncio.StreamWriter) -> None:
    """Drop the connection within the body."""
    writer.write(answer(body=RSS[:50], length=len(RSS)))
    await writer.drain()
    writer.transport.abort()


async def truncated_chunks(faults: Faults, request: Request, writer: asyncio.StreamWriter) -> None:
    """End a chunked body in the middle of a chunk."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n" + RSS[:100])
    await writer.drain()


async def endless(faults: Faults, request: Request, writer: asyncio.StreamWriter) -> None:
    """Send a body without a length and without an end."""
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while not faults.over.is_set():
        writer.write(b"x" * 65_536)
        await writer.drain()


async def endless_head(faults: Faults, request: Request, writer: asyncio.StreamWriter) -> None:
    """Send headers without an end."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100_000):
        writer.write(f"X-{number}: {'y' * 100}\r\n".encode())
        await writer.drain()


async def no_http(faults: Faults, request: Request, writer: asyncio.StreamWriter) -> None:
    """Speak another protocol."""
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    await writer.drain()


async def lying_304(faults: Faults, request: Request, writer: asyncio.StreamWriter) -> None:
    """Always answer a conditional request with 304, whatever has changed."""
    is_conditional = "if-none-match" in request.headers
    writer.write(answer(304, b"", {"ETag": '"same"'}) if is_conditional else answer(headers={"ETag": '"same"'}))
    await writer.drain()


async def honest_304(faults: Faults, request: Request, writer: asyncio.StreamWriter) -> None:
    """Answer 304 exactly when both validators come back to the letter."""
    etag, modified = 'W/"a b-\xe9"', "Wed, 07 Feb 2018 21:30:00 GMT"
    sent = (request.headers.get("if-none-match"), request.headers.get("if-modified-since"))
    fields = {"ETag": etag, "Last-Modified": modified}
    writer.write(answer(304, b"", fields) if sent == (etag, modified) else answer(headers=fields))
    await writer.drain()


def _redirect(status: int, target: str) -> bytes:
    return answer(status, b"", {"Location": target})


def _fill(faults: Faults) -> None:
    bomb = gzip.compress(b"\0" * 60_000_000, 9)
    faults.special = {
        "/silent": silent,
        "/silent-body": silent_body,
        "/drip": drip,
        "/reset": reset_at_once,
        "/reset-body": reset_in_body,
        "/truncated": truncated_chunks,
        "/endless": endless,
        "/endless-head": endless_head,
        "/no-http": no_http,
        "/lying-304": lying_304,
        "/honest-304": honest_304,
    }
    faults.plain = {
        "/good": answer(headers={"ETag": '"v1"', "Content-Type": "application/rss+xml"}),
        "/gzip": answer(body=gzip.compress(RSS), headers={"Content-Encoding": "gzip"}),
        "/gzip-bomb": answer(body=bomb, headers={"Content-Encoding": "gzip"}),
        "/gzip-cut": answer(body=gzip.compress(RSS)[:-20], headers={"Content-Encoding": "gzip"}),
        "/gzip-twice": answer(body=gzip.compress(gzip.compress(RSS)), headers={"Content-Encoding": "gzip, gzip"}),
        "/odd-encoding": answer(headers={"Content-Encoding": "rot13"}),
        "/announced-large": answer(body=b"", length=500_000_000),
        "/wrong-length": answer(length=len(RSS) + 500),
        "/html": answer(body=b"<!doctype html><html><body>Back soon</body></html>"),
        "/empty": answer(body=b""),
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
        "/503": answer(503, b"", {"Retry-After": "3600"}),
        "/bot-wall": answer(403, b"<html>", {"cf-mitigated": "challenge"}),
        "/cookie": answer(headers={"Set-Cookie": "id=1; Path=/"}),
        "/robots.txt": answer(body=b"User-agent: *\nDisallow: /closed\n"),
        "/page": answer(body=b"<html><body><p>News.</p></body></html>", headers={"Content-Type": "text/html"}),
    }
    for status in (400, 401, 403, 404, 410, 451, 500, 502):
        faults.plain[f"/{status}"] = answer(status, b"no")
    for number in range(12):
        faults.plain[f"/chain-{number}"] = _redirect(301, f"/chain-{number + 1}")


@contextmanager
def running_faults() -> Iterator[Faults]:
    """Run the server in a thread of its own for as long as the block lasts."""
    faults = Faults()
    loop = asyncio.new_event_loop()
    started = threading.Event()

    async def run() -> None:
        server = await asyncio.start_server(lambda r, w: _serve(faults, r, w), "127.0.0.1", 0)
        faults.port = server.sockets[0].getsockname()[1]
        _fill(faults)
        started.set()
        await faults.over.wait()
        server.close()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    started.wait()
    try:
        yield faults
    finally:
        loop.call_soon_threadsafe(faults.over.set)
        thread.join()
