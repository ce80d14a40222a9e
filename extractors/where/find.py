"""Find and resolve all the places of an article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.coding.document import Sentence
from extractors.reference.fold import fold
from extractors.reference.gazetteer import Gazetteer, GazetteerPlace
from extractors.text.segments import TITLE
from extractors.where.anchors import Anchors
from extractors.where.cues import CALENDAR, LOCATIVE
from extractors.where.facilities import facilities
from extractors.where.hints import OutletHint, read_hints
from extractors.where.mentions import HINT_SENTENCE, MentionKind, PlaceMention
from extractors.where.nearspell import near_spellings
from extractors.where.resolve import Sense, resolve
from extractors.where.spans import Span, find_spans
from extractors.where.strays import strays
from extractors.where.unlisted import unlisted_names
from extractors.where.words import split_words
from model.article import Article
from model.report import Loser, Place, PlacePrecision

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


def find_places(article: Article, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Find the places named in title and text, each resolved by all that the article says, in reading order.

    A mention in the title has sentence `TITLE` and offsets -1; the outlet's own town, if it can be told, comes last
    with sentence `HINT_SENTENCE`. Names that are (part of) a person's are left out.

    Args:
        article: its title, text, address and country are read.
        sentences: those of `article.text`.
        gazetteer: the place tables.
    """
    hint = read_hints(article, gazetteer)
    title = _OUTLET_TAIL.sub("", article.title)
    title_words = split_words(title, (), TITLE)
    words = split_words(article.text, sentences)
    in_title = find_spans(title, title_words, gazetteer)
    in_text = find_spans(article.text, words, gazetteer)
    known = [s for s in (*in_title, *in_text) if not (_is_noise(s) or _is_credit(s, article))]
    persons = _persons(known)
    kept = [span for span in known if not span.is_person and span.folded not in persons]
    senses = resolve(kept, hint)
    stray = strays(kept, senses, hint)
    kept = [span for span in kept if span.folded not in stray]
    in_text = [span for span in in_text if span.folded not in stray]
    spelled = near_spellings(words, in_text, senses, gazetteer)
    senses.update(spelled.senses)
    places = [_mention(span, senses, gazetteer) for span in sorted((*kept, *spelled.spans), key=_reading_order)]
    anchors = Anchors(article.text, places, hint.town)
    unlisted = unlisted_names(article.text, words, in_text, anchors, gazetteer)
    places.extend(facilities(article.text, words, anchors, gazetteer))
    places.extend(unlisted)
    return (*places, *_hint_mention(hint, gazetteer))


def _reading_order(span: Span) -> tuple[bool, int]:
    return (span.sentence != TITLE, span.start)


def _is_noise(span: Span) -> bool:
    """Drop common words that happen to be names, unless the article insists ("in Mobile, Ala.")."""
    if span.kind is MentionKind.DEMONYM or span.qualifiers or span.kind is MentionKind.DATELINE:
        return False
    is_known = any(
        c.kind != "town" or (c.source <= 1 and (c.population > 50_000 or not span.is_shouted)) or c.population > 500_000
        for c in span.candidates
    )
    if not is_known and not span.preposition and span.first == span.last:
        return True  # rare other names ("Army"), and in texts of capitals small towns, need a word of place
    if not span.is_common:
        return False
    if span.folded in CALENDAR:
        return not span.qualifiers
    is_large = any(c.kind != "town" or c.population > 100_000 for c in span.candidates if c.source <= 1)
    return not (span.qualifiers or (is_large and span.preposition in ("in", "near", "from", "at", "outside")))


def _is_credit(span: Span, article: Article) -> bool:
    """Tell whether the name is the outlet's or agency's signature: "KABUL, Feb. 3 (Meridian) - ..."."""
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


def _mention(span: Span, senses: Mapping[str, Sense], gazetteer: Gazetteer) -> PlaceMention:
    sense = senses.get(span.folded) if span.kind is not MentionKind.DEMONYM else None
    source = sense.place if sense else span.candidates[0]
    is_title = span.sentence == TITLE
    place = Place(
        name=source.name,
        geoname_id=source.geoname_id,
        admin1=gazetteer.admin1_name(source.country_code, source.admin1_code),
        country_code=source.country_code,
        lat=source.lat,
        lon=source.lon,
        precision=_PRECISION[source.kind],
        text=span.text,
        rule=f"name:{source.kind}",
        start_char=-1 if is_title else span.start,
        end_char=-1 if is_title else span.end,
        losers=_losers(span, sense, gazetteer),
    )
    return PlaceMention(
        place,
        span.sentence,
        span.kind,
        span.start,
        span.preposition,
        span.is_qualifier,
        bool(span.qualifiers),
        source,
        sense.margin if sense else 9.0,
    )


def _losers(span: Span, sense: Sense | None, gazetteer: Gazetteer) -> tuple[Loser, ...]:
    if sense is None:
        return ()
    return tuple(
        Loser(span.text, _describe(place, gazetteer), f"scored {score:.1f}, {sense.place.name} {sense.score:.1f}")
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
    place = Place(
        town.name,
        town.geoname_id,
        gazetteer.admin1_name(town.country_code, town.admin1_code),
        town.country_code,
        town.lat,
        town.lon,
        PlacePrecision.TOWN,
        town.name,
        "outlet",
    )
    return (PlaceMention(place, HINT_SENTENCE, MentionKind.HINT, -1, "", False, False, town, 0.0),)
