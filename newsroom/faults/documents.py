"""Faults of what is served: bombs, lies about the charset, broken and hostile feeds and pages."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator

import brotli  # type: ignore[import-untyped]  # ships no types
import zstandard

from newsroom.faults.wire import RSS, answer

N_BOMB_MB = 20  # twice what a poller takes by default, of a small body
N_MEMBERS = 100_000  # some megabytes, each member a call and once a copy of the rest
N_ENCODINGS = 100  # in one header, below the length that a client refuses
TITLE = "Überfall in Köln – drei Tote"  # letters that each wrong charset breaks in its own way
HEAD, FOOT = b"<rss version='2.0'><channel>", b"</channel></rss>"
STORY = (
    b"<p>Two soldiers were hurt on Wednesday when their patrol came under fire near the bridge, the army said in a "
    b"short statement.</p><p>It did not say who had fired, and nobody has claimed the attack so far, though several "
    b"groups are active there.</p>"
)
DATES = (
    "", "yesterday", "0000-00-00 00:00:00", "Wed, 31 Feb 2018 21:30:00 GMT", "Wed, 07 Feb 2018 25:61:00 GMT", "2018",
    "2018-02-07T21:30:00+99:00", "Mi, 07 Feb 2018 21:30:00 +0100", "07/02/2018 21:30", "1518039000", "1518039000000",
    "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "-1", "Wed, 07 Feb 18 21:30 EST",
    "2018-02-07 21:30:00 Europe/Berlin", "\u0664/\u0662/\u0662\u0660\u0661\u0668", "7 f\u00e9vrier 2018", "NaN",
    "9" * 400,
)  # fmt: skip


def documents() -> dict[str, bytes]:
    """Make the whole answers, by path."""
    compressed = {name: answer(body=_bomb(name), headers={"Content-Encoding": name}) for name in _COMPRESSORS}
    feeds = {path: answer(body=body, headers={"Content-Type": "application/rss+xml"}) for path, body in _FEEDS.items()}
    pages = {path: answer(body=body, headers={"Content-Type": "text/html"}) for path, body in _PAGES.items()}
    return {
        **{f"/{name}-bomb": body for name, body in compressed.items()},
        **feeds,
        **pages,
        "/gzip": answer(body=gzip.compress(RSS), headers={"Content-Encoding": "gzip"}),
        "/gzip-cut": answer(body=gzip.compress(RSS)[:-20], headers={"Content-Encoding": "gzip"}),
        "/gzip-twice": answer(body=gzip.compress(gzip.compress(RSS)), headers={"Content-Encoding": "gzip, gzip"}),
        "/odd-encoding": answer(headers={"Content-Encoding": "rot13"}),
        "/gzip-unlabelled": answer(body=gzip.compress(RSS)),
        "/gzip-named-twice": answer(body=gzip.compress(RSS), headers={"Content-Encoding": "gzip, gzip"}),
        "/br-plain": answer(headers={"Content-Encoding": "br"}),
        "/many-encodings": answer(headers={"Content-Encoding": ", ".join(["gzip"] * N_ENCODINGS)}),
        "/gzip-members": answer(body=gzip.compress(b"") * N_MEMBERS, headers={"Content-Encoding": "gzip"}),
        "/zstd-frames": answer(body=zstandard.compress(b"") * N_MEMBERS, headers={"Content-Encoding": "zstd"}),
        "/json-line-breaks": answer(body=_JSON, headers={"Content-Type": "application/feed+json"}),
        "/wrong-charset": answer(body=_titled("utf-8"), headers={"Content-Type": "text/xml; charset=iso-8859-1"}),
        "/html": answer(body=b"<!doctype html><html><body>Back soon</body></html>"),
        "/empty": answer(body=b""),
        "/page": answer(body=b"<html><body><p>News.</p></body></html>", headers={"Content-Type": "text/html"}),
    }


def _items(n: int, inner: Callable[[int], bytes]) -> bytes:
    return HEAD + b"".join(b"<item>" + inner(number) + b"</item>" for number in range(n)) + FOOT


def _linked(number: int, more: bytes = b"") -> bytes:
    return b"<title>Story %d</title><link>https://news.example/%d</link>%s" % (number, number, more)


def _titled(charset: str, declared: str | None = "utf-8", mark: bytes = b"") -> bytes:
    """Make a feed in a charset, declaring another or none."""
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = f"{declaration}<rss version='2.0'><channel><item><guid>1</guid><title>{TITLE}</title></item></channel></rss>"
    return mark + text.encode(charset)


def _entities() -> bytes:
    """Make the bomb known as billion laughs."""
    steps = b"".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.encode() for n in range(1, 12))
    declared = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha">' + steps + b"]>"
    return declared + HEAD + b"<title>&a11;</title><item><title>One</title></item>" + FOOT


def _dated() -> bytes:
    """Make an entry for each wrong form of a date."""
    return _items(len(DATES), lambda n: _linked(n, f"<pubDate>{DATES[n]}</pubDate>".encode()))


_FEEDS: dict[str, bytes] = {
    "/charset-lies": _titled("windows-1252"),
    "/no-charset": _titled("utf-8", None),
    "/bom": _titled("utf-8", None, b"\xef\xbb\xbf"),
    "/bom-utf-16": _titled("utf-16"),
    "/truncated-xml": _items(5, _linked)[: -len(FOOT) - 30],
    "/entity-bomb": _entities(),
    "/external-entity": b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + _items(1, lambda n: b"<guid>1</guid><title>&x;</title>"),
    "/many-entries": _items(100_000, lambda n: b"<title>%d</title>" % n),
    "/nul-bytes": RSS.replace(b"One", b"O\0n\0e\0"),
    "/garbage": bytes(range(256)) * 200,
    "/same-guids": _items(3, lambda n: _linked(n, b"<guid>1</guid>")),
    "/no-guids": _items(3, _linked),
    "/no-guids-no-links": _items(3, lambda n: b"<title>Story %d</title>" % n),
    "/twins": _items(3, lambda n: _linked(1, b"<guid>1</guid>")),
    "/dates": _dated(),
    "/surrogates": _titled("utf-8").replace(b"</title>", b" &#55357;&#56832; &#xD83D;</title>"),
    "/controls": _titled("utf-8").replace(b"</title>", b"\x0b\x07&#x1F;&#8;</title>"),
    "/cut-byte": _titled("utf-8").replace(b"</title>", b" \xc3</title>"),
    "/relative-links": _items(3, lambda n: b"<title>Story %d</title><link>a/%d.html</link>" % (n, n)),
    "/spaces-in-links": _items(
        3, lambda n: b"<title>Story %d</title><link>https://news.example/a %d\n</link>" % (n, n)
    ),
    "/shared-link": _items(
        3, lambda n: b"<title>Story %d</title><guid>%d</guid><link>https://news.example/log</link>" % (n, n)
    ),
}
_JSON = b'{"items":[{"id":"1","title":"One","content_text":"a\nb"},{"id":"2\\ud83d","title":"Two"}]}'
_PAGES: dict[str, bytes] = {
    "/deep-page": b"<html><body>" + STORY + b"<div>" * 20_000 + b"x",
    "/nul-page": b"<html><body><article>" + STORY.replace(b", ", b"\0, ") + b"</article></body></html>",
    "/nul-only-page": b"\0" * 500_000,
    "/large-attribute-page": b"<html><body title='" + b"x" * 1_000_000 + b"'><article>" + STORY + b"</article></body>",
    "/spans-page": b"<html><body>" + b"<span>a" * 100_000,
    "/refresh-page": b'<html><head><meta http-equiv="refresh" content="0; url=/nul-page"></head></html>',
    "/refresh-ring-page": b"<meta http-equiv=refresh content='0;URL=/refresh-ring'>",
    "/refresh-ring": b"<meta http-equiv=refresh content='0;URL=/refresh-ring-page'>",
}


def _bomb(name: str) -> bytes:
    """Compress zeros, a megabyte at a time, so that the server itself needs little."""
    return _COMPRESSORS[name](iter([bytes(1_000_000)] * N_BOMB_MB))


def _gzip(pieces: Iterator[bytes]) -> bytes:
    worker = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join(map(worker.compress, pieces)) + worker.flush()


def _deflate(pieces: Iterator[bytes]) -> bytes:
    worker = zlib.compressobj(9)
    return b"".join(map(worker.compress, pieces)) + worker.flush()


def _brotli(pieces: Iterator[bytes]) -> bytes:
    worker = brotli.Compressor(quality=5)
    return b"".join(map(worker.process, pieces)) + bytes(worker.finish())


def _zstd(pieces: Iterator[bytes]) -> bytes:
    worker = zstandard.ZstdCompressor().compressobj()
    return b"".join(map(worker.compress, pieces)) + worker.flush()


_COMPRESSORS = {"gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
