"""Questions of the static site: all incidents at once, what their pages show in bulk, and how each feed fares.

A page is asked for by many ids at a time, since ten thousand questions about one incident each take minutes and four
questions about ten thousand take a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

import duckdb

from model.errors import WarehouseError
from warehouse.query import rows
from warehouse.rows import AssignmentRow, ChangeRow, ClaimRow, FeedHealthRow, IncidentRow, ReportRow
from warehouse.titles import Titles

N_BATCH = 2_500  # incidents read at once: some tens of megabytes with their claims
_FEED_COLUMNS = len(FeedHealthRow.__dataclass_fields__)

_RowType = TypeVar("_RowType")


@dataclass(frozen=True, slots=True)
class RoleRow:
    """An actor of an incident in one role, with the number of reports that tell it so."""

    incident_id: str
    role: str
    name: str
    n_reports: int


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """A doubt seen from one of its two incidents: a report of either may belong to both. `explanation` is JSON."""

    incident_id: str
    other_id: str
    report_id: str
    explanation: str
    other_headline: str


@dataclass(frozen=True, slots=True)
class IncidentHead:
    """As much of an incident as says on which lists it stands; `detected_month` is 201802 for February 2018, UTC."""

    incident_id: str
    status: str
    event_type: str
    country_code: str | None
    detected_month: int


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """Everything that the page of one incident shows."""

    incident: IncidentRow
    reports: tuple[ReportRow, ...]
    claims: tuple[ClaimRow, ...]
    roles: tuple[RoleRow, ...]
    assignments: tuple[AssignmentRow, ...]
    changes: tuple[ChangeRow, ...]
    doubts: tuple[DoubtRow, ...]


@dataclass(frozen=True, slots=True)
class FeedPulse:
    """How a feed fares and what it brings. `first_seen_at` is of its first article; null without one."""

    health: FeedHealthRow
    n_articles_7d: int
    n_incidents: int
    first_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class CountryWeek:
    """Incidents of one country in the week that begins on `week`, a Monday."""

    country_code: str
    week: date
    n_incidents: int


class Pages(Titles):
    """Questions of the site; part of `Reader`."""

    def page_marks(self) -> dict[str, str]:
        """Return a mark for each incident that changes whenever anything that its page shows does."""
        return dict(self._page_rows("read_page_mark"))

    def incident_heads(self) -> tuple[IncidentHead, ...]:
        """Return the head of every incident, merged ones as such, the newest detected first."""
        return tuple(IncidentHead(*row) for row in self._page_rows("read_page_head"))

    def n_fresh(self, since: datetime, *, other: str) -> int:
        """Count the incidents first accepted after `since`, without merged ones and those of type `other`."""
        return int(self._page_rows("read_page_fresh", since=since, other=other)[0][0])

    def frequent_actors(self, n: int) -> tuple[str, ...]:
        """Return the `n` actors that most incidents name, the most frequent first."""
        return tuple(row[0] for row in self._page_rows("read_page_actor_name", n=n))

    def incident_words(self, incident_ids: Iterable[str] | None = None) -> dict[str, list[str]]:
        """Return what reports call an incident, its actors and places, by incident; null asks for all."""
        wanted = None if incident_ids is None else sorted(set(incident_ids))
        return dict(self._page_rows("read_incident_words", incident_ids=wanted))

    def incident_facts(self, incidents: Sequence[IncidentRow]) -> Iterator[IncidentFacts]:
        """Give what the pages of these incidents show, in their order."""
        for first in range(0, len(incidents), N_BATCH):
            yield from self._facts(incidents[first : first + N_BATCH])

    def feed_pulses(self) -> tuple[FeedPulse, ...]:
        """Return how each feed fares, by id."""
        found = self._page_rows("read_page_feed")
        return tuple(FeedPulse(FeedHealthRow(*row[:_FEED_COLUMNS]), *row[_FEED_COLUMNS:]) for row in found)

    def country_weeks(self, since: date) -> tuple[CountryWeek, ...]:
        """Return the incidents by country and week from a day on; weeks without any are left out."""
        return tuple(CountryWeek(*row) for row in self._page_rows("read_page_country_week", since=since))

    def _facts(self, incidents: Sequence[IncidentRow]) -> Iterator[IncidentFacts]:
        wanted = [row.incident_id for row in incidents]
        reports = _by_incident(self._bulk(ReportRow, "report", wanted))
        claims = _by_incident(self._bulk(ClaimRow, "claim", wanted))
        roles = _by_incident(self._bulk(RoleRow, "actor", wanted))
        assignments = _by_incident(self._bulk(AssignmentRow, "assignment", wanted))
        doubted = self._bulk(DoubtRow, "doubt", wanted)
        doubts = _by_incident(replace(d, other_headline=self.shown_title(d.other_headline or "")) for d in doubted)
        changes: dict[str, list[ChangeRow]] = defaultdict(list)  # of the page they stand on, not of their own id
        for page_id, *row in self._page_rows("read_page_change", incident_ids=wanted):
            changes[page_id].append(ChangeRow(*row))
        for incident in incidents:
            i = incident.incident_id
            found = (reports[i], claims[i], roles[i], assignments[i], changes[i], doubts[i])
            yield IncidentFacts(incident, *(tuple(part) for part in found))  # type: ignore[arg-type]  # each its kind

    def _bulk(self, make: Callable[..., _RowType], what: str, incident_ids: list[str]) -> list[_RowType]:
        return [make(*row) for row in self._page_rows(f"read_page_{what}", incident_ids=incident_ids)]

    def _page_rows(self, name: str, **values: object) -> list[tuple[Any, ...]]:
        try:
            return rows(self._con, name, **values)
        except duckdb.Error as error:
            raise WarehouseError(
                f"the snapshot cannot answer {name}: {str(error).splitlines()[0]}",
                unchanged="the site was left as it was",
                next_step="publish again with `deconflict run`",
            ) from error


def _by_incident(found: Iterable[_RowType]) -> dict[str, list[_RowType]]:
    made: dict[str, list[_RowType]] = defaultdict(list)
    for row in found:
        made[row.incident_id].append(row)  # type: ignore[attr-defined]  # every kind asked for has it
    return made
