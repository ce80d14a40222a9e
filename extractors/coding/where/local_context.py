"""Read the part that a name plays from the words around it: "in Mosul", "Chicago police", "Austin, 24,"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.coding.where import cues
from extractors.coding.where.mentions import MentionKind
from extractors.coding.where.offsets import REACH_CHARS, read_offset
from extractors.coding.where.spans import Span
from extractors.coding.where.words import Word

_DASH_AFTER = re.compile(r"^[^\S\n]*(?:\([^)]{2,40}\)[^\S\n]*)?(?:--?|—|–|―|//)\s*")
_DATED = re.compile(
    r"^, (?:[A-Z][a-z]+, )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:,? \d{4})?"
    r"\s?(?::|[-–—])"
)
# "FORT WAYNE, Ind. (WANE)", "SAN SALVADOR, 3 JAN 90 --", "NAIROBI, June 19 - "
_HEAD_AFTER = re.compile(r"^[,.]?[^\n]{0,60}?(?:--|—|–| - |\([A-Z][A-Za-z.\d ]{1,20}\))")
# "TRIPOLI U.S. warplanes", "BAKU/YEREVAN A new wave", "BIRSTALL, England A British": agencies' pages drop the dash.
_OPENS = re.compile(r"^(?:/[A-Z]|[:.]\s[A-Z]|(?:, [A-Z][a-z]+)?\s+(?:[A-Z][a-z.]|A |U\.))")
_OPENING_CHARS = 20
DISTANCE = "distance"  # the "preposition" of a place that a distance counts from: "60 km north of Damascus"
_OF_COUNTRIES = frozenset({"territory", "republic", "countryside", "region"})  # "the territory of Georgia"
_WELL_KNOWN = 300_000  # inhabitants

_AFTER = (
    (cues.POLICE, MentionKind.POLICE),
    (cues.HOSPITAL, MentionKind.HOSPITAL),
    (cues.COURT, MentionKind.COURT),
    (cues.SCHOOL, MentionKind.SCHOOL),
    (cues.ROAD | cues.MEDIA | cues.ORGANISATION, MentionKind.ORGANISATION),
)


def read_local_context(span: Span, words: Sequence[Word], source: str, starts: frozenset[int]) -> None:
    """Set what the words beside a span tell: preposition, division or town, kind, whether it is a person's."""
    before = _near(words, span.first, -1)
    after = _near(words, span.last, +1)
    _read_preposition(span, words)
    if span.preposition == "near" and read_offset(source[max(0, span.start - REACH_CHARS) : span.start]) is not None:
        span.preposition = DISTANCE
    next_word = after[0] if after else ""
    span.wants_region = span.wants_region or next_word in cues.REGION_WORDS
    is_by = span.preposition in ("near", "outside", "at", "between") and _is_also_its_town(span)
    span.wants_town = not span.wants_region and (span.wants_town or is_by or next_word in cues.TOWN_WORDS)
    if span.kind is MentionKind.DEMONYM:
        span.is_of_force = next_word in cues.POLICE or next_word in cues.FORCES
        return
    if is_dateline(source, span.start, span.end, capital_tells=not span.is_all_caps):
        span.kind, span.is_person = MentionKind.DATELINE, False
        return
    span.kind = _kind(span, words, before, after)
    if span.kind is MentionKind.LOCATION:
        span.is_person = _is_person(span, words, before, starts)


def _is_also_its_town(span: Span) -> bool:
    """Tell "near Idlib" (the town of that province) from "at Bali" and "near Mexico", where no town is wanted."""
    upper = [c for c in span.candidates if c.source <= 1 and c.kind in ("country", "admin1", "region")]
    keys = {(c.country_code, c.admin1_code) for c in upper if c.kind == "admin1"}
    towns = [c for c in span.candidates if c.source <= 1 and c.kind == "town"]
    return not upper or any((c.country_code, c.admin1_code) in keys for c in towns)


def _near(words: Sequence[Word], i: int, step: int) -> list[str]:
    """Folded words next to word `i`, at most three, as long as only spaces (or a possessive) part them."""
    out: list[str] = []
    j = i + step
    while 0 <= j < len(words) and len(out) < 3:
        gap = words[j].gap if step > 0 else words[j + 1].gap
        is_abbreviated = gap == ". " and words[j].folded in (*cues.TITLES, "st", "ft", "mt")
        if (gap.strip(" \n’'s") and not is_abbreviated) or "\n\n" in gap:
            break
        out.append(words[j].folded)
        j += step
    return out


def _read_preposition(span: Span, words: Sequence[Word]) -> None:
    j = span.first - 1
    steps = 0
    while j >= 0 and steps < 4 and words[j].sentence == span.sentence:
        word, gap = words[j], words[j + 1].gap
        if gap.strip(" \n-’'s") and steps == 0:
            break
        if word.folded in cues.LOCATIVE or word.folded in ("of", "from", "to"):
            _govern(span, word.folded, words[j - 1].folded if j else "")
            return
        is_filler = word.folded in cues.DIRECTIONS or word.folded in cues.AREA or word.folded in ("the", "a", "an", "s")
        if not (is_filler or (word.is_name and steps < 3)):
            return
        j -= 1
        steps += 1


