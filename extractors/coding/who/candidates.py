"""The parties that an article names, each with what the parse says of it: the candidates for the roles of an incident.

Every mention of a party adds features: the path by which an event of the cluster has it as an argument and the role
that the rules give it, the verb or preposition that governs it, and whether the title or the opening has it. Two
candidates are always there, since reports leave them unsaid: `civilians`, and for a violent event attackers of whom
nothing is known.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.coding.cluster import Cluster, Realis
from extractors.coding.document import TITLE, Document, Token
from extractors.coding.votes import VAGUE_TYPES, main_type
from extractors.coding.who.arguments import HARM_VERBS, Argument, arguments_of
from extractors.coding.who.find import MAX_SENTENCES, FoundActor
from extractors.coding.who.index import Nation
from extractors.coding.who.people import is_person_noun
from extractors.coding.who.phrases import CIVILIANS, OWNED, Party, PartyReader
from extractors.coding.who.spans import beyond_dateline, beyond_parts, owners_of
from model.report import ActorRole

GUNMEN = "gunmen"  # the name of armed men of whom no more is told
RESIDENTS = "residents"  # those whom a disaster meets
_UNKNOWN = {"bombing": "unknown bombers", "arson": "unknown arsonists"}  # who did it where nobody says a word of them
_HOLDS = frozenset("held controlled occupied ruled run dominated".split())  # "rebel-held": theirs, and no deed
_OFFICES = frozenset(
    "spokesman spokeswoman spokesperson official source minister ministry commander chief leader media".split()
)
WATCHERS = frozenset({"monitor", "state_media", "official_service"})  # they count and tell; they take no part
INFERRED_WEIGHT = 0.1  # of a name whose country is inferred, against 1 of one that the text has
MAX_CANDIDATES = 60  # of one cluster, those named most: a longer list costs time and holds nobody
_ASIDE_TYPES = frozenset({"arrest", "agreement", "protest", "other", "accident", "disaster"})  # beside another kind
_SPEECH = frozenset(
    "say tell report announce confirm add state declare claim explain warn describe deny condemn urge call".split()
)
_AUTHOR_VERBS = {  # where the author stands: a dependency or a preposition
    "claim": ("nsubj",),
    "blame": ("dobj", "nsubjpass", "on"),
    "accuse": ("dobj", "nsubjpass"),
    "suspect": ("dobj", "nsubjpass"),
    "attribute": ("to",),
}
_NOUNS = frozenset(("NOUN", "PROPN"))


@dataclass(slots=True)
class Candidate:
    """One party with its mentions. `marks` counts what was found of it; `names` counts the names that it has."""

    party: Party
    marks: Counter[str] = field(default_factory=Counter)
    names: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    votes: defaultdict[ActorRole, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def n_own(self) -> int:
        """Mentions in the cluster's own sentences."""
        return self.marks["own"]

    @property
    def only_speaks(self) -> bool:
        """Whether it does nothing in the cluster but tell: "a police officer said"."""
        return 0 < self.marks["own"] == self.marks["speaks"] and not any(self.votes.values())

    @property
    def is_unsaid(self) -> bool:
        """Whether the article has no word for it."""
        return not self.marks["named"] and not self.marks["setting"]

    @property
    def name(self) -> str:
        """The name that it has most often."""
        return max(sorted(self.names), key=lambda n: self.names[n], default=self.party.name)


def candidates_of(
    found: Sequence[FoundActor],
    cluster: Cluster,
    document: Document,
    event_type: str,
    home: Nation | None = None,
) -> list[Candidate]:
    """List the parties that may have a role in a cluster's incident, in the order of the text.

    Args:
        found: All actors, role nouns and countries of the article, from `find_actors`.
        cluster: The mentions and sentences that tell of the incident.
        document: The parsed article.
        event_type: Of the incident, from `name_type`.
        home: The country of the incident, where it is known: "soldiers" are its own.
    """
    reader = PartyReader(document, found, home)
    known: dict[str, Candidate] = {}
    arguments = _arguments(document, cluster)
    for sentence in document.sentences:
        if sentence.index < MAX_SENTENCES:
            for token in document.tokens_of(sentence):
                if (token.pos in _NOUNS and not _is_part(document, token)) or token.index in arguments:
                    _add(known, reader, document, cluster, token.index, arguments.get(token.index, ()))
    parties = (c for c in known.values() if not c.only_speaks)
    every = sorted(parties, key=lambda c: (-sum(c.votes.values()), -c.marks["named"], c.party.first))
    kept = sorted(every[:MAX_CANDIDATES], key=lambda c: c.party.first)
    return kept + _unsaid(known, cluster, event_type)


def _is_part(document: Document, token: Token) -> bool:
    """Say whether a noun belongs to a noun for people behind it: "police officer"."""
    head = document.tokens[token.head]
    return token.dep == "compound" and head.index > token.index and is_person_noun(head) and not token.entity


def _add(
    known: dict[str, Candidate],
    reader: PartyReader,
    document: Document,
    cluster: Cluster,
    index: int,
    arguments: Sequence[tuple[Argument, str, float]],
) -> None:
    party = reader.party_of(index, is_argument=bool(arguments))
    if party is None or party.kind in WATCHERS:
        return
    one = known.setdefault(party.key, Candidate(party))
    one.names[party.name] += INFERRED_WEIGHT if party.is_inferred else 1.0
    if party.kind == "setting":
        one.marks["setting"] += 1
    else:
        if one.party.kind == "setting":
            one.party = party
        one.marks["named"] += 1
    if not cluster.owns(document, index):
        one.marks["rest"] += 1
        return
    one.marks.update(_place_marks(document, cluster, index))
    for argument, source, weight in arguments:
        one.votes[argument.role] += weight
        one.marks[f"{source}>{argument.role.value}"] += 1
        one.marks[f"{argument.role.value}:{argument.path}"] += 1
        if party.kind == "setting":
            one.marks[f"setting {argument.role.value}:{argument.path}"] += 1


