"""The party that a noun phrase names: an actor of the table within it, a role noun, or its own words."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from extractors.coding.document import Document, Token
from extractors.coding.who.find import FoundActor
from model.report import ActorRole

MIN_ACRONYM_CHARS = 3  # "IS" and "AA" tell a reader nothing
THING_CERTAINTY = 0.2  # a thing stands for the people in it only where nobody else is told of
CIVILIANS = "civilians"  # the name of those who are told of as people and nothing else
_GENERIC = frozenset(
    """people person persons man men woman women child children boy boys girl girls family families civilian relatives
    others baby babies infants adults youths teenager teenagers locals victim victims bystanders passersby citizens
    inhabitants humans brother brothers sister son daughter wife husband mother mothers father fathers parents youth
    infant infants toddler""".split()
)
_PARTS = frozenset(
    """member members group groups number dozens scores hundreds thousands dozen some most many several series band
    couple pair unit units convoy column team total majority rest one two three each all both gang wave crowd
    contingent batch""".split()
)
_FORCES = frozenset(
    """force forces troop troops fighter fighters soldier soldiers militant militants rebel rebels gunman gunmen army
    military police officer officers guard guards jet jets warplane warplanes plane planes drone drones helicopter
    helicopters aircraft artillery navy marines militia militiamen insurgents terrorists men commander commanders
    bomber bombers unit units patrol convoy tank tanks gunners recruits cadets sailors personnel agents""".split()
)
_UNKNOWN = frozenset(
    (
        "armed man", "armed men", "masked men", "hooded men", "masked gunmen", "unidentified gunmen", "unknown gunmen",
        "unidentified men", "individuals", "armed individuals", "unidentified individuals", "unidentified persons",
        "men", "bandits", "gunman",
    )
)  # fmt: skip
_EQUIPMENT = frozenset(
    "warplanes jets drone drones helicopters helicopter aircraft planes plane tanks artillery".split()
)
_DEEDS = frozenset(  # last words of aliases that name a deed or a means, and not the actor
    "strike airstrike raid jet aircraft drone warplane plane helicopter missile rocket tank".split()
)
GUNMEN = "gunmen"  # the name of armed men of whom no more is told
_HOLDERS = frozenset(  # things that stand for the people in them
    """bus minibus launch ferry boat ship vessel train plane truck church mosque school hospital consulate embassy
    ministry convoy patrol checkpoint port prison village base barracks mall market tavern hotel""".split()
)
_NOUNS = frozenset(("NOUN", "PROPN"))
_MODIFIERS = frozenset("compound amod nmod poss".split())
_PEOPLE_ENDS = ("ers", "ors", "men", "women", "ists", "ants", "ees", "goers", "ians")


@dataclass(frozen=True, slots=True)
class Party:
    """One who takes part: `actor_id` is null without an entry in the table; the tokens count in the document.

    `certainty` is less than 1 where a thing stands for the people in it ("a bus was hit").
    """

    key: str
    actor_id: str | None
    actor_type: str
    name: str
    first: int
    last: int
    certainty: float = 1.0

    @property
    def is_named(self) -> bool:
        """Whether the actor table has it."""
        return self.actor_id is not None


def party_of(document: Document, found: Sequence[FoundActor], index: int, role: ActorRole) -> Party | None:
    """Name the party that the noun at `index` stands for in a role; null where it is none."""
    token = _beyond_parts(document, document.tokens[index])
    own = [f for f in found if f.first <= token.index <= f.last]
    named = next((f for f in own if f.actor), None)
    if named is None and (token.lower in _FORCES or own):
        named = _named_within(document, found, token)
    if named is not None:
        return _from_found(document, named, role)
    if own:
        return _from_found(document, own[0], role)
    return _from_words(document, token, role)


def _from_found(document: Document, one: FoundActor, role: ActorRole) -> Party | None:
    """Name an actor as the table does, by the words of the text where they are another name ("the Malian army")."""
    actor = one.actor
    if actor is not None:
        words = document.text_between(one.first, one.last)
        is_acronym = words.isupper() and len(words) >= MIN_ACRONYM_CHARS
        name = f"{actor.name} ({words})" if is_acronym and words not in actor.name else actor.name
        is_deed = words.lower().split()[-1].rstrip("s") in _DEEDS
        name = name if words.isupper() or is_deed or _share_a_word(words, actor.name) else words
        return Party(actor.actor_id, actor.actor_id, one.actor_type, name, one.first, one.last)
    name = one.name
    if name in _GENERIC and role is ActorRole.TARGET:
        name = CIVILIANS
    elif name == "gunman" or (role is ActorRole.INITIATOR and name in _UNKNOWN):
        name = GUNMEN
    if role is ActorRole.INITIATOR and (one.usual_role or name in _EQUIPMENT):
        return None
    first = one.first
    if one.usual_role and name == one.name:
        first = _first_of(document, one.token, first)
        name = document.text_between(first, one.last).lower()
    return Party(name, None, one.actor_type, name, first, one.last)


def _first_of(document: Document, head: int, first: int) -> int:
    """Go back over the nouns that stand before a noun and belong to it ("bus passengers")."""
    while first - 1 in document.children[head] and document.tokens[first - 1].dep in ("compound", "nmod"):
        first -= 1
    return first


def _share_a_word(one: str, other: str) -> bool:
    return not {w for w in one.lower().split() if len(w) > 3}.isdisjoint(other.lower().split())


def _beyond_parts(document: Document, token: Token) -> Token:
    """Go from "dozens", "members" or a number to what they are of."""
    for _ in range(2):
        if token.lower not in _PARTS and token.pos != "NUM":
            return token
        inner = (
            document.tokens[j]
            for i in document.children[token.index]
            if document.tokens[i].lower in ("of", "from")
            for j in document.children[i]
            if document.tokens[j].dep == "pobj"
        )
        following = next(inner, None)
        if following is None:
            return token
        token = following
    return token


def _named_within(document: Document, found: Sequence[FoundActor], token: Token) -> FoundActor | None:
    """Find the actor whose people these are: "Hamas fighters", "soldiers of the Malian army"."""
    inside = {i for i in document.children[token.index] if document.tokens[i].dep in (*_MODIFIERS, "appos")}
    for i in document.children[token.index]:
        if document.tokens[i].lower in ("of", "from"):
            inside.update(document.children[i])
    return next((f for f in found if f.actor and (f.token in inside or f.last in inside)), None)


def _from_words(document: Document, token: Token, role: ActorRole) -> Party | None:
    """Take the noun itself with the nouns before it; for those who did it only nouns for people."""
    if token.pos == "NUM" and role is ActorRole.TARGET:
        return Party(CIVILIANS, None, CIVILIANS, CIVILIANS, token.index, token.index, THING_CERTAINTY)
    if token.pos not in _NOUNS or role is ActorRole.PARTICIPANT:
        return None
    if token.lower in _GENERIC:
        is_victim = role is ActorRole.TARGET
        is_armed = not is_victim and token.lower in _UNKNOWN
        name = CIVILIANS if is_victim else GUNMEN
        return Party(name, None, name, name, token.index, token.index) if is_victim or is_armed else None
    is_person = _is_person(token)
    if role is ActorRole.INITIATOR or not (is_person or token.lower in _HOLDERS):
        return None
    first = _first_of(document, token.index, token.index)
    name = " ".join(t.text for t in document.tokens[first : token.index + 1])
    name = name if token.pos == "PROPN" else name.lower()
    return Party(
        name.lower(), None, "", name, first, token.index, 1.0 if is_person and token.pos == "NOUN" else THING_CERTAINTY
    )


def _is_person(token: Token) -> bool:
    if token.entity in ("PERSON", "NORP") or token.lower in _person_words() or token.lower in _FORCES:
        return True
    return token.tag == "NNS" and token.lower.endswith(_PEOPLE_ENDS)


@lru_cache(maxsize=1)
def _person_words() -> frozenset[str]:
    text = (files("seeds") / "reference" / "lexicon_person.csv").read_text("utf-8")
    return frozenset(row["word"] for row in csv.DictReader(text.splitlines()))
