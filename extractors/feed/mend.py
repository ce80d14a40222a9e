"""Feed bytes that one character would spoil, mended before they are parsed; what was mended is told.

XML forbids references to halves of surrogate pairs and most control characters, and one byte that is not UTF-8 makes a
parser take the whole document for another charset. All three come from programs that cut or escape texts by units of
storage. Known false positive: a document of a charset that is not UTF-8, declares none, and has by chance more valid
than broken UTF-8 sequences.
"""

from __future__ import annotations

import re

from model.characters import REPLACEMENT, join_references

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CONTROL_REFERENCE = re.compile(
    rb"&(?:amp;)?#(?:0{0,6}(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])|x0{0,6}(?:[0-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[eEfF]));"
)
_SURROGATE_REFERENCE = re.compile(rb"&(?:amp;)?#(?:x0{0,4}[dD][89a-fA-F]|0{0,4}5[5-7]\d{3})")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WIDE_NULS_0_1 = 0.2  # UTF-16 of Latin letters has half its bytes NUL; stray ones are some in a thousand
_VALID = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def mend_document(body: bytes, content_type: str | None) -> tuple[bytes, str | None]:
    """Replace what no XML parser reads in a document of an ASCII-compatible charset.

    Returns:
        The bytes to parse, and what was replaced in plain words, null where nothing was.
    """
    if is_wide(body):
        return body, None
    told = []
    if _SURROGATE_REFERENCE.search(body):
        joined = join_references(body.decode("latin-1")).encode("latin-1")
        told += ["references to halves of surrogate pairs"] if joined != body else []
        body = joined
    if _CONTROL.search(body) or _CONTROL_REFERENCE.search(body):
        body = _CONTROL_REFERENCE.sub(b"", _CONTROL.sub(b"", body))
        told.append("control characters")
    text = mended_utf8(body, _declared(body, content_type))
    if text is not None:
        told.append(f"{text.count(REPLACEMENT) - body.count(REPLACEMENT.encode())} broken UTF-8 sequences")
        body = text.encode()
    return body, f"replaced {', '.join(told)}" if told else None


def is_wide(body: bytes) -> bool:
    """Say whether a body is in UTF-16 or UTF-32, whose bytes must not be looked at one by one."""
    head = body[:2000]
    return body.startswith(_WIDE_MARKS) or head.count(0) > _WIDE_NULS_0_1 * len(head)


def mended_utf8(body: bytes, charset: str | None) -> str | None:
    """Decode UTF-8 that has some broken sequences, with replacement; null for whole UTF-8 and for other charsets.

    Args:
        body: The bytes.
        charset: What the document itself declares, else the header; null where neither does.
    """
    if charset is not None and charset.lower() not in _UTF8:
        return None
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        n_broken = text.count(REPLACEMENT) - body.count(REPLACEMENT.encode())
        n_valid = sum(1 for _ in _VALID.finditer(body))
        return text if n_valid >= n_broken else None
    return None


def _declared(body: bytes, content_type: str | None) -> str | None:
    """Name the charset that a document declares, else the header's; null where nobody says."""
    declared = _ENCODING.match(body.removeprefix(_MARK)[:300])
    if declared:
        return declared[1].decode("ascii")
    header = _HEADER_CHARSET.search(content_type or "")
    return header[1] if header else None
