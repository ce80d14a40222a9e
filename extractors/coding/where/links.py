"""How a place hangs on the words of an event in the parse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.coding.cluster import EventMention
from extractors.coding.document import Document
from extractors.coding.where.cues import LOCATIVE
from extractors.coding.where.mentions import MentionKind, PlaceMention
from extractors.coding.where.syntax import governor_of
from model.report import PlacePrecision

FAR = 99  # steps: not linked at all
_NEAR_STEPS = 6  # in the parse: further away the place is another clause's
_SPOT = (MentionKind.LOCATION, MentionKind.UNLISTED, MentionKind.FACILITY)
_OBJECTS = frozenset(("dobj", "nsubjpass", "pobj"))
_OF_EVENT = frozenset(("compound", "nmod", "poss", "amod"))


def steps_between(document: Document, first: int, second: int) -> int:
    """Count the arcs between two tokens in the parse; `FAR` where they are in different trees."""
    if document.tokens[first].sentence != document.tokens[second].sentence:
        return FAR
    up = {first: 0}
    for n, token in enumerate(document.ancestors(first), 1):
        up[token.index] = n
    if second in up:
        return up[second]
    for n, token in enumerate(document.ancestors(second), 1):
        if token.index in up:
            return n + up[token.index]
    return FAR


def is_argument(document: Document, place: PlaceMention, heads: Iterable[int]) -> bool:
    """Say whether a place is where one of the events took place by the parse: "attack in X", "shelled X", "X blast"."""
    if place.token < 0:
        return False
    events = set(heads)
    token = document.tokens[place.token]
    if token.head in events and token.head != token.index and token.dep in (_OF_EVENT | _OBJECTS):
        return True
    governor = governor_of(document, place.token)
    return governor is not None and governor.index in events and place.preposition not in ("from", "to")


def place_near(mention: EventMention, places: Sequence[PlaceMention], document: Document) -> PlaceMention | None:
    """Return the place that a trigger's own clause names as where it happened; null for none.

    A place that is the trigger's argument comes first, then the one that a word of place governs and that is nearest in
    the parse, the earlier of two equally near. Countries are never a place of this kind.
    """
    best, nearest = None, float(_NEAR_STEPS)
    for place in places:
        if place.sentence != mention.sentence or place.kind not in _SPOT or place.is_qualifier:
            continue
        if place.place.precision is PlacePrecision.COUNTRY:
            continue
        is_own = is_argument(document, place, (mention.head,))
        if not is_own and place.preposition not in LOCATIVE:
            continue
        steps = steps_between(document, mention.head, place.token) - 3.0 * is_own
        steps += abs(mention.head - place.token) / 100  # of equally near ones the one that is nearer in the text
        if steps < nearest:
            best, nearest = place, steps
    return best
