"""Decide which of the places of a name is meant, once for the whole article.

Specification: all spans of one spelling share one sense. A candidate's score is its prior (kind and population), plus
what the article says: a division or country written beside the name, the countries and divisions spoken of elsewhere,
the divisions that many names share, the outlet's home, and nearness to the other places of the article. Two rounds: the
second can lean on the towns that the first was sure of. Weights were set by hand and checked on labelled toponyms
(docs/explanation/places.md); a score of 1.4 is worth "ten times as many inhabitants".
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from extractors.coding.where.hints import OutletHint
from extractors.coding.where.mentions import MentionKind
from extractors.coding.where.spans import Span
from extractors.reference.fold import fold
from extractors.reference.gazetteer import GazetteerPlace
from model.geo import distance_km

_KIND_PRIOR = {"country": 9.0, "region": 7.0, "district": 4.5, "site": 5.0, "admin1": 5.0, "admin2": 2.5, "town": 0.0}
_WORLD_REGION = 13.0  # "Middle East", "Pacific": belongs to no country
_SOURCE_PENALTY = (0.0, 0.2, 3.3, 1.2)  # own name, alias, alternate, less article
_ADMIN1_PER_DIGIT = 0.35
_TOWN_PER_DIGIT = 1.4
_CITY_PER_DIGIT = 0.5  # on top, from 100,000 inhabitants: "London" is not in Kentucky because California is named
_CITY_DIGITS = 5.0
_COUNTY_ABROAD = 1.5  # elsewhere than in the United States a district that is listed is one that the press names
_PARISH = -2.5  # divisions of under 100,000 people: Saint Peter of Antigua, Nelson of New Zealand
_NAMESAKE = -5.0  # a small town called "California", "Mexico" or "Alaska"
_SMALL = 100_000  # inhabitants
_MILLION = 1_000_000  # inhabitants
_QUALIFIED = 8.0  # "Springfield, Mo." is as good as certain
_CONTRADICTED = -4.0
_COUNTRY_EVIDENCE = 3.0
_ADMIN1_EVIDENCE = 2.0
_SHARED_DIVISION = 2.0
_OUTLET_COUNTRY = 0.8
_OUTLET_ADMIN1 = 2.5
_NEAR_OTHERS = 2.0
_NEAR_KM = 150.0  # distance at which nearness to another place of the article has lost two thirds of its weight
_NEAR_DEGREES = 5.0  # of latitude, 550 km: beyond it nearness weighs nothing, and the distance need not be computed
_WANTED = 7.0  # "Idlib province", "Idlib city"
_SURE_MARGIN = 1.5
_SAME_KM = 25.0  # a nearer place of the same name is the same place, told twice
_MOST_RIVALS = 3  # an explanation is for a person


@dataclass(frozen=True, slots=True)
class Sense:
    """The place taken for a spelling, with the rivals' scores, best first."""

    place: GazetteerPlace
    margin: float
    rivals: tuple[tuple[GazetteerPlace, float], ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Evidence:
    countries: Mapping[str, float]
    admin1s: Mapping[tuple[str, str], frozenset[str]]
    shared: Mapping[tuple[str, str], float]
    anchors: tuple[tuple[str, GazetteerPlace], ...]
    hint: OutletHint


def resolve(spans: Sequence[Span], hint: OutletHint) -> dict[str, Sense]:
    """Give the sense of each folded spelling among `spans`; a demonym is its country and takes no part."""
    groups: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if span.kind is not MentionKind.DEMONYM:
            groups[span.folded].append(span)
    shared = _shared_divisions(groups, hint)
    evidence = _Evidence(_countries(spans, hint), _admin1s(spans), shared, (), hint)
    senses = {name: _choose(name, group, evidence) for name, group in groups.items()}
    anchors = tuple(
        (name, sense.place)
        for name, sense in senses.items()
        if sense.margin >= _SURE_MARGIN and sense.place.kind in ("town", "site", "district", "admin2", "admin1")
    )
    second = _Evidence(_with_towns(evidence.countries, senses), evidence.admin1s, shared, anchors[:30], hint)
    return {name: _choose(name, group, second) for name, group in groups.items()}


def _countries(spans: Sequence[Span], hint: OutletHint) -> dict[str, float]:
    """Weigh the countries that the article speaks of, the strongest as 1."""
    counts: defaultdict[str, float] = defaultdict(float)
    for span in spans:
        if span.is_person:
            continue
        for place in span.candidates[:6]:
            if place.country_code is None or place.source > 1:
                continue
            if place.kind == "country":
                is_weak = span.kind is MentionKind.DEMONYM and not span.is_of_force
                counts[place.country_code] += 0.6 if is_weak else 1.0 / _rivals(span)
            elif place.kind in ("admin1", "region") and not span.is_common:
                counts[place.country_code] += 0.7 / _rivals(span)
        if span.kind is MentionKind.DATELINE and span.candidates[0].country_code:
            counts[span.candidates[0].country_code] += 1.0
        for country, _ in span.qualifiers:
            counts[country] += 1.0 / len(span.qualifiers)
    if hint.country_code:
        counts[hint.country_code] += 1.0 if hint.is_american else 0.5
    strongest = max(*counts.values(), 1.0) if counts else 1.0
    return {country: math.log1p(count) / math.log1p(strongest) for country, count in sorted(counts.items())}


def _rivals(span: Span) -> int:
    return len({place.country_code for place in span.candidates if place.source <= 1 and place.kind != "town"})


def _with_towns(countries: Mapping[str, float], senses: Mapping[str, Sense]) -> dict[str, float]:
    """Add the countries of the towns that the first round was sure of, at half weight."""
    weights = dict(countries)
    for sense in senses.values():
        code = sense.place.country_code
        if sense.place.kind == "town" and code and sense.margin >= _SURE_MARGIN and sense.place.population > 0:
            weights[code] = max(weights.get(code, 0.0), min(0.5, weights.get(code, 0.0) + 0.25))
    return weights


def _admin1s(spans: Sequence[Span]) -> dict[tuple[str, str], frozenset[str]]:
    """Give the first-level divisions that the article names, with the spellings that name them."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for span in spans:
        if span.is_person:
            continue
        for place in span.candidates:
            if place.kind == "admin1" and place.source <= 1 and not _is_rather_its_city(span, place):
                found[place.country_code or "", place.admin1_code or ""].add(span.folded)
        for country, admin1 in span.qualifiers:
            if admin1:
                found[country, admin1].add("")
    return {key: frozenset(names) for key, names in found.items()}


def _is_rather_its_city(span: Span, division: GazetteerPlace) -> bool:
    """Tell that "New York" alone says little of the state: its city has the name and a million inhabitants."""
    key = (division.country_code, division.admin1_code)
    return not (span.is_qualifier or span.wants_region) and any(
        c.kind == "town" and c.source <= 1 and c.population >= _MILLION and (c.country_code, c.admin1_code) == key
        for c in span.candidates
    )


def _shared_divisions(groups: Mapping[str, Sequence[Span]], hint: OutletHint) -> dict[tuple[str, str], float]:
    """Weigh each division by how many of the names could lie in it, the best as 1.

    "La Porte" and "Harris County" each exist in several states, both in one only. A name counts less the more divisions
    it could lie in.
    """
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for name in sorted(groups):
        keys = {
            (place.country_code or "", place.admin1_code or "")
            for place in groups[name][0].candidates
            if place.kind in ("town", "admin2") and place.source <= 1 and place.admin1_code
        }
        if groups[name][0].kind not in (MentionKind.ORGANISATION, MentionKind.SCHOOL):
            for key in keys:
                weights[key] += 1.0 / len(keys)
    if hint.admin1:
        weights[hint.admin1[0] or "", hint.admin1[1] or ""] += 1.0
    best = max(weights.values(), default=1.0)
    return {key: weight / max(best, 1.0) for key, weight in weights.items()}


def _choose(name: str, group: Sequence[Span], evidence: _Evidence) -> Sense:
    candidates = group[0].candidates
    scored = sorted(
        ((place, _score(name, place, group, evidence)) for place in candidates),
        key=lambda pair: (-pair[1], pair[0].row_id),
    )
    best, score = scored[0]
    others = tuple(islice((pair for pair in scored[1:] if _km(best, pair[0]) > _SAME_KM), _MOST_RIVALS))
    margin = score - others[0][1] if others else 9.0
    return Sense(best, margin, others, score)


def _score(name: str, place: GazetteerPlace, group: Sequence[Span], evidence: _Evidence) -> float:
    is_country = any(c.kind == "country" for c in group[0].candidates)
    if not is_country and _is_short_for(name, place):
        place = replace(place, source=1)
    score = _prior(place) + _beside(place, group)
    if place.country_code:
        score += _COUNTRY_EVIDENCE * evidence.countries.get(place.country_code, 0.0)
    is_lesser = place.population < _SMALL or place.source > 1
    if place.kind == "town" and is_lesser and _has_larger_namesake(group):
        score += _NAMESAKE
    key = (place.country_code or "", place.admin1_code or "")
    if place.kind in ("town", "admin2"):
        if evidence.admin1s.get(key, frozenset()) - {name}:
            score += _ADMIN1_EVIDENCE
        score += _SHARED_DIVISION * evidence.shared.get(key, 0.0)
    score += _outlet(place, evidence.hint)
    if place.kind in ("town", "admin2", "district", "site"):
        near = [
            _km(place, anchor)
            for other, anchor in evidence.anchors
            if abs(anchor.lat - place.lat) < _NEAR_DEGREES and other != name
        ]
        if near:
            score += _NEAR_OTHERS * math.exp(-min(near) / _NEAR_KM)
    return score


def _is_short_for(name: str, place: GazetteerPlace) -> bool:
    """Recognise a city that is called by the first words of its name: "Santiago" de los Caballeros."""
    is_city = place.kind == "town" and place.source > 1 and place.population >= _SMALL
    return is_city and fold(place.name).startswith(f"{name} ")


def _has_larger_namesake(group: Sequence[Span]) -> bool:
    """Return whether a country or division bears the name too."""
    return any(c.kind in ("country", "admin1", "region") and c.source <= 1 for c in group[0].candidates)


def _prior(place: GazetteerPlace) -> float:
    if place.kind == "region" and place.country_code is None:
        return _WORLD_REGION
    digits = math.log10(place.population + 10)
    per_digit = {"town": _TOWN_PER_DIGIT, "admin1": _ADMIN1_PER_DIGIT}.get(place.kind, 0.0)
    prior = _KIND_PRIOR[place.kind] + per_digit * digits - _SOURCE_PENALTY[place.source]
    if place.kind == "town":
        prior += _CITY_PER_DIGIT * max(0.0, digits - _CITY_DIGITS)
    elif place.kind == "admin2" and place.country_code != "US":
        prior += _COUNTY_ABROAD
    elif place.kind == "admin1" and place.population < _SMALL:
        prior += _PARISH
    return prior


def _beside(place: GazetteerPlace, group: Sequence[Span]) -> float:
    """Weigh what is written right beside the name, in any of its spans."""
    score = 0.0
    pairs = [pair for span in group for pair in span.qualifiers]
    if pairs:
        fits = (
            any(
                country == place.country_code and (admin1 is None or admin1 == place.admin1_code)
                for country, admin1 in pairs
            )
            and place.kind != "country"
        )
        score += _QUALIFIED if fits else _CONTRADICTED
    if any(span.wants_region for span in group) and place.kind in ("admin1", "admin2", "region"):
        score += _WANTED
    if any(span.wants_town for span in group) and place.kind in ("town", "district"):
        score += _WANTED
    if any(span.is_qualifier for span in group) and place.kind in ("admin1", "country", "region"):
        score += _WANTED / 2
    return score


def _outlet(place: GazetteerPlace, hint: OutletHint) -> float:
    score = 0.0
    if hint.country_code and place.country_code == hint.country_code and place.kind != "country":
        score += _OUTLET_COUNTRY
    if hint.admin1 == (place.country_code, place.admin1_code):
        score += _OUTLET_ADMIN1
    return score


def _km(a: GazetteerPlace, b: GazetteerPlace) -> float:
    return distance_km(a.lat, a.lon, b.lat, b.lon)
