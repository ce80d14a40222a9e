"""Streets, hospitals, churches, stadiums: sites that no table has, placed in the town that the article speaks of.

"In the 600 block of Sedgwick Street" says nothing to a gazetteer, but a reader places it: in the town named last before
it, or next after it, or in the outlet's own. The coordinates are that town's, so the error is that of the town's size;
the rule names the town. A facility is told for its own sake and never decides where an incident happened.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractors.reference.gazetteer import Gazetteer, GazetteerPlace
from extractors.where.mentions import MentionKind, PlaceMention
from extractors.where.words import Word
from model.report import Place, PlacePrecision

_FACILITY = frozenset(
    """street st avenue ave road rd boulevard blvd drive lane highway hwy pike parkway terrace parade rue
    hospital clinic infirmary church chapel cathedral mosque temple synagogue basilica school college university
    stadium arena park airport bridge mall hotel square tower plaza station harbor harbour port market theatre theater
    museum library prison jail center centre campus apartments hall palace court garden gardens cemetery estate
    racecourse lagoon canal beach bay plantation circuit track farm farms mine roundabout junction""".split()
)
_LINKS = frozenset({"of", "the", "and", "de", "la"})
_MOST_WORDS = 5  # words before the kind word: "Holy Name of Jesus Medical Center"
_GROUND = frozenset({"town", "district", "site", "admin2"})
_FIRM_MARGIN = 1.0  # of the resolver's score: streets are not put into towns that may be others
_FIRM = frozenset({MentionKind.LOCATION, MentionKind.DATELINE, MentionKind.POLICE})


def facilities(
    source: str,
    words: Sequence[Word],
    mentions: Sequence[PlaceMention],
    home: GazetteerPlace | None,
    gazetteer: Gazetteer,
) -> list[PlaceMention]:
    """Give a mention for each named facility that can be put into a town; spans may cover other mentions."""
    towns = [m for m in mentions if m.kind in _FIRM and m.source.kind in _GROUND and m.place.start_char >= 0]
    towns = [m for m in towns if m.margin >= _FIRM_MARGIN] or towns
    offsets = [m.at for m in towns]
    if not towns and home is None:
        return []
    found: list[PlaceMention] = []
    for i, word in enumerate(words):
        if word.folded not in _FACILITY or not word.text[:1].isupper() or not word.capital_tells:
            continue
        first = _first_word(words, i)
        if first == i:
            continue
        start, end = words[first].start, word.end
        town = _town_for(bisect_left(offsets, start), towns, home)
        place = Place(
            source[start:end], None, gazetteer.admin1_name(town.country_code, town.admin1_code), town.country_code,
            town.lat, town.lon, PlacePrecision.SITE, source[start:end], f"facility, put in {town.name}", start, end,
        )  # fmt: skip
        found.append(PlaceMention(place, word.sentence, MentionKind.FACILITY, start, "", False, False, town, 0.0))
    return found


def _first_word(words: Sequence[Word], i: int) -> int:
    first = i
    for j in range(i - 1, max(-1, i - 1 - _MOST_WORDS), -1):
        gap = words[j + 1].gap
        if (gap.strip(" -’'s.") or "\n" in gap) or words[j].sentence != words[i].sentence:
            break
        if words[j].text[:1].isupper() or words[j].text[:1].isdigit():
            first = j
        elif words[j].folded not in _LINKS:
            break
    return first


def _town_for(after: int, towns: Sequence[PlaceMention], home: GazetteerPlace | None) -> GazetteerPlace:
    """Take the town named last before the facility, else the outlet's, else the one named next."""
    if after > 0:
        return towns[after - 1].source
    if home is not None:
        return home
    return towns[0].source
