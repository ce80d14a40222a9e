"""The toll of an incident from the tolls of its reports.

Specification, policy 3. Each origin has one voice, and the voices of one outlet weigh 1 together; nothing is summed
over reports.

- *best*: the weighted median of the voices' best figures. A voice weighs 1, halved for every `HALF_LIFE_DAYS` that it
  is older than the newest voice that told as much or more (tolls rise, and the newer account has read the older ones)
  or that is a correction; a newer and lower figure takes nothing from it, since without a word of correction it
  counts other people, as those of one side. It is never halved for more than `MAX_AGE_DAYS`, so that one late account
  cannot outweigh the many of the first days; halved again when the figure comes from a party to the fight (parties
  give 0.3 times their own dead and up to 4.3 times the enemy's; Radford et al., PNAS 2023), and tripled when the
  article is a correction. A figure that one outlet alone gives counts only up to `ALONE_RATIO` times the greatest
  that two outlets give or nearly give: one outlet cannot move a toll that others agree on.
- *low*, *high*: the least and the greatest figure that anybody claims, superseded ones included; open bounds leave
  `high` at the greatest stated number.
- *disputed*: two claims on the same victims whose bounds cannot both hold, made by different speakers or with the later
  one the lower, and differing by more than `TOLERANCE`. A toll that only rises is an update and no dispute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from model.incident import Told
from model.report import Claim, Measure, SpeakerSide, Toll

HALF_LIFE_DAYS = 2.0
# Age that counts against a voice at most: a toll is settled within a week, and an inquiry three months on is one more
# account. By judgement; larger lets one late piece outvote a dozen (at 6 days it outvotes seven, at 12 sixty-three)
MAX_AGE_DAYS = 6.0
PARTY_WEIGHT = 0.5
CORRECTION_WEIGHT = 3.0
BACKGROUND_WEIGHT = 0.3
TOLERANCE = 0.25  # share of the greater figure by which two claims may differ and still be rounding
ALONE_RATIO = 2.0  # a wire that is first with a risen toll is believed up to this; by judgement
_SIDED = frozenset({SpeakerSide.PARTY, SpeakerSide.OPPONENT})


@dataclass(frozen=True, slots=True)
class Voice:
    """The newest report of an origin: its weight before recency, and when it was published."""

    told: Told
    weight: float
    published_at: datetime | None
    is_correction: bool
    outlet: str


def toll_of(measure: Measure, voices: Sequence[Voice], everybody: Sequence[Told]) -> Toll:
    """Combine the tolls of one measure, `killed` or `injured`."""
    told = [(best, voice) for voice in voices if (best := _toll(voice.told, measure).best) is not None]
    told = _backed(told)
    weighted = [(best, _weight(voice, measure, _followed_at(best, told))) for best, voice in told]
    figures = [f for told in everybody for f in _figures(_toll(told, measure))]
    if not weighted:
        return Toll(min(figures, default=None), None, max(figures, default=None))
    best = weighted_median(weighted)
    return Toll(min([best, *figures]), best, max([best, *figures]))


def _backed(told: list[tuple[int, Voice]]) -> list[tuple[int, Voice]]:
    """Leave out figures of one outlet alone that are far above those that two outlets give; corrections stay."""
    backed = [n for n, voice in told if any(v.outlet != voice.outlet and _is_close(n, m) for m, v in told)]
    limit = ALONE_RATIO * max(backed, default=0)
    return [(n, v) for n, v in told if not backed or n <= limit or v.is_correction]


def _is_close(one: int, other: int) -> bool:
    return abs(one - other) <= max(1.0, TOLERANCE * max(one, other))


def _toll(told: Told, measure: Measure) -> Toll:
    return told.report.killed if measure is Measure.KILLED else told.report.injured


def _figures(toll: Toll) -> list[int]:
    return [n for n in (toll.low, toll.best, toll.high) if n is not None]


def _followed_at(best: int, told: Iterable[tuple[int, Voice]]) -> datetime | None:
    """When a voice last told as much as this or more, or corrected."""
    later = (v.published_at for n, v in told if v.published_at is not None and (n >= best or v.is_correction))
    return max(later, default=None)


def _weight(voice: Voice, measure: Measure, followed_at: datetime | None) -> float:
    weight = voice.weight * (CORRECTION_WEIGHT if voice.is_correction else 1.0)
    if followed_at is not None and voice.published_at is not None:
        age_days = max(0.0, (followed_at - voice.published_at).total_seconds() / 86_400)
        weight *= 0.5 ** (min(age_days, MAX_AGE_DAYS) / HALF_LIFE_DAYS)
    sides = {c.speaker_side for c in voice.told.report.claims if c.measure is measure and not c.is_part}
    return weight * (PARTY_WEIGHT if sides and sides <= _SIDED else 1.0)


def weighted_median(weighted: Iterable[tuple[int, float]]) -> int:
    """The smallest value at which half of the weight is reached; of an even split the lower (the careful one).

    >>> weighted_median([(3, 1.0), (21, 1.0), (100, 1.0)])
    21
    """
    ordered = sorted(weighted)
    half = sum(w for _, w in ordered) / 2
    reached = 0.0
    for value, weight in ordered:
        reached += weight
        if reached >= half * (1 - 1e-9):
            return value
    return ordered[-1][0]


@dataclass(frozen=True, slots=True)
class _Said:
    claim: Claim
    speaker: str
    at: datetime | None


def dispute(members: Iterable[Told]) -> tuple[Claim, Claim] | None:
    """Find two claims of killed whose bounds cannot both hold; null where all can."""
    said = [
        _Said(claim, (claim.speaker or told.article.outlet).lower(), told.article.published_at)
        for told in members
        for claim in told.report.claims
        if claim.measure is Measure.KILLED and not claim.is_part and not claim.is_increment
    ]
    said.sort(key=lambda s: (s.at is None, s.at.timestamp() if s.at else 0.0, s.claim.claim_id))
    latest = {(s.speaker, s.claim.victims_side): s for s in said}
    ordered = [s for s in said if latest[(s.speaker, s.claim.victims_side)] is s]
    for i, first in enumerate(ordered):
        for second in ordered[i + 1 :]:
            if first.claim.victims_side == second.claim.victims_side and _clash(first, second):
                return first.claim, second.claim
    return None


def _clash(first: _Said, second: _Said) -> bool:
    a, b = first.claim, second.claim
    falls = a.low is not None and b.high is not None and b.high < a.low
    rises = b.low is not None and a.high is not None and a.high < b.low
    gap = (a.low or 0) - (b.high or 0) if falls else (b.low or 0) - (a.high or 0)
    greater = max(x for x in (a.low, a.high, b.low, b.high, 0) if x is not None)
    if not (falls or rises) or gap < 2 or gap <= TOLERANCE * greater:
        return False
    return falls or (a.speaker is not None and b.speaker is not None and _is_sided(a, b))


def _is_sided(a: Claim, b: Claim) -> bool:
    return a.speaker_side != b.speaker_side and (a.speaker_side in _SIDED or b.speaker_side in _SIDED)
