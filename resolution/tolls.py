"""The toll of an incident from the tolls of its reports.

Specification, policy 4. Each origin has one voice, and the voices of one outlet weigh 1 together; nothing is summed
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
- A zero that is said of one side only ("no American troops were killed") says nothing of the others, so it is no figure
  of the incident's.

Of claims that cannot both be true see `model.dispute`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from model.dispute import TOLERANCE
from model.incident import ArticleReport
from model.report import Claim, Measure, SpeakerSide, Toll

HALF_LIFE_DAYS = 2.0
# Age that counts against a voice at most: a toll is settled within a week, and an inquiry three months on is one more
# account. By judgement; larger lets one late piece outvote a dozen (at 6 days it outvotes seven, at 12 sixty-three)
MAX_AGE_DAYS = 6.0
PARTY_WEIGHT = 0.5
CORRECTION_WEIGHT = 3.0
BACKGROUND_WEIGHT = 0.3
ALONE_RATIO = 2.0  # a wire that is first with a risen toll is believed up to this; by judgement
_SIDED = frozenset({SpeakerSide.PARTY, SpeakerSide.OPPONENT})
_EVERYBODY = frozenset({None, "civilians"})  # victims of a zero that holds for all


@dataclass(frozen=True, slots=True)
class IndependentReport:
    """The newest report of an origin: its weight before recency, and when it was published."""

    article_report: ArticleReport
    weight: float
    published_at: datetime | None
    is_correction: bool
    outlet: str


def toll_of(measure: Measure, independents: Sequence[IndependentReport], everybody: Sequence[ArticleReport]) -> Toll:
    """Combine the tolls of one measure, `killed` or `injured`."""
    best_figures = [
        (best, independent)
        for independent in independents
        if (best := _toll(independent.article_report, measure).best) is not None
    ]
    best_figures = _backed(best_figures)
    weighted = [
        (best, _weight(independent, measure, _followed_at(best, best_figures))) for best, independent in best_figures
    ]
    figures = [f for best_figures in everybody for f in _figures(_toll(best_figures, measure))]
    if not weighted:
        return Toll(min(figures, default=None), None, max(figures, default=None))
    best = weighted_median(weighted)
    return Toll(min([best, *figures]), best, max([best, *figures]))


def _backed(best_figures: list[tuple[int, IndependentReport]]) -> list[tuple[int, IndependentReport]]:
    """Leave out figures of one outlet alone that are far above those that two outlets give; corrections stay."""
    backed = [
        n
        for n, independent in best_figures
        if any(v.outlet != independent.outlet and _is_close(n, m) for m, v in best_figures)
    ]
    limit = ALONE_RATIO * max(backed, default=0)
    return [(n, v) for n, v in best_figures if not backed or n <= limit or v.is_correction]


def _is_close(one: int, other: int) -> bool:
    return abs(one - other) <= max(1.0, TOLERANCE * max(one, other))


def _toll(article_report: ArticleReport, measure: Measure) -> Toll:
    """Give a report's toll without the 0 that it tells of one side."""
    toll = article_report.report.killed if measure is Measure.KILLED else article_report.report.injured
    is_zero = toll.low == 0 and not toll.best
    if is_zero and (toll.best is None or _is_of_one_side(article_report.report.claims, measure)):
        return Toll(None, None, toll.high or None)
    return toll


def _figures(toll: Toll) -> list[int]:
    return [n for n in (toll.low, toll.best, toll.high) if n is not None]


def _is_of_one_side(claims: Iterable[Claim], measure: Measure) -> bool:
    """Tell zeros that are said of one side only from a zero of everybody."""
    zeros = [c for c in claims if c.measure is measure and c.low == c.high == 0]
    return bool(zeros) and all(c.victims_side not in _EVERYBODY for c in zeros)


def _followed_at(best: int, best_figures: Iterable[tuple[int, IndependentReport]]) -> datetime | None:
    """When a voice last told as much as this or more, or corrected."""
    later = (v.published_at for n, v in best_figures if v.published_at is not None and (n >= best or v.is_correction))
    return max(later, default=None)


def _weight(independent: IndependentReport, measure: Measure, followed_at: datetime | None) -> float:
    weight = independent.weight * (CORRECTION_WEIGHT if independent.is_correction else 1.0)
    if followed_at is not None and independent.published_at is not None:
        age_days = max(0.0, (followed_at - independent.published_at).total_seconds() / 86_400)
        weight *= 0.5 ** (min(age_days, MAX_AGE_DAYS) / HALF_LIFE_DAYS)
    sides = {c.speaker_side for c in independent.article_report.report.claims if c.measure is measure and not c.is_part}
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
