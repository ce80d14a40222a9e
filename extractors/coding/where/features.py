"""What speaks for and against each place of an article as the place of one cluster's incident.

`reasons.REASONS` names every feature and tells a reader what it means; `candidates_of` computes them. The
weights are in `seeds/reference/place_weights.json`. All features lie between 0 and 1.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.coding.cluster import Cluster, Realis
from extractors.coding.document import TITLE, Document
from rapidfuzz import fuzz

from extractors.coding.where.around import DISTANCE
from extractors.coding.where.cues import LOCATIVE
from extractors.coding.where.links import FAR, is_argument, steps_between
from extractors.coding.where.mentions import HINT_SENTENCE, MentionKind, PlaceMention
from extractors.reference.fold import fold
from extractors.reference.gazetteer import GazetteerPlace
from model.geo import distance_km

LEAD_SENTENCES = 3
_PLAIN = (MentionKind.LOCATION, MentionKind.DATELINE, MentionKind.UNLISTED)
_NAMED = (MentionKind.LOCATION, MentionKind.UNLISTED)
_WIDE = ("country", "admin1", "region", "admin2")
_BUREAU_TOWN = 1_000_000  # inhabitants
_CAPITAL = 2_000_000  # inhabitants
_SAME_AREA_KM = 60.0
_HOME_RANGE_KM = 150.0
_NEIGHBOUR_KM = 120.0
_DOUBTFUL_MARGIN = 1.5
_MOST_COMPARED = 40  # places of an article
_KINDS = (
    MentionKind.POLICE, MentionKind.HOSPITAL, MentionKind.COURT, MentionKind.SCHOOL, MentionKind.ORGANISATION,
    MentionKind.SPEAKER, MentionKind.HOMETOWN, MentionKind.FACILITY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place with its mentions and the features made of them."""

    mentions: tuple[PlaceMention, ...]
    features: dict[str, float]

    @property
    def best_mention(self) -> PlaceMention:
        """The mention that a reader would quote: plain and governed by a word of place, the earliest in the text."""
        return min(
            self.mentions,
            key=lambda m: (m.kind not in _PLAIN, m.preposition not in LOCATIVE, m.sentence == TITLE, m.at),
        )


@dataclass(frozen=True)
class _Context:
    """What all candidates of a cluster are compared with."""

    document: Document
    cluster: Cluster
    all: tuple[PlaceMention, ...]
    kept: tuple[PlaceMention, ...]
    hint: GazetteerPlace | None
    heads: frozenset[int]
    first_head: int
    trigger_sentences: frozenset[int]
    order: dict[int | str, int]
    main_country: str | None
    event_places: tuple[GazetteerPlace, ...]
    ground: tuple[PlaceMention, ...]
    inside_order: dict[int | str, int]
    inside_country: str | None


def candidates_of(mentions: Sequence[PlaceMention], cluster: Cluster, document: Document) -> list[PlaceCandidate]:
    """Group the article's mentions by place and describe each place, as seen from the cluster's own clauses."""
    inside = [m for m in mentions if _is_inside(m, cluster, document)]
    groups: dict[int | str, list[PlaceMention]] = {}
    for mention in mentions:
        groups.setdefault(mention.key, []).append(mention)
    context = _context(mentions, inside, cluster, document)
    return [PlaceCandidate(tuple(group), _features(group, context)) for group in groups.values()]


def _is_inside(mention: PlaceMention, cluster: Cluster, document: Document) -> bool:
    if mention.sentence == HINT_SENTENCE or mention.kind is MentionKind.DATELINE:
        return True
    return mention.token >= 0 and cluster.owns(document, mention.token)


