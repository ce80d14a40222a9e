"""Does this article tell of an incident that happened?

Specification. The sentences of the lead are weighed by `evidence.points`. Where the article as a whole is of another
genre that explains them away, there is no incident. Otherwise `MAIN_POINTS` in the lead make the article's main
incident; a body sentence of `BODY_POINTS` makes one where the lead says nothing else. A main incident told through an
arrest, a court, a funeral or a rising toll is a follow-up: a report of the old incident. An article
that tells of another concrete happening (`happening.py`) is an `other` event of low confidence. Text in capitals shows
no names, so the learnt gate (`learnt.py`) decides there.
What each rule gives and costs: docs/explanation/gate.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from extractors.reference.gate_weights import GateWeights
from extractors.text.segments import TITLE
from extractors.what.evidence import best_trigger, points, weigh_lead
from extractors.what.genre import LEAD_SENTENCES, Genre, foreign_genre, lead_of
from extractors.what.happening import (
    CLOSED_GENRES,
    OPENING_SENTENCES,
    follows_a_subject,
    is_crash_in_sport,
    is_kept_of_archive,
    other_trigger,
    speaks_of_violence,
)
from extractors.what.learnt import probability_0_1
from extractors.what.signals import SentenceSignals, Trigger
from model.report import Loser

MAIN_POINTS = 3.0  # lower lets in talk of violence, higher loses short local pieces
SUPPORT_POINTS = 1.5  # another sentence of the lead that tells as much as this supports the best one …
SUPPORT_WORTH = 0.45  # … by so much each
MAX_SUPPORT = 3
LEARNT_BAR_0_1 = (
    0.415  # of the learnt gate: 18 % of silent held-out messages pass, a margin below 20 (bench/train_gate.py)
)
BODY_POINTS = 4.4  # far from the lead only a dated or counted happening is taken
MAX_LOSERS = 12  # an explanation is for a person


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


def judge(
    signals: Sequence[SentenceSignals], weights: GateWeights, *, is_shouted: bool, published_on: date | None
) -> Verdict:
    """Judge an article by the signals of its title and sentences.

    Args:
        signals: Of the title, where there is one, and of each sentence.
        weights: Of the learnt gate.
        is_shouted: Text and title (if any) are all in capitals, so the learnt gate decides.
        published_on: Day of publication, known of all news from feeds; by it the learnt gate reckons ages.
    """
    lead = lead_of(signals)
    is_dated = published_on is not None
    if is_shouted:
        return _learnt(signals, lead, weights, published_on)
    genre = foreign_genre(lead)
    if genre is not None:
        return _other(lead, signals, genre, is_dated=is_dated)
    worth = weigh_lead(lead)
    best = max((s for s in lead if best_trigger(s)), key=lambda s: (worth[s.index], -s.index), default=None)
    if best is not None:
        total = worth[best.index] + _support(best, worth)
        if total >= MAIN_POINTS:
            return _incident(best, lead, total)
    body = _strongest([s for s in signals if s.index >= LEAD_SENTENCES])
    if body is not None and points(body) >= BODY_POINTS and any(worth.values()):
        return _incident(body, lead, points(body) - 1.0)
    return _other(lead, signals, None, is_dated=is_dated)


def _strongest(signals: Sequence[SentenceSignals]) -> SentenceSignals | None:
    return max((s for s in signals if best_trigger(s)), key=lambda s: (points(s), -s.index), default=None)


def _support(best: SentenceSignals, worth: dict[int, float]) -> float:
    others = sum(value >= SUPPORT_POINTS for index, value in worth.items() if index != best.index)
    return SUPPORT_WORTH * min(MAX_SUPPORT, others)


def _learnt(
    signals: Sequence[SentenceSignals], lead: Sequence[SentenceSignals], weights: GateWeights, published_on: date | None
) -> Verdict:
    probability, at = probability_0_1(signals, weights, published_on)
    if probability < LEARNT_BAR_0_1:
        return _none(lead, "weak", f"the learnt gate gives it {probability:.2f}")
    best = signals[at] if best_trigger(signals[at]) else _strongest(signals) or signals[at]
    kind = Kind.FOLLOW_UP if is_follow_up(lead) else Kind.INCIDENT
    return Verdict(kind, best.index, best_trigger(best), round(min(0.95, 0.3 + 0.6 * probability), 2))


def _incident(best: SentenceSignals, lead: Sequence[SentenceSignals], total: float) -> Verdict:
    kind = Kind.FOLLOW_UP if is_follow_up(lead) else Kind.INCIDENT
    return Verdict(kind, best.index, best_trigger(best), round(min(0.95, 0.4 + 0.1 * total), 2))


def is_follow_up(lead: Sequence[SentenceSignals]) -> bool:
    """Say whether the opening tells of what came after: court, arrest, funeral, inquiry.

    One cue in the title is enough; in the first two sentences it takes two.
    """
    early = {s.index: s.cues.get("follow_up", 0) for s in lead if s.index <= 1}
    return early.get(TITLE, 0) >= 2 or sum(early.values()) >= 4


def _other(
    lead: Sequence[SentenceSignals], signals: Sequence[SentenceSignals], genre: Genre | None, *, is_dated: bool
) -> Verdict:
    """Look for a concrete happening of another kind (`happening.py`)."""
    reason = f"the article {genre.words}" if genre else "nothing in it is told as an incident that happened"
    value = genre.name if genre else "weak"
    if not signals or (genre is not None and genre.name in CLOSED_GENRES):
        return _none(lead, value, reason)
    early = [s for s in lead if s.index < OPENING_SENTENCES]
    is_violent, found = speaks_of_violence(early, genre), other_trigger(early)
    if found and not is_violent:
        return Verdict(Kind.OTHER, found[0].index, found[1], 0.3 if found[0].index == TITLE else 0.25)
    at, trigger = (found[0].index, found[1]) if found else (signals[0].index, None)
    is_borrowed = is_violent and (genre is not None or any(s.has_idiom for s in early))
    if follows_a_subject(signals, is_borrowed=is_borrowed) or is_crash_in_sport(signals, genre):
        return Verdict(Kind.OTHER, at, trigger, 0.2)
    if not is_dated and is_kept_of_archive(signals, early, genre):
        return Verdict(Kind.OTHER, at, trigger, 0.15)
    return _none(lead, value, reason)


def _none(lead: Sequence[SentenceSignals], value: str, reason: str) -> Verdict:
    losers = [Loser("", value, reason)]
    told = [t for s in lead for t in s.triggers if t.entry.event_type != "other"]
    losers += [Loser(t.text, t.entry.event_type, t.why_not or reason) for t in told]
    return Verdict(Kind.NONE, 0, None, 0.0, tuple(losers[:MAX_LOSERS]))
