"""Page bytes to a tree, behind a guard that counts before it parses."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup

from trafilatura import load_html

from extractors.charsets import is_wide, mended_utf8
from extractors.page.tree import HtmlElement
from model.characters import clean_text, join_references

MAX_PAGE_BYTES = 3_000_000  # real pages: 99 % under 0.74 MB, the largest 1.6 MB (990 pages)
MAX_ELEMENTS = 30_000  # real pages: 99 % under 3,063, the largest 10,112; trafilatura is quadratic in places
MAX_CONTROL_0_1 = 0.05  # random bytes have 10 % of control characters; pages with a few stray ones exist
_TAG = re.compile(rb"<[a-zA-Z]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_WIDE_CODECS = ("utf-16", "utf-32", "utf_16", "utf_32")
_AS_WINDOWS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "iso8859-1": "cp1252"}  # WHATWG


def fault_of(body: bytes, content_type: str | None) -> str | None:
    """Say why a body must not be parsed as a page, or null."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind.startswith(("image/", "audio/", "video/", "font/")) or kind in ("application/pdf", "application/zip"):
        return f"the answer is {kind}, not a page"
    if len(body) > MAX_PAGE_BYTES:
        return f"the page has {len(body)} bytes, over {MAX_PAGE_BYTES}"
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        body = body.decode("utf-16", "replace").encode()
    n_elements = len(_TAG.findall(body))
    if n_elements > MAX_ELEMENTS:
        return f"the page has {n_elements} elements, over {MAX_ELEMENTS}"
    return "the page is no text" if n_elements == 0 or _is_rubbish(body) else None


def _is_rubbish(body: bytes) -> bool:
    """Say whether the head of a body is not text of any common encoding."""
    head = body[:4096]
    n_bad = sum(byte < 0x20 and byte not in b"\t\r\n\f" for byte in head)
    return n_bad > MAX_CONTROL_0_1 * len(head)


def decode_html(body: bytes, content_type: str | None) -> str:
    """Decode a page: mark, header, meta, UTF-8, and at last Windows-1252, which never fails to give something.

    A declared charset is believed only where the bytes are valid in it; UTF-8 that is valid beats a false declaration,
    and a declaration that could be read as ASCII cannot be that of UTF-16.
    """
    if body.startswith(BOM_UTF8):
        return _clean(body[3:].decode("utf-8", "replace"))
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _clean(body.decode("utf-16", "replace"))
    header = _HEADER_CHARSET.search(content_type or "")
    meta = _META_CHARSET.search(body[:8192])
    declared = [_known(header[1] if header else ""), _known(meta[1].decode("ascii", "replace") if meta else "")]
    names = [name for name in declared if name and (is_wide(body) or not name.startswith(_WIDE_CODECS))]
    for name in ["utf-8", *names]:
        try:
            return _clean(body.decode(name))
        except UnicodeDecodeError:
            continue
    return _clean((mended_utf8(body) if not names else None) or body.decode(next(iter(names), "cp1252"), "replace"))


def _known(name: str) -> str | None:
    """Find the codec of a declared charset, or null."""
    try:
        codec = lookup(name).name if name else None
    except LookupError:
        return None
    return _AS_WINDOWS.get(codec, codec) if codec else None


def _clean(text: str) -> str:
    """Take out what no parser or database wants."""
    return clean_text(join_references(text))


def parse_html(body: bytes, content_type: str | None) -> HtmlElement | None:
    """Parse a page that has passed the guard; null where nothing like a page comes out."""
    return load_html(decode_html(body, content_type))
