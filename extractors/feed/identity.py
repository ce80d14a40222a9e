"""Entry identity that survives publishers.

The guid is the identity, unless it is missing or repeats within the document for different addresses. Then the address
stands in, then the title with the date. Two items that agree in guid and address are one item told twice.
Source: miniflux (colliding guids split by address), reader (missing ids).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from model.feed import Entry
from model.ids import make_id


def identify(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Give every entry of one document a guid of its own, in the document's order."""
    guids_of: dict[str, set[str | None]] = {}
    for entry in entries:
        guids_of.setdefault(entry.guid, set()).add(entry.url)
    identified = [_with_guid(entry, has_twin=len(guids_of[entry.guid]) > 1) for entry in entries]
    return _once(identified)


def _with_guid(entry: Entry, *, has_twin: bool) -> Entry:
    """Replace a guid that is missing or shared."""
    if entry.guid and not has_twin:
        return entry
    if entry.url:
        return replace(entry, guid=entry.url)
    moment = entry.published_at or entry.updated_at
    day = moment.isoformat() if moment else ""
    return replace(entry, guid=make_id("ent", entry.guid, entry.title, day, entry.content_html[:500]))


def _once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Keep the first of items told twice; items that share an address but not their words stay apart."""
    kept: dict[str, Entry] = {}
    counts: Counter[str] = Counter()
    for entry in entries:
        first = kept.get(entry.guid)
        if first is None:
            kept[entry.guid] = entry
        elif (first.title, first.content_html, first.published_at) != (
            entry.title,
            entry.content_html,
            entry.published_at,
        ):
            counts[entry.guid] += 1
            split = make_id("ent", entry.guid, entry.title, entry.content_html[:500], entry.published_at)
            kept.setdefault(split, replace(entry, guid=split))
    return tuple(kept.values())
