"""Read the part that a name plays from the parse: who spoke there, whose institution it is, what governs it."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.coding.document import Document, Token
from extractors.coding.where import cues
from extractors.coding.where.mentions import MentionKind
from extractors.coding.where.spans import Span

_SPEECH = frozenset(
    """say tell report announce state confirm deny claim condemn blame accuse warn urge call demand vow pledge deplore
    denounce react welcome reject insist add note describe estimate think believe want hope expect reply respond
    declare promise consider back support recognise recognize offer send""".split()
)
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_MOST_STEPS = 5  # from a name to the noun that it describes
_INSTITUTIONS = (
    (cues.POLICE, MentionKind.POLICE),
    (cues.HOSPITAL, MentionKind.HOSPITAL),
    (cues.COURT | frozenset("tribunal judge prosecution".split()), MentionKind.COURT),
    (cues.SCHOOL, MentionKind.SCHOOL),
    (cues.MEDIA | cues.ORGANISATION | frozenset("headquarters hq embassy consulate".split()), MentionKind.ORGANISATION),
)
_OF_NAME = frozenset(("compound", "poss", "nmod", "amod"))


def head_of(document: Document, first: int, last: int) -> int:
    """Return the token of a span that governs the others: the last one whose head lies outside."""
    for index in range(last, first - 1, -1):
        head = document.tokens[index].head
        if head == index or not first <= head <= last:
            return index
    return last


def read_syntax(span: Span, document: Document) -> None:
    """Set the kind of a plain name by what it describes or does: "Kherson's regional hospital", "Washington said"."""
    if span.kind is not MentionKind.LOCATION or not document.is_parsed:
        return
    token = document.tokens[span.token]
    head = document.tokens[token.head]
    if token.dep in _SUBJECTS and head.lemma in _SPEECH:
        span.kind = MentionKind.SPEAKER
        return
    for noun in _described(token, document):
        for table, kind in _INSTITUTIONS:
            if noun.lower in table and noun.index != token.index:
                span.kind = kind
                return
    governor = governor_of(document, token.index)
    if span.preposition in ("in", "at") and governor is not None and governor.lower in cues.FAR_SPEAKERS:
        near = {document.tokens[child].lower for child in document.children[governor.index]}
        if near.isdisjoint(cues.LOCAL_SPEAKERS):
            span.preposition = "from"


def _described(token: Token, document: Document) -> Iterator[Token]:
    """Yield the nouns that a name modifies, the nearest first: "hospital" of "Kherson regional hospital"."""
    for _ in range(_MOST_STEPS):
        if token.dep not in _OF_NAME or token.head == token.index:
            return
        token = document.tokens[token.head]
        if token.pos in ("NOUN", "PROPN"):
            yield token


def governor_of(document: Document, index: int) -> Token | None:
    """Return what the prepositional phrase of a token hangs on: "officials" of "officials in Moscow"; null for none."""
    token = document.tokens[index]
    for _ in range(_MOST_STEPS):
        if token.head == token.index:
            return None
        above = document.tokens[token.head]
        if above.pos == "ADP":
            return document.tokens[above.head] if above.head != above.index else None
        if token.dep not in ("compound", "conj", "appos", "nmod", "amod", "poss"):
            return None
        token = above
    return None
