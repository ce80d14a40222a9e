"""Find the actors of the table, the role nouns and the countries that a document names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.coding.casing import is_all_caps
from extractors.coding.document import TITLE, Document, Sentence
from extractors.coding.phrases import words_of
from extractors.coding.who.index import ActorIndex, Nation
from extractors.reference.actors import Actor

MAX_SENTENCES = 60  # later paragraphs bring history and other people's wars
NATION = "nation"  # the type of a country's words
ALL_CAPS_CHARS = 4_000  # of the text that are looked at for capitals


@dataclass(frozen=True, slots=True)
class FoundActor:
    """One mention: the actor (null for a role noun or a country), what it is, its name, and its tokens, ends inclusive.

    `token` is the one that governs the others; `nation` is set for the words of a country ("Egypt", "Egyptian"), whose
    `actor_type` is `nation`.
    """

    actor: Actor | None
    actor_type: str
    name: str
    sentence: int
    first: int
    last: int
    token: int
    nation: Nation | None = None


def find_actors(document: Document, index: ActorIndex) -> tuple[FoundActor, ...]:
    """Find all mentions of actors and role nouns in the title and the first sentences, in order.

    A role noun within or straight behind an actor's name belongs to it ("SDF fighters") and is none of its own.
    """
    is_shouted = is_all_caps(document.article.text[:ALL_CAPS_CHARS])
    company = index.company_of(document, is_shouted=is_shouted)
    found: list[FoundActor] = []
    for sentence in document.sentences:
        if sentence.index >= MAX_SENTENCES:
            break
        named = list(_named(document, sentence, index, company, is_shouted=is_shouted))
        taken = {i for f in named for i in range(f.first, f.last + 1)}
        unnamed = (*_role_nouns(document, sentence, index), *_nations(document, sentence, index))
        found += [*named, *(f for f in unnamed if taken.isdisjoint(range(f.first, f.last + 1)))]
    return tuple(sorted(found, key=lambda f: f.first))


def _named(
    document: Document, sentence: Sentence, index: ActorIndex, company: frozenset[str], *, is_shouted: bool
) -> Iterator[FoundActor]:
    for hit in index.find(document, sentence, company, is_shouted=is_shouted):
        actor, head = hit.payload, document.head_of(hit.first, hit.last)
        yield FoundActor(actor, actor.actor_type, actor.name, sentence.index, hit.first, hit.last, head)


def _role_nouns(document: Document, sentence: Sentence, index: ActorIndex) -> Iterator[FoundActor]:
    for hit in index.roles.find(words_of(document.tokens_of(sentence))):
        name, kind = document.text_between(hit.first, hit.last).lower(), hit.payload.actor_type
        head = document.head_of(hit.first, hit.last)
        yield FoundActor(None, kind, name, sentence.index, hit.first, hit.last, head)


def _nations(document: Document, sentence: Sentence, index: ActorIndex) -> Iterator[FoundActor]:
    for hit in index.find_nations(document, sentence):
        nation, head = hit.payload, document.head_of(hit.first, hit.last)
        yield FoundActor(None, NATION, nation.adjective, sentence.index, hit.first, hit.last, head, nation)


def span_of(document: Document, first: int, last: int) -> tuple[int, int]:
    """Return start and end in the text of the tokens `first` to `last`; -1, -1 in the title."""
    if document.tokens[first].sentence == TITLE:
        return -1, -1
    return document.tokens[first].start, document.tokens[last].end