def _govern(span: Span, preposition: str, before: str) -> None:
    span.preposition = preposition
    if preposition == "of":
        span.preposition = _before_of(before)
        is_country = any(c.kind == "country" and c.source <= 1 for c in span.candidates)
        span.wants_region = before in cues.REGION_WORDS and not (is_country and before in _OF_COUNTRIES)
        span.wants_town = before in cues.TOWN_WORDS
    elif preposition == "in" and before in cues.FAR_SPEAKERS:
        span.preposition = "from"  # "officials in Moscow said" tells where they sat, not where it happened


def _before_of(word: str) -> str:
    """Tell "east of Mosul" (a place near) and "city of Mosul" (the place) from "Smith, 24, of Mosul" (a home)."""
    if word in cues.DIRECTIONS or word in ("miles", "kilometers", "kilometres", "km", "outside"):
        return "near"
    if word in ("suburb", "suburbs", "outskirts", "border", "port", "coast", "shore", "shores", "vicinity"):
        return "near"
    if word in cues.AREA or word in ("block", "part", "parts", "streets", "section", "edge", "heart", "north", "south"):
        return "in"
    if word in ("inhabitants", "villagers", "population", "people", "locality", "commune"):
        return "in"
    if word in ("university", "bank", "archdiocese", "diocese", "church", "bishop", "college", "republic", "battle"):
        return "name of"
    return "of"


def is_dateline(source: str, start: int, end: int, *, capital_tells: bool = True) -> bool:
    """Say whether the name at `start..end` is the place that a report was sent from: "KABUL, Feb. 3 (NN) - "."""
    line_start = source.rfind("\n", 0, start) + 1
    lead = source[line_start:start]
    if len(lead.strip()) > 3 and not (len(lead) < 40 and lead.isupper()):
        return False
    tail = source[end : end + 80]
    if _DASH_AFTER.match(tail) or (_DATED.match(tail) and start < _OPENING_CHARS):
        return True
    if not source[start:end].isupper():
        return False
    is_opening = start < _OPENING_CHARS and capital_tells and _OPENS.match(tail) is not None
    return is_opening or _HEAD_AFTER.match(tail) is not None


def _kind(span: Span, words: Sequence[Word], before: Sequence[str], after: Sequence[str]) -> MentionKind:
    lookahead = [word for word in after if word not in ("county", "city", "area", "metro", "regional", "general",
                                                        "state", "district", "parish", "township")]  # fmt: skip
    for word, depth in zip(lookahead[:2], range(2), strict=False):
        for table, kind in _AFTER:
            if word in table and (depth == 0 or kind is not MentionKind.ORGANISATION):
                return kind
        if depth == 0 and not words[min(span.last + 1 + (len(after) - len(lookahead)), len(words) - 1)].is_name:
            break
    if after and after[0] in cues.RESIDENT and span.preposition not in ("in", "near", "at"):
        return MentionKind.HOMETOWN
    if span.preposition == "name of":
        return MentionKind.SCHOOL
    if span.preposition in ("of", "from") and _is_home(before, words, span):
        return MentionKind.HOMETOWN
    return MentionKind.LOCATION


def _is_home(before: Sequence[str], words: Sequence[Word], span: Span) -> bool:
    """Read "John Doe, 24, of Dayton" and "a native of Dayton"."""
    window = [word.folded for word in words[max(0, span.first - 5) : span.first]]
    return any(word.isdigit() for word in window) or not cues.HOMETOWN_BEFORE.isdisjoint(window) or "block" in before


def _is_person(span: Span, words: Sequence[Word], before: Sequence[str], starts: frozenset[int]) -> bool:
    """Return whether the name is (part of) a person's: a title or first name before it, or a surname after it."""
    if span.candidates[0].kind == "country" and span.folded not in cues.PERSON_LIKE:
        return False
    is_governed = span.preposition in cues.LOCATIVE or bool(span.qualifiers)
    if span.first == span.last and span.folded in cues.FIRST_NAMES and not is_governed:
        return True
    if span.preposition in cues.LOCATIVE and not (before and before[0] in cues.TITLES):
        previous = words[span.first - 1] if span.first else None
        if previous is not None and not previous.is_name:
            return False
    if before:
        previous = words[span.first - 1]
        if previous.folded in cues.TITLES and previous.folded not in cues.LOCATIVE:
            return True
        if previous.folded in cues.FIRST_NAMES and previous.text[:1].isupper():
            return True
        joined = previous.is_name and words[span.first].gap in (" ", "\n", ". ") and span.first - 1 not in starts
        is_known = previous.is_common or previous.folded in cues.DIRECTIONS or previous.folded in cues.AREA
        if joined and not is_known and previous.text[1:2].islower():
            return True
    is_free = span.last + 1 not in starts or span.folded in cues.PERSON_LIKE or span.folded in cues.FIRST_NAMES
    return is_free and not span.qualifiers and _surname_follows(span, words)


def _surname_follows(span: Span, words: Sequence[Word]) -> bool:
    if span.last + 1 >= len(words):
        return False
    following = words[span.last + 1]
    is_joined = following.is_name and following.gap in (" ", "\n", " ") and following.sentence == span.sentence
    is_given = span.folded in cues.PERSON_LIKE or span.folded in cues.FIRST_NAMES
    if not is_given and any(c.source == 0 and c.population >= _WELL_KNOWN for c in span.candidates):
        return False  # "Chicago Ferries" is no person
    if not is_joined or (following.is_common and not is_given) or following.folded in cues.AREA:
        return False
    if following.folded.isdigit() or following.folded == "river":
        return False
    return span.first == span.last and following.folded not in cues.DIRECTIONS
