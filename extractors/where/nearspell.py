"""Recognise spellings that no table has ("Khashaam"), within the countries that the article is certainly about.

Only unknown names that a word of place governs ("in", "near", "town of") are tried, and only a few of an article.
Threshold: rapidfuzz ratio of 86 or more (one letter in seven); at 80 "Hamdan" became "Hamadan". United States names are
left out: their spelling is settled, and streets and persons would match.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from extractors.reference.fold import strip_article
from extractors.reference.gazetteer import Gazetteer, GazetteerPlace
from extractors.where import cues
from extractors.where.mentions import MentionKind
from extractors.where.resolve import Sense
from extractors.where.spans import Span
from extractors.where.words import Word

_LEAST_RATIO = 86.0
_SHORTEST = 5  # letters
_MOST_TRIES = 6  # names an article; each costs up to a few milliseconds
_SETTLED = frozenset({"US", "CA", "GB", "AU", "NZ", "IE"})
_GOVERNS = frozenset("in near outside around village town city villages".split())


@dataclass(frozen=True, slots=True)
class NearSpellings:
    """Spans found by near-spelling, with their senses."""

    spans: tuple[Span, ...] = ()
    senses: dict[str, Sense] = field(default_factory=dict)


def near_spellings(
    words: Sequence[Word], spans: Sequence[Span], senses: Mapping[str, Sense], gazetteer: Gazetteer
) -> NearSpellings:
    """Find unknown names that are nearly those of a town in the article's country."""
    country = _certain_country(spans, senses)
    if country is None:
        return NearSpellings()
    taken = {i for span in spans for i in range(span.first, span.last + 1)}
    found: list[Span] = []
    tried: dict[str, Sense | None] = {}
    for i, word in enumerate(words):
        if i in taken or not word.is_name or i == 0 or word.is_common:
            continue
        start = i - 1 if words[i - 1].folded in ("al", "el", "as", "ar", "at", "ad", "az") else i
        governor = words[start - 1].folded if start else ""
        if governor == "of" and start > 1:
            governor = words[start - 2].folded
        if governor not in _GOVERNS or len(word.folded) < _SHORTEST or word.folded in cues.FIRST_NAMES:
            continue
        if word.folded not in tried and len(tried) < _MOST_TRIES:
            tried[word.folded] = _nearest(word.folded, country, gazetteer)
        sense = tried.get(word.folded)
        if sense is not None:
            found.append(
                Span(
                    i,
                    i,
                    word.start,
                    word.end,
                    word.text,
                    word.folded,
                    word.sentence,
                    (sense.place,),
                    MentionKind.LOCATION,
                    "in",
                )
            )
    return NearSpellings(tuple(found), {name: sense for name, sense in tried.items() if sense is not None})


def _certain_country(spans: Sequence[Span], senses: Mapping[str, Sense]) -> str | None:
    counts: dict[str, int] = {}
    for span in spans:
        sense = senses.get(span.folded)
        code = sense.place.country_code if sense else None
        if code:
            counts[code] = counts.get(code, 0) + 1
    if not counts:
        return None
    best = max(sorted(counts), key=lambda code: counts[code])
    is_certain = counts[best] >= 2 and counts[best] * 2 > sum(counts.values())
    return best if is_certain and best not in _SETTLED else None


def _nearest(name: str, country: str, gazetteer: Gazetteer) -> Sense | None:
    bare, names = gazetteer.names_in(country)
    hit = process.extractOne(strip_article(name), bare, scorer=fuzz.ratio, score_cutoff=_LEAST_RATIO)
    if hit is None:
        return None
    places = [place for place in gazetteer.lookup(names[hit[2]]) if _is_ground(place, country)]
    return Sense(places[0], hit[1] - _LEAST_RATIO, (), hit[1]) if places else None


def _is_ground(place: GazetteerPlace, country: str) -> bool:
    return place.country_code == country and place.kind != "country"
