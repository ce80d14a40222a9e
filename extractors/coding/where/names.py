"""Find the stretches of a text that the gazetteer knows.

The longest known run of words wins ("New York City" over "New York"). What stands around a name decides the part it
plays: `qualify` reads what follows the comma, `around` the words beside it, `syntax` the parse.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extractors.coding.document import Document
from extractors.coding.where import cues
from extractors.coding.where.local_context import read_local_context
from extractors.coding.where.mentions import MentionKind
from extractors.coding.where.qualify import qualify
from extractors.coding.where.spans import Span
from extractors.coding.where.syntax import head_of, read_syntax
from extractors.coding.where.words import Word
from extractors.reference.fold import fold
from extractors.reference.gazetteer import Gazetteer, GazetteerPlace
from extractors.reference.spelling import SETTLED_COUNTRIES

LONGEST_NAME = 5  # words; "Union of Soviet Socialist Republics" is not how news writes it
_JOINS = re.compile(r"^(?:[’']s )?(?:[  ]{1,2}|[-–‐‑]|\. |\s?\n|’|')?$")
DIVISION = ", division"  # ends the folded name of a span that means the division called after a town
_SHORT = 3
_DIVISIONS = ("admin1", "admin2")
_LEAST_SEAT = 1_000  # inhabitants: a hamlet does not bear the name before its province
_LEAST_OTHER_SEAT = 20_000  # inhabitants: where the name is one of the town's other names
_ALIKE = 80.0  # rapidfuzz ratio of two spellings of one name
_OF_TOWNSHIPS = frozenset(("US", "CA"))
_ROMANCE = frozenset("da de do del dos das di della".split())
_AFTER_THE = ("country", "region", "site")
_LEADS = frozenset(
    "al el ad as at ar az an ash south north east west northern southern eastern western northeast northeastern "
    "occupied upstate the".split()
)


def find_spans(document: Document, words: Sequence[Word], gazetteer: Gazetteer) -> list[Span]:
    """Find the known names among `words` (of the title, or of the text) in reading order; spans do not overlap."""
    if not words:
        return []
    source = document.source_of(document.tokens[words[0].token])
    spans: list[Span] = []
    is_name = [word.is_name for word in words] + [False]
    i = 0
    while i < len(words):
        may_start = is_name[i] or (is_name[i + 1] and _may_lead(words, i))
        span = _longest_at(source, words, i, gazetteer) if may_start else None
        if span is None:
            i += 1
            continue
        spans.append(span)
        i = span.last + 1
    qualify(source, spans, words, gazetteer)
    starts = frozenset(span.first for span in spans)
    for span in spans:
        span.token = head_of(document, words[span.first].token, words[span.last].token)
        span.entity = document.tokens[span.token].entity
        read_local_context(span, words, source, starts)
        read_syntax(span, document)
    for before, span in zip(spans[-2::-1], spans[:0:-1], strict=True):  # "Kherson and Zaporizhzhia regions"
        if span.wants_region and words[span.last + 1 : span.last + 2] and words[span.last + 1].folded in cues.REGIONS:
            is_listed = [w.folded for w in words[before.last + 1 : span.first]] in ([], ["and"])
            before.wants_region = before.wants_region or is_listed
    return _without_far_townships([_town_or_division(span) for span in spans], words)


def _without_far_townships(spans: list[Span], words: Sequence[Word]) -> list[Span]:
    """Leave out the "Aleppo" of an "Aleppo Township" in a text that names Pennsylvania: no table has the townships."""
    named = {c.row_id: c for span in spans for c in span.candidates[:1]}.values()
    home = {(c.country_code, c.admin1_code) for c in named if c.kind == "admin1" and c.country_code in _OF_TOWNSHIPS}
    return [span for span in spans if not home or not _is_township(span, words) or _is_in(span, home)]


def _is_township(span: Span, words: Sequence[Word]) -> bool:
    following = words[span.last + 1] if span.last + 1 < len(words) else None
    return following is not None and following.text == "Township" and following.gap == " "


def _is_in(span: Span, divisions: Collection[tuple[str | None, str | None]]) -> bool:
    return any((c.country_code, c.admin1_code) in divisions for c in span.candidates)


def _town_or_division(span: Span) -> Span:
    """Part a town from the division that is called after it: "Kherson" is the town, "Kherson region" is not.

    Divisions of the United States are left to the resolver, since the press says "Washington" and "New York" for both.
    """
    if span.kind is MentionKind.DEMONYM or span.is_qualifier:
        return span
    named = [c for c in span.candidates if c.source <= 1 or c.kind != "town" or _is_spelled_alike(span, c)]
    divisions = [c for c in named if c.kind in _DIVISIONS and c.country_code != "US"]
    if span.wants_region:
        upper = tuple(c for c in span.candidates if c.kind in (*_DIVISIONS, "region"))
        if not upper:  # a division that the tables have under another name: the area around its town
            towns = [c for c in span.candidates if c.kind == "town"]
            upper = tuple(replace(c, row_id=-c.row_id, kind="admin2", population=0) for c in towns)
        if upper and upper != span.candidates:
            span.candidates, span.folded = upper, f"{span.folded}{DIVISION}"
        return span
    seats = {(c.country_code, c.admin1_code) for c in named if c.kind == "town" and c.population >= _LEAST_SEAT}
    called_after = {d.row_id for d in divisions if (d.country_code, d.admin1_code) in seats}
    # a region of the table that is a province too ("Marib"): the same, where its town is of that country
    countries = {c.country_code for c in named if c.kind == "town" and c.source <= 1 and c.population >= _LEAST_SEAT}
    called_after |= {c.row_id for c in named if c.kind == "region" and c.country_code in countries}
    if called_after:
        span.candidates = tuple(c for c in span.candidates if c.row_id not in called_after)
    return span


def _is_spelled_alike(span: Span, town: GazetteerPlace) -> bool:
    """Tell "Karaganda" for Karagandy from "Bihar" for Bihar Sharif."""
    return town.population >= _LEAST_OTHER_SEAT and fuzz.ratio(fold(town.name), span.folded) >= _ALIKE


def _may_lead(words: Sequence[Word], i: int) -> bool:
    """Return whether word `i`, no name by itself, may begin one with the name that follows it."""
    if words[i + 1].gap not in ("-", " "):
        return False
    word = words[i]
    return word.text[:1].isupper() or word.folded in _LEADS  # "New York" where every sentence may begin with "New"


def _longest_at(source: str, words: Sequence[Word], i: int, gazetteer: Gazetteer) -> Span | None:
    for j in range(_run_end(words, i), i - 1, -1):
        if not (words[j].is_name or (j > i and words[j].folded in cues.AREA)):
            continue
        if _is_cut(words, j, gazetteer):
            continue
        text = source[words[i].start : words[j].end]
        folded = words[i].folded if i == j else fold(text.replace("’s ", " ").replace("'s ", " "))
        if i == j and (folded in cues.DIRECTIONS or folded in cues.AREA):
            continue
        is_adjective = i == j and folded in gazetteer.demonyms  # "Malian" is one before it is a hamlet in China
        candidates = () if is_adjective else _admissible(gazetteer.lookup(folded), text, folded, words[i])
        if i == j and _is_first_half(words, j, candidates, gazetteer):
            continue
        if candidates:
            is_common = i == j and (words[i].is_common or folded in cues.CALENDAR)
            return _span(words, i, j, text, folded, candidates, is_common=is_common)
        place = gazetteer.country(gazetteer.demonyms.get(folded, ""))
        if place is not None:
            span = _span(words, i, j, text, folded, (place,))
            span.kind = MentionKind.DEMONYM
            return span
    return None


def _is_cut(words: Sequence[Word], j: int, gazetteer: Gazetteer) -> bool:
    """Tell the "Pont" of "Pont-Sondé", the first half of a name that no table has, from the "Iran" of "Iran-Iraq"."""
    following = words[j + 1] if j + 1 < len(words) else None
    if following is None or following.gap not in ("-", "‑") or not following.is_name or following.is_common:
        return False
    return not any(c.source <= 1 for c in gazetteer.lookup(following.folded)) and (
        following.folded not in gazetteer.demonyms
    )


def _is_first_half(words: Sequence[Word], j: int, candidates: Sequence[GazetteerPlace], gazetteer: Gazetteer) -> bool:
    """Tell the hamlet "Bulo" from the first word of "Bulo Garas" or "Alto da Serra", names that no table has."""
    following = words[j + 1] if j + 1 < len(words) else None
    if following is None or following.gap != " ":
        return False
    is_joined = (
        following.folded in _ROMANCE and following.text.islower() and j + 2 < len(words) and words[j + 2].is_name
    )
    is_small = all(c.kind == "town" and c.population < _LEAST_OTHER_SEAT for c in candidates)
    if is_joined or not following.is_name or following.is_common:
        return is_joined and is_small
    if following.folded in cues.AREA or following.folded in gazetteer.demonyms or gazetteer.lookup(following.folded):
        return False
    return is_small and not any(c.country_code in SETTLED_COUNTRIES for c in candidates)


def _span(
    words: Sequence[Word],
    i: int,
    j: int,
    text: str,
    folded: str,
    candidates: tuple[GazetteerPlace, ...],
    *,
    is_common: bool = False,
) -> Span:
    is_shouted = not words[i].capital_tells
    return Span(i, j, words[i].start, words[j].end, text, folded, words[i].sentence, candidates,
                is_all_caps=is_shouted, is_common=is_common)  # fmt: skip


def _run_end(words: Sequence[Word], i: int) -> int:
    last = i
    for j in range(i + 1, min(i + LONGEST_NAME, len(words))):
        word = words[j]
        if (word.gap != " " and not _JOINS.match(word.gap)) or word.sentence != words[i].sentence:
            break
        if word.gap == ". " and words[j - 1].folded not in ("st", "ft", "mt", "saint", "fort", "mount", "washington"):
            break
        if not (word.is_name or word.folded in cues.CONNECTORS or word.folded in cues.AREA):
            break
        last = j
    return last


def _admissible(
    candidates: tuple[GazetteerPlace, ...], text: str, folded: str, first: Word
) -> tuple[GazetteerPlace, ...]:
    """Leave out what a name so short, so written or so begun cannot be.

    "Us" and "La" are words, "US" and "LA" are places; a "SWAT" team in a text of small letters is no valley; "the"
    begins the names of countries, regions and sites.
    """
    if first.folded == "the":
        kinds = _AFTER_THE if first.text == "the" else (*_AFTER_THE, "admin1", "town", "admin2", "district")
        candidates = tuple(c for c in candidates if c.source <= 1 and c.kind in kinds)
    is_acronym = first.capital_tells and text.isupper() and text.isalpha()
    if is_acronym and len(folded) > _SHORT and not (first.gap == "" or "\n" in first.gap):
        return tuple(c for c in candidates if c.kind in ("country", "region") and c.source <= 1)
    if len(folded) > _SHORT or not candidates:
        return candidates
    if not text.replace(".", "").isupper():
        return tuple(c for c in candidates if c.source == 0 and c.kind == "town" and len(folded) == _SHORT)
    return tuple(c for c in candidates if c.source <= 1)
