"""Find the stretches of a text that the gazetteer knows, and what stands around them.

The longest known run of words wins ("New York City" over "New York"). What stands around a name decides the part it
plays: "in Mosul", "Chicago police", "Austin, 24,", "Jackson Street", "University of Dayton".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.reference.fold import fold
from extractors.reference.gazetteer import Gazetteer, GazetteerPlace
from extractors.where import cues
from extractors.where.mentions import MentionKind
from extractors.where.words import Word

LONGEST_NAME = 5  # words; "Union of Soviet Socialist Republics" is not how news writes it
_JOINS = re.compile(r"^(?:[’']s )?(?:[  ]{1,2}|[-–‐‑]|\. |\s?\n|’|')?$")
_COMMA = re.compile(r"^,\s*$|^\.,\s*$|^\s*\($")
_SPACE = re.compile(r"^\.?[  \n]{1,2}$")
_DASH_AFTER = re.compile(r"^\s*(?:\([^)]{2,40}\)\s*)?(?:--?|—|–|―)\s*")
_SHORT = 3
_OF_COUNTRIES = frozenset({"territory", "republic", "countryside", "region"})  # "the territory of Georgia"
_LEADS = frozenset(
    "al el ad as at ar az an ash south north east west northern southern eastern western northeast northeastern "
    "occupied upstate the".split()
)
_WELL_KNOWN = 300_000  # inhabitants
_LEAST_LISTED = 3  # two may be "Washington, New York", a town and its state or two towns


@dataclass(slots=True)
class Span:
    """A run of words `first..last` with the places that bear the name; the rest is what stands around it."""

    first: int
    last: int
    start: int
    end: int
    text: str
    folded: str
    sentence: int
    candidates: tuple[GazetteerPlace, ...]
    kind: MentionKind = MentionKind.LOCATION
    preposition: str = ""
    is_person: bool = False
    is_common: bool = False
    is_shouted: bool = False  # in a text where capitals tell nothing
    is_qualifier: bool = False
    is_listed: bool = False  # in a row of divisions
    qualifiers: list[tuple[str, str | None]] = field(default_factory=list)  # (country, admin1) named beside it
    wants_region: bool = False
    wants_town: bool = False


def find_spans(source: str, words: Sequence[Word], gazetteer: Gazetteer) -> list[Span]:
    """Find the known names in reading order; spans do not overlap, and `source[start:end]` is their text."""
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
    _qualify(source, spans, words, gazetteer)
    starts = frozenset(span.first for span in spans)
    for span in spans:
        _look_around(span, words, source, starts)
    return spans


def _may_lead(words: Sequence[Word], i: int) -> bool:
    """Tell whether word `i`, no name by itself, may begin one with the name that follows it."""
    if words[i + 1].gap not in ("-", " "):
        return False
    word = words[i]
    return word.text[:1].isupper() or word.folded in _LEADS  # "New York" where every sentence may begin with "New"


def _longest_at(source: str, words: Sequence[Word], i: int, gazetteer: Gazetteer) -> Span | None:
    last = _run_end(words, i)
    for j in range(last, i - 1, -1):
        if not (words[j].is_name or (j > i and words[j].folded in cues.AREA)):
            continue
        folded = " ".join(word.folded for word in words[i : j + 1])
        if i == j and not words[i].is_name:
            continue
        text = source[words[i].start : words[j].end]
        if j > i and "st" in folded:
            folded = fold(folded)
        if i == j and (folded in cues.DIRECTIONS or folded in cues.AREA):
            continue
        candidates = _admissible(gazetteer.lookup(folded), text, folded)
        if i == j and folded in gazetteer.demonyms:
            candidates = ()  # "Malian" is an adjective before it is a hamlet in China
        if words[i].folded == "the":
            kinds = (
                ("country", "region", "site") if words[i].text == "the" else ("admin1", "town", "admin2", "district")
            )
            kinds = (*kinds, "country", "region", "site")
            candidates = tuple(place for place in candidates if place.source <= 1 and place.kind in kinds)
        if candidates:
            return Span(
                i,
                j,
                words[i].start,
                words[j].end,
                text,
                folded,
                words[i].sentence,
                candidates,
                is_shouted=not words[i].capital_tells,
                is_common=i == j and (words[i].is_common or folded in cues.CALENDAR),
            )
        country = gazetteer.demonyms.get(folded)
        place = gazetteer.country(country) if country else None
        if place is not None:
            return Span(
                i, j, words[i].start, words[j].end, text, folded, words[i].sentence, (place,), MentionKind.DEMONYM
            )
    return None


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


def _admissible(candidates: tuple[GazetteerPlace, ...], text: str, folded: str) -> tuple[GazetteerPlace, ...]:
    """Leave out what so short a name cannot be: "Us" and "La" are words, "US" and "LA" are places."""
    if len(folded) > _SHORT or not candidates:
        return candidates
    if not text.replace(".", "").isupper():
        return tuple(c for c in candidates if c.source == 0 and c.kind == "town" and len(folded) == _SHORT)
    return tuple(c for c in candidates if c.source <= 1)


def _qualify(source: str, spans: list[Span], words: Sequence[Word], gazetteer: Gazetteer) -> None:
    """Read "Springfield, Mo." and "Aleppo, Syria": what follows the comma says which Springfield is meant."""
    by_first = {span.first: span for span in spans}
    extra: list[Span] = []
    _mark_lists(spans, words)
    for span in spans:
        if span.is_listed:
            continue
        following = span.last + 1
        while following < len(words) and _COMMA.match(words[following].gap):
            pairs, last = _division_at(words, following, by_first.get(following), gazetteer)
            pairs = _fitting(span, pairs)
            if not pairs:
                break
            span.qualifiers.extend(pairs)
            if following in by_first:
                _make_qualifier(by_first[following])
            else:
                extra.extend(_abbreviated(source, words, following, last, pairs, gazetteer))
            following = last + 1
    spans.extend(extra)
    spans.sort(key=lambda span: span.first)


def _mark_lists(spans: Sequence[Span], words: Sequence[Word]) -> None:
    """Mark "Ohio, New York and Oklahoma": three or more divisions of one country in a row are no addresses."""
    run: list[Span] = []
    shared: set[str] = set()
    for span in (*spans, None):
        divided = _divided(span) if span is not None else set()
        if run and span is not None and _is_next(run[-1], span, words) and shared & divided:
            run.append(span)
            shared &= divided
            continue
        if len(run) >= _LEAST_LISTED or (len(run) > 1 and _is_told_to_be_list(run[0], words)):
            for listed in run:
                listed.is_listed = listed.wants_region = True
        run, shared = ([span], divided) if span is not None and divided else ([], set())


def _is_told_to_be_list(span: Span, words: Sequence[Word]) -> bool:
    """Tell "states such as California or Washington"."""
    return any(word.folded in ("states", "provinces") for word in words[max(0, span.first - 4) : span.first])


def _divided(span: Span) -> set[str]:
    """Countries that have a division of this name."""
    return {c.country_code or "" for c in span.candidates if c.kind == "admin1" and c.source <= 1}


def _is_next(before: Span, span: Span, words: Sequence[Word]) -> bool:
    if span.sentence != before.sentence:
        return False
    i = before.last + 1
    if i < len(words) and words[i].folded in ("and", "or"):
        return i + 1 == span.first
    return i == span.first and _COMMA.match(words[i].gap) is not None


def _make_qualifier(span: Span) -> None:
    """Take the "New York" of "Buffalo, New York" for the state, whatever "New York" alone is in the article."""
    upper = tuple(c for c in span.candidates if c.kind in ("country", "admin1", "region") and c.source <= 1)
    span.is_qualifier = True
    if upper and any(c.kind == "town" and c.source <= 1 for c in span.candidates):
        span.candidates, span.folded = upper, f"{span.folded}, division"


def _fitting(span: Span, pairs: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Keep the divisions that some place of this name lies in: "Greece, Italy and Spain" is a list, not an address."""
    if any(c.kind == "country" and c.source <= 1 for c in span.candidates):
        pairs = [pair for pair in pairs if pair[1] is not None and pair[0] == "US"]
    named = [c for c in span.candidates if c.source <= 1]
    if not any(c.kind != "town" or c.population >= _WELL_KNOWN for c in named):
        named = list(span.candidates)  # "Washington, New York" is no address of a hamlet that was once called so
    inside = {(c.country_code, c.admin1_code) for c in named if c.kind != "country"}
    countries = {country for country, _ in inside}
    return [pair for pair in pairs if pair in inside or (pair[1] is None and pair[0] in countries)]