def _place_marks(document: Document, cluster: Cluster, index: int) -> Iterator[str]:
    """Say where a mention stands: in the title, the opening, under which verb."""
    token = document.tokens[index]
    yield "own"
    if token.sentence == TITLE:
        yield "title"
    elif token.sentence == 0:
        yield "first sentence"
    if token.sentence == cluster.opening.sentence:
        yield "opening"
    above = document.tokens[token.head]
    yield f"dep {token.dep}"
    behind = document.tokens[index + 1 : index + 3]
    if any(t.lower in _HOLDS for t in behind):
        yield "holds"
    if above.lemma in _OFFICES and token.dep in ("compound", "poss", "amod"):
        yield "office"
    if token.dep == "pobj" and above.dep in ("prep", "agent"):
        yield f"{above.lower}+{document.tokens[above.head].lemma}"
        yield f"under {above.lower}"
    else:
        is_speech = above.lemma in _SPEECH and token.dep == "nsubj"
        yield "speaks" if is_speech else f"{token.dep}+{above.lemma}"


def _arguments(document: Document, cluster: Cluster) -> dict[int, list[tuple[Argument, str, float]]]:
    """Find the arguments of the cluster's events, each with its source and weight, by the token that it stands for."""
    kind, taken = main_type(cluster), set[int]()
    found: defaultdict[int, list[tuple[Argument, str, float]]] = defaultdict(list)

    def add(argument: Argument, source: str, weight: float) -> None:
        token = beyond_parts(document, document.tokens[beyond_dateline(document, argument.token)])
        found[token.index].append((argument, source, weight))
        if token.lower in OWNED:  # "a militia drone hit a mosque": the militia did it
            for owner in owners_of(document, token):
                found[owner].append((argument, source, weight))

    for mention in cluster.mentions:
        own = range(mention.first, mention.last + 1)
        taken.update(own)
        is_aside = mention.event_type in _ASIDE_TYPES and mention.event_type != kind
        source = "casualty" if mention.event_type in VAGUE_TYPES else "aside" if is_aside else "event"
        is_actual = mention.realis is Realis.ACTUAL and not mention.is_recalled
        for argument in arguments_of(document, mention.head):
            if argument.token not in own or argument.role is not ActorRole.TARGET:  # "opened fire": no target
                add(argument, source if is_actual else "unreal", 1.0 if is_actual and not is_aside else 0.3)
    for token in _harm_verbs(document, cluster, taken):
        for argument in arguments_of(document, token):
            add(argument, "harm", 0.5)
    for argument in _authors(document, cluster):
        add(argument, argument.path, 0.5)
    return found


def _harm_verbs(document: Document, cluster: Cluster, taken: set[int]) -> Iterator[int]:
    """Yield the verbs of harm beside the cluster's actual mentions that are no triggers themselves."""
    actual = [m for m in cluster.mentions if m.realis is Realis.ACTUAL and not m.is_recalled]
    for index in sorted({m.sentence for m in actual}):
        for token in document.tokens_of(document.sentence(index)):
            if token.lemma in HARM_VERBS and token.tag in ("VBD", "VBN", "VBG") and token.index not in taken:
                yield token.index


def _authors(document: Document, cluster: Cluster) -> Iterator[Argument]:
    """Yield those who claim the attack, and those who are blamed, accused or suspected."""
    for index in cluster.sentences:
        for token in document.tokens_of(document.sentence(index)):
            if token.pos != "VERB" or token.lemma not in _AUTHOR_VERBS:
                continue
            children = [document.tokens[i] for i in document.children[token.index]]
            wanted = _AUTHOR_VERBS[token.lemma]
            is_claim = token.lemma != "claim" or any(c.lemma in ("responsibility", "attack") for c in children)
            if not is_claim or any(c.dep == "neg" or c.lower in ("no", "nobody") for c in children):
                continue
            for child in children:
                if child.dep in wanted:
                    yield Argument(child.index, ActorRole.INITIATOR, token.lemma)
                elif (child.dep == "agent" and "nsubj" in wanted) or child.lower in wanted:
                    for i in document.children[child.index]:
                        yield Argument(i, ActorRole.INITIATOR, token.lemma)


def _unsaid(known: dict[str, Candidate], cluster: Cluster, event_type: str) -> list[Candidate]:
    """Give the candidates that reports leave unsaid, anchored at the trigger that the report rests on."""
    first, last = cluster.opening.first, cluster.opening.last
    unknown = _UNKNOWN.get(event_type, "unknown attackers")
    unsaid = (
        (CIVILIANS, CIVILIANS, CIVILIANS),
        (RESIDENTS, CIVILIANS, RESIDENTS),
        (GUNMEN, "criminal", GUNMEN),
        ("unknown", "unknown", unknown),
    )
    return [Candidate(Party(key, None, kind, name, first, last)) for key, kind, name in unsaid if key not in known]


def share(n: float, full: float) -> float:
    """Bring a count to 0..1 by its logarithm; `full` and more are 1."""
    return min(1.0, math.log1p(n) / math.log1p(full))
