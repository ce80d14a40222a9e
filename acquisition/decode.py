"""Undo a body's compression with a bound on what comes out and on the work that it takes.

httpx would undo each chunk as it comes, and one chunk of 64 KB can swell to gigabytes in a single call. So bodies are
read raw (bounded), and each decoder here is asked for at most the allowed number of bytes, plus one to see that there
is more. A body of very many members or frames, and a header of very many encodings, are refused: each member costs a
call and a copy, so that megabytes of empty ones would take minutes.

Headers lie: what is named and unknown, named twice, or named and not there is passed over, and gzip and zstd that no
header names are known by their first bytes.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import brotli  # type: ignore[import-untyped]  # ships no types
import zstandard

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
MAX_ENCODINGS = 3  # named in one header; servers name one, misconfigured proxies two
MAX_MEMBERS = 1_000  # gzip members or zstd frames of a body; servers send one, some one for each flush
_ZSTD_WINDOW_BYTES = 8 << 20  # RFC 9659 forbids larger windows on the web; bounds the decoder's memory
_SLICE_BYTES = 1 << 16  # handed to a decoder at once: what is left of it after a member is copied
_GZIP_MAGIC, _ZSTD_MAGIC = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_TEXT_STARTS = (b"<", b"{", b"[", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
DECODING = ThreadPoolExecutor(2, "decode")  # off the event loop: a large body takes a tenth of a second


class BrokenBodyError(Exception):
    """The body is not what its Content-Encoding says; internal to `acquisition`."""


class TooLargeError(Exception):
    """The body is larger than allowed, before or after decompression; internal to `acquisition`."""


def decode_body(raw: bytes, content_encoding: str | None, max_bytes: int) -> bytes:
    """Undo the encodings named by a Content-Encoding header, the last first, and those that only its first bytes show.

    Raises:
        TooLargeError: more than `max_bytes` come out, at any stage.
        BrokenBodyError: the bytes are cut short or damaged, or of too many encodings or members.

    >>> decode_body(zlib.compress(b"news"), "deflate", 100)
    b'news'
    """
    names = [name.strip().lower() for name in (content_encoding or "").split(",")]
    known = [name for name in names if name in _DECODERS]
    if len(known) > MAX_ENCODINGS:
        raise BrokenBodyError(f"the body is named as encoded {len(known)} times, over {MAX_ENCODINGS}")
    body = raw
    for name in reversed(known):
        body = _decoded(name, body, max_bytes)
    body = _unlabelled(body, max_bytes)
    if len(body) > max_bytes:
        raise TooLargeError(f"the body is larger than {max_bytes} bytes")
    return body


def is_encoded(raw: bytes, content_encoding: str | None) -> bool:
    """Say whether there is anything to undo."""
    return bool(content_encoding) or raw.startswith((_GZIP_MAGIC, _ZSTD_MAGIC))


def _decoded(name: str, body: bytes, max_bytes: int) -> bytes:
    """Undo one encoding; a body that begins as text does and is not in it was never encoded."""
    try:
        return _DECODERS[name](body, max_bytes)
    except BrokenBodyError:
        if body.lstrip()[:3].startswith(_TEXT_STARTS):
            return body
        raise


def _unlabelled(body: bytes, max_bytes: int) -> bytes:
    """Undo gzip or zstd that no header names, once."""
    if body.startswith(_GZIP_MAGIC):
        return _gzip(body, max_bytes)
    return _zstd(body, max_bytes) if body.startswith(_ZSTD_MAGIC) else body


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
    n_left, start, n_members = max_bytes + 1, 0, 0
    while start < len(raw):
        n_members += 1
        if n_members > MAX_MEMBERS:
            raise BrokenBodyError(f"the compressed body has over {MAX_MEMBERS} members")
        try:
            found, start = _inflate_member(raw, start, wbits, n_left)
        except zlib.error as error:
            if n_members > 1:
                break  # rubbish after a whole member
            raise BrokenBodyError(f"the compressed body is broken: {error}") from error
        parts += found
        n_left -= sum(map(len, found))
        if n_left <= 0:
            raise TooLargeError(f"the body is larger than {max_bytes} bytes once decompressed")
        if start < 0:
            raise BrokenBodyError("the compressed body is cut short")
    return b"".join(parts)


def _inflate_member(raw: bytes, start: int, wbits: int, n_most: int) -> tuple[list[bytes], int]:
    """Inflate one member from `start`, up to `n_most` bytes.

    Returns:
        What came out, and where the member ends; -1 where it does not end or the bound was met.
    """
    worker = zlib.decompressobj(wbits)
    parts: list[bytes] = []
    n_left = n_most
    for begin in range(start, len(raw), _SLICE_BYTES):
        data = raw[begin : begin + _SLICE_BYTES]
        while data and n_left > 0:
            part = worker.decompress(data, n_left)
            parts.append(part)
            n_left -= len(part)
            data = worker.unconsumed_tail
        if worker.eof:
            return parts, min(begin + _SLICE_BYTES, len(raw)) - len(worker.unused_data)
        if n_left <= 0:
            break
    return parts, -1


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
        _check_frames(raw)
    except zstandard.ZstdError as error:
        raise BrokenBodyError(f"the compressed body is broken: {error}") from error
    return body


def _check_frames(raw: bytes) -> None:
    """Refuse frames that are cut or too many: the bounded reader does not tell, and the size is known by now.

    Raises:
        BrokenBodyError: the last frame is cut, or there are more than `MAX_MEMBERS`.
    """
    worker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES)
    start, n_frames = 0, 0
    while start < len(raw):
        n_frames += 1
        if n_frames > MAX_MEMBERS:
            raise BrokenBodyError(f"the compressed body has over {MAX_MEMBERS} frames")
        frame = worker.decompressobj()
        for begin in range(start, len(raw), _SLICE_BYTES):
            frame.decompress(raw[begin : begin + _SLICE_BYTES])
            if frame.eof:
                start = min(begin + _SLICE_BYTES, len(raw)) - len(frame.unused_data)
                break
        else:
            raise BrokenBodyError("the compressed body is cut short")


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
