"""Questions about time: how many incidents a period has, and which periods have more than their past explains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from model.errors import WarehouseError
from warehouse.query import rows


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One period of `pub.trend`; the counts are null where nobody watched."""

    period_start: date
    period_end: date
    n_incidents: int | None
    killed_best: int | None
    injured_best: int | None
    is_watched: bool
    n_days_watched: int
    n_articles_seen: int
    incidents_per_1000_articles: float | None
    rolling_mean_4: float | None
    is_filling: bool
    completeness_0_1: float


@dataclass(frozen=True, slots=True)
class SpikeRow:
    """One period of `pub.spikes`, told in words."""

    series: str
    period_start: date
    n_incidents: int
    n_expected: float
    p_value: float
    q_value: float
    n_periods: int
    words: str
    incident_ids: tuple[str, ...]


_make_spike: Callable[..., SpikeRow] = SpikeRow


@dataclass(frozen=True, slots=True)
class TrendQuestion:
    """What a trend is asked of; `by`: day, week or month; `clock`: event or detected; null narrows nothing."""

    by: str = "week"
    country: str | None = None
    event_type: str | None = None
    clock: str = "event"
    since: date | None = None
    until: date | None = None


class Trends:
    """Questions about time; part of `Reader`."""

    _con: duckdb.DuckDBPyConnection

    def trend(self, question: TrendQuestion) -> tuple[TrendRow, ...]:
        """Return the incidents of each period with what was watched of it, the earliest first."""
        return tuple(TrendRow(*row) for row in self._asked("read_trend", question))

    def spikes(self, question: TrendQuestion, per: str) -> tuple[SpikeRow, ...]:
        """Return the periods of each series that its past does not explain, the surest first.

        Args:
            question: What is counted.
            per: What makes a series: country, event_type, country_event_type, admin1 or all.
        """
        found = self._asked("read_spikes", question, per=per)
        return tuple(_make_spike(*row[:8], tuple(row[8])) for row in found)

    def _asked(self, name: str, question: TrendQuestion, **more: str) -> list[tuple[Any, ...]]:
        values = {field: getattr(question, field) for field in TrendQuestion.__dataclass_fields__}
        try:
            return rows(self._con, name, **values, **more)
        except duckdb.Error as error:
            raise WarehouseError(
                f"the snapshot cannot answer {name}: {str(error).splitlines()[0]}",
                unchanged="nothing was changed",
                next_step="publish again with `deconflict run`",
            ) from error
