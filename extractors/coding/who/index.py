"""Find the actors of the table in a text, fast: one pass over its words for all aliases.

An alias in capitals of at most `ACRONYM_CHARS` letters ("SDF", "IS") counts only where the text has it in capitals too;
where the whole text is in capitals, all aliases count as they are. A weak alias counts only where another alias of the
actor, or its country, stands in the same text. An actor that did not exist on the day asked for gives way to another
owner of the alias. Known false positives: a group and a person of one name ("Fano").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.coding.document import Document, Sentence, Token
from extractors.coding.phrases import Found, PhraseTable, Words, split_phrase, words_of
from extractors.reference.actors import Actor
from extractors.reference.lexicons import RoleNoun

ACRONYM_PAIR = 2  # letters: "us" is a word
ACRONYM_CHARS = 5  # longer acronyms (MINUSCA) are no words in any case
PARTY_TYPES = frozenset(
    "state_force rebel militia jihadist criminal communal coalition peacekeeper private_military".split()
)
_SPACE = re.compile(r"\s+")


_FORCES_NAME, _ARMY = " armed forces", " army"  # how the table names a country's forces, and their first alias


@dataclass(frozen=True, slots=True)
class Nation:
    """A country as it stands before its people: the adjective, and the actor that its armed forces are."""

    code: str
    adjective: str
    forces: Actor


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling of an actor. `is_acronym` asks for capitals, `is_weak` for company."""

    actor: Actor
    text: str
    is_acronym: bool
    is_weak: bool


class ActorIndex:
    """The actor table and the role nouns, ready to match."""

    def __init__(
        self,
        actors: Mapping[str, Actor],
        country_words: Mapping[str, Iterable[str]],
        roles: PhraseTable[RoleNoun] | None = None,
    ) -> None:
        """Build the tables.

        Args:
            actors: By id.
            country_words: Words that name a country, by its two-letter code.
            roles: Nouns for people by what they are; none by default.
        """
        self.actors = actors
        self.roles: PhraseTable[RoleNoun] = roles or PhraseTable(())
        entries: dict[str, list[Alias]] = {}
        for actor in actors.values():
            for text in (actor.name, *actor.aliases):
                entries.setdefault(text.lower(), []).append(Alias(actor, text, _is_acronym(text), is_weak=False))
            for text in actor.weak_aliases:
                entries.setdefault(text.lower(), []).append(Alias(actor, text, _is_acronym(text), is_weak=True))
        self._by_name = {_SPACE.sub(" ", name): tuple(aliases) for name, aliases in entries.items()}
        self._table: PhraseTable[tuple[Alias, ...]] = PhraseTable(
            (name, tuple(aliases)) for name, aliases in sorted(entries.items())
        )
        self._country_words = {code: frozenset(words) for code, words in country_words.items()}
        listed = list(self._nations(actors))
        self.nations: PhraseTable[Nation] = PhraseTable(listed)
        self._nation_by_code = {nation.code: nation for _, nation in listed}

    def nation(self, code: str | None) -> Nation | None:
        """Return the country with this two-letter code; null where the table has no armed forces of it."""
        return self._nation_by_code.get(code or "")

    def _nations(self, actors: Mapping[str, Actor]) -> Iterator[tuple[str, Nation]]:
        """Yield the words for each country whose armed forces the table has."""
        for actor in actors.values():
            first = next(iter(actor.aliases), "")
            if actor.name.endswith(_FORCES_NAME) and first.endswith(_ARMY) and actor.country_code:
                nation = Nation(actor.country_code, first.removesuffix(_ARMY), actor)
                words = {actor.name.removesuffix(_FORCES_NAME), nation.adjective}
                for word in sorted(words | self._country_words.get(nation.code, frozenset())):
                    yield word, nation

    def find_actor(self, name: str) -> Actor | None:
        """Find the one actor that bears exactly this name; null where none or several do.

        "the" before it and a possessive after it are ignored.
        """
        key = _SPACE.sub(" ", name.strip().replace("’", "'")).lower().removeprefix("the ").removesuffix("'s")
        owners = {alias.actor.actor_id: alias.actor for alias in self._by_name.get(key, ())}
        return next(iter(owners.values())) if len(owners) == 1 else None

    def side_in(self, text: str) -> str | None:
        """Name the fighting party that a speaker's or a victim's words belong to; null where they name none."""
        words = split_phrase(text)
        for hit in self._table.find(Words(words, tuple(range(len(words))))):
            for alias in hit.payload:
                has_case = not alias.is_acronym or alias.text.replace(".", "") in text.replace(".", "")
                if has_case and not alias.is_weak and alias.actor.actor_type in PARTY_TYPES:
                    return alias.actor.actor_id
        return None

    def find(
        self, document: Document, sentence: Sentence, company: frozenset[str], *, is_shouted: bool
    ) -> list[Found[Actor]]:
        """Find the actors in a sentence.

        Args:
            document: Tokenised.
            sentence: Of the document.
            company: Ids of actors and two-letter codes of countries that the article names (see `company_of`).
            is_shouted: The text is all in capitals.
        """
        found = []
        for hit in self._table.find(words_of(document.tokens_of(sentence))):
            alias = _choose(hit, document.tokens, company, is_shouted)
            if alias is not None:
                found.append(Found(hit.first, hit.last, alias.actor))
        return found

    def find_nations(self, document: Document, sentence: Sentence) -> Iterator[Found[Nation]]:
        """Yield the words for countries in a sentence; each must have a capital letter, "US" two."""
        for hit in self.nations.find(words_of(document.tokens_of(sentence))):
            text = document.tokens[hit.first].text
            if text[:1].isupper() and (len(text) > ACRONYM_PAIR or text.isupper()):
                yield hit

    def company_of(self, document: Document, *, is_shouted: bool) -> frozenset[str]:
        """Name the actors (by strong aliases) and the countries that a document names."""
        present: set[str] = set()
        for sentence in document.sentences:
            for hit in self._table.find(words_of(document.tokens_of(sentence))):
                for alias in hit.payload:
                    if not alias.is_weak and _has_case(alias, hit, document.tokens, is_shouted):
                        present.add(alias.actor.actor_id)
                        present.update((alias.actor.parent_id,) if alias.actor.parent_id else ())
            present.update(hit.payload.code for hit in self.find_nations(document, sentence))
        every_word = {token.lower for token in document.tokens}
        present.update(code for code, names in self._country_words.items() if names & every_word)
        return frozenset(present)


def _choose(
    hit: Found[tuple[Alias, ...]], tokens: Sequence[Token], company: frozenset[str], is_shouted: bool
) -> Alias | None:
    fitting = [
        alias
        for alias in hit.payload
        if _has_case(alias, hit, tokens, is_shouted) and (not alias.is_weak or _has_company(alias.actor, company))
    ]
    return max(fitting, key=lambda a: (a.actor.country_code in company, not a.is_weak), default=None)


def _has_company(actor: Actor, company: frozenset[str]) -> bool:
    return actor.actor_id in company or (actor.country_code or "") in company


def _has_case(alias: Alias, hit: Found[tuple[Alias, ...]], tokens: Sequence[Token], is_shouted: bool) -> bool:
    if is_shouted or not alias.is_acronym:
        return True
    return all(t.text.isupper() for t in tokens[hit.first : hit.last + 1] if t.text[:1].isalpha())


def _is_acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return len(letters) <= ACRONYM_CHARS and letters.isupper() and letters.isalpha()
