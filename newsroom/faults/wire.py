"""Faults of the connection: what a server does to the bytes of an answer, whatever stands in them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

RSS = (
    b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Faults</title>'
    b"<item><guid>g1</guid><title>One</title><link>https://news.example/1</link>"
    b"<pubDate>Wed, 07 Feb 2018 21:30:00 GMT</pubDate></item>"
    b"<item><guid>g2</guid><title>Two</title><link>https://news.example/2</link></item></channel></rss>"
)
DRIP_EVERY_S = 0.05  # well within any idle limit, so that only a limit on the whole ends it


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came; header names are in small letters. `over` is set when the server ends."""

    path: str
    headers: Mapping[str, str]
    over: asyncio.Event


Behaviour = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


def answer(
    status: int = 200, body: bytes = RSS, headers: Mapping[str, str] | None = None, length: int | None = None
) -> bytes:
    """Make the bytes of a whole answer; `length` may lie."""
    fields = {"Content-Length": str(len(body) if length is None else length), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode("latin-1") + body


async def silent(request: Request, writer: asyncio.StreamWriter) -> None:
    """Take the request and never answer."""
    del writer
    await request.over.wait()


async def silent_body(request: Request, writer: asyncio.StreamWriter) -> None:
    """Send the head and half the body, then nothing more."""
    writer.write(answer(body=RSS)[: -len(RSS) // 2])
    await writer.drain()
    await request.over.wait()


async def drip(request: Request, writer: asyncio.StreamWriter) -> None:
    """Send the body one byte at a time."""
    writer.write(answer(body=b"", length=100_000))
    while not request.over.is_set():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(DRIP_EVERY_S)


async def reset_at_once(request: Request, writer: asyncio.StreamWriter) -> None:
    """Drop the connection before any answer."""
    del request
    writer.transport.abort()


async def reset_in_body(request: Request, writer: asyncio.StreamWriter) -> None:
    """Drop the connection within the body."""
    del request
    writer.write(answer(body=RSS[:50], length=len(RSS)))
    await writer.drain()
    writer.transport.abort()


async def truncated_chunks(request: Request, writer: asyncio.StreamWriter) -> None:
    """End a chunked body in the middle of a chunk."""
    del request
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n" + RSS[:100])
    await writer.drain()


async def closed_early(request: Request, writer: asyncio.StreamWriter) -> None:
    """Announce more bytes than come, and close."""
    del request
    writer.write(answer(length=len(RSS) + 500))
    await writer.drain()


async def endless(request: Request, writer: asyncio.StreamWriter) -> None:
    """Send a body without a length and without an end."""
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while not request.over.is_set():
        writer.write(b"x" * 65_536)
        await writer.drain()


async def fifty_megabytes(request: Request, writer: asyncio.StreamWriter) -> None:
    """Send a well-formed feed of 50 MB in chunks, none of them announced."""
    item = b"<item><title>" + b"news " * 13_000 + b"</title></item>"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    writer.write(head)
    for number in range(50_000_000 // len(item)):
        piece = (b"<rss version='2.0'><channel>" if number == 0 else b"") + item
        writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        await writer.drain()
        if request.over.is_set():
            return
    writer.write(b"10\r\n</channel></rss>\r\n0\r\n\r\n")
    await writer.drain()


async def endless_head(request: Request, writer: asyncio.StreamWriter) -> None:
    """Send headers without an end."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    number = 0
    while not request.over.is_set():
        number += 1
        writer.write(f"X-{number}: {'y' * 100}\r\n".encode())
        await writer.drain()


async def no_http(request: Request, writer: asyncio.StreamWriter) -> None:
    """Speak another protocol."""
    del request
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    await writer.drain()


async def lying_304(request: Request, writer: asyncio.StreamWriter) -> None:
    """Always answer a conditional request with 304, whatever has changed."""
    is_conditional = "if-none-match" in request.headers
    writer.write(answer(304, b"", {"ETag": '"same"'}) if is_conditional else answer(headers={"ETag": '"same"'}))
    await writer.drain()


async def honest_304(request: Request, writer: asyncio.StreamWriter) -> None:
    """Answer 304 exactly when both validators come back to the letter."""
    etag, modified = 'W/"a b-\xe9"', "Wed, 07 Feb 2018 21:30:00 GMT"
    sent = (request.headers.get("if-none-match"), request.headers.get("if-modified-since"))
    fields = {"ETag": etag, "Last-Modified": modified}
    writer.write(answer(304, b"", fields) if sent == (etag, modified) else answer(headers=fields))
    await writer.drain()


def etag_churn() -> Behaviour:
    """Give the same body another ETag each time."""
    count = iter(range(1_000_000))

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        del request
        writer.write(answer(headers={"ETag": f'"{next(count)}"'}))
        await writer.drain()

    return behave


def guid_churn() -> Behaviour:
    """Give the same articles other guids each time."""
    count = iter(range(1_000_000))

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        del request
        writer.write(answer(body=RSS.replace(b"<guid>g", b"<guid>%d-" % next(count))))
        await writer.drain()

    return behave
