"""Name the type of an incident from the triggers of its segment and from who takes part.

Each asserted trigger votes with the square of its strength, doubled in the title and in the sentence that opened the
segment, halved after the lead. Generic words ("attack", "killed") lose to a specific type that has any firm vote. Then
rules of context settle what words alone cannot: an explosion with a bomb or a claim is a bombing; shots between troops
and rebels are a battle; shots at protesters are a protest met with force.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from extractors.text.segments import TITLE
from extractors.what.signals import SentenceSignals

TypeName = tuple[str, str]

EARLY_SENTENCES = 3
_GENERIC: frozenset[TypeName] = frozenset(
    {("attack_on_civilians", ""), ("attack_on_civilians", "killing"), ("arrest", ""), ("accident", ""), ("other", "")}
)
_WEAK_TYPES = frozenset({"other", "agreement", "arrest", "attack_on_civilians"})
GENERIC_SHARE = 0.25  # a specific type with this share of the generic type's votes names the incident
_ARMED = frozenset({"rebel", "jihadist", "militia"})
_STATE = frozenset({"state_force", "police", "coalition", "peacekeeper", "private_military"})
_BOMB_WORDS = frozenset("bomb bombs bomber claimed responsibility militants militant terrorist grenade device attack".split())


def name_type(
    signals: Sequence[SentenceSignals], opening: int, actor_types: Iterable[str]
) -> tuple[str, str, tuple[tuple[TypeName, float], ...]]:
    """Name (type, subtype) and give all votes, the greatest first.

    Args:
        signals: The sentences of the segment.
        opening: Index of the sentence that the gate or the segmentation rests on.
        actor_types: Types of the actors and role nouns found in the segment.
    """
    votes = _votes(signals, opening)
    if not votes:
        return "other", "", ()
    by_type: Counter[str] = Counter()
    for (event_type, _), value in votes.items():
        by_type[event_type] += value
    event_type = _top_type(votes, by_type)
    present = frozenset(actor_types)
    words = frozenset(word for s in signals if s.index < EARLY_SENTENCES + 2 for word in s.words.lower)
    event_type = _in_context(event_type, by_type, present, words)
    subtype = _subtype(event_type, votes)
    return event_type, subtype, tuple(sorted(votes.items(), key=lambda item: (-item[1], item[0])))


def _votes(signals: Sequence[SentenceSignals], opening: int) -> dict[TypeName, float]:
    votes: Counter[TypeName] = Counter()
    for s in signals:
        factor = 2.0 if s.index in (TITLE, opening) else 1.0 if s.index < EARLY_SENTENCES else 0.5
        for trigger in s.asserted if s.index != TITLE else s.triggers:
            entry = trigger.entry
            votes[(entry.event_type, entry.event_subtype)] += factor * entry.strength**2
    return votes


def _top_type(votes: dict[TypeName, float], by_type: Counter[str]) -> str:
    specific = {
        name: sum(v for key, v in votes.items() if key[0] == name and key not in _GENERIC)
        for name in by_type
        if name not in ("other", "agreement")
    }
    best = max(sorted(specific), key=lambda name: specific[name], default="other")
    generic = max(sorted(by_type), key=lambda name: by_type[name])
    if specific.get(best, 0.0) >= GENERIC_SHARE * by_type[generic] and specific.get(best, 0.0) > 0:
        return best
    return generic


def _in_context(event_type: str, by_type: Counter[str], present: frozenset[str], words: frozenset[str]) -> str:
    if event_type == "accident" and by_type["bombing"] and words & _BOMB_WORDS:
        return "bombing"
    if event_type == "shooting" and present & _ARMED and "state_force" in present:
        return "battle"
    if event_type == "battle" and not (present & _ARMED or present & _STATE) and by_type["shooting"]:
        return "shooting"
    if event_type == "arrest" and by_type["shooting"] >= by_type["arrest"]:
        return "shooting"
    return event_type


def _subtype(event_type: str, votes: dict[TypeName, float]) -> str:
    own = {sub: value for (name, sub), value in votes.items() if name == event_type and sub}
    plain = votes.get((event_type, ""), 0.0)
    best = max(sorted(own), key=lambda sub: own[sub], default="")
    return best if best and own[best] * 2 >= plain else ""
