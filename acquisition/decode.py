"""Undo a body's compression with a bound on what comes out.

httpx would undo each chunk as it comes, and one chunk of 64 KB can swell to gigabytes in a single call. So bodies are
read raw (bounded), and each decoder here is asked for at most the allowed number of bytes, plus one to see that there
is more.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]  # ships no types
import zstandard

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
_ZSTD_WINDOW_BYTES = 8 << 20  # RFC 9659 forbids larger windows on the web; bounds the decoder's memory


class BrokenBodyError(Exception):
    """The body is not what its Content-Encoding says; internal to `acquisition`."""


class TooLargeError(Exception):
    """The body is larger than allowed, before or after decompression; internal to `acquisition`."""


def decode_body(raw: bytes, content_encoding: str | None, max_bytes: int) -> bytes:
    """Undo the encodings named by a Content-Encoding header, the last one first.

    Raises:
        TooLargeError: more than `max_bytes` come out, at any stage.
        BrokenBodyError: the encoding is unknown, or the bytes are not in it or are cut short.

    >>> decode_body(zlib.compress(b"news"), "deflate", 100)
    b'news'
    """
    names = [name.strip().lower() for name in (content_encoding or "").split(",")]
    body = raw
    for name in reversed([name for name in names if name and name != "identity"]):
        decoder = _DECODERS.get(name)
        if decoder is None:
            raise BrokenBodyError(f"unknown Content-Encoding {name!r}")
        body = decoder(body, max_bytes)
    if len(body) > max_bytes:
        raise TooLargeError(f"the body is larger than {max_bytes} bytes")
    return body


def _gzip(raw: bytes, max_bytes: int) -> bytes:
    """Undo gzip, members one after the other."""
    if not raw.startswith(b"\x1f\x8b"):  # servers that say gzip and send plain text are common, and harmless
        return raw
    return _inflate(raw, zlib.MAX_WBITS | 16, max_bytes)


def _deflate(raw: bytes, max_bytes: int) -> bytes:
    """Undo deflate: by the standard in a zlib wrapper, by some servers bare."""
    try:
        return _inflate(raw, zlib.MAX_WBITS, max_bytes)
    except BrokenBodyError:
        return _inflate(raw, -zlib.MAX_WBITS, max_bytes)


def _inflate(raw: bytes, wbits: int, max_bytes: int) -> bytes:
    """Run zlib with a bound; a truncated stream is broken, bytes after the end that start no new member are not."""
    parts: list[bytes] = []
    n_left = max_bytes + 1
    while raw:
        worker = zlib.decompressobj(wbits)
        try:
            part = worker.decompress(raw, n_left)
        except zlib.error as error:
            if parts:
                break  # rubbish after a whole member
            raise BrokenBodyError(f"the compressed body is broken: {error}") from error
        parts.append(part)
        n_left -= len(part)
        if n_left <= 0:
            raise TooLargeError(f"the body is larger than {max_bytes} bytes once decompressed")
        if not worker.eof:
            raise BrokenBodyError("the compressed body is cut short")
        raw = worker.unused_data
    return b"".join(parts)


def _brotli(raw: bytes, max_bytes: int) -> bytes:
    """Undo brotli with a bound."""
    worker = brotli.Decompressor()
    parts: list[bytes] = []
    n_left = max_bytes + 1
    data = raw
    try:
        while not worker.is_finished():
            part = worker.process(data, output_buffer_limit=n_left)
            if not part and worker.can_accept_more_data():
                raise BrokenBodyError("the compressed body is cut short")
            data = b""
            parts.append(part)
            n_left -= len(part)
            if n_left <= 0:
                raise TooLargeError(f"the body is larger than {max_bytes} bytes once decompressed")
    except brotli.error as error:
        raise BrokenBodyError(f"the compressed body is broken: {error}") from error
    return b"".join(parts)


def _zstd(raw: bytes, max_bytes: int) -> bytes:
    """Undo zstd, frames one after the other, with a bound."""
    worker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES)
    try:
        with worker.stream_reader(io.BytesIO(raw), read_across_frames=True) as reader:
            body = reader.read(max_bytes + 1)
        if len(body) > max_bytes:
            raise TooLargeError(f"the body is larger than {max_bytes} bytes once decompressed")
        rest = raw
        while (
            rest
        ):  # the bounded reader does not tell a cut frame from a whole one; its size now being known, this does
            frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES).decompressobj()
            frame.decompress(rest)
            if not frame.eof:
                raise BrokenBodyError("the compressed body is cut short")
            rest = frame.unused_data
    except zstandard.ZstdError as error:
        raise BrokenBodyError(f"the compressed body is broken: {error}") from error
    return body


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
