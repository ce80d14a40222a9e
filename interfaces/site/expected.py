"""What a week's count was to be expected to be: the band behind the bars of a trend.

The same law as `pub.spikes` holds: a negative binomial whose mean is the rate per article seen of the watched weeks
before, times the articles seen this week, and whose variance is their dispersion times the mean. The band holds
nineteen weeks of twenty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from statistics import mean, variance

from warehouse.trends import TrendRow

N_BASELINE = 26  # periods before, as pub.spikes has it
MIN_BASELINE = 4
TAIL = 0.025
MOST = 100_000  # counts above this are not searched for a quantile: no week of any series comes near


@dataclass(frozen=True, slots=True)
class Band:
    """The expected count of a period, and the band that holds nineteen of twenty."""

    mean: float
    low: int
    high: int


def expected(rows: Sequence[TrendRow]) -> tuple[Band | None, ...]:
    """Return the band of each period; null where too few watched periods lie before it, or no articles."""
    return tuple(_band(row, rows[max(0, i - N_BASELINE) : i]) for i, row in enumerate(rows))


def _band(row: TrendRow, before: Sequence[TrendRow]) -> Band | None:
    counted = [(b.n_incidents, b.n_articles_seen) for b in before if b.n_incidents is not None and b.n_articles_seen]
    if len(counted) < MIN_BASELINE or not row.n_articles_seen:
        return None
    counts = [n for n, _ in counted]
    centre = row.n_articles_seen * (sum(counts) + 0.5) / sum(seen for _, seen in counted)
    dispersion = variance(counts) / mean(counts) if any(counts) else 1.0
    size = min(1e6, centre / max(dispersion - 1, 1e-6))
    return Band(centre, _quantile(centre, size, TAIL), _quantile(centre, size, 1 - TAIL))


def _quantile(centre: float, size: float, share: float) -> int:
    """Return the least count up to which the negative binomial law has at least `share`."""
    reached = 0.0
    for n in range(MOST):
        reached += exp(
            lgamma(n + size) - lgamma(size) - lgamma(n + 1)
            + size * log(size / (size + centre)) + n * log(centre / (size + centre))
        )  # fmt: skip
        if reached >= share:
            return n
    return MOST