def _context(
    mentions: Sequence[PlaceMention], inside: Sequence[PlaceMention], cluster: Cluster, document: Document
) -> _Context:
    actual = [m for m in cluster.mentions if m.realis is Realis.ACTUAL and not m.is_recalled] or list(cluster.mentions)
    body = [m for m in actual if m.sentence != TITLE] or actual
    heads = frozenset(m.head for m in actual)
    named = [m for m in inside if m.kind in _NAMED and m.source.kind not in ("country", "admin1")]
    early = sorted((m for m in mentions if m.kind in _NAMED and m.source.kind not in ("country", "admin1")), key=lambda m: (m.sentence == TITLE, m.at))
    countries = Counter(
        m.source.country_code for m in mentions if m.source.country_code and m.kind is not MentionKind.HINT
    )
    ranked = [code for code, _ in countries.most_common(2)]
    is_clear = bool(ranked) and (len(ranked) == 1 or countries[ranked[0]] > countries[ranked[1]])
    main = ranked[0] if is_clear else None
    arguments = [m.source for m in named if m.source.kind not in _WIDE and m.sentence in {a.sentence for a in actual}]
    return _Context(
        document, cluster, tuple(mentions), tuple(inside),
        next((m.source for m in inside if m.kind is MentionKind.HINT), None), heads,
        min(m.head for m in body), frozenset(m.sentence for m in actual),
        {key: rank for rank, key in enumerate(dict.fromkeys(m.key for m in early))}, main,
        tuple(arguments[:_MOST_COMPARED]),
        tuple(sorted((m for m in named if m.source.kind not in _WIDE and m.kind in _NAMED and m.sentence >= 0 and not m.is_qualifier), key=lambda m: m.at)),
        {key: rank for rank, key in enumerate(dict.fromkeys(m.key for m in sorted(named, key=lambda m: (m.sentence == TITLE, m.at))))},
        _country_of([m for m in inside if m.kind not in (MentionKind.DEMONYM, MentionKind.HINT, MentionKind.SPEAKER)]),
    )  # fmt: skip


def _country_of(mentions: Sequence[PlaceMention]) -> str | None:
    votes = Counter(m.source.country_code for m in mentions if m.source.country_code)
    return max(votes, key=lambda code: (votes[code], code)) if votes else None


