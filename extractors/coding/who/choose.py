"""Choose who takes part in the incident of a cluster, by the votes of its mentions' arguments.

Each argument of an actual mention votes for one role of the actor that it names; mentions of another kind than the
cluster's (an arrest after a bombing) do not vote. A named actor takes the place of role nouns among those who did it.
Who claims an attack or is blamed for it did it where the text names nobody else; a role noun that usually names
attackers or victims stands in where the parse gives nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.coding.cluster import Cluster, EventMention, Realis
from extractors.coding.document import TITLE, Document
from extractors.coding.votes import VAGUE_TYPES, main_type
from extractors.coding.who.arguments import HARM_VERBS, Argument, arguments_of
from extractors.coding.who.find import FoundActor, span_of
from extractors.coding.who.phrases import GUNMEN, Party, party_of
from model.report import ActorMention, ActorRole, Loser, Why

MAX_OF_ROLE = 2  # a longer list names everybody and tells nothing
LEAST_SHARE = 0.5  # of the votes of the first of a role: who has less belongs to a part of the story
MAX_ACTORS = 6
_WATCHERS = frozenset({"monitor", "state_media", "official_service"})  # they count and tell; they take no part
_ASIDE_TYPES = frozenset({"arrest", "agreement", "protest", "other", "accident", "disaster"})  # beside another kind
_HARM_WEIGHT, _CLAIM_WEIGHT, _FALLBACK_WEIGHT = 0.5, 0.5, 0.25  # against 1 of an argument of a trigger
_AUTHOR_VERBS = {  # where the author stands: a dependency or a preposition
    "claim": ("nsubj",),
    "blame": ("dobj", "nsubjpass", "on"),
    "accuse": ("dobj", "nsubjpass"),
    "suspect": ("dobj", "nsubjpass"),
    "attribute": ("to",),
}
_ORDER = {ActorRole.INITIATOR: 0, ActorRole.TARGET: 1, ActorRole.PARTICIPANT: 2}
_GROUPS = frozenset({"jihadist", "rebel", "criminal"})
_FORCES = frozenset({"state_force", "coalition", "militia"})
_FORCE_TYPES = frozenset({"air_strike", "shelling"})
_ATTACKERS = frozenset("attackers attacker assailants assailant terrorists terrorist militants militant".split())
_DOERS = frozenset({"criminal", "jihadist", "militia", "rebel"})


@dataclass(slots=True)
class _Tally:
    """The votes for one actor, and its first words."""

    party: Party
    votes: defaultdict[ActorRole, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def role(self) -> ActorRole:
        """The role with most votes; that of a mere participant only where it has no other."""
        firm = {role: n for role, n in self.votes.items() if role is not ActorRole.PARTICIPANT}
        return max(sorted(firm or self.votes), key=lambda role: self.votes[role])

    @property
    def weight(self) -> float:
        """The votes for its role."""
        return self.votes[self.role]


def choose_actors(found: Sequence[FoundActor], cluster: Cluster, document: Document) -> tuple[ActorMention, ...]:
    """Choose the actors of a cluster's incident with one role each: initiators first, then targets.

    Args:
        found: All actors and role nouns of the article, from `find_actors`.
        cluster: The mentions and sentences that tell of the incident.
        document: The parsed article.
    """
    tallies: dict[str, _Tally] = {}
    for mention, weight in _voters(cluster):
        for argument in arguments_of(document, mention.head):
            is_own_object = mention.first <= argument[0] <= mention.last and argument[1] is ActorRole.TARGET
            if not is_own_object:  # "opened fire": the fire is no target
                _vote(tallies, document, found, argument, weight)
    for token in _harm_verbs(document, cluster):
        for argument in arguments_of(document, token):
            _vote(tallies, document, found, argument, _HARM_WEIGHT)
    kept = list(tallies.values())
    if not any(t.role is ActorRole.INITIATOR and t.party.is_named for t in kept):
        for argument in _claimed(document, cluster):
            _vote(tallies, document, found, argument, _CLAIM_WEIGHT)
    _fall_back(tallies, document, found, cluster)
    kept = _without_doubles(_with_gunmen(tallies, cluster))
    kept.sort(key=lambda t: (_ORDER[t.role], -t.weight, t.party.first))
    return tuple(_mention(document, t) for t in kept[:MAX_ACTORS])


def _voters(cluster: Cluster) -> Iterator[tuple[EventMention, float]]:
    """Yield the mentions that tell who took part, and the weight of each."""
    kind = main_type(cluster)
    actual = [m for m in cluster.mentions if m.realis is Realis.ACTUAL] or list(cluster.mentions)
    for mention in actual:
        if mention.event_type in _ASIDE_TYPES and mention.event_type != kind:
            continue
        weight = 1.0 if mention.event_type == kind or mention.event_type in VAGUE_TYPES else 0.6
        weight *= 0.4 if mention.is_recalled else 1.0
        yield mention, weight * (2.0 if mention.sentence in (TITLE, cluster.opening.sentence) else 1.0)


def _harm_verbs(document: Document, cluster: Cluster) -> Iterator[int]:
    """Yield the verbs of harm beside the cluster's actual mentions that are no triggers themselves."""
    actual = [m for m in cluster.mentions if m.realis is Realis.ACTUAL and not m.is_recalled]
    taken = {i for m in cluster.mentions for i in range(m.first, m.last + 1)}
    for index in sorted({m.sentence for m in actual}):
        for token in document.tokens_of(document.sentence(index)):
            if token.lemma in HARM_VERBS and token.tag in ("VBD", "VBN", "VBG") and token.index not in taken:
                yield token.index