def _abbreviated(
    source: str, words: Sequence[Word], first: int, last: int, pairs: list[tuple[str, str | None]], gazetteer: Gazetteer
) -> list[Span]:
    """Make the "Mo." of "Springfield, Mo." a span of its own."""
    places = [place for pair in pairs if (place := gazetteer.admin1(*pair)) is not None]
    if not places:
        return []
    start, end = words[first].start, words[last].end
    key = f"{words[first].folded}, {pairs[0][0]}"  # its own sense, not that of a like-written word
    return [
        Span(first, last, start, end, source[start:end], key, words[first].sentence, tuple(places), is_qualifier=True)
    ]


def _division_at(
    words: Sequence[Word], i: int, span: Span | None, gazetteer: Gazetteer
) -> tuple[list[tuple[str, str | None]], int]:
    if span is not None:
        upper = [c for c in span.candidates if c.kind in ("country", "admin1", "region") and c.source <= 1]
        if upper:
            pairs = [(c.country_code or "", c.admin1_code) for c in upper]
            return pairs, span.last
    for length in (2, 1):
        chunk = words[i : i + length]
        if len(chunk) < length or (length > 1 and not _SPACE.match(chunk[1].gap)):
            continue
        key = "".join(word.folded for word in chunk)
        text = "".join(word.text for word in chunk).replace(".", "")
        pairs2 = gazetteer.abbreviations.get(key.replace(" ", ""))
        if pairs2 and (len(key) > 2 or text.isupper() or chunk[-1].text[:1].isupper()):
            return [(country, admin1) for country, admin1 in pairs2], i + length - 1
    return [], i


