"""Names of places that no table has: villages, estates, suburbs, told from other names by what governs them.

"A man of Mardlock" stays unread; "in Grendlethorpe", "the village of Mardlock", "Ostwick,
Leeds" and the unknown one in a list of towns are places, and lie near the place that the text is in (`anchors`). The
coordinates are that place's and the rule says so. Known false positives: firms and courts after "at" and "in". Like
facilities they are told for their own sake and never decide where an incident happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.reference.gazetteer import Gazetteer
from extractors.where import cues
from extractors.where.anchors import Anchors
from extractors.where.facilities import placed
from extractors.where.mentions import MentionKind, PlaceMention
from extractors.where.spans import Span
from extractors.where.words import Word

_GOVERNS = frozenset("in at near outside around to from into towards toward between through via".split())
_OF_WHAT = cues.AREA | cues.TOWN_WORDS | frozenset("villages towns hamlet island lake residents people".split())
_SKIPPED = frozenset("the nearby central downtown north south east west northern southern eastern western".split())
_SHORTEST = 4  # letters; shorter ones are abbreviations
_LONGEST = 3  # words
_MOST = 40  # an article; bounds the time of hostile texts
_LIST_GAP = re.compile(r"^,?\s(?:and\s)?$|^,\s*$")


def unlisted_names(
    source: str, words: Sequence[Word], spans: Sequence[Span], anchors: Anchors, gazetteer: Gazetteer
) -> list[PlaceMention]:
    """Give a mention for each unknown name that is written as a place is; `spans` are the known ones of the text."""
    taken = {i for span in spans for i in range(span.first, span.last + 1)}
    listed = {span.first for span in spans if _is_place(span)}
    ends = {span.last for span in spans if _is_place(span)}
    found: list[PlaceMention] = []
    i = 0
    while i < len(words) and len(found) < _MOST:
        last = _run(words, i, taken) if words[i].is_name else None
        if last is None:
            i += 1
            continue
        if _is_written_as_place(source, words, i, last, listed, ends):
            into = anchors.place_for(words[i].start, words[last].end, words[i].sentence)
            if into is not None:
                found.append(placed(source, words[i], words[last], into, "unlisted name", gazetteer))
                ends.add(last)
        i = last + 1
    return found


def _is_place(span: Span) -> bool:
    return not span.is_person and not span.is_common and span.kind is MentionKind.LOCATION


def _run(words: Sequence[Word], i: int, taken: set[int]) -> int | None:
    """Give the last word of the unknown name that begins at `i`; null if none does."""
    is_long = len(words[i].folded) >= _SHORTEST or words[i].folded in ("st", "saint", "mt")
    if not _is_free(words[i]) or i in taken or not is_long:
        return None
    last = i
    while last + 1 < len(words) and words[last + 1].gap in (" ", "-") and words[last + 1].is_name:
        if last + 1 in taken:
            break
        last += 1
        if last - i >= _LONGEST:
            return None
    return last


def _is_free(word: Word) -> bool:
    is_known = word.folded in cues.CALENDAR or word.folded in cues.TITLES or word.folded in cues.FIRST_NAMES
    is_name = word.is_name and word.capital_tells and not word.is_common and word.text[1:2].islower()
    return is_name and not is_known and word.folded.isalpha()


def _is_written_as_place(
    source: str, words: Sequence[Word], first: int, last: int, listed: set[int], ends: set[int]
) -> bool:
    return _is_governed(words, first) or _is_in_list(source, words, first, last, listed, ends)


def _is_governed(words: Sequence[Word], first: int) -> bool:
    j = first - 1
    if j >= 0 and words[j].folded in _SKIPPED and words[first].gap == " ":
        j -= 1
    if j < 0 or words[j].sentence != words[first].sentence or words[j + 1].gap not in (" ", "\n"):
        return False
    if words[j].folded == "of":
        return j > 0 and words[j - 1].folded in _OF_WHAT
    return words[j].folded in _GOVERNS and words[j].text.islower()


def _is_in_list(source: str, words: Sequence[Word], first: int, last: int, listed: set[int], ends: set[int]) -> bool:
    """Tell "Leeds and Mardlock" and "Ostwick, Leeds"."""
    following = last + 1
    is_before = following in listed and words[following].gap in (", ", ",")
    and_at = first - 1 if first and words[first - 1].folded == "and" else first
    previous = and_at - 1
    if previous not in ends or words[previous].sentence != words[first].sentence:
        return is_before
    gap = source[words[previous].end : words[first].start]
    return is_before or _LIST_GAP.match(gap) is not None
