"""What is told to those who follow: new incidents, and what became of them, each revision with its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from warehouse.query import rows
from warehouse.rows import IncidentRow
from warehouse.titles import Titles

N_CONSIDERED = 2_000  # newest revisions looked at; beyond them even a quiet country's are older than a reader's memory


@dataclass(frozen=True, slots=True)
class Announced:
    """An incident as it stands, with the number of its latest revision and since when that holds."""

    incident: IncidentRow
    revision: int
    revised_at: datetime


@dataclass(frozen=True, slots=True)
class Revised:
    """One later revision of an incident: `incident` holds the facts that it left, `detail` is JSON of the change."""

    incident: IncidentRow
    revision: int
    kind: str
    at: datetime
    detail: str


class Revisions(Titles):
    """Questions of feeds."""

    def announced(self, n: int, n_each: int) -> tuple[Announced, ...]:
        """Return the newest `n` incidents over all, `n_each` of each country and each type, the newest first."""
        found = rows(self._con, "read_announced", n=n, n_each=n_each)
        return tuple(Announced(self._incident(*row[2:]), *row[:2]) for row in found)

    def revised(self, n: int, n_each: int) -> tuple[Revised, ...]:
        """Return the newest `n` later revisions over all, `n_each` of each country and each type, the newest first."""
        found = rows(self._con, "read_revised", n=n, n_each=n_each, considered=N_CONSIDERED)
        return tuple(Revised(self._incident(*row[4:]), *row[:4]) for row in found)
