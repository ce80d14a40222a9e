"""Choose the known place that a street, a venue or an unknown village is put into.

A reader puts "Salem Avenue" into the town that the text is in at that point. In order of strength: a place inside the
name ("Cardiff Airport"), a place that follows it ("the clinic in Rome", "Ostwick, Leeds"), the place named last
before it in the same sentence or the one before, the outlet's home, the place named last at all, the place named next.
Names that may be other places, and towns far from all others, are passed over. Where no town is named a county, then a
state, has to do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractors.coding.where.mentions import MentionKind, PlaceMention
from extractors.reference.gazetteer import GazetteerPlace
from model.geo import distance_km

_FIRM = frozenset({MentionKind.LOCATION, MentionKind.DATELINE, MentionKind.POLICE})
_GROUND = frozenset({"town", "district", "site", "admin2"})
_FIRM_MARGIN = 1.0  # of the resolver's score: streets are not put into towns that may be others
_JOINED = re.compile(r"^,?\s+(?:(?:in|at|near|outside|of)\s+)?(?:(?:the|downtown|central|nearby)\s+)?$|^,\s*$")
_NEIGHBOUR_KM = 150.0
_MOST_COMPARED = 40  # places of an article
_FAR = 30  # characters between a name and the place that follows it


class Anchors:
    """The places of one article that others can be put into, in reading order."""

    def __init__(self, source: str, mentions: Sequence[PlaceMention], home: GazetteerPlace | None) -> None:
        self._source = source
        firm = [m for m in mentions if m.kind in _FIRM and m.place.start_char >= 0 and not m.is_qualifier]
        self._named = [m for m in firm if m.source.kind in _GROUND]
        believed = [m for m in firm if m.margin >= _FIRM_MARGIN] or firm
        towns = [m for m in believed if m.source.kind in _GROUND]
        towns = [m for m in towns if _has_neighbour(m, towns)] or towns
        if not towns:
            towns = [m for m in believed if m.source.kind in ("admin1", "region") and m.source.country_code]
        self._towns = towns
        is_confirmed = home is not None and any(m.source.country_code == home.country_code for m in mentions)
        is_home = is_confirmed or not towns
        self._home = home if is_home else None

    def place_for(self, start: int, end: int, sentence: int) -> GazetteerPlace | None:
        """Choose the place for the name at `start..end`; null if the article has none."""
        beside = self._beside(start, end)
        if beside is not None:
            return beside
        first = bisect_left(self._towns, start, key=_offset)
        before = self._towns[first - 1] if first else None
        if before is not None and (self._home is None or sentence - before.sentence <= 1):
            return before.source
        if self._home is not None:
            return self._home
        following = self._towns[first:]
        return following[0].source if following else None

    def _beside(self, start: int, end: int) -> GazetteerPlace | None:
        """Give the believed place inside the name, else any that is joined to its end."""
        inside = bisect_left(self._towns, start, key=_offset)
        if inside < len(self._towns) and self._towns[inside].at < end:
            return self._towns[inside].source
        after = bisect_left(self._named, end, key=_offset)
        if after == len(self._named) or self._named[after].at - end > _FAR:
            return None
        is_joined = _JOINED.match(self._source[end : self._named[after].at])
        return self._named[after].source if is_joined else None


def _offset(mention: PlaceMention) -> int:
    return mention.at


def _has_neighbour(mention: PlaceMention, towns: Sequence[PlaceMention]) -> bool:
    """Return whether another spelling lies close by: the towns of a story lie together, misreadings lie alone."""
    return any(
        other.place.name != mention.place.name and _km(other.source, mention.source) <= _NEIGHBOUR_KM
        for other in towns[:_MOST_COMPARED]
    )


def _km(a: GazetteerPlace, b: GazetteerPlace) -> float:
    return distance_km(a.lat, a.lon, b.lat, b.lon)
