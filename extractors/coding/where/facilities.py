"""Streets, hospitals, churches, stadiums: sites that no table has, placed in the town that the article speaks of.

"In the 600 block of Sedgwick Street" says nothing to a gazetteer, but a reader places it: in the town named last before
it, or next after it, or in the outlet's own. The coordinates are that town's, so the error is that of the town's size;
the rule names the town. A facility is told for its own sake and never decides where an incident happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.coding.document import Document
from extractors.coding.where.anchors import Anchors
from extractors.coding.where.mentions import MentionKind, PlaceMention
from extractors.coding.where.words import Word
from extractors.reference.gazetteer import Gazetteer, GazetteerPlace
from model.report import Place, PlacePrecision

FACILITY_WORDS = frozenset(
    """street st avenue ave road rd boulevard blvd drive lane highway hwy pike parkway terrace parade rue
    hospital clinic infirmary church chapel cathedral mosque temple synagogue basilica school college university
    stadium arena park airport bridge mall hotel square tower plaza station harbor harbour port market theatre theater
    museum library prison jail center centre campus apartments hall palace court garden gardens cemetery estate
    racecourse lagoon canal beach bay plantation circuit track farm farms mine roundabout junction""".split()
)
_OFTEN_SMALL = frozenset({"street", "avenue", "road", "church", "bridge", "hospital", "airport", "stadium"})
_LINKS = frozenset({"of", "the", "and", "de", "la"})
_MOST_WORDS = 5  # words before the kind word: "Holy Name of Jesus Medical Center"
_ROAD_NUMBER = re.compile(r"^(?:[AMNBREI]\d{1,4}[A-Z]?)$")
_ROAD_BEFORE = frozenset({"the", "on", "off", "along", "of", "near", "and"})


def facilities(document: Document, words: Sequence[Word], anchors: Anchors, gazetteer: Gazetteer) -> list[PlaceMention]:
    """Give a mention for each named facility or numbered road that can be put somewhere; spans may cover others."""
    found: list[PlaceMention] = []
    for i, word in enumerate(words):
        is_capital = word.text[:1].isupper()
        if not is_capital and word.folded not in _OFTEN_SMALL:
            continue
        first = _road_number(words, i) if is_capital else None
        if first is None and not _is_facility(words, i):
            continue
        first = _first_word(words, i) if first is None else first
        if first == i and not _ROAD_NUMBER.match(word.text):
            continue
        into = anchors.place_for(words[first].start, word.end, word.sentence)
        if into is not None:
            found.append(_placed(document, words[first], word, into, gazetteer))
    return found


def _is_facility(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    if word.folded not in FACILITY_WORDS or not word.capital_tells:
        return False
    return word.text[:1].isupper() or (word.folded in _OFTEN_SMALL and i > 0 and words[i - 1].is_name)


def _placed(document: Document, first: Word, last: Word, into: GazetteerPlace, gazetteer: Gazetteer) -> PlaceMention:
    """Make the mention of a facility, at the coordinates and with the precision of the place that it is put into."""
    text = document.text_between(first.token, last.token)
    precision = PlacePrecision.TOWN if into.kind in ("town", "district", "site") else PlacePrecision.REGION
    place = Place(
        into.name, into.place_id, gazetteer.admin1_name(into.country_code, into.admin1_code), into.country_code,
        into.lat, into.lon, precision, text, f"facility, put in {into.name}", first.start, last.end,
    )  # fmt: skip
    return PlaceMention(place, last.sentence, last.token, into, MentionKind.FACILITY, "", first.start)


def _road_number(words: Sequence[Word], i: int) -> int | None:
    """Read "A120", "M25", "I-95" and "Highway 61"; gives the first word, null if word `i` ends no such name."""
    if _ROAD_NUMBER.match(words[i].text) and i and words[i - 1].folded in _ROAD_BEFORE:
        return i
    return None


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
