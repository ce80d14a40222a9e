"""How strongly a sentence tells of an incident: points, with the reason of each."""

from __future__ import annotations

from extractors.text.segments import TITLE
from extractors.what.signals import SentenceSignals, Trigger

# Points; tuned on the dev halves by bench/coder.py (docs/explanation/gate.md). Three points make an incident.
STRENGTH_POINTS = {3: 2.5, 2: 1.0, 1: 0.5, 0: 0.0}
CASUALTY_POINTS = 1.2  # someone killed or hurt
COUNTED_POINTS = 0.4  # … and counted
DATE_POINTS = 0.8  # a day is named
ROLE_POINTS = 0.5  # gunmen, police, rebels
TITLE_POINTS = 0.7  # what the title tells, the article is about
GENERAL_POINTS = -1.0  # "acts of violence", "in recent years"
OLD_POINTS = -2.0  # "years ago"


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
    total += ROLE_POINTS if signals.roles else 0.0
    total += TITLE_POINTS if signals.index == TITLE else 0.0
    total += GENERAL_POINTS if "s_generic" in signals.cues else 0.0
    total += OLD_POINTS if "s_old" in signals.cues else 0.0
    return max(total, 0.0)
