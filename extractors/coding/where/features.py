"""What speaks for and against each place of an article as the place of one cluster's incident.

`reasons.REASONS` names every feature and tells a reader what it means; `candidates_of` computes them. The weights are
in `seeds/reference/place_weights.json`. All features lie between 0 and 1. Each one lowers the loss on corpora that the
weights were not fitted on; some fifty others, among them all that count steps in the parse, did not and were deleted
(docs/explanation/places.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractors.coding.cluster import Cluster, EventMention, Realis
from extractors.coding.document import TITLE, Document
from extractors.coding.where.cues import LOCATIVE
from extractors.coding.where.local_context import DISTANCE
from extractors.coding.where.mentions import MentionKind, PlaceMention
from extractors.reference.fold import fold
from extractors.reference.gazetteer import GazetteerPlace
from extractors.reference.spelling import spelling_key
from model.geo import distance_km

LEAD_SENTENCES = 3
_NAMED = (MentionKind.LOCATION, MentionKind.UNLISTED)
_PLAIN = (*_NAMED, MentionKind.DATELINE)
_UNSAID = (MentionKind.DEMONYM, MentionKind.HINT, MentionKind.SPEAKER)  # say little of where the event was
_WIDE = ("country", "admin1", "region", "admin2")
_BUREAU_TOWN = 1_000_000  # inhabitants: agencies write from there of the whole country
_SMALL_TOWN = 100_000  # inhabitants: who writes from there went there for the event
_CAPITAL = 2_000_000  # inhabitants
_SAME_AREA_KM = 60.0
_HOME_RANGE_KM = 150.0
_LOCAL_PRESS = "US"  # where papers of one town name its quarters alone
_SAME_TOWN_KM = 15.0  # nearer "towns" are parts of a large one
_DIVISION_KM = 100.0  # between the seat of a division and a place in it whose division is not known
_NEIGHBOUR_KM = 120.0
_DOUBTFUL_MARGIN = 1.5  # of the resolver's score
_JOINED_MARGIN = 3.0  # of an unlisted name: its parent is written beside it
_SEAT_ALIKE = 75.0  # rapidfuzz ratio of the spelling keys of a town's name and its division's
_STRONG = 2  # of a trigger: it tells of an event without other signs
_REACH_CHARS = 40  # between a place and the one that it is said to be near to
_MOST_COMPARED = 40  # places of an article


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
    """What all candidates of a cluster are compared with; `inside` are the mentions in the cluster's own clauses."""

    cluster: Cluster
    mentions: tuple[PlaceMention, ...]
    inside: tuple[PlaceMention, ...]
    inside_keys: frozenset[int | str]
    hint: GazetteerPlace | None
    home: GazetteerPlace | None
    opening: int
    strong: frozenset[int]
    order: dict[int | str, int]
    main_country: str | None
    inside_country: str | None


def candidates_of(mentions: Sequence[PlaceMention], cluster: Cluster, document: Document) -> list[PlaceCandidate]:
    """Group the article's mentions by place and describe each place, as seen from the cluster's own clauses."""
    groups: dict[int | str, list[PlaceMention]] = {}
    for mention in mentions:
        groups.setdefault(mention.key, []).append(mention)
    context = _context(mentions, cluster, document)
    return [PlaceCandidate(tuple(group), _features(group, context)) for group in groups.values()]


def _is_inside(mention: PlaceMention, cluster: Cluster, document: Document) -> bool:
    if mention.kind in (MentionKind.HINT, MentionKind.DATELINE):
        return True
    return mention.token >= 0 and cluster.owns(document, mention.token)


def _context(mentions: Sequence[PlaceMention], cluster: Cluster, document: Document) -> _Context:
    inside = [m for m in mentions if _is_inside(m, cluster, document)]
    named = [m for m in inside if m.kind in _NAMED and m.source.kind not in ("country", "admin1")]
    named.sort(key=lambda m: (m.sentence == TITLE, m.at))
    opening = cluster.opening.sentence
    hint = next((m.source for m in inside if m.kind is MentionKind.HINT), None)
    dateline = next((m.source for m in inside if m.kind is MentionKind.DATELINE), None)
    is_local = dateline is not None and dateline.country_code == _LOCAL_PRESS and dateline.kind == "town"
    return _Context(
        cluster=cluster,
        mentions=tuple(mentions),
        inside=tuple(inside),
        inside_keys=frozenset(m.key for m in inside),
        hint=hint,
        home=hint or (dateline if is_local else None),
        opening=opening,
        strong=frozenset(m.sentence for m in cluster.mentions if _is_strong(m)),
        order={key: rank for rank, key in enumerate(dict.fromkeys(m.key for m in named))},
        main_country=_country_of(m for m in mentions if m.kind is not MentionKind.HINT),
        inside_country=_country_of(m for m in inside if m.kind not in _UNSAID),
    )


