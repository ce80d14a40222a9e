"""Scales: from data to places on a chart, and where their ticks go."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log, log10


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from `low..high` in the data to `start..end` on the chart."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return where a value lies."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return self.start + share * (self.end - self.start)


def ticks(high: float, n_wanted: int = 4) -> tuple[int, ...]:
    """Return round whole numbers from 0 that reach `high`, about `n_wanted` steps apart.

    >>> ticks(7), ticks(0), ticks(130)
    ((0, 2, 4, 6, 8), (0, 1), (0, 50, 100, 150))
    """
    rough = max(high, 1) / n_wanted
    unit = 10 ** floor(log10(rough)) if rough > 1 else 1
    step = next(int(m * unit) for m in (1, 2, 5, 10) if m * unit >= rough)
    return tuple(range(0, ceil(max(high, 1) / step) * step + 1, step))


HOUR, DAY = 1.0, 24.0
_ELAPSED = (
    (HOUR, "1 hour"), (6 * HOUR, "6 hours"), (DAY, "1 day"), (3 * DAY, "3 days"), (7 * DAY, "1 week"),
    (30 * DAY, "1 month"), (91 * DAY, "3 months"), (365 * DAY, "1 year"), (5 * 365 * DAY, "5 years"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A scale of the hours since a first report: even in the first hour, then by ratios.

    News of an incident comes within hours, and again after a month and a year; an even scale would lay the first two
    days on one point.
    """

    hours: float
    start: float
    end: float

    def __call__(self, hours: float) -> float:
        """Return where a time lies."""
        whole = log(1 + max(self.hours, 2 * HOUR))
        return self.start + (self.end - self.start) * log(1 + max(hours, 0)) / whole

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Return places and words of the ticks within the scale, none closer than its words are wide."""
        made: list[tuple[float, str]] = [(self.start, "first report")]
        for hours, words in _ELAPSED:
            place = self(hours)
            if hours <= max(self.hours, 2 * HOUR) and place - made[-1][0] >= _TICK_WIDTH:
                made.append((place, words))
        return tuple(made)


_TICK_WIDTH = 74.0  # on the chart: the widest words, "first report", with a gap
