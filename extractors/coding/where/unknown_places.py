"""Names of places that no table has: villages, estates, suburbs, told from other names by what governs them.

"A man of Mardlock" stays unread; "in Grendlethorpe", "the village of Mardlock", "Ostwick, Leeds" and the unknown one in
a list of towns are places. Each keeps its name and is placed, in this order, at the distance that the text gives from a
known place, in the place that is written beside it, in the district and then the province that the article names, else
in the place that the text is in (`anchors`). All mentions of one name share the best of these. The precision is that of
the parent: `district` in a town or at a distance, `region` in a division.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.coding.document import TITLE, Document, Token
from extractors.coding.where import cues
from extractors.coding.where.anchors import Anchors
from extractors.coding.where.facilities import FACILITY_WORDS
from extractors.coding.where.local_context import is_dateline
from extractors.coding.where.mentions import MentionKind, PlaceMention
from extractors.coding.where.offsets import FARTHEST_KM, REACH_CHARS, Offset, moved, read_offset
from extractors.coding.where.spans import Span
from extractors.coding.where.words import Word
from extractors.reference.fold import ARTICLES, fold
from extractors.reference.gazetteer import Gazetteer, GazetteerPlace
from extractors.reference.spelling import SETTLED_COUNTRIES
from model.report import Place, PlacePrecision

_GOVERNS = frozenset("in at near outside around to from into towards toward between through via".split())
_OF_WHAT = (
    cues.AREA
    | cues.TOWN_WORDS
    | frozenset("villages towns hamlet island lake residents people commune locality settlement outskirts".split())
)
_AFTER = frozenset("village town township hamlet commune settlement district camp island".split())
_SKIPPED = frozenset("the nearby central downtown north south east west northern southern eastern western".split())
_SHORTEST = 3  # letters; shorter ones are abbreviations
_LONGEST = 3  # words
_MOST = 40  # an article; bounds the time of hostile texts
_LIST_GAP = re.compile(r"^,?\s(?:and\s)?$|^,\s*$")
_BESIDE = re.compile(
    r"^(?:\s+(?:village|town|township|hamlet|commune))?,?\s+(?:(?:a|an|the)\s+(?:[\w-]+\s+){0,3}?(?:village|town|city|hamlet"
    r"|commune|settlement|locality|suburb|area)\s+)?(?:(?:in|of|near|at|outside|inside|within)\s+)?"
    r"(?:(?:the|north|south|east|west|northern|southern|eastern|western|central|restive|volatile|province|region|district"
    r"|state|city|town|part|of|[’']s)\s+)*$|^,\s*$"
)
_LEAST_VOTES = 3  # two names of one country, or a name and a dateline
_DIVISIONS = ("admin2", "admin1", "region")
_OFFSET, _JOINED, _DISTRICT, _PROVINCE, _ANCHOR = range(5)  # how a name was placed, best first


@dataclass(frozen=True, slots=True)
class _Name:
    """One mention of an unknown name: its first and last word, and the word of place that governs it.

    `is_sure` is false where nothing but the parse takes the name for a place; such a name needs a sure mention.
    """

    first: Word
    last: Word
    preposition: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Parent:
    """What a name was put into, and how."""

    rank: int
    place: GazetteerPlace
    offset: Offset | None = None


def unknown_place_names(
    document: Document,
    words: Sequence[Word],
    spans: Sequence[Span],
    title: Sequence[Word],
    anchors: Anchors,
    places: Sequence[PlaceMention],
    gazetteer: Gazetteer,
) -> list[PlaceMention]:
    """Give a mention for each unknown name of the text that is written as a place is, and for those of the title.

    Args:
        document: the words' own.
        words: of the text.
        spans: the known names among them.
        title: the words of the title; what the text takes for a place is one there.
        anchors: the places that others can be put into.
        places: the resolved known names.
        gazetteer: the place tables.
    """
    names = [*_dateline(document, words, spans), *_find(document, words, spans)]
    known = [p for p in places if p.sentence != TITLE and p.kind is not MentionKind.DEMONYM]
    known.sort(key=lambda place: place.at)
    home = _main_country(places)
    best: dict[str, _Parent] = {}
    for name in names:
        parent = _parent(document, name, known, anchors, home)
        key = fold(_text(document, name))
        if parent is not None and (key not in best or parent.rank < best[key].rank):
            best[key] = parent
    names += _in_title(document, title, best)
    return [
        _mention(document, name, parent, gazetteer)
        for name in names
        if (parent := best.get(fold(_text(document, name)))) is not None
    ]


def _dateline(document: Document, words: Sequence[Word], spans: Sequence[Span]) -> list[_Name]:
    """Find the unknown town that the text is sent from: "KOMANDA, Congo, July 28 - "."""
    if not words or not words[0].capital_tells or any(span.first == 0 for span in spans):
        return []
    last = 0
    while last + 1 < min(len(words), _LONGEST) and words[last + 1].gap in (" ", "-") and words[last + 1].text.isupper():
        last += 1
    name = document.article.text[words[0].start : words[last].end]
    is_sent = is_dateline(document.article.text, words[0].start, words[last].end)
    is_name = name.isupper() and len(name) > _SHORTEST and not words[0].is_common
    return [_Name(words[0], words[last], "in", True)] if is_sent and is_name else []


def _in_title(document: Document, title: Sequence[Word], known: Mapping[str, _Parent]) -> list[_Name]:
    runs = [(i, j) for i in range(len(title)) for j in range(i, min(i + _LONGEST, len(title)))]
    return [
        _Name(title[i], title[j], _preposition(title, i, j), is_sure=False)
        for i, j in runs
        if title[i].text[:1].isupper() and fold(document.text_between(title[i].token, title[j].token)) in known
    ]


def _text(document: Document, name: _Name) -> str:
    text = document.text_between(name.first.token, name.last.token)
    return text.title() if text.isupper() else text


def _find(document: Document, words: Sequence[Word], spans: Sequence[Span]) -> list[_Name]:
    taken = {i for span in spans for i in range(span.first, span.last + 1)}
    listed = {span.first for span in spans if _is_place(span)}
    ends = {span.last for span in spans if _is_place(span)}
    found: list[_Name] = []
    i = 0
    while i < len(words) and len(found) < _MOST:
        last = _run(words, i, taken)
        if last is None:
            i += 1
            continue
        preposition = _preposition(words, i, last)
        token = document.tokens[words[last].token]
        if _is_other(token, preposition) or (token.entity == "ORG" and not _is_called_place(words, i)):
            i = last + 1
            continue
        is_entity = token.entity in ("GPE", "LOC")
        is_listed = _is_in_list(document, words, i, last, listed, ends)
        if preposition or is_entity or is_listed:
            is_sure = bool(preposition) or is_listed or (i > 0 and words[i - 1].folded == "of")
            found.append(_Name(words[i], words[last], preposition, is_sure))
            ends.add(last)
        i = last + 1
    sure = {fold(_text(document, name)) for name in found if name.is_sure}
    return [name for name in found if fold(_text(document, name)) in sure]


def _is_other(token: Token, preposition: str) -> bool:
    """Say whether the last token of a name belongs to an adjective, a facility or, by the parse, a person."""
    is_person = token.entity == "PERSON" and preposition not in ("in", "near", "at", "outside")
    is_adjective = token.entity in ("NORP", "LANGUAGE") or token.pos in ("ADJ", "VERB")
    return is_person or is_adjective or token.lower in FACILITY_WORDS


def _is_called_place(words: Sequence[Word], first: int) -> bool:
    """Tell "the village of X" from "in X", whatever the parse takes X for."""
    return first > 1 and words[first - 1].folded == "of" and words[first - 2].folded in _OF_WHAT


def _is_place(span: Span) -> bool:
    return not span.is_person and not span.is_common and span.kind is MentionKind.LOCATION


def _run(words: Sequence[Word], i: int, taken: set[int]) -> int | None:
    """Give the last word of the unknown name that begins at `i`; null if none does."""
    is_article = words[i].folded in ARTICLES and i + 1 < len(words) and words[i + 1].gap in ("-", " ")
    if i in taken or not (_is_free(words[i]) or (is_article and words[i].text[:1].isupper()) or
                          (is_article and words[i + 1].gap == "-")):  # fmt: skip
        return None
    last = i
    while last + 1 < len(words) and words[last + 1].gap in (" ", "-") and last + 1 not in taken:
        following = words[last + 1]
        if not (following.is_name or following.folded in ARTICLES) or following.folded in cues.AREA:
            break
        last += 1
        if last - i >= _LONGEST:
            return None
    while last > i and words[last].folded in ARTICLES:
        last -= 1
    return last if any(_is_free(words[k]) for k in range(i, last + 1)) else None


def _is_free(word: Word) -> bool:
    is_known = word.folded in cues.CALENDAR or word.folded in cues.TITLES or word.folded in cues.FIRST_NAMES
    is_name = word.is_name and word.capital_tells and not word.is_common and word.text[1:2].islower()
    return is_name and not is_known and len(word.folded) >= _SHORTEST and word.folded.replace(" ", "").isalpha()


def _preposition(words: Sequence[Word], first: int, last: int) -> str:
    """Give the word of place that governs a name; "in" for "the village of X" and "X village"; empty for none."""
    j = first - 1
    while j >= 0 and words[j].folded in _SKIPPED and words[j].sentence == words[first].sentence:
        j -= 1
    if j >= 0 and words[j].sentence == words[first].sentence and not words[first].gap.strip():
        if words[j].folded == "of" and j > 0 and words[j - 1].folded in _OF_WHAT:
            return "in"
        if words[j].folded in _GOVERNS and words[j].text.islower():
            return words[j].folded
    after = words[last + 1] if last + 1 < len(words) else None
    return "in" if after is not None and after.gap == " " and after.folded in _AFTER and after.text.islower() else ""


def _is_in_list(
    document: Document, words: Sequence[Word], first: int, last: int, listed: set[int], ends: set[int]
) -> bool:
    """Tell "Leeds and Mardlock" and "Ostwick, Leeds"."""
    following = last + 1
    is_before = following in listed and words[following].gap in (", ", ",")
    and_at = first - 1 if first and words[first - 1].folded == "and" else first
    previous = and_at - 1
    if previous not in ends or words[previous].sentence != words[first].sentence:
        return is_before
    gap = document.article.text[words[previous].end : words[first].start]
    return is_before or _LIST_GAP.match(gap) is not None


def _main_country(places: Sequence[PlaceMention]) -> str | None:
    """Give the country that most names speak of, where one has two or more; datelines and qualifiers count for less."""
    counts: Counter[str] = Counter()
    for place in places:
        if place.source.country_code:
            counts[place.source.country_code] += 1 if place.kind is MentionKind.DATELINE else 2
    best = min(counts, key=lambda code: (-counts[code], code), default=None)
    return best if best is not None and counts[best] >= _LEAST_VOTES else None


def _parent(
    document: Document, name: _Name, known: Sequence[PlaceMention], anchors: Anchors, home: str | None
) -> _Parent | None:
    text = document.article.text
    after = [p for p in known if p.at >= name.last.end and p.sentence == name.last.sentence]
    for place in after[:3]:
        between = text[name.last.end : place.at]
        offset = read_offset(between) if len(between) <= REACH_CHARS else None
        if offset is not None and offset.km <= FARTHEST_KM and place.source.kind == "town":
            return _Parent(_OFFSET, place.source, offset)
    if after and _BESIDE.match(text[name.last.end : after[0].at]) and after[0].source.kind != "country":
        return _Parent(_JOINED, after[0].source)
    anchor = anchors.place_for(name.first.start, name.last.end, name.last.sentence)
    country = home or (anchor.country_code if anchor is not None else None)
    if anchor is not None and anchor.country_code != country:
        before = [p.source for p in known if p.source.kind == "town" and p.source.country_code == country]
        anchor = before[0] if before else None
    if anchor is not None and country in SETTLED_COUNTRIES:
        return _Parent(_ANCHOR, anchor)
    for rank, kind in ((_DISTRICT, "admin2"), (_PROVINCE, "admin1")):
        named = Counter(p.source for p in known if p.source.kind == kind and country in (None, p.source.country_code))
        if named:
            nearest = min(named, key=lambda s: min(abs(p.at - name.first.start) for p in known if p.source == s))
            is_within = anchor is not None and anchor.kind == "town" and _is_in(anchor, nearest)
            return _Parent(rank, anchor if is_within and anchor is not None and kind == "admin1" else nearest)
    if anchor is None:
        anchor = next((p.source for p in known if p.source.country_code == country), None)
    return _Parent(_ANCHOR, anchor) if anchor is not None else None


def _is_in(town: GazetteerPlace, division: GazetteerPlace) -> bool:
    return (town.country_code, town.admin1_code) == (division.country_code, division.admin1_code)


def _mention(document: Document, name: _Name, parent: _Parent, gazetteer: Gazetteer) -> PlaceMention:
    text, into = _text(document, name), parent.place
    span = (-1, -1) if name.last.sentence == TITLE else (name.first.start, name.last.end)
    lat, lon = (into.lat, into.lon) if parent.offset is None else moved(into, parent.offset)
    is_wide = into.kind in _DIVISIONS or parent.rank in (_DISTRICT, _PROVINCE)
    precision = PlacePrecision.REGION if is_wide else PlacePrecision.DISTRICT
    if into.kind == "country":
        precision = PlacePrecision.COUNTRY
    rationale = f"unlisted name, put in {into.name}"
    if parent.offset is not None:
        rationale = f"unlisted name, {parent.offset.text} {into.name}"
        precision = PlacePrecision.DISTRICT if parent.offset.bearing is not None else PlacePrecision.REGION
    place = Place(
        text, None, gazetteer.admin1_name(into.country_code, into.admin1_code), into.country_code, lat, lon, precision,
        document.text_between(name.first.token, name.last.token), rationale, *span,
    )  # fmt: skip
    return PlaceMention(
        place, name.last.sentence, name.last.token, into, MentionKind.UNLISTED, name.preposition, name.first.start,
        margin=float(_ANCHOR - parent.rank),
    )  # fmt: skip
