"""Find who takes part in the incident of a segment: actors of the table, and role nouns where no name stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from extractors.coding.document import Sentence
from extractors.reference.actors import Actor
from extractors.text.segments import TITLE, Segment
from extractors.text.small import is_plainly_small
from extractors.what.evidence import best_trigger
from extractors.what.signals import SentenceSignals
from extractors.who.index import ActorIndex
from extractors.who.roles import role_of
from model.report import ActorMention, ActorRole, Loser, Why

MAX_ACTORS = 12  # of one report; a longer list names everybody and tells nothing
MAX_SENTENCES = 25  # of one segment; later paragraphs bring history and other people's wars
SHOUT_SHARE = 0.7  # of the letters in capitals: the text shows no names
EARLY = 3  # sentences; a mere participant named only later belongs to the history
_WATCHERS = frozenset({"monitor", "state_media", "official_service"})  # they count and tell; they take no part
_TALKERS = frozenset({"organisation", "government", "party"})  # they take part only as doer or target
Key = tuple[str | None, str]  # actor id, null for a role noun, and name
_ORDER = {ActorRole.INITIATOR: 0, ActorRole.TARGET: 1, ActorRole.PARTICIPANT: 2}


@dataclass(frozen=True, slots=True)
class FoundActor:
    """One mention: the actor (null for a role noun), what it is, its words and its span in the text."""

    actor: Actor | None
    actor_type: str
    name: str
    text: str
    sentence: int
    start: int
    end: int
    usual_role: str


def is_shouted(text: str) -> bool:
    """Say whether a text is in capitals throughout, as teletypes wrote."""
    text = text[:4000]
    if is_plainly_small(text):
        return False
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= SHOUT_SHARE * len(letters)


def find_actors(
    signals: Sequence[SentenceSignals], sentences: Sequence[Sentence], index: ActorIndex, *, shouted: bool
) -> tuple[FoundActor, ...]:
    """Find all mentions of actors and role nouns in the title and the first sentences, in order."""
    read = [s for s in signals if s.index < 2 * MAX_SENTENCES]
    company = index.company_of([s.words for s in read], is_shouted=shouted)
    found: list[FoundActor] = []
    for s in read:
        offset = sentences[s.index].start if s.index != TITLE else 0
        taken: list[tuple[int, int]] = []
        for hit, alias in index.find(s.words, company, is_shouted=shouted):
            actor = alias.actor
            words = s.words.source[hit.start : hit.end]
            span = (-1, -1) if s.index == TITLE else (hit.start + offset, hit.end + offset)
            found.append(FoundActor(actor, actor.actor_type, actor.name, words, s.index, *span, ""))
            taken.append((hit.start, hit.end))
        for role in s.roles:
            if any(role.start < end and start < role.end for start, end in taken):
                continue
            words = s.words.source[role.start : role.end]
            span = (-1, -1) if s.index == TITLE else (role.start + offset, role.end + offset)
            noun = role.payload
            found.append(FoundActor(None, noun.actor_type, words.lower(), words, s.index, *span, noun.usual_role))
    return tuple(found)


def choose_actors(
    found: Sequence[FoundActor],
    segment: Segment,
    signals: Sequence[SentenceSignals],
    sentences: Sequence[Sentence],
) -> tuple[ActorMention, ...]:
    """Choose those who take part in the segment's incident, with their roles: initiators first, then targets.

    A role noun is left out where an actor of the table with the same type and role is named.
    """
    inside = frozenset(segment.sentences[: MAX_SENTENCES + 1])
    by_index = {s.index: s for s in signals}
    votes: dict[Key, Counter[ActorRole]] = {}
    first: dict[Key, FoundActor] = {}
    for mention in found:
        if mention.sentence not in inside:
            continue
        role = _role(mention, by_index[mention.sentence], sentences)
        if role is None:
            continue
        key = (mention.actor.actor_id if mention.actor else None, mention.name)
        weight = 3 if mention.sentence in (segment.trigger_sentence, TITLE) else 1
        votes.setdefault(key, Counter())[role] += weight
        first.setdefault(key, mention)
    roles = {key: _best_role(counts) for key, counts in votes.items()}
    in_focus = (segment.trigger_sentence, TITLE)
    kept = [_mention(first[key], roles[key], votes[key]) for key in _without_doubles(roles, first, in_focus)]
    kept.sort(key=lambda m: (_ORDER[m.role], m.start_char))
    return tuple(kept[:MAX_ACTORS])


def _role(mention: FoundActor, signals: SentenceSignals, sentences: Sequence[Sentence]) -> ActorRole | None:
    trigger = best_trigger(signals)
    if trigger is None or mention.actor_type in _WATCHERS:
        return None
    text = signals.words.source
    offset = 0 if signals.index == TITLE else sentences[signals.index].start
    if signals.index == TITLE:
        begin = text.find(mention.text)
        place = text.find(trigger.text)
        spans = ((begin, begin + len(mention.text)), (place, place + len(trigger.text)))
    else:
        spans = ((mention.start - offset, mention.end - offset), (trigger.start - offset, trigger.end - offset))
    role = role_of(text, spans[0], spans[1], mention.usual_role)
    if role is ActorRole.PARTICIPANT and (mention.actor_type in _TALKERS or signals.index >= EARLY):
        return None
    return role


def _best_role(counts: Counter[ActorRole]) -> ActorRole:
    firm = {role: n for role, n in counts.items() if role is not ActorRole.PARTICIPANT}
    return max(sorted(firm or counts), key=lambda role: counts[role])


def _mention(found: FoundActor, role: ActorRole, votes: Counter[ActorRole]) -> ActorMention:
    actor_id = found.actor.actor_id if found.actor else None
    losers = tuple(
        Loser(found.text, other.value, _lost(votes[other], votes[role], other))
        for other in sorted(votes)
        if other != role
    )
    known = "a name of the actor table" if actor_id else f"a noun for people ({found.actor_type})"
    why = Why(found.text, f"{known}; {votes[role]} votes of its sentences for the role", losers)
    return ActorMention(actor_id, found.name, role, found.text, found.start, found.end, why)


def _lost(n_votes: int, n_best: int, role: ActorRole) -> str:
    told = f"{n_votes} votes against {n_best}"
    return f"{told}; a firm role beats it" if role is ActorRole.PARTICIPANT and n_votes >= n_best else told


def _without_doubles(
    roles: Mapping[Key, ActorRole], first: Mapping[Key, FoundActor], in_focus: Container[int]
) -> list[Key]:
    """Leave out role nouns that only repeat: of a named actor of their type, or of one another in one role."""
    named = {(first[key].actor_type, roles[key]) for key in roles if key[0]}
    named_types = {kind for kind, _ in named}
    kept: list[Key] = []
    nouns: set[tuple[str, ActorRole]] = set()
    for key, role in roles.items():
        kind = first[key].actor_type
        if key[0] is None:
            is_told_apart = first[key].sentence in in_focus or kind not in named_types
            if (kind, role) in named or (kind, role) in nouns or not is_told_apart:
                continue
            nouns.add((kind, role))
        kept.append(key)
    return kept
