"""Name the type of an incident from the triggers of its segment and from who takes part.

Each trigger votes with the square of its strength (less where it is not asserted), doubled in the title and in the
sentence that opened the segment, halved after the lead. Generic words ("attack", "killed") lose to a specific type that
has a fair share of votes. Then rules of context settle what words alone cannot: an explosion with a bomb or a claim is
a bombing; what aircraft bomb is an air strike; shots between troops and rebels, and an attack of theirs on each other,
are a battle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from extractors.text.segments import TITLE
from extractors.what.signals import SentenceSignals
from model.report import Loser, Why

TypeName = tuple[str, str]

EARLY_SENTENCES = 3
MAX_LOSERS = 6  # an explanation is for a person
UNASSERTED_SHARE = 0.3  # "no group claimed the bombing" still says that it was one
_GENERIC: frozenset[TypeName] = frozenset(
    {("attack_on_civilians", ""), ("attack_on_civilians", "killing"), ("arrest", ""), ("accident", ""), ("other", "")}
)
GENERIC_SHARE = 0.25  # a specific type with this share of the generic type's votes names the incident
_ARMED = frozenset({"rebel", "jihadist", "militia"})
_FORCES = frozenset({"state_force", "coalition", "peacekeeper"})
_STATE = frozenset({"state_force", "police", "coalition", "peacekeeper", "private_military"})
_AIR_WORDS = frozenset(
    "aircraft warplane warplanes plane planes jet jets helicopter helicopters airstrike airstrikes aerial".split()
)
_BOMB_NOUNS = frozenset("bomb bomber bombers suicide car truck vest device explosives roadside grenade".split())
_CIVILIANS = frozenset("civilians villagers worshippers residents protesters demonstrators priest priests nuns".split())
_BOMB_WORDS = frozenset(
    "bomb bombs bomber claimed responsibility militants militant terrorist grenade device attack".split()
)


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
    by_type: defaultdict[str, float] = defaultdict(float)
    for (event_type, _), value in votes.items():
        by_type[event_type] += value
    event_type = _top_type(votes, by_type)
    present = frozenset(actor_types)
    words = frozenset(word for s in signals if s.index < EARLY_SENTENCES + 2 for word in s.words.lower)
    first = frozenset(word for s in signals if s.index in (TITLE, opening) for word in s.words.lower)
    event_type = _in_context(event_type, by_type, present, words, hits_civilians=bool(first & _CIVILIANS))
    subtype = _subtype(event_type, votes)
    return event_type, subtype, tuple(sorted(votes.items(), key=lambda item: (-item[1], item[0])))


def explain_type(event_type: str, subtype: str, votes: Sequence[tuple[TypeName, float]], text: str) -> Why:
    """Tell why a type was named: whether by votes or by a rule of context, and the types that lost.

    Args:
        event_type: As `name_type` gave it.
        subtype: As `name_type` gave it.
        votes: As `name_type` gave them.
        text: The trigger that the segment rests on.
    """
    by_type: defaultdict[str, float] = defaultdict(float)
    for (name, _), value in votes:
        by_type[name] += value
    if not by_type:
        return Why(text, "no word of the segment names a type")
    by_votes = _top_type(dict(votes), by_type)
    top = max(sorted(by_type), key=lambda name: by_type[name])
    if event_type != by_votes:
        rule = f"who takes part and the words of the opening make of {by_votes} ({by_type[by_votes]:.1f} votes) this"
    elif event_type != top:
        rule = f"a specific type with {by_type[event_type]:.1f} votes names what a generic word only tells"
    else:
        rule = f"most votes of the triggers ({by_type[event_type]:.1f})"
    losers = [
        Loser("", f"{name}/{sub}" if sub else name, f"{value:.1f} votes")
        for (name, sub), value in votes
        if (name, sub) != (event_type, subtype)
    ]
    return Why(text, rule, tuple(losers[:MAX_LOSERS]))


def _votes(signals: Sequence[SentenceSignals], opening: int) -> dict[TypeName, float]:
    votes: defaultdict[TypeName, float] = defaultdict(float)
    for s in signals:
        factor = 2.0 if s.index in (TITLE, opening) else 1.0 if s.index < EARLY_SENTENCES else 0.5
        for trigger in s.triggers:
            entry = trigger.entry
            share = 1.0 if trigger.is_asserted or s.index == TITLE else UNASSERTED_SHARE
            votes[(entry.event_type, entry.event_subtype)] += share * factor * entry.strength**2
    return votes


def _top_type(votes: dict[TypeName, float], by_type: Mapping[str, float]) -> str:
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


def _in_context(
    event_type: str,
    by_type: Mapping[str, float],
    present: frozenset[str],
    words: frozenset[str],
    *,
    hits_civilians: bool,
) -> str:
    is_war = bool(present & _FORCES) and bool(present & _ARMED or "coalition" in present)
    if event_type == "accident" and by_type.get("bombing") and words & _BOMB_WORDS:
        return "bombing"
    if event_type == "bombing" and words & _AIR_WORDS and not words & _BOMB_NOUNS:
        return "air_strike"
    if event_type in ("shooting", "attack_on_civilians") and is_war and not hits_civilians:
        return "battle"
    if event_type == "battle" and not (present & _ARMED or present & _STATE) and by_type.get("shooting"):
        return "shooting"
    return event_type


def _subtype(event_type: str, votes: dict[TypeName, float]) -> str:
    own = {sub: value for (name, sub), value in votes.items() if name == event_type and sub}
    plain = votes.get((event_type, ""), 0.0)
    best = max(sorted(own), key=lambda sub: own[sub], default="")
    return best if best and own[best] * 2 >= plain else ""
