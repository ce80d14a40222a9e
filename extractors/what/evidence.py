"""How strongly a sentence tells of an incident: points, with the reason of each."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.text.segments import TITLE
from extractors.what.signals import SentenceSignals, Trigger

# Points; tuned on the dev halves by bench/coder.py (docs/explanation/gate.md). Three points make an incident.
STRENGTH_POINTS = {3: 2.5, 2: 1.0, 1: 0.5, 0: 0.0}
CASUALTY_POINTS = 1.2  # someone killed or hurt
COUNTED_POINTS = 0.4  # … and counted
DATE_POINTS = 0.8  # a day is named
ROLE_POINTS = 0.5  # gunmen, police, rebels, a 34-year-old
TITLE_POINTS = 0.7  # what the title tells, the article is about
CASE_POINTS = 0.8  # a title with police, a suspect or a victim beside such a word is of a case, though it tells no deed
GENERAL_POINTS = -1.0  # "acts of violence", "in recent years", with no day and nobody counted
IDIOM_POINTS = -0.8  # a sentence that says "price war" may well say "exploded" of it
OLD_POINTS = -2.0  # "years ago"

EARLY = 2  # index of the last sentence that still belongs to the opening
OPENING_POINTS = 1.4  # of a sentence of the opening that tells of an incident at all
LATER_SHARE = 0.8  # of the points of a later sentence of the lead, where the opening tells of none
LATE_SHARE = 0.6


_CASE_TYPES = frozenset(
    ("shooting", "attack_on_civilians")
)  # crimes; police stand in the titles of all other news, too
_CASE_ROLES = frozenset(("police", "criminal"))
_CASE_CUES = frozenset(("follow_up", "trial", "s_negation"))  # what is said of a case that happened
_CASE_WORDS = frozenset(("victim", "victims"))


def best_trigger(signals: SentenceSignals) -> Trigger | None:
    """Give the strongest asserted trigger of a sentence that is more than a catch-all; of equals the first."""
    told = [t for t in signals.asserted if t.entry.event_type != "other"]
    return max(told, key=lambda t: (t.entry.strength, -t.word), default=None)


def points(signals: SentenceSignals) -> float:
    """Weigh a sentence; 0 where it has no asserted trigger."""
    trigger = best_trigger(signals)
    if trigger is None:
        return 0.0
    total = STRENGTH_POINTS[trigger.entry.strength]
    if signals.has_casualty:
        total += CASUALTY_POINTS + (COUNTED_POINTS if signals.has_number else 0.0)
    total += DATE_POINTS if signals.has_date else 0.0
    total += ROLE_POINTS if signals.roles or signals.has_age else 0.0
    if signals.index == TITLE:
        total += TITLE_POINTS + (CASE_POINTS if _is_case(signals, trigger) else 0.0)
    total += GENERAL_POINTS if _is_general(signals) else 0.0
    total += IDIOM_POINTS if signals.has_idiom else 0.0
    total += OLD_POINTS if "s_old" in signals.cues else 0.0
    return max(total, 0.0)


def _is_case(signals: SentenceSignals, trigger: Trigger) -> bool:
    if trigger.entry.event_type not in _CASE_TYPES or trigger.entry.strength == 1 or signals.has_idiom:
        return False
    if not _CASE_CUES.issuperset(signals.cues):
        return False
    return any(r.payload.actor_type in _CASE_ROLES for r in signals.roles) or not _CASE_WORDS.isdisjoint(
        signals.words.lower
    )


def _is_general(signals: SentenceSignals) -> bool:
    is_counted = signals.has_casualty and signals.has_number
    return "s_generic" in signals.cues and not signals.has_date and not is_counted


def weigh_lead(lead: Sequence[SentenceSignals]) -> dict[int, float]:
    """Weigh the sentences of the lead, by index.

    Where neither the title nor the first sentences tell of an incident, later ones rather recall one, the less
    probably news the later they stand. Where these speak of old times, the rest is taken to do so, too.
    """
    plain = {s.index: points(s) for s in lead}
    early = [s for s in lead if s.index <= EARLY]
    opens = any(s.asserted and plain[s.index] >= OPENING_POINTS for s in early)
    first = [s for s in lead if s.index <= 0]
    is_old = any("s_old" in s.cues for s in first) and not any(plain[s.index] >= OPENING_POINTS for s in first)
    weights = {}
    for s in lead:
        value = plain[s.index] + (OLD_POINTS if is_old and "s_old" not in s.cues else 0.0)
        share = 1.0 if opens or s.index <= EARLY else LATER_SHARE if s.index <= 2 * EARLY else LATE_SHARE
        weights[s.index] = max(0.0, value * share)
    return weights
