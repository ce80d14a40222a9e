import gzip
import time
import zlib

import brotli
import pytest
import zstandard

from acquisition.decode import BrokenBodyError, TooLargeError, decode_body

TEXT = b"Two people were hurt near the market. " * 50
ENCODED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstandard.ZstdCompressor().compress(TEXT),
    "identity": TEXT,
    "": TEXT,
}
BOMBS = {
    "gzip": gzip.compress(b"\0" * 30_000_000),
    "deflate": zlib.compress(b"\0" * 30_000_000),
    "br": brotli.compress(b"\0" * 30_000_000, quality=1),
    "zstd": zstandard.ZstdCompressor().compress(b"\0" * 30_000_000),
}


@pytest.mark.parametrize("name", ENCODED)
def test_undoes(name: str) -> None:
    assert decode_body(ENCODED[name], name, 10_000) == TEXT


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_too_large(name: str) -> None:
    with pytest.raises(TooLargeError):
        decode_body(BOMBS[name], name, 1_000_000)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_exactly_the_limit_is_not_too_large(name: str) -> None:
    assert len(decode_body(ENCODED[name], name, len(TEXT))) == len(TEXT)
    with pytest.raises(TooLargeError):
        decode_body(ENCODED[name], name, len(TEXT) - 1)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_a_body_cut_short_is_broken(name: str) -> None:
    with pytest.raises(BrokenBodyError):
        decode_body(ENCODED[name][:-15], name, 10_000)


@pytest.mark.parametrize("name", ["deflate", "br", "zstd"])
def test_rubbish_is_broken(name: str) -> None:
    with pytest.raises(BrokenBodyError):
        decode_body(b"this is not compressed at all", name, 10_000)


def test_plain_text_under_a_gzip_header_is_taken_as_it_is() -> None:
    assert decode_body(TEXT, "gzip", 10_000) == TEXT


def test_several_encodings_and_several_members() -> None:
    assert decode_body(gzip.compress(zlib.compress(TEXT)), "deflate, gzip", 10_000) == TEXT
    assert decode_body(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip", 10_000) == b"one two"
    assert decode_body(gzip.compress(TEXT) + b"rubbish", "gzip", 10_000) == TEXT


def test_a_bare_deflate_stream() -> None:
    worker = zlib.compressobj(wbits=-15)
    assert decode_body(worker.compress(TEXT) + worker.flush(), "deflate", 10_000) == TEXT


@pytest.mark.parametrize("name", ["rot13", "aws-chunked", "UTF-8", "none, binary"])
def test_unknown_encodings_are_passed_over(name: str) -> None:
    assert decode_body(TEXT, name, 10_000) == TEXT


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_an_encoding_that_is_named_twice_and_there_once(name: str) -> None:
    page = b"<html>" + TEXT
    encode = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstandard.compress}[name]
    assert decode_body(encode(page), f"{name}, {name}", 10_000) == page
    assert decode_body(page, name, 10_000) == page  # named and not there at all


@pytest.mark.parametrize("name", [None, "identity", "utf-8"])
def test_gzip_and_zstd_that_no_header_names_are_known_by_their_first_bytes(name: str | None) -> None:
    assert decode_body(gzip.compress(TEXT), name, 10_000) == TEXT
    assert decode_body(zstandard.compress(TEXT), name, 10_000) == TEXT
    with pytest.raises(TooLargeError):
        decode_body(BOMBS["gzip"], name, 1_000_000)


@pytest.mark.parametrize(
    ("name", "empty"), [("gzip", gzip.compress(b"")), ("zstd", zstandard.compress(b""))], ids=["gzip", "zstd"]
)
def test_megabytes_of_empty_members_are_refused_at_once(name: str, empty: bytes) -> None:
    body = empty * (4_000_000 // len(empty))
    begun = time.process_time()
    with pytest.raises(BrokenBodyError, match="over 1000"):
        decode_body(body, name, 10_000_000)
    assert time.process_time() - begun < 2  # took 31 to 82 s when each member copied the rest


def test_some_hundred_members_are_read() -> None:
    assert decode_body(gzip.compress(b"ab") * 900, "gzip", 10_000) == b"ab" * 900
    assert decode_body(zstandard.compress(b"ab") * 900, "zstd", 10_000) == b"ab" * 900


def test_more_encodings_than_anybody_needs_are_refused() -> None:
    with pytest.raises(BrokenBodyError, match="encoded 5000 times"):
        decode_body(TEXT, ", ".join(["gzip"] * 5000), 10_000)
