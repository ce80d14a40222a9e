"""The party that a noun stands for: an actor of the table, a country's forces, a noun for people, or a proper name.

A party has the name that reports of one event agree on: an actor's own name with its acronym, a country's forces by
their adjective and branch ("Egyptian army"), and one noun for the words that mean the same people (`people.py`).
"Soldiers" without a country are those of the country that the article names most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.coding.document import Document, Token
from extractors.coding.phrases import split_phrase
from extractors.coding.who.find import NATION, FoundActor
from extractors.coding.who.index import ACRONYM_CHARS, Nation
from extractors.coding.who.people import SETTING, has_person_ending, is_person_noun, people_word
from extractors.coding.who.spans import MODIFIERS, is_dateline
from extractors.reference.actors import Actor

CIVILIANS = "civilians"  # the name of those who are told of as people and nothing else
HOME_SHARE = 0.5  # of the words for countries: below it no one country's "soldiers" are meant
MIN_ACRONYM_CHARS = 3  # "IS" and "AA" tell a reader nothing
_GENERIC = frozenset(
    """people person persons man men woman women child children boy boys girl girls family families civilian civilians
    relatives others baby babies infants adults youths teenager teenagers locals victim victims bystanders passersby
    citizens inhabitants humans brother brothers sister son daughter wife husband mother mothers father fathers parents
    youth infant toddler individuals lives souls bodies martyrs casualties dead fatalities wounded injured pedestrians
    pensioner grandmother""".split()
)
_BRANCHES = {  # the branch of a country's forces by the words for its people and things
    word: branch
    for branch, words in {
        "army": """army soldiers soldier troops troop conscripts conscript recruits garrison battalion brigade patrol
            outpost barracks checkpoint""",
        "military": "military junta generals",
        "air force": "jets jet warplanes warplane airforce aircraft planes plane helicopters helicopter force",
        "security forces": "security",
        "police": "police policemen policeman officers officer gendarmes constables",
        "navy": "navy gunboats",
    }.items()
    for word in words.split()
}
FORCES = "forces"
OWNED = frozenset(  # things that stand for the forces of the country before them, and for nobody without one
    """missile missiles rocket rockets drone drones shell shells strike strikes airstrike airstrikes raid raids jet jets
    warplane warplanes aircraft plane planes helicopter helicopters artillery tank tanks force forces bombardment
    attack attacks""".split()
)
_GROUND = frozenset({"army", "military", "navy", FORCES})
_BODIES = frozenset(  # last words of the names of bodies that take part
    """corps army force forces police guard guards brigade battalion militia front rangers regiment division command
    movement cartel gang resistance party levies unit group""".split()
)
_NOUNS = frozenset(("NOUN", "PROPN"))
_KEPT_COMPOUNDS = frozenset("workers guards seekers drivers leaders officials members suspects crew".split())
_NAMES = frozenset(("PERSON", "ORG", "NORP", "FAC"))


@dataclass(frozen=True, slots=True)
class Party:
    """One who may take part. `actor_id` is null without an entry in the table; the tokens count in the document.

    `kind` is the type of the actor, `people` for a noun, `setting` for a thing that stands for the people in it,
    `person` or `name` for a proper name that no table has. `branch` is that of a country's forces, "" for others;
    `is_inferred` says that the text does not name their country beside them.
    """

    key: str
    actor_id: str | None
    kind: str
    name: str
    first: int
    last: int
    branch: str = ""
    is_inferred: bool = False


class PartyReader:
    """Reads the parties of one article, of which it knows the actors and the country that is named most."""

    def __init__(self, document: Document, found: Sequence[FoundActor], home: Nation | None = None) -> None:
        """Index the actors by their tokens; `home` is the country of the incident, where it is known."""
        self._document = document
        self._at: defaultdict[int, list[FoundActor]] = defaultdict(list)
        for one in found:
            for index in range(one.first, one.last + 1):
                self._at[index].append(one)
        self.home = home or _home(found)

    def party_of(self, index: int, *, is_argument: bool) -> Party | None:
        """Name the party that a noun stands for; null where it is none.

        Args:
            index: The token.
            is_argument: An event has it as an argument: proper names that no table has, numbers and countries count.
        """
        document = self._document
        token = document.tokens[index]
        named = next((f for f in self._at[token.index] if f.actor), None) or self._named_within(token)
        if named is not None and named.actor is not None:
            return self._of_actor(named, named.actor, token)
        if token.pos not in _NOUNS and not (is_argument and token.pos in ("NUM", "ADJ", "PRON")):
            return None
        nation = self._nation_of(token)
        if token.lower in OWNED:
            if nation is not None:
                return _of_nation(nation, NATION, _branch_in((token.lower,)) or FORCES, token.index, token.index)
        elif token.lower in _BRANCHES or any(f.actor_type == "state_force" for f in self._at[token.index]):
            return self._of_forces(token, nation or self.home)
        if is_argument and any(f.nation for f in self._at[token.index]) and nation:
            return _of_nation(nation, NATION, FORCES, token.index, token.index)
        return self._of_noun(token, is_argument=is_argument)

    def _named_within(self, token: Token) -> FoundActor | None:
        """Find the actor whose people these are: "Hamas fighters", "soldiers of the Malian army"."""
        if not (is_person_noun(token) or token.lower in _BRANCHES or token.lower in OWNED):
            return None
        document = self._document
        inside = {i for i in document.children[token.index] if document.tokens[i].dep in (*MODIFIERS, "appos")}
        for i in document.children[token.index]:
            if document.tokens[i].lower in ("of", "from"):
                inside.update(document.children[i])
        return next((f for i in sorted(inside) for f in self._at[i] if f.actor), None)

    def _nation_of(self, token: Token) -> Nation | None:
        """Find the country of a noun: its own word, or one that stands before it."""
        before = (i for i in self._document.children[token.index] if self._document.tokens[i].dep in MODIFIERS)
        return next((f.nation for i in (token.index, *before) for f in self._at[i] if f.nation), None)

    def _of_actor(self, one: FoundActor, actor: Actor, token: Token) -> Party:
        words = self._document.text_between(one.first, one.last)
        if actor.actor_id.startswith("mil_") and actor.name.endswith("armed forces"):
            adjective = next(iter(actor.aliases), actor.name).removesuffix(" army")
            branch = _branch_in(words.lower().split()) or _BRANCHES.get(token.lower, FORCES)
            key, name = f"{actor.actor_id} {_group(branch)}", f"{adjective} {branch}"
            return Party(key, actor.actor_id, one.actor_type, name, one.first, one.last, branch)
        name = _name_of(actor, words)
        return Party(actor.actor_id, actor.actor_id, one.actor_type, name, one.first, one.last)

    def _of_forces(self, token: Token, nation: Nation | None) -> Party:
        before = self._document.tokens[token.index - 1].lower if token.index else ""
        branch = _branch_in((before, token.lower)) or FORCES
        if branch == "police" or nation is None:
            listed = people_word(before, token.lower)
            name = listed.name if listed and listed.sense != SETTING else token.lower
            kind = "police" if branch == "police" else "state_force"
            return Party(name, None, kind, name, token.index, token.index)
        party = _of_nation(nation, "state_force", branch, token.index, token.index)
        return replace(party, is_inferred=nation is not self._nation_of(token))

    def _of_noun(self, token: Token, *, is_argument: bool) -> Party | None:
        at = token.index
        before = self._document.tokens[at - 1].lower if at else ""
        listed = people_word(before, token.lower)
        if listed is None and ((token.pos == "NUM" and is_argument) or token.lower in _GENERIC):
            return Party(CIVILIANS, None, CIVILIANS, CIVILIANS, at, at)
        if token.pos not in _NOUNS:
            return None
        own = next((f for f in self._at[at] if f.actor is None and f.nation is None), None)
        if listed is not None and listed.name == "soldiers" and self.home:
            return replace(_of_nation(self.home, listed.sense, "army", at, at), is_inferred=True)
        if listed is not None and (token.pos == "NOUN" or own or listed.sense == SETTING):
            kind = SETTING if listed.sense == SETTING else own.actor_type if own else "people"
            return Party(listed.name, None, kind, listed.name, at, at)
        if own is not None and token.pos == "NOUN":
            return Party(own.name, None, own.actor_type, own.name, own.first, own.last)
        if token.pos == "PROPN" or token.entity in _NAMES:
            is_body = token.lower in _BODIES and token.entity == "ORG"
            is_name = is_argument and token.entity in _NAMES and not is_dateline(self._document, token)
            is_proper = is_name or is_body
            return self._of_proper_name(token) if is_proper else None
        if not is_person_noun(token) and not (is_argument and has_person_ending(token)):
            return None
        first = self._first_of(at) if token.lower in _KEPT_COMPOUNDS else at
        name = self._document.text_between(first, at).lower()
        return Party(name, None, "people", name, first, at)

    def _of_proper_name(self, token: Token) -> Party:
        first, last = token.index, token.index
        tokens = self._document.tokens
        while first > 0 and not tokens[first].is_entity_start and tokens[first - 1].entity == token.entity:
            first -= 1
        while (
            last + 1 < len(tokens) and tokens[last + 1].entity == token.entity and not tokens[last + 1].is_entity_start
        ):
            last += 1
        name = self._document.text_between(first, last).removesuffix("'s").removesuffix("’s")
        kind = "person" if token.entity == "PERSON" else "name"
        key = name.split()[-1].lower() if kind == "person" else name.lower()
        return Party(key, None, kind, name, first, last)

    def _first_of(self, head: int) -> int:
        """Go back over the nouns that stand before a noun and belong to it ("factory workers")."""
        first = head
        while first - 1 in self._document.children[head] and self._document.tokens[first - 1].dep == "compound":
            first -= 1
        return first


def _home(found: Sequence[FoundActor]) -> Nation | None:
    counts: defaultdict[str, int] = defaultdict(int)
    nations: dict[str, Nation] = {}
    for one in found:
        if one.nation:
            counts[one.nation.code] += 1
            nations[one.nation.code] = one.nation
        elif one.actor and one.actor.country_code:
            counts[one.actor.country_code] += 1
    best = max(sorted(nations), key=lambda code: counts[code], default=None)
    if best is None or counts[best] < HOME_SHARE * sum(counts.values()):
        return None
    return nations[best]


def _of_nation(nation: Nation, kind: str, branch: str, first: int, last: int) -> Party:
    key, name = f"{nation.forces.actor_id} {_group(branch)}", f"{nation.adjective} {branch}"
    return Party(key, nation.forces.actor_id, kind, name, first, last, branch)


def _group(branch: str) -> str:
    """Group the branches that reports do not tell apart."""
    return "ground" if branch in _GROUND else branch


def _branch_in(words: Sequence[str]) -> str | None:
    found = [_BRANCHES[w] for w in words if w in _BRANCHES]
    return found[0] if found else None


def _name_of(actor: Actor, words: str) -> str:
    """Name an actor as the table does, with the one acronym that it has, or by another full name of the text."""
    acronyms = {a for a in (*actor.aliases, *actor.weak_aliases) if a.isupper() and len(a) >= MIN_ACRONYM_CHARS}
    acronyms = {a for a in acronyms if len(a) <= ACRONYM_CHARS}
    is_other_name = " " in words and words.istitle() and not _share_a_word(words, actor.name)
    if not is_other_name or acronyms & set(words.split()):
        initials = "".join(w[0] for w in actor.name.split() if w[:1].isupper())
        acronym = initials if initials in acronyms else next(iter(acronyms)) if len(acronyms) == 1 else ""
        plain = actor.name.split(" (")[0]  # "(Colombia)" is for the table
        return f"{plain} ({acronym})" if acronym and acronym not in actor.name else actor.name
    return words


def _share_a_word(one: str, other: str) -> bool:
    return not {w for w in split_phrase(one) if len(w) > 3}.isdisjoint(split_phrase(other))
