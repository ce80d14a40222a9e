"""Find and resolve all the places of a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.coding.document import TITLE, Document
from extractors.coding.where.anchors import Anchors
from extractors.coding.where.cues import CALENDAR, LOCATIVE
from extractors.coding.where.facilities import facilities
from extractors.coding.where.hints import OutletHint, read_hints
from extractors.coding.where.implausible_places import implausible_places
from extractors.coding.where.masthead import with_masthead
from extractors.coding.where.mentions import HINT_SENTENCE, MentionKind, PlaceMention
from extractors.coding.where.names import find_spans
from extractors.coding.where.resolve import Sense, resolve
from extractors.coding.where.spans import Span
from extractors.coding.where.spelling import spelled_names
from extractors.coding.where.unknown_places import unknown_place_names
from extractors.coding.where.words import Word, words_of
from extractors.reference.fold import fold
from extractors.reference.gazetteer import Gazetteer, GazetteerPlace
from model.article import Article
from model.report import Alternative, Place, PlacePrecision

# "... | KSLA News 12 Shreveport, Louisiana": the outlet's signature after the headline says nothing of the incident.
_OUTLET_TAIL = re.compile(
    r"\s(?:[-–—|]|::?)\s(?=[^|]{0,90}(?:\b[KW][A-Z]{2,3}\b|\bNews\b|\bChannel\b|\bTV\b|\bTimes\b|\bTribune\b|\.com\b|\bStar\b|\bPost\b"
    r"|\bJournal\b|\bHerald\b|\bToday\b|\bOnline\b)).*$",
    re.DOTALL,
)
_PRECISION = {
    "country": PlacePrecision.COUNTRY,
    "admin1": PlacePrecision.REGION,
    "admin2": PlacePrecision.REGION,
    "region": PlacePrecision.REGION,
    "district": PlacePrecision.DISTRICT,
    "site": PlacePrecision.SITE,
    "town": PlacePrecision.TOWN,
}
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_SURE_POPULATION = 300_000  # inhabitants: a name that every reader takes for the city


@dataclass(frozen=True, slots=True)
class _Names:
    """The words and known names of title and text."""

    title_words: list[Word]
    words: list[Word]
    title: list[Span]
    text: list[Span]


def find_places(document: Document, gazetteer: Gazetteer, article: Article | None = None) -> tuple[PlaceMention, ...]:
    """Find the places named in title and text, each resolved by all that the article says, in reading order.

    A mention in the title has sentence `TITLE` and offsets -1; the outlet's own town, if it can be told, comes last
    with sentence `HINT_SENTENCE`. Names that are (part of) a person's or an organisation's are left out.

    Args:
        document: best parsed; without the parse only the words around a name tell what it is.
        gazetteer: the place tables.
        article: whose address and outlet are read; the document's own by default.
    """
    article = article or document.article
    hint = read_hints(article, gazetteer)
    names = _names(document, gazetteer)
    known = [s for s in (*names.title, *names.text) if not (_is_noise(s) or _is_credit(s, article))]
    persons = _persons(known)
    kept = [span for span in known if not span.is_person and span.folded not in persons]
    hint = with_masthead(hint, article.outlet, kept, gazetteer)
    senses = resolve(kept, hint)
    stray = implausible_places(kept, senses, hint, _not_places(kept))
    kept = [span for span in kept if span.folded not in stray]
    in_text = [span for span in names.text if span.folded not in stray]
    for words, spans in ((names.title_words, names.title), (names.words, in_text)):
        spelled = spelled_names(document, words, spans, kept, senses, gazetteer)
        senses.update(spelled.senses)
        kept.extend(spelled.spans)
        if spans is in_text:
            in_text = sorted((*in_text, *spelled.spans), key=_reading_order)
    places = [_mention(span, senses, gazetteer) for span in sorted(kept, key=_reading_order)]
    anchors = Anchors(document.article.text, places, hint.town)
    in_text = [span for span in in_text if not span.is_person]
    found = unknown_place_names(document, names.words, in_text, names.title_words, anchors, places, gazetteer)
    found.extend(facilities(document, names.words, anchors, gazetteer))
    return (*places, *found, *_hint_mention(hint, gazetteer))


def _names(document: Document, gazetteer: Gazetteer) -> _Names:
    title = document.article.title
    tail = _OUTLET_TAIL.search(title)
    end = tail.start() if tail else len(title)
    in_title = words_of(document, [t for t in document.tokens if t.sentence == TITLE and t.end <= end])
    in_text = words_of(document, [t for t in document.tokens if t.sentence != TITLE])
    title_spans, spans = find_spans(document, in_title, gazetteer), find_spans(document, in_text, gazetteer)
    return _Names(in_title, in_text, title_spans, spans)


def _reading_order(span: Span) -> tuple[bool, int]:
    return (span.sentence != TITLE, span.start)


def _is_noise(span: Span) -> bool:
    """Drop common words that happen to be names, unless the article insists ("in Mobile, Ala.")."""
    if span.kind is MentionKind.DEMONYM or span.qualifiers:
        return False
    if span.kind is MentionKind.DATELINE:
        return span.folded in CALENDAR
    is_known = any(
        c.kind != "town"
        or (c.source <= 1 and (c.population > 50_000 or not span.is_all_caps))
        or c.population > 500_000
        for c in span.candidates
    )
    is_placed = span.preposition or span.entity in _PLACES
    if not is_known and not is_placed and span.first == span.last:
        return True  # rare other names ("Army"), and in texts of capitals small towns, need a word of place
    if not span.is_common:
        return False
    if span.folded in CALENDAR:
        return not span.qualifiers
    is_large = any(c.kind != "town" or c.population > 100_000 for c in span.candidates if c.source <= 1)
    return not (is_large and span.preposition in ("in", "near", "from", "at", "outside"))


def _is_credit(span: Span, article: Article) -> bool:
    """Return whether the name is the outlet's or agency's signature: "KABUL, Feb. 3 (Meridian) - ..."."""
    if span.sentence == TITLE:
        return False
    around = article.text[max(0, span.start - 1) : span.end + 3]
    return (
        around.startswith("(") and ")" in around[-3:] and span.folded in fold(f"{article.outlet} {article.url or ''}")
    )


def _persons(spans: Sequence[Span]) -> frozenset[str]:
    """Spellings that are persons throughout: "Kevin Jackson" once, and "Jackson" never "in Jackson"."""
    as_person = {span.folded for span in spans if span.is_person}
    as_place = {
        span.folded
        for span in spans
        if not span.is_person
        and (span.qualifiers or span.kind in (MentionKind.DATELINE, MentionKind.POLICE) or span.preposition in LOCATIVE)
    }
    return frozenset(as_person - as_place)


def _not_places(spans: Sequence[Span]) -> frozenset[str]:
    """Spellings of small towns that the parse takes for other things throughout: "Shabab", "Cafe Shooting", "Lear"."""
    groups: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        groups[span.folded].append(span)
    return frozenset(name for name, group in groups.items() if not any(_is_place_here(s) for s in group))


def _is_place_here(span: Span) -> bool:
    if span.kind in (MentionKind.DEMONYM, MentionKind.DATELINE, MentionKind.POLICE) or span.qualifiers:
        return True
    if span.is_qualifier or span.preposition in LOCATIVE or span.entity in _PLACES or span.wants_town:
        return True
    return span.wants_region or any(
        c.source <= 1 and (c.kind not in ("town", "admin2") or c.population >= _SURE_POPULATION)
        for c in span.candidates
    )


def _mention(span: Span, senses: Mapping[str, Sense], gazetteer: Gazetteer) -> PlaceMention:
    sense = senses.get(span.folded) if span.kind is not MentionKind.DEMONYM else None
    source = sense.place if sense else span.candidates[0]
    is_title = span.sentence == TITLE
    place = Place(
        name=source.name,
        place_id=source.place_id,
        admin1=gazetteer.admin1_name(source.country_code, source.admin1_code),
        country_code=source.country_code,
        lat=source.lat,
        lon=source.lon,
        precision=_PRECISION[source.kind],
        text=span.text,
        rule=f"name:{source.kind}",
        start_char=-1 if is_title else span.start,
        end_char=-1 if is_title else span.end,
        losers=_alternatives(span, sense, gazetteer),
    )
    return PlaceMention(
        place, span.sentence, span.token, source, span.kind, span.preposition, span.start, span.is_qualifier,
        bool(span.qualifiers), sense.margin if sense else 9.0,
    )  # fmt: skip


def _alternatives(span: Span, sense: Sense | None, gazetteer: Gazetteer) -> tuple[Alternative, ...]:
    if sense is None:
        return ()
    return tuple(
        Alternative(span.text, _describe(place, gazetteer), f"scored {score:.1f}, {sense.place.name} {sense.score:.1f}")
        for place, score in sense.rivals
    )


def _describe(place: GazetteerPlace, gazetteer: Gazetteer) -> str:
    admin1 = gazetteer.admin1_name(place.country_code, place.admin1_code)
    parts = (place.name, admin1 if place.kind != "admin1" else None, place.country_code)
    return ", ".join(part for part in parts if part) + f" ({place.kind})"


def _hint_mention(hint: OutletHint, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    town = hint.town
    if town is None:
        return ()
    admin1 = gazetteer.admin1_name(town.country_code, town.admin1_code)
    place = Place(
        town.name,
        town.place_id,
        admin1,
        town.country_code,
        town.lat,
        town.lon,
        PlacePrecision.TOWN,
        town.name,
        "outlet",
    )
    return (PlaceMention(place, HINT_SENTENCE, -1, town, MentionKind.HINT, ""),)
