"""Tell whether the whole article is something else than news of an incident.

Sport, a film, a drill, a forecast, an anniversary, an obituary, a denial, figures, business, policy.

Each genre has a list of cue words; their weights are added up over the title and the lead. A genre speaks against an
incident when its weight passes its bar and the best sentence of the lead is no stronger than the genre can explain
away: a match report may say that a player was shot, and then he was. Bars and ceilings were set on the dev halves and
on sentences of our own; docs/explanation/gate.md tells what each costs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.what.evidence import best_trigger, points, weigh_lead
from extractors.what.signals import SentenceSignals

PLAIN_TYPES = frozenset(
    ("arrest", "abduction", "disaster", "looting", "arson")
)  # words that sport and films do not borrow
DRY_GENRES = frozenset(
    ("business", "policy", "statistics", "obituary")
)  # these do not borrow crashes and fires, either
PLAIN_CEILING = 3.1  # points with which such a word stands in any article
LEAD_SENTENCES = 8  # a genre shows itself early; later paragraphs bring background of other kinds


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of article that tells of no incident.

    `bar` is the least weight of cues per ten sentences of lead; `ceiling` the points of evidence that beat it.
    `must_open`: one of its cues must stand in the title or the first sentence.
    """

    name: str
    bar: float
    ceiling: float
    words: str
    must_open: bool = False


GENRES = (
    Genre("denial", 8, 4.8, "tells that something did not happen", must_open=True),
    Genre("drill", 9, 9.0, "tells of a drill, not of a real incident", must_open=True),
    Genre("fiction", 12, 5.0, "tells of a film, a book or a show"),
    Genre("sport", 12, 4.6, "tells of sport"),
    Genre("anniversary", 9, 4.8, "recalls an incident of long ago", must_open=True),
    Genre("obituary", 9, 3.6, "is an obituary"),
    Genre("forecast", 12, 3.6, "tells of what may come"),
    Genre("statistics", 10, 3.6, "tells of figures over a period"),
    Genre("business", 12, 3.5, "tells of business"),
    Genre("policy", 16, 3.0, "tells of policy"),
)


def genre_weights(lead: Sequence[SentenceSignals]) -> Counter[str]:
    """Add up the cue weights of the lead by class, per ten sentences (short leads count as five)."""
    total: Counter[str] = Counter()
    for signals in lead:
        total.update(signals.cues)
    scale = 10 / max(5, len(lead))
    return Counter({name: round(weight * scale) for name, weight in sorted(total.items())})


def foreign_genre(lead: Sequence[SentenceSignals]) -> Genre | None:
    """Name the genre that explains the lead's evidence away, or null.

    The evidence is weighed without the sentences that carry a cue of the genre itself, where others remain.
    """
    weights, worth = genre_weights(lead), weigh_lead(lead)
    for genre in GENRES:
        opens = any(genre.name in s.cues for s in lead if s.index <= 0)
        if weights[genre.name] < genre.bar or (genre.must_open and not opens):
            continue
        best = max((worth[s.index] for s in lead if genre.name not in s.cues), default=0.0)
        inside = max(worth.values(), default=0.0)
        if max(best, inside - 1.0) < genre.ceiling and not _is_plain(lead, genre):
            return genre
    return None


def _is_plain(lead: Sequence[SentenceSignals], genre: Genre) -> bool:
    types = PLAIN_TYPES | {"accident"} if genre.name in DRY_GENRES else PLAIN_TYPES
    for s in lead:
        trigger = best_trigger(s)
        if trigger and trigger.entry.event_type in types and points(s) >= PLAIN_CEILING:
            return True
    return False


def lead_of(signals: Sequence[SentenceSignals]) -> tuple[SentenceSignals, ...]:
    """Take the title and the first sentences."""
    return tuple(s for s in signals if s.index < LEAD_SENTENCES)
