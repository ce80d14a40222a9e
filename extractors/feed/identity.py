"""Entry identity that survives publishers.

The guid is the identity, unless it is missing or repeats within the document for different addresses. Then the address
stands in, then the title with the date. No entry is ever dropped: one told twice gets a second guid, and its article is
known by its address.
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
    """Tell apart entries that still share a guid, by their words and then by their count; none is dropped.

    What is the same article is for the article's address to say, not for the feed.
    """
    seen: Counter[str] = Counter()
    apart = []
    for entry in entries:
        guid = entry.guid
        if seen[guid]:
            guid = make_id("ent", entry.guid, entry.title, entry.content_html[:500], entry.published_at)
        if seen[guid]:
            guid = make_id("ent", guid, seen[guid])
        seen[entry.guid] += 1
        if guid != entry.guid:
            seen[guid] += 1
        apart.append(replace(entry, guid=guid))
    return tuple(apart)
