"""Feed bytes that one character would spoil, mended before they are parsed; what was mended is told.

XML forbids references to halves of surrogate pairs and most control characters, and one byte that is not UTF-8 makes a
parser take the whole document for another charset. All three come from programs that cut or escape texts by units of
storage. Known false positive: a document of a charset that is not UTF-8, declares none, and has by chance more valid
than broken UTF-8 sequences.
"""

from __future__ import annotations

import re

from extractors.charsets import UTF8_NAMES, is_wide, mended_utf8, n_broken
from model.characters import join_references

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CONTROL_REFERENCE = re.compile(
    rb"&(?:amp;)?#(?:0{0,6}(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])|x0{0,6}(?:[0-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[eEfF]));"
)
_SURROGATE_REFERENCE = re.compile(rb"&(?:amp;)?#(?:x0{0,4}[dD][89a-fA-F]|0{0,4}5[5-7]\d{3})")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_WIDE_NAMES = ("utf-16", "utf16", "utf-32", "utf32", "ucs-2", "ucs-4", "iso-10646")
_MARK = b"\xef\xbb\xbf"


def repair_document(body: bytes, content_type: str | None) -> tuple[bytes, str | None]:
    """Replace what no XML parser reads in a document of an ASCII-compatible charset.

    Returns:
        The bytes to parse, and what was replaced in plain words, null where nothing was.
    """
    if is_wide(body):
        return body, None
    repairs = []
    if _SURROGATE_REFERENCE.search(body):
        joined = join_references(body.decode("latin-1")).encode("latin-1")
        repairs += ["references to halves of surrogate pairs"] if joined != body else []
        body = joined
    if _CONTROL.search(body) or _CONTROL_REFERENCE.search(body):
        body = _CONTROL_REFERENCE.sub(b"", _CONTROL.sub(b"", body))
        repairs.append("control characters")
    charset = _declared(body, content_type)
    if charset is not None and charset.lower().startswith(_WIDE_NAMES):
        body, charset = _as_utf8(body), "utf-8"
        repairs.append("the false charset of UTF-16 by UTF-8")
    text = mended_utf8(body) if charset is None or charset.lower() in UTF8_NAMES else None
    if text is not None:
        repairs.append(f"{n_broken(text, body)} broken UTF-8 sequences")
        body = text.encode()
    return body, f"replaced {', '.join(repairs)}" if repairs else None


def _as_utf8(body: bytes) -> bytes:
    """Make UTF-8, declared as such, of bytes that cannot be the UTF-16 that they are declared to be."""
    declared = _ENCODING.match(body[:300])
    if declared:
        body = body[: declared.start(1)] + b"utf-8" + body[declared.end(1) :]
    try:
        body.decode()
    except UnicodeDecodeError:
        return mended.encode() if (mended := mended_utf8(body)) else body.decode("cp1252", "replace").encode()
    return body


def _declared(body: bytes, content_type: str | None) -> str | None:
    """Name the charset that a document declares, else the header's; null where nobody says."""
    declared = _ENCODING.match(body.removeprefix(_MARK)[:300])
    if declared:
        return declared[1].decode("ascii")
    header = _HEADER_CHARSET.search(content_type or "")
    return header[1] if header else None
