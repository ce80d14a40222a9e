"""Describe each candidate place of a segment by what speaks for and against it.

One candidate is one place with all its mentions. All features lie roughly between 0 and 1; the names are those of the
weights in `seeds/reference/place_weights.json`, and each has one reason in `REASONS`, shown to people.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.reference.gazetteer import GazetteerPlace
from extractors.text.segments import TITLE, Segment
from extractors.where.cues import LOCATIVE
from extractors.where.mentions import HINT_SENTENCE, MentionKind, PlaceMention
from extractors.where.resolve import distance_km
from model.article import Article

LEAD_SENTENCES = 3  # where news says what happened
_BUREAU_TOWN = 700_000  # inhabitants: correspondents write from such towns about places far away
_HOME_RANGE_KM = 200.0  # a local outlet covers the neighbouring states to about this distance
_SAME_AREA_KM = 40.0
_PLAIN = (MentionKind.LOCATION, MentionKind.DATELINE)

REASONS = {
    "title": "named in the title",
    "title_in": "'in' it, in the title",
    "trigger_in": "'in' it, in the sentence of the event",
    "trigger": "named in the sentence of the event",
    "near_trigger": "named close to the sentence of the event",
    "lead_in": "'in' it, in the lead",
    "lead": "named in the lead",
    "dateline": "the dateline",
    "large_dateline": "the dateline, but a town where bureaus sit",
    "first": "named first",
    "in": "'in' or 'near' it somewhere",
    "count": "named often",
    "share": "named more than the others",
    "police": "its police are named",
    "lead_police": "its police are named in the lead",
    "hospital": "only a hospital bears the name",
    "court": "only a court or jail bears the name",
    "school": "only a school bears the name",
    "hometown": "only somebody's home",
    "organisation": "only an organisation or street bears the name",
    "demonym": "only an adjective of nationality",
    "from_of": "only 'of' or 'from' it",
    "near": "only 'near' it",
    "bare": "no word of place governs it",
    "qualifier": "only names where another place lies",
    "qualified": "written with its state or country",
    "hint": "the outlet's own town, and not named",
    "hint_town": "the outlet's own town",
    "hint_area": "in the outlet's area",
    "hint_state": "in the outlet's state",
    "url": "stands in the address of the page",
    "country": "a whole country",
    "admin1": "a whole state or province",
    "admin2": "a county or district",
    "region": "a wide region",
    "district": "a part of a town",
    "site": "a site",
    "size": "a large town",
    "holds_finer": "a finer place inside it is named",
    "strange": "in another state than the outlet, and nothing says so",
    "near_others": "close to other named places",
    "in_named_admin1": "its state or province is named",
    "doubtful": "the name has other bearers",
    "alternate": "a rare name of it",
}


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place with its mentions in the segment and the features made of them."""

    mentions: tuple[PlaceMention, ...]
    features: dict[str, float]

    @property
    def best_mention(self) -> PlaceMention:
        """The mention that a reader would quote: plain and governed by a word of place, the earliest in the text."""
        return min(
            self.mentions,
            key=lambda m: (m.kind not in _PLAIN, m.preposition not in LOCATIVE, m.sentence == TITLE, m.at),
        )


def candidates_of(mentions: Sequence[PlaceMention], segment: Segment, article: Article) -> list[PlaceCandidate]:
    """Group the mentions that belong to the segment by place; title and dateline belong to every segment."""
    inside = {*segment.sentences, TITLE, HINT_SENTENCE}
    told = [m for m in mentions if m.kind is not MentionKind.FACILITY]
    kept = [m for m in told if m.sentence in inside or m.kind is MentionKind.DATELINE]
    groups: dict[int, list[PlaceMention]] = {}
    for mention in kept:
        groups.setdefault(mention.source.place_id, []).append(mention)
    hint = next((m for m in kept if m.kind is MentionKind.HINT), None)
    order = {place_id: rank for rank, place_id in enumerate(_by_first_plain(kept))}
    named = {m.source.place_id for m in kept if m.kind in _PLAIN and m.source.kind == "admin1"}
    context = _Context(segment, article, hint, order, tuple(kept), frozenset(named))
    return [PlaceCandidate(tuple(group), _features(group, context)) for group in groups.values()]


@dataclass(frozen=True, slots=True)
class _Context:
    segment: Segment
    article: Article
    hint: PlaceMention | None
    order: dict[int, int]
    kept: tuple[PlaceMention, ...]
    named_admin1s: frozenset[int]


def _by_first_plain(mentions: Sequence[PlaceMention]) -> list[int]:
    text_first = sorted(
        (m for m in mentions if m.kind is MentionKind.LOCATION), key=lambda m: (m.sentence == TITLE, m.at)
    )
    return list(dict.fromkeys(m.source.place_id for m in text_first if m.source.kind not in ("country", "admin1")))