def _is_strong(mention: EventMention) -> bool:
    is_event = mention.event_type not in ("casualty", "other") and mention.strength >= _STRONG
    return is_event and mention.realis is Realis.ACTUAL and not mention.is_recalled


def _country_of(mentions: Iterable[PlaceMention]) -> str | None:
    """Give the country that more mentions lie in than in any other; null where two are level."""
    ranked = Counter(m.source.country_code for m in mentions if m.source.country_code).most_common(2)
    is_clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if is_clear else None


def _features(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    plain = [m for m in group if m.kind in _NAMED and not m.is_qualifier]
    found = {
        **_position(group, plain, context),
        **_part(group, plain, context),
        **_nature(group, context),
        **_surroundings(group, context),
    }
    return {name: float(value) for name, value in found.items() if value}


def _position(group: Sequence[PlaceMention], plain: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    """Where in the text the place is named, and where of the cluster's clauses."""
    source = group[0].source
    body = [m for m in plain if m.sentence != TITLE]
    rank = context.order.get(group[0].key)
    is_dateline = any(m.kind is MentionKind.DATELINE for m in group)
    is_small = is_dateline and source.kind in ("town", "site") and source.population < _SMALL_TOWN
    is_outside = group[0].key not in context.inside_keys
    is_in_title = any(m.sentence == TITLE for m in plain) and not _has_finer(group, context, is_named_inside=True)
    is_in_lead = any(0 <= m.sentence < LEAD_SENTENCES for m in plain)
    return {
        "title": is_in_title,
        "title_town": is_in_title and source.kind == "town",
        "title_lead": is_in_title and is_in_lead,
        "opening_in": any(m.sentence == 0 and m.preposition in LOCATIVE for m in plain),
        "lead": is_in_lead,
        "dateline": is_dateline,
        "large_dateline": is_dateline and source.population >= _BUREAU_TOWN,
        "small_dateline": is_small or any(m.kind is MentionKind.UNLISTED and m.at == 0 for m in group),
        "first_inside": 1.0 / (1 + rank) if rank is not None else 0.0,
        "strong": any(m.sentence in context.strong for m in body),
        "opening_after": context.opening != TITLE and any(m.sentence == context.opening + 1 for m in body),
        "only_once": len(body) == 1,
        "outside": is_outside,
        "outside_shared": is_outside and not context.cluster.is_whole_article,
    }


def _part(group: Sequence[PlaceMention], plain: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    """What parts the mentions play in their sentences."""
    kinds = {m.kind for m in group}
    prepositions = {m.preposition for m in plain}
    is_near = "near" in prepositions or "outside" in prepositions
    is_beside = is_near and any(_is_beside_finer(m, context) for m in plain)
    return {
        "police": MentionKind.POLICE in kinds,
        "hospital": MentionKind.HOSPITAL in kinds,
        "facility": MentionKind.FACILITY in kinds,
        "near": is_near and not is_beside,
        "near_finer": is_beside,
        "reference": DISTANCE in prepositions and not is_beside,
        "bare": bool(plain) and not prepositions & LOCATIVE,
        "unlisted": MentionKind.UNLISTED in kinds,
        "unlisted_joined": any(m.kind is MentionKind.UNLISTED and m.margin >= _JOINED_MARGIN for m in group),
    }


def _is_beside_finer(mention: PlaceMention, context: _Context) -> bool:
    """Tell the Damascus of "in the town of Jayrud, near Damascus", which says where the other one lies."""
    if mention.preposition not in ("near", "outside", DISTANCE):
        return False
    others = (m for m in context.mentions if m.sentence == mention.sentence and m.key != mention.key)
    ends = (m.at + len(m.place.text) for m in others if m.kind in _NAMED and m.source.kind not in _WIDE)
    return any(0 < mention.at - end <= _REACH_CHARS for end in ends)


def _nature(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    """What kind of place it is, and how sure that this one is meant."""
    source, is_unlisted = group[0].source, group[0].kind is MentionKind.UNLISTED
    kind = "" if is_unlisted else source.kind
    margins = [m.margin for m in group if m.kind in (*_PLAIN, MentionKind.POLICE)]
    return {
        **{name: kind == name for name in ("country", "region", "district", "town")},
        "capital": kind == "town" and source.population >= _CAPITAL,
        "doubtful": not is_unlisted and bool(margins) and max(margins) < _DOUBTFUL_MARGIN,
        "in_main_country": source.country_code is not None and source.country_code == context.main_country,
        "in_inside_country": source.country_code is not None and source.country_code == context.inside_country,
    }


def _surroundings(group: Sequence[PlaceMention], context: _Context) -> dict[str, float]:
    """What other names of the article say of it."""
    source, hint = group[0].source, context.hint
    is_wide = source.kind in _WIDE and group[0].kind is not MentionKind.UNLISTED
    others = [m.source for m in context.inside if m.key != group[0].key and m.kind in _PLAIN]
    others = others[:_MOST_COMPARED]
    ground = [o for o in others if o.kind not in _WIDE]
    key = (source.country_code, source.admin1_code)
    in_named = any(o.kind == "admin1" and (o.country_code, o.admin1_code) == key for o in others)
    return {
        "hint_area": hint is not None and not is_wide and _km(hint, source) <= _SAME_AREA_KM,
        "hint": all(m.kind is MentionKind.HINT for m in group),
        "strange": _is_strange(group, context) and not in_named,
        "holds_finer": is_wide and any(_holds(source, o) for o in ground),
        "seat_of_finer": not is_wide and _has_finer(group, context, is_named_inside=False),
        "near_others": sum(_km(o, source) <= _NEIGHBOUR_KM for o in ground) / len(ground) if ground else 0.0,
        "in_named_admin1": in_named and source.kind != "admin1",
    }


def _is_strange(group: Sequence[PlaceMention], context: _Context) -> bool:
    """Return whether a local report names a far place of its country as if near: it means a quarter of its own town."""
    source, home = group[0].source, context.home
    if home is None or source.country_code != home.country_code or source.kind in ("country", "admin1", "region"):
        return False
    is_far = source.admin1_code != home.admin1_code and _km(source, home) > _HOME_RANGE_KM
    return is_far and not any(m.is_qualified for m in group)


def _has_finer(group: Sequence[PlaceMention], context: _Context, *, is_named_inside: bool) -> bool:
    """Say whether a finer place is named inside a division, or in the division that is called after a town.

    With `is_named_inside`, only places named beside the cluster's events count: "strikes on Saraqib" under the title
    "Bloody day in Idlib".
    """
    source = group[0].source
    others = [m for m in context.mentions if m.kind in _NAMED and m.key != group[0].key]
    if is_named_inside:
        event_sentences = {m.sentence for m in context.cluster.mentions}
        others = [m for m in context.inside if m.kind in _NAMED and m.key != group[0].key]
        others = [m for m in others if m.sentence in event_sentences and m.source.kind not in _WIDE]
    if source.kind in _WIDE and group[0].kind is not MentionKind.UNLISTED:
        return any(_holds(source, m.source) for m in others if m.source.kind not in _WIDE)
    return _is_seat(group[0]) and any(_is_in_division_of(source, m) for m in others)


def _is_seat(mention: PlaceMention) -> bool:
    admin1 = mention.place.admin1
    keys = [spelling_key(fold(name)) for name in (admin1 or "", mention.source.name)]
    is_called_alike = admin1 is not None and fuzz.ratio(*keys) > _SEAT_ALIKE
    return mention.source.kind == "town" and is_called_alike


def _is_in_division_of(seat: GazetteerPlace, mention: PlaceMention) -> bool:
    place = mention.source
    if place.country_code != seat.country_code:
        return False
    if mention.kind is MentionKind.UNLISTED:
        return place.admin1_code == seat.admin1_code
    km = _km(seat, place)
    is_near = place.admin1_code is None and km < _DIVISION_KM
    return place.kind == "town" and km > _SAME_TOWN_KM and (place.admin1_code == seat.admin1_code or is_near)


def _holds(wide: GazetteerPlace, place: GazetteerPlace) -> bool:
    is_same = wide.country_code == place.country_code
    return is_same and (wide.kind not in ("admin1", "admin2") or wide.admin1_code == place.admin1_code)


def _km(a: GazetteerPlace, b: GazetteerPlace) -> float:
    return distance_km(a.lat, a.lon, b.lat, b.lon)
