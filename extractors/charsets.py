"""Charsets that bytes show, whatever is declared: UTF-8 with some broken sequences, and charsets of wide units."""

from __future__ import annotations

import re

from model.characters import REPLACEMENT

UTF8_NAMES = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WIDE_NULS_0_1 = 0.2  # UTF-16 of Latin letters has half its bytes NUL; stray ones are some in a thousand
_HEAD_BYTES = 2000
_VALID = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def is_wide(body: bytes) -> bool:
    """Say whether a body is in UTF-16 or UTF-32, whose bytes must not be looked at one by one."""
    head = body[:_HEAD_BYTES]
    return body.startswith(_WIDE_MARKS) or head.count(0) > _WIDE_NULS_0_1 * len(head)


def mended_utf8(body: bytes) -> str | None:
    """Decode UTF-8 that has some broken sequences, with replacement; null for whole UTF-8 and for other charsets."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        n_valid = sum(1 for _ in _VALID.finditer(body))
        return text if n_valid >= n_broken(text, body) else None
    return None


def n_broken(text: str, body: bytes) -> int:
    """Count the sequences of a body that decoding to `text` replaced."""
    return text.count(REPLACEMENT) - body.count(REPLACEMENT.encode())