def _features(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    features = {**_position(group, context), **_part(group), **_nature(group, context), **_surroundings(group, context)}
    return {name: value for name, value in features.items() if value}


def _position(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    plain = [m for m in group if m.kind is MentionKind.LOCATION and not m.is_qualifier]
    governed = [m for m in plain if m.preposition in LOCATIVE]
    trigger = context.segment.trigger_sentence
    lead = [m for m in group if 0 <= m.sentence < LEAD_SENTENCES]
    steps = [abs(m.sentence - trigger) for m in plain if m.sentence >= 0]
    n_plain = sum(m.kind in _PLAIN for m in context.kept)
    dateline = any(m.kind is MentionKind.DATELINE for m in group)
    rank = context.order.get(group[0].source.place_id)
    return {
        "title": float(any(m.sentence == TITLE for m in plain)),
        "title_in": float(any(m.sentence == TITLE for m in governed)),
        "trigger_in": float(any(m.sentence == trigger for m in governed)),
        "trigger": float(any(m.sentence == trigger for m in plain)),
        "near_trigger": math.exp(-min(steps) / 2) if steps else 0.0,
        "lead_in": float(any(m in lead for m in governed)),
        "lead": float(any(m in lead for m in plain)),
        "dateline": float(dateline),
        "large_dateline": float(dateline and group[0].source.population >= _BUREAU_TOWN),
        "first": 1.0 / (1 + rank) if rank is not None else 0.0,
        "in": float(bool(governed)),
        "count": math.log1p(len(plain)) / 2,
        "share": len(plain) / n_plain if n_plain else 0.0,
        "police": float(any(m.kind is MentionKind.POLICE for m in group)),
        "lead_police": float(any(m.kind is MentionKind.POLICE for m in lead)),
    }


def _part(group: Sequence[PlaceMention]) -> dict[str, float]:
    kinds = {m.kind for m in group}
    only = next(iter(kinds)) if len(kinds) == 1 else None
    plain = [m for m in group if m.kind in _PLAIN]
    return {
        "hospital": float(only is MentionKind.HOSPITAL),
        "court": float(only is MentionKind.COURT),
        "school": float(only is MentionKind.SCHOOL),
        "hometown": float(only is MentionKind.HOMETOWN),
        "organisation": float(only is MentionKind.ORGANISATION),
        "demonym": float(only is MentionKind.DEMONYM),
        "hint": float(only is MentionKind.HINT),
        "from_of": float(bool(plain) and all(m.preposition in ("of", "from", "to") for m in plain)),
        "bare": float(bool(plain) and all(not m.preposition and m.kind is not MentionKind.DATELINE for m in plain)),
        "near": float(bool(plain) and all(m.preposition in ("near", "outside") for m in plain)),
        "qualifier": float(all(m.is_qualifier for m in group)),
        "qualified": float(any(m.is_qualified for m in group)),
    }


def _nature(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    source = group[0].source
    slug = "-" + source.name.lower().replace(" ", "-") + "-"
    path = "-" + "-".join((context.article.url or "").lower().replace("_", "-").replace("/", "-").split("-")) + "-"
    spelled = "-" + group[0].place.text.lower().replace(" ", "-") + "-"
    return {
        "url": float(slug in path or spelled in path),
        "country": float(source.kind == "country"),
        "admin1": float(source.kind == "admin1"),
        "admin2": float(source.kind == "admin2"),
        "region": float(source.kind == "region"),
        "district": float(source.kind == "district"),
        "site": float(source.kind == "site"),
        "size": min(1.0, math.log10(source.population + 10) / 7) if source.kind == "town" else 0.0,
        "doubtful": max(0.0, 1.0 - max(m.margin for m in group) / 4),
        "alternate": float(source.source >= 2),
    }


def _surroundings(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    source = group[0].source
    is_named = any(m.kind is not MentionKind.HINT for m in group)
    hint = context.hint.source if context.hint and is_named else None
    others = [m.source for m in context.kept if m.source.place_id != source.place_id and m.kind in _PLAIN]
    ground = [o for o in others if o.kind in ("town", "district", "site", "admin2")]
    near = [o for o in ground if distance_km(o, source) <= _SAME_AREA_KM]
    is_wide = source.kind in ("country", "admin1", "region", "admin2")
    finer = is_wide and any(
        o.country_code == source.country_code and (source.kind != "admin1" or o.admin1_code == source.admin1_code)
        for o in ground
    )
    in_named = any(
        o.kind == "admin1" and (o.country_code, o.admin1_code) == (source.country_code, source.admin1_code)
        for o in others
    )
    return {
        "hint_town": float(hint is not None and hint.place_id == source.place_id),
        "hint_area": float(hint is not None and not is_wide and distance_km(hint, source) <= _SAME_AREA_KM),
        "hint_state": float(
            hint is not None and (hint.country_code, hint.admin1_code) == (source.country_code, source.admin1_code)
        ),
        "strange": float(_is_strange(group, hint, in_named)),
        "holds_finer": float(finer),
        "near_others": len(near) / len(ground) if ground else 0.0,
        "in_named_admin1": float(in_named and source.kind != "admin1"),
    }


def _is_strange(group: Sequence[PlaceMention], hint: GazetteerPlace | None, in_named_admin1: bool) -> bool:
    """Tell whether a local outlet names a town of another state without saying so: then it means a place of its own."""
    source = group[0].source
    if hint is None or source.country_code != hint.country_code or source.kind == "country":
        return False
    is_other_state = source.admin1_code != hint.admin1_code and distance_km(source, hint) > _HOME_RANGE_KM
    return is_other_state and not in_named_admin1 and not any(m.is_qualified for m in group)
