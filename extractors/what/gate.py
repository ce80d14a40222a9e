"""Does this article tell of an incident that happened?

Specification. The sentences of the lead are weighed by `evidence.points`. Where the article as a whole is of another
genre that explains them away, there is no incident. Otherwise `MAIN_POINTS` in the lead make the article's main
incident; a body sentence of `BODY_POINTS` makes one where the lead says nothing else. A main incident told through an
arrest, a court, a funeral or a rising toll is a follow-up: a report of the old incident. An article that speaks of no
violence and no disaster at all but tells of one concrete happening in its title and lead is an `other` event of low
confidence. Text in capitals shows no names, so the learnt gate (`learnt.py`) decides there.
What each rule gives and costs: docs/explanation/gate.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractors.reference.gate_weights import GateWeights
from extractors.text.segments import TITLE
from extractors.what.evidence import best_trigger, points
from extractors.what.genre import foreign_genre, genre_weights, lead_of, speaks_of_violence
from extractors.what.learnt import probability_0_1
from extractors.what.signals import SentenceSignals, Trigger
from model.report import Loser

MAIN_POINTS = 3.0  # lower lets in talk of violence, higher loses short local pieces
SUPPORT_POINTS = 1.5  # another sentence of the lead that tells as much as this supports the best one …
SUPPORT_WORTH = 0.45  # … by so much each
MAX_SUPPORT = 3
LEARNT_BAR_0_1 = 0.40  # of the learnt gate, where a fifth of silent held-out documents pass (bench/train_gate.py)
BODY_POINTS = 4.4  # far from the lead only a dated or counted happening is taken
OTHER_LEAD = 2  # sentences: a catch-all event stands in the title or at once


class Kind(StrEnum):
    """What the gate says of an article."""

    INCIDENT = "incident"
    FOLLOW_UP = "follow_up"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's word: the kind, the sentence and the trigger that it rests on, and a confidence from 0 to 1."""

    kind: Kind
    sentence: int
    trigger: Trigger | None
    confidence_0_1: float
    rejected: tuple[Loser, ...] = ()


def judge(signals: Sequence[SentenceSignals], weights: GateWeights, *, is_shouted: bool) -> Verdict:
    """Judge an article by the signals of its title and sentences.

    Args:
        signals: Of the title, where there is one, and of each sentence.
        weights: Of the learnt gate.
        is_shouted: The text is all in capitals, so the learnt gate decides.
    """
    lead = lead_of(signals)
    if is_shouted:
        return _learnt(signals, lead, weights)
    genre = foreign_genre(lead)
    if genre is not None:
        return _none(lead, genre.name, genre.words)
    best = _strongest(lead)
    if best is not None and points(best) + _support(best, lead) >= MAIN_POINTS:
        return _incident(best, lead)
    body = _strongest([s for s in signals if s not in lead])
    if body is not None and points(body) >= BODY_POINTS:
        return _incident(body, lead)
    if not speaks_of_violence(signals):
        return _other(lead)
    return _none(lead, "weak", "nothing in it is told as an incident that happened")


def _strongest(signals: Sequence[SentenceSignals]) -> SentenceSignals | None:
    return max((s for s in signals if best_trigger(s)), key=lambda s: (points(s), -s.index), default=None)


def _support(best: SentenceSignals, lead: Sequence[SentenceSignals]) -> float:
    others = sum(points(s) >= SUPPORT_POINTS for s in lead if s is not best)
    return SUPPORT_WORTH * min(MAX_SUPPORT, others)


def _learnt(signals: Sequence[SentenceSignals], lead: Sequence[SentenceSignals], weights: GateWeights) -> Verdict:
    probability, at = probability_0_1(signals, weights)
    if probability < LEARNT_BAR_0_1:
        return _none(lead, "weak", f"the learnt gate gives it {probability:.2f}")
    best = signals[at] if best_trigger(signals[at]) else _strongest(signals) or signals[at]
    kind = Kind.FOLLOW_UP if is_follow_up(lead) else Kind.INCIDENT
    return Verdict(kind, best.index, best_trigger(best), round(min(0.95, 0.3 + 0.6 * probability), 2))


def _incident(best: SentenceSignals, lead: Sequence[SentenceSignals]) -> Verdict:
    confidence = min(0.95, 0.4 + 0.1 * (points(best) + _support(best, lead)))
    kind = Kind.FOLLOW_UP if is_follow_up(lead) else Kind.INCIDENT
    return Verdict(kind, best.index, best_trigger(best), round(confidence, 2))


def is_follow_up(lead: Sequence[SentenceSignals]) -> bool:
    """Say whether the title or the first two sentences tell of what came after: court, arrest, funeral, inquiry."""
    early = [s for s in lead if s.index <= 1]
    return sum(s.cues.get("follow_up", 0) for s in early) >= 2


def _other(lead: Sequence[SentenceSignals]) -> Verdict:
    weights = genre_weights(lead)
    for signals in lead:
        told = [t for t in signals.asserted if t.entry.event_type == "other"]
        if told and signals.index < OTHER_LEAD:
            trigger = max(told, key=lambda t: (t.entry.strength, -t.word))
            return Verdict(Kind.OTHER, signals.index, trigger, 0.3 if signals.index == TITLE else 0.25)
    return Verdict(Kind.NONE, 0, None, 0.0, (Loser("", "none", f"no incident is told {sorted(weights)}"),))


def _none(lead: Sequence[SentenceSignals], value: str, reason: str) -> Verdict:
    losers = [Loser("", value, f"the article {reason}" if value != "weak" else reason)]
    for signals in lead:
        for trigger in signals.triggers:
            if trigger.entry.event_type != "other":
                losers.append(Loser(trigger.text, trigger.entry.event_type, trigger.why_not or reason))
    return Verdict(Kind.NONE, 0, None, 0.0, tuple(losers[:12]))
