"""Bind a date to the verb or noun that it modifies, by the parse.

A date modifies the first verb above it, or before that the first noun for something that happens ("a bombing in the
market on Tuesday"). It dates an event mention when this governor is the mention itself, or is joined to it within one
clause or by coordination; not across a verb of saying, a charge, a funeral or a publication, which have days of their
own. Known false positives: "Police said Tuesday that …" parsed as the day of what is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.coding.cluster import EventMention
from extractors.coding.document import Document, Token
from extractors.coding.when.mention import DateMention
from extractors.reference.date_ranker import load_date_ranker

MAX_CLIMB = 6  # heads above a date; what governs from farther away is another clause
MAX_COST = 3.5  # of a path between a date's governor and a trigger: an object, a participle and a noun phrase
NO_CUE = "none"
_APART = frozenset(
    ("speech", "legal", "memorial", "schedule", "update", "past", "aftermath")
)  # classes with a day of their own
_VERBS = frozenset(("VERB", "AUX"))
_NOUNS = frozenset(("NOUN", "PROPN"))
_FREE = frozenset("nsubj nsubjpass dobj pobj prep agent compound nmod poss attr pcomp npadvmod advmod dative".split())
_JOINED = frozenset("conj advcl xcomp relcl acl appos amod".split())
_OTHER_TIME = frozenset("after following since before until as because while when amid despite over".split())
_BARRIER = 10.0  # cost of an edge that leads into what somebody says, or into another main clause


def class_of(token: Token, cues: Mapping[str, str]) -> str:
    """Name the cue class of a token by its form or its lemma; `none` where it has none."""
    return cues.get(token.lower) or cues.get(token.lemma) or NO_CUE


def governor_of(document: Document, mention: DateMention) -> Token | None:
    """Find what a date modifies: the first verb above it, or the first noun of a cue class before that."""
    cues = load_date_ranker().cues
    token = document.tokens[mention.token]
    for _ in range(MAX_CLIMB):
        if token.head == token.index:
            return token if token.pos in _NOUNS and token.index != mention.token else None
        token = document.tokens[token.head]
        if mention.first <= token.index <= mention.last:
            continue
        if token.pos in _VERBS or (token.pos in _NOUNS and class_of(token, cues) != NO_CUE):
            return token
    return None


def date_near(mention: EventMention, dates: Sequence[DateMention], document: Document) -> DateMention | None:
    """Return the date that a trigger's own clause gives it; null where it gives none.

    Days to come, days of writing, and days of what is said or done afterwards are none.
    """
    costs = [
        (binding_cost(document, mention, date), abs(date.token - mention.head), n)
        for n, date in enumerate(dates)
        if date.sentence == mention.sentence and not date.is_future and not date.is_mark
    ]
    best = min(costs, default=(MAX_COST + 1, 0, 0))
    return dates[best[2]] if best[0] <= MAX_COST else None


def binding_cost(document: Document, mention: EventMention, date: DateMention) -> float:
    """Say how far a date is from dating a trigger: 0 where it modifies the trigger, above `MAX_COST` not at all."""
    governor = governor_of(document, date)
    if governor is None:
        return _BARRIER
    if mention.first <= governor.index <= mention.last or governor.index == mention.head:
        return 0.0
    if class_of(governor, load_date_ranker().cues) in _APART:
        return _BARRIER
    return path_cost(document, governor.index, mention.head)


def path_cost(document: Document, one: int, other: int) -> float:
    """Add up the costs of the edges of the parse between two tokens of a sentence."""
    up = _costs_above(document, one)
    cost, token = 0.0, document.tokens[other]
    for _ in range(2 * MAX_CLIMB):
        if token.index in up:
            return cost + up[token.index]
        if token.head == token.index:
            break
        cost += _edge(document, token)
        token = document.tokens[token.head]
    return _BARRIER


def _costs_above(document: Document, index: int) -> dict[int, float]:
    token = document.tokens[index]
    found, cost = {index: 0.0}, 0.0
    for _ in range(2 * MAX_CLIMB):
        if token.head == token.index:
            break
        cost += _edge(document, token)
        token = document.tokens[token.head]
        found[token.index] = cost
    return found


def _edge(document: Document, token: Token) -> float:
    """Cost of the edge from a token to its head: within a clause little, into another event's clause a barrier."""
    if token.dep == "prep" and token.lower in _OTHER_TIME:
        return _BARRIER
    if token.dep in _FREE:
        return 0.5
    if token.dep not in _JOINED:
        return _BARRIER
    if class_of(document.tokens[token.head], load_date_ranker().cues) == "speech":
        return _BARRIER
    marks = (document.tokens[i] for i in document.children[token.index])
    is_other = any(
        m.dep in ("mark", "advmod", "prep") and m.lower in _OTHER_TIME for m in marks if m.index < token.index
    )
    return _BARRIER if is_other else 1.0