def _look_around(span: Span, words: Sequence[Word], source: str, starts: frozenset[int]) -> None:
    before = _near(words, span.first, -1)
    after = _near(words, span.last, +1)
    _read_preposition(span, words)
    next_word = after[0] if after else ""
    span.wants_region = span.wants_region or next_word in cues.REGION_WORDS
    is_by = span.preposition in ("near", "outside", "at", "between") and _is_also_its_town(span)
    span.wants_town = not span.wants_region and (span.wants_town or is_by or next_word in cues.TOWN_WORDS)
    if span.kind is MentionKind.DEMONYM:
        return
    if _is_dateline(span, source):
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
    if word in ("university", "bank", "archdiocese", "diocese", "church", "bishop", "college", "republic", "battle"):
        return "name of"
    return "of"


def _is_dateline(span: Span, source: str) -> bool:
    line_start = source.rfind("\n", 0, span.start) + 1
    lead = source[line_start : span.start]
    if len(lead.strip()) > 3 and not (len(lead) < 40 and lead.isupper()):
        return False
    tail = source[span.end : span.end + 60]
    if _DASH_AFTER.match(tail):
        return True
    # "FORT WAYNE, Ind. (WANE)", "SAN SALVADOR, 3 JAN 90 --"
    head = re.match(r"^[,.]?[^\n]{0,40}?(?:--|—|–|\([A-Z][A-Za-z.\d ]{1,20}\))", tail)
    return head is not None and span.text.isupper()


_AFTER = (
    (cues.POLICE, MentionKind.POLICE),
    (cues.HOSPITAL, MentionKind.HOSPITAL),
    (cues.COURT, MentionKind.COURT),
    (cues.SCHOOL, MentionKind.SCHOOL),
    (cues.ROAD | cues.MEDIA | cues.ORGANISATION, MentionKind.ORGANISATION),
)


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
    """Tell whether the name is (part of) a person's: a title or first name before it, or a surname after it."""
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
