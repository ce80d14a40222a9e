"""Choose the known place that a street, a venue or an unknown village is put into.

A reader puts "Salem Avenue" into the town that the text is in at that point. In order of strength: a place inside the
name ("Cardiff Airport"), a place that follows it ("the clinic in Rome", "Greenlane, Auckland"), the place named last
before it in the same sentence or the one before, the outlet's home, the place named last at all, the place named next.
Places that the rest of the article does not bear out are passed over: one small town of a country that nothing else
speaks of is more often a misreading. Where no town is named a county, then a state, has to do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from extractors.reference.gazetteer import GazetteerPlace
from extractors.where.mentions import MentionKind, PlaceMention

_FIRM = frozenset({MentionKind.LOCATION, MentionKind.DATELINE, MentionKind.POLICE})
_GROUND = frozenset({"town", "district", "site", "admin2"})
_FIRM_MARGIN = 1.0  # of the resolver's score: streets are not put into towns that may be others
_LARGE = 300_000  # inhabitants: such a town is believed without a second witness
_JOINED = re.compile(r"^,?\s+(?:(?:in|at|near|outside|of)\s+)?(?:(?:the|downtown|central|nearby)\s+)?$|^,\s*$")
_FAR = 30  # characters between a name and the place that follows it


class Anchors:
    """The places of one article that others can be put into, in reading order."""

    def __init__(self, source: str, mentions: Sequence[PlaceMention], home: GazetteerPlace | None) -> None:
        self._source, self._home = source, home
        firm = [m for m in mentions if m.kind in _FIRM and m.place.start_char >= 0 and not m.is_qualifier]
        witnesses = _witnesses(mentions, home)
        believed = [m for m in firm if m.margin >= _FIRM_MARGIN and _is_borne_out(m, witnesses)] or firm
        self._towns = [m for m in believed if m.source.kind in _GROUND]
        if not self._towns:
            self._towns = [m for m in believed if m.source.kind in ("admin1", "region") and m.source.country_code]
        self._offsets = [m.at for m in self._towns]

    def place_for(self, start: int, end: int, sentence: int) -> GazetteerPlace | None:
        """Choose the place for the name at `start..end`; null if the article has none."""
        first, after = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
        if after > first:
            return self._towns[first].source
        if after < len(self._towns) and self._offsets[after] - end <= _FAR:
            between = self._source[end : self._offsets[after]]
            if _JOINED.match(between):
                return self._towns[after].source
        before = self._towns[first - 1] if first else None
        if before is not None and (self._home is None or sentence - before.sentence <= 1):
            return before.source
        if self._home is not None:
            return self._home
        return self._towns[after].source if after < len(self._towns) else None


def _witnesses(mentions: Sequence[PlaceMention], home: GazetteerPlace | None) -> Counter[str]:
    """Count for each country the different spellings that speak of it."""
    told = {(m.source.country_code, m.place.text.casefold()) for m in mentions if m.source.country_code}
    counts = Counter(country for country, _ in told if country)
    if home is not None and home.country_code:
        counts[home.country_code] += 1
    return counts


def _is_borne_out(mention: PlaceMention, witnesses: Counter[str]) -> bool:
    country = mention.source.country_code
    return (
        mention.is_qualified
        or mention.kind is MentionKind.DATELINE
        or mention.source.population >= _LARGE
        or (country is not None and witnesses[country] > 1)
    )
