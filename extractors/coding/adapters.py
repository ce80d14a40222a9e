"""Bridge to the old finders until the new ones are merged; to be deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.claims import find_claims, tolls
from extractors.coding.cluster import Cluster, EventMention
from extractors.coding.document import TITLE, Document
from extractors.coding.when import DateMention, choose_date, date_near, find_dates
from extractors.reference.gazetteer import Gazetteer, GazetteerPlace
from extractors.text.segments import Segment
from extractors.where import MentionKind
from extractors.where import choose_place as old_choose_place
from extractors.where import find_places as old_find_places
from model.report import Place

__all__ = [
    "DateMention", "PlaceMention", "choose_date", "choose_place", "choose_tolls", "date_near", "find_all_claims",
    "find_dates", "find_places", "place_near",
]  # fmt: skip


@dataclass(frozen=True)
class PlaceMention:
    place: Place
    sentence: int
    token: int
    source: GazetteerPlace
    kind: MentionKind
    preposition: str
    old: object


def _token_at(document: Document, sentence: int, offset: int) -> int:
    whole = document.sentence(sentence)
    for i in range(whole.first, whole.last):
        if document.tokens[i].end > offset:
            return i
    return max(whole.first, whole.last - 1)


def find_places(document: Document, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    found = []
    for m in old_find_places(document.article, document.body, gazetteer):
        if not document.has_sentence(m.sentence):
            found.append(PlaceMention(m.place, m.sentence, -1, m.source, m.kind, m.preposition, m))
            continue
        found.append(
            PlaceMention(m.place, m.sentence, _token_at(document, m.sentence, m.at), m.source, m.kind, m.preposition, m)
        )
    return tuple(found)


def _tree_distance(document: Document, a: int, b: int) -> int:
    up = {a: 0}
    for n, t in enumerate(document.ancestors(a), 1):
        up[t.index] = n
    if b in up:
        return up[b]
    for n, t in enumerate(document.ancestors(b), 1):
        if t.index in up:
            return n + up[t.index]
    return 99


def _near(mention, found, document, fits):
    best, best_d = None, 99.0
    for f in found:
        if f.sentence != mention.sentence or not fits(f):
            continue
        d = _tree_distance(document, mention.head, f.token) + abs(mention.head - f.token) / 100
        if d < best_d:
            best, best_d = f, d
    return best if best_d < 6 else None


def place_near(mention: EventMention, places: Sequence[PlaceMention], document: Document) -> PlaceMention | None:
    return _near(
        mention,
        places,
        document,
        lambda p: (
            p.kind is MentionKind.LOCATION
            and p.preposition in ("in", "near", "at", "outside", "on", "around", "across")
            and p.place.precision != "country"
        ),
    )


def _segment(cluster: Cluster) -> Segment:
    o = cluster.opening
    return Segment(cluster.sentences, o.sentence, o.text, cluster.role, cluster.is_whole_article)


def choose_place(places, cluster, document):
    return old_choose_place([p.old for p in places], _segment(cluster), document.body, document.article)


def find_all_claims(document, side_of):
    return find_claims(document.article, document.body, side_of=side_of)


def choose_tolls(claims, cluster, document):
    return tolls(claims, document.article, _segment(cluster))