def _features(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    found = {
        **_position(group, context),
        **_event(group, context),
        **_part(group, context),
        **_nature(group, context),
        **_surroundings(group, context),
    }
    return {name: float(value) for name, value in found.items() if value}


def _position(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    plain = [m for m in group if m.kind in _NAMED and not m.is_qualifier]
    governed = [m for m in plain if m.preposition in LOCATIVE]
    title = [m for m in plain if m.sentence == TITLE]
    n_plain = sum(m.kind in _PLAIN for m in context.all)
    is_dateline = any(m.kind is MentionKind.DATELINE for m in group)
    rank, inside_rank = context.order.get(group[0].key), context.inside_order.get(group[0].key)
    is_whole = context.cluster.is_whole_article
    return {
        "title": bool(title),
        "title_in": any(m in governed for m in title),
        "title_argument": any(is_argument(context.document, m, context.heads) for m in title),
        "opening": any(m.sentence == 0 for m in plain),
        "opening_in": any(m.sentence == 0 for m in governed),
        "lead": any(0 <= m.sentence < LEAD_SENTENCES for m in plain),
        "dateline": is_dateline,
        "only_dateline": is_dateline and not plain,
        "large_dateline": is_dateline and group[0].source.population >= _BUREAU_TOWN,
        "first": 1.0 / (1 + rank) if rank is not None else 0.0,
        "first_inside": 1.0 / (1 + inside_rank) if inside_rank is not None else 0.0,
        "lone_dateline": is_dateline and not any(
            m.key != group[0].key and m.kind in _NAMED and m.source.kind not in ("country", "admin1", "region")
            and m.source.country_code == group[0].source.country_code for m in context.all),
        "title_shared": bool(title) and not is_whole,
        "lead_shared": any(0 <= m.sentence < LEAD_SENTENCES for m in plain) and not is_whole,
        "dateline_shared": is_dateline and not is_whole,
        "first_shared": 1.0 / (1 + rank) if rank is not None and not is_whole else 0.0,
        "outside_shared": not is_whole and not any(_is_inside(m, context.cluster, context.document) for m in group),
        "count": min(1.0, math.log1p(len(plain)) / 2),
        "share": len(plain) / n_plain if n_plain else 0.0,
        "outside": not any(_is_inside(m, context.cluster, context.document) for m in group),
    }


def _event(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    """How the mentions stand to the event's own words."""
    document, heads = context.document, context.heads
    plain = [m for m in group if m.kind in _NAMED and not m.is_qualifier and m.sentence != TITLE]
    beside = [m for m in plain if m.sentence in context.trigger_sentences]
    arguments = [m for m in beside if is_argument(document, m, heads)]
    first = document.tokens[context.first_head].sentence
    steps = min((steps_between(document, h, m.token) for m in beside for h in heads), default=FAR)
    away = [abs(m.sentence - first) for m in plain]
    told = [e for e in context.cluster.mentions if e.sentence in {m.sentence for m in plain}]
    opening = context.cluster.opening
    to_opening = [steps_between(document, opening.head, m.token) for m in group if m.token >= 0 and m.sentence == opening.sentence]
    before = [m for m in context.ground if m.sentence != TITLE and m.token < opening.head]
    lengths = [opening.sentence - m.sentence for m in plain] if opening.sentence != TITLE else []
    return {
        "opening_argument": any(is_argument(document, m, (opening.head,)) for m in group),
        "opening_linked": math.exp(-min(to_opening, default=FAR) / 4),
        "opening_beside": any(m.sentence == opening.sentence for m in plain),
        "opening_after": 1 in [-n for n in lengths],
        "opening_before": 1 in lengths,
        "text_is_in": bool(before) and before[-1].key == group[0].key,
        "beside_many": min(1.0, sum(e.sentence in {m.sentence for m in plain} for e in context.cluster.mentions) / 4),
        "beside_share": sum(e.sentence in {m.sentence for m in plain} for e in context.cluster.mentions)
        / len(context.cluster.mentions),
        "argument_share": sum(any(is_argument(document, m, (h,)) for m in beside) for h in heads) / len(heads),
        "argument": bool(arguments),
        "first_argument": any(m.sentence == first for m in arguments),
        "linked": math.exp(-steps / 4) if steps < FAR else 0.0,
        "trigger": bool(beside),
        "trigger_in": any(m.preposition in LOCATIVE for m in beside),
        "first_trigger": any(m.sentence == first for m in beside),
        "near_trigger": math.exp(-min(away) / 2) if away else 0.0,
        "recalled": bool(told) and all(e.is_recalled or e.realis is not Realis.ACTUAL for e in told),
        "unlisted_argument": bool(arguments) and group[0].kind is MentionKind.UNLISTED,
        "event_facility": any(
            m.kind is MentionKind.FACILITY and m.sentence in context.trigger_sentences for m in group
        ),
    }


def _part(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    """What parts the mentions play in their sentences."""
    kinds = {m.kind for m in group}
    plain = [m for m in group if m.kind in _NAMED and not m.is_qualifier]
    prepositions = {m.preposition for m in plain}
    found: dict[str, float] = {kind.value: kind in kinds for kind in _KINDS}
    is_police_early = any(m.kind is MentionKind.POLICE and -2 < m.sentence < LEAD_SENTENCES for m in group)
    return found | {
        "lead_police": is_police_early,
        "demonym": kinds == {MentionKind.DEMONYM},
        "hint": kinds == {MentionKind.HINT},
        "in": bool(prepositions & LOCATIVE),
        "near": "near" in prepositions or "outside" in prepositions,
        "reference": DISTANCE in prepositions,
        "away": bool(prepositions & {"from", "to", "toward", "towards"}) and not prepositions & {"in", "at", "near"},
        "of": "of" in prepositions and not prepositions & LOCATIVE,
        "bare": bool(plain) and not prepositions & LOCATIVE,
        "qualified": any(m.is_qualified for m in group),
        "qualifier": all(m.is_qualifier for m in group),
        "entity": any(m.entity in ("GPE", "LOC", "FAC") for m in plain),
        "other_entity": bool(plain) and all(m.entity in ("PERSON", "ORG", "PRODUCT", "EVENT") for m in plain),
        "unlisted": MentionKind.UNLISTED in kinds,
        "unlisted_governed": any(m.kind is MentionKind.UNLISTED and m.preposition in LOCATIVE for m in group),
        "unlisted_joined": any(m.kind is MentionKind.UNLISTED and m.margin >= 3.0 for m in group),
    }


def _nature(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    """What kind of place it is."""
    source, is_unlisted = group[0].source, group[0].kind is MentionKind.UNLISTED
    kind = "" if is_unlisted else source.kind
    margins = [m.margin for m in group if m.kind in (*_NAMED, MentionKind.DATELINE, MentionKind.POLICE)]
    return {
        **{name: kind == name for name in ("country", "admin1", "admin2", "region", "district", "site")},
        "size": min(1.0, math.log10(max(source.population, 1000)) / 7) if kind == "town" else 0.0,
        "capital": kind == "town" and source.population >= _CAPITAL,
        "doubtful": not is_unlisted and bool(margins) and max(margins) < _DOUBTFUL_MARGIN,
        "alternate": not is_unlisted and source.source > 1,
        "in_inside_country": source.country_code is not None and source.country_code == context.inside_country,
        "town": kind == "town",
        "in_main_country": source.country_code is not None and source.country_code == context.main_country,
    }


def _surroundings(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    """What other names of the article say of it."""
    source, hint = group[0].source, context.hint
    is_wide = source.kind in _WIDE and group[0].kind is not MentionKind.UNLISTED
    others = [m.source for m in context.kept if m.key != group[0].key and m.kind in _PLAIN][:_MOST_COMPARED]
    ground = [o for o in others if o.kind not in _WIDE]
    near = [o for o in ground if _km(o, source) <= _NEIGHBOUR_KM]
    key = (source.country_code, source.admin1_code)
    in_named = any(o.kind == "admin1" and (o.country_code, o.admin1_code) == key for o in others)
    is_home = hint is not None and not is_wide
    return {
        "hint_area": hint is not None and is_home and _km(hint, source) <= _SAME_AREA_KM,
        "hint_state": hint is not None and (hint.country_code, hint.admin1_code) == key,
        "strange": _is_strange(group, hint, in_named_admin1=in_named),
        "holds_finer": is_wide and any(_holds(source, o) for o in ground),
        "seat_of_finer": _is_seat(group[0], context.document) and any(_holds_in_division(source, m) for m in context.all if m.kind in _NAMED),
        "seat_of_finer_event": _is_seat(group[0], context.document) and any(_in_division(source, o) for o in context.event_places),
        "holds_unlisted": is_wide and any(m.kind is MentionKind.UNLISTED and m.preposition in LOCATIVE and _holds(source, m.source) for m in context.kept),
        "finer_event": is_wide and any(_holds(source, o) for o in context.event_places),
        "near_others": len(near) / len(ground) if ground else 0.0,
        "in_named_admin1": in_named and source.kind != "admin1",
    }


def _km(a: GazetteerPlace, b: GazetteerPlace) -> float:
    return distance_km(a.lat, a.lon, b.lat, b.lon)


def _holds(wide: GazetteerPlace, place: GazetteerPlace) -> bool:
    is_same = wide.country_code == place.country_code
    return is_same and (wide.kind not in ("admin1", "admin2") or wide.admin1_code == place.admin1_code)


def _is_seat(mention: PlaceMention, document: Document) -> bool:
    admin1 = mention.place.admin1
    return mention.source.kind == "town" and admin1 is not None and fuzz.ratio(fold(admin1), fold(mention.source.name)) > 75


def _in_division(seat: GazetteerPlace, place: GazetteerPlace) -> bool:
    return place.place_id != seat.place_id and place.kind not in _WIDE and (
        (place.country_code, place.admin1_code) == (seat.country_code, seat.admin1_code)
        or (place.country_code == seat.country_code and place.admin1_code is None and _km(seat, place) < 100))


def _holds_in_division(seat: GazetteerPlace, mention: PlaceMention) -> bool:
    if mention.kind is MentionKind.UNLISTED:
        return (mention.source.country_code, mention.source.admin1_code) == (seat.country_code, seat.admin1_code)
    return _in_division(seat, mention.source)


def _is_strange(group: Sequence[PlaceMention], hint: GazetteerPlace | None, *, in_named_admin1: bool) -> bool:
    """Return whether a local outlet names a town of another state without saying so: it means one of its own."""
    source = group[0].source
    if hint is None or source.country_code != hint.country_code or source.kind == "country":
        return False
    is_other_state = source.admin1_code != hint.admin1_code and _km(source, hint) > _HOME_RANGE_KM
    return is_other_state and not in_named_admin1 and not any(m.is_qualified for m in group)
