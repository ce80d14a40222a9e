"""Entities that grow: a few hundred bytes of a document type can stand for gigabytes ("a billion laughs").

Parsers expand them until a limit of theirs, of time or of memory ends it, so what comes out would hang on how busy the
machine is. The size is worked out beforehand instead, without expanding anything.
"""

from __future__ import annotations

import re

MAX_EXPANDED_BYTES = 1_000_000  # all entities together; honest feeds define a few signs, each of some bytes
MAX_ENTITIES = 1_000  # definitions that are looked at; no honest feed has as many
_DOCTYPE = re.compile(rb"<!DOCTYPE[^<>\[]{0,500}\[", re.IGNORECASE)
_ENTITY = re.compile(rb"""<!ENTITY\s+(?:%\s+)?([\w.:-]{1,100})\s+(?:"([^"]*)"|'([^']*)')""")
_USE = re.compile(rb"[&%]([\w.:-]{1,100});")
_HEAD_BYTES = 200_000  # where a document type may stand; a longer one is refused by its count of entities


def is_bomb(body: bytes) -> bool:
    """Tell whether the entities that a document defines would expand past all measure, or into themselves.

    >>> is_bomb(b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>')
    False
    >>> is_bomb(b'<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]><rss>&b;</rss>')
    True
    """
    head = body[:_HEAD_BYTES]
    opened = _DOCTYPE.search(head)
    if opened is None:
        return False
    found: dict[bytes, bytes] = {}
    for name, double, single in _ENTITY.findall(head, opened.end()):
        found.setdefault(name, double or single)  # the first definition counts, says XML
        if len(found) > MAX_ENTITIES:
            return True
    sizes: dict[bytes, int] = {}
    return any(_size(name, found, sizes, ()) > MAX_EXPANDED_BYTES for name in found)


def _size(name: bytes, found: dict[bytes, bytes], sizes: dict[bytes, int], above: tuple[bytes, ...]) -> int:
    """The bytes that an entity stands for, cut off where they are past the limit; one inside itself has no end."""
    if name in above or len(above) > 50:
        return MAX_EXPANDED_BYTES + 1
    if name not in sizes:
        value = found[name]
        inner = (used for used in _USE.findall(value) if used in found)
        size = len(value) + sum(_size(used, found, sizes, (*above, name)) for used in inner)
        sizes[name] = min(size, MAX_EXPANDED_BYTES + 1)
    return sizes[name]