def _vote(
    tallies: dict[str, _Tally], document: Document, found: Sequence[FoundActor], argument: Argument, weight: float
) -> None:
    token, role = argument
    party = party_of(document, found, token, role)
    if party is None or party.actor_type in _WATCHERS:
        return
    tallies.setdefault(party.key, _Tally(party)).votes[role] += weight * party.certainty


def _claimed(document: Document, cluster: Cluster) -> Iterator[Argument]:
    """Yield those who claim the attack, and those who are blamed, accused or suspected."""
    for index in cluster.sentences:
        for token in document.tokens_of(document.sentence(index)):
            if token.pos != "VERB" or token.lemma not in _AUTHOR_VERBS:
                continue
            children = [document.tokens[i] for i in document.children[token.index]]
            wanted = _AUTHOR_VERBS[token.lemma]
            if token.lemma == "claim" and not any(c.lemma in ("responsibility", "attack") for c in children):
                continue
            if any(c.dep == "neg" or c.lower in ("no", "nobody") for c in children):
                continue
            for child in children:
                if child.dep in wanted:
                    yield child.index, ActorRole.INITIATOR
                elif (child.dep == "agent" and "nsubj" in wanted) or child.lower in wanted:
                    yield from ((i, ActorRole.INITIATOR) for i in document.children[child.index])


def _fall_back(tallies: dict[str, _Tally], document: Document, found: Sequence[FoundActor], cluster: Cluster) -> None:
    """Take the role nouns of the sentences with a trigger where the parse gives nobody for a role."""
    roles = {t.role for t in tallies.values()}
    told = {m.sentence for m in cluster.mentions if m.realis is Realis.ACTUAL}
    for one in found:
        role = ActorRole.TARGET if one.usual_role else ActorRole.INITIATOR
        is_usual = one.usual_role or (one.actor_type in _DOERS and one.actor is None)
        if is_usual and role not in roles and one.sentence in told and ActorRole.PARTICIPANT not in roles:
            _vote(tallies, document, found, (one.token, role), _FALLBACK_WEIGHT)
    force = _only_force(tallies, found, cluster)
    if force is not None:
        _vote(tallies, document, found, (force.token, ActorRole.INITIATOR), _FALLBACK_WEIGHT)


def _only_force(tallies: dict[str, _Tally], found: Sequence[FoundActor], cluster: Cluster) -> FoundActor | None:
    """Find the one armed group that a cluster's sentences name, where nobody is said to have done it."""
    if any(t.role is not ActorRole.TARGET and t.party.is_named for t in tallies.values()):
        return None
    kinds = _GROUPS | (_FORCES if main_type(cluster) in _FORCE_TYPES else frozenset())
    told = frozenset(cluster.sentences)
    own = {f.name: f for f in reversed(found) if f.actor and f.actor_type in kinds and f.sentence in told}
    free = [f for f in own.values() if f.actor and f.actor.actor_id not in tallies]
    return free[0] if len(free) == 1 else None


def _with_gunmen(tallies: dict[str, _Tally], cluster: Cluster) -> list[_Tally]:
    """Name attackers of whom no more is told as gunmen where shots were fired, so that reports agree."""
    if not any(m.event_type == "shooting" for m in cluster.mentions):
        return list(tallies.values())
    merged: dict[str, _Tally] = {}
    for tally in tallies.values():
        if tally.party.key in _ATTACKERS and tally.role is ActorRole.INITIATOR:
            tally.party = replace(tally.party, key=GUNMEN, name=GUNMEN)
        known = merged.setdefault(tally.party.key, tally)
        if known is not tally:
            for role, weight in tally.votes.items():
                known.votes[role] += weight
    return list(merged.values())


def _without_doubles(tallies: Sequence[_Tally]) -> list[_Tally]:
    """Leave out role nouns where a name or a stronger noun has their role, and the weakest of a long list."""
    kept: list[_Tally] = []
    for role in ActorRole:
        own = sorted((t for t in tallies if t.role is role), key=lambda t: (-t.weight, t.party.first))
        if role is ActorRole.INITIATOR and any(t.party.is_named for t in own):
            own = [t for t in own if t.party.is_named]
        elif role is ActorRole.TARGET and any(t.party.certainty == 1.0 for t in own):
            own = [t for t in own if t.party.certainty == 1.0]
        elif role is ActorRole.PARTICIPANT and len(kept) > 1:
            own = []
        names = [f" {t.party.name.lower()}" for t in own]
        own = [t for t in own if sum(n.endswith(f" {t.party.name.lower()}") for n in names) == 1]
        kept += [t for t in own if t.weight >= LEAST_SHARE * own[0].weight][:MAX_OF_ROLE]
    return kept


def _mention(document: Document, tally: _Tally) -> ActorMention:
    party, role = tally.party, tally.role
    text = document.text_between(party.first, party.last)
    losers = tuple(
        Loser(text, other.value, f"{tally.votes[other]:.1f} votes against {tally.votes[role]:.1f}")
        for other in sorted(tally.votes)
        if other != role
    )
    known = "a name of the actor table" if party.actor_id else f"a noun for people ({party.actor_type or 'unlisted'})"
    why = Why(text, f"{known}; {tally.votes[role]:.1f} votes for the role", losers)
    return ActorMention(party.actor_id, party.name, role, text, *span_of(document, party.first, party.last), why)
