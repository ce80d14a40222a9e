"""Figures that the parse gives to another event: a war, an attack compared to, one after which the news is dated."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.coding.claims.readings import Reading
from extractors.coding.document import Document, Token

_WARS = frozenset(
    "war conflict insurgency uprising rebellion insurrection campaign violence fighting feud genocide".split()
)
_COMPARED = frozenset("like unlike than since recall resemble echo mirror follow similar compare remember mark".split())
_EARLIER = frozenset("similar earlier previous last prior past recent another other former".split())
_LATER = frozenset("after since following".split())
_SPANS_OF_TIME = frozenset("hour day night week fortnight month year decade".split())
_COMES = frozenset("come occur happen take follow".split())
_ATTACKS = frozenset(
    "attack assault blast bombing explosion strike airstrike raid ambush shooting killing shelling clash".split()
)
_OF_WOUNDS = frozenset("die succumb".split())  # "a tenth man died, a week after the blast that killed nine"


def of_other_event(document: Document, reading: Reading, others: Sequence[Reading] = ()) -> str | None:
    """Say why the words around a figure give it to another event; null where they do not.

    `others` are the readings of the same sentence.
    """
    return _of_war_or_model(document, reading) or _of_event_before(document, reading, others)


def _of_war_or_model(document: Document, reading: Reading) -> str | None:
    """Refuse "the war has killed 250,000" and "similar to the rampage that killed 130"."""
    at = document.tokens[reading.trigger]
    for token in (at, *document.ancestors(at.index)):
        head = document.tokens[token.head]
        if token.dep in ("relcl", "acl") and head.pos in ("NOUN", "PROPN"):
            if head.index in {p.at for p in reading.people}:
                return None
            return _compared(document, head)
        inside = (document.tokens[k] for c in document.children[token.index] for k in document.children[c])
        war = next((t for t in inside if t.dep == "pobj" and t.lemma in _WARS), None)
        if war is not None and token.pos == "VERB" and _has_perfect(document, token):
            return f"a figure of a {war.lemma}"
    verb = next((t for t in (at, *document.ancestors(at.index)) if t.pos == "VERB"), at)
    subject = next(
        (document.tokens[c] for c in document.children[verb.index] if document.tokens[c].dep == "nsubj"), None
    )
    if subject is not None and subject.lemma in _WARS and _has_perfect(document, verb):
        return f"a figure of a {subject.lemma}"
    return None


def _of_event_before(document: Document, reading: Reading, others: Sequence[Reading]) -> str | None:
    """Refuse the second figure of "killed five people, a week after the ambush that killed 22".

    Where the sentence has no other toll ("buried a day after the blast that killed 12"), or a death is added to the
    earlier one, the earlier event is the article's own.
    """
    for token in document.ancestors(reading.trigger):
        if token.lower not in _LATER or not _is_measured(document, token):
            continue
        if _is_dated_by(document, token):
            return "a figure of an earlier event, after which this one is dated"
        inside = set(document.subtree(token.index))
        for other in others:
            is_new = other.measure is reading.measure and not (other.is_increment or other.is_part)
            if is_new and other.trigger not in inside and document.tokens[other.trigger].lemma not in _OF_WOUNDS:
                return "a figure of an earlier event, after which this one is dated"
    return None


def _is_dated_by(document: Document, after: Token) -> bool:
    """Say whether an attack is dated by an earlier event: "the attack came four months after"."""
    verb = next((t for t in document.ancestors(after.index) if t.pos == "VERB"), after)
    subjects = (document.tokens[i] for i in document.children[verb.index])
    return verb.lemma in _COMES and any(t.dep == "nsubj" and t.lemma in _ATTACKS for t in subjects)


def _is_measured(document: Document, after: Token) -> bool:
    """Say whether a length of time stands before "after": "a week after"."""
    before = (document.tokens[i] for i in (after.head, *document.children[after.index]))
    return any(t.lemma in _SPANS_OF_TIME and t.index < after.index for t in before)


def _has_perfect(document: Document, verb: Token) -> bool:
    return any(document.tokens[c].lower in ("has", "have") for c in document.children[verb.index])


def _compared(document: Document, event: Token) -> str | None:
    for token in (event, *document.ancestors(event.index)):
        if token.lemma in _COMPARED:
            return "a figure of an attack that this one is compared to"
        if token.pos == "VERB":
            break
    if any(document.tokens[c].lower in _EARLIER for c in document.children[event.index]):
        return "a figure of an earlier attack"
    return None
