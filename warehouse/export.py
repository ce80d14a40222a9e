"""What exports read: a chosen part of the snapshot, in batches, with the comments of the public schema.

The choice is kept in a temporary table of the reader's own connection, so that every question after it means the same
incidents, and a large export holds one batch in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import duckdb

from model.errors import WarehouseError
from warehouse.decode import incident_row
from warehouse.query import one, rows, run
from warehouse.rows import ActorRow, IncidentRow

N_BATCH = (
    5_000  # incidents read at once: some tens of megabytes with their claims, and each batch reads the tables once
)
N_FETCHED = 10_000  # rows of a table read at once
TABLES = ("incident", "report", "claim", "actor_mention", "article", "change")
TABLES_BY_YEAR = frozenset({"incident", "report", "claim", "actor_mention"})  # their last column is the event's year

_RowType = TypeVar("_RowType")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which incidents: those changed after a change (0: all), and of one country (null: of all)."""

    after_change_id: int = 0
    country: str | None = None

    @property
    def is_incremental(self) -> bool:
        """Whether the reader of the export holds an earlier one."""
        return self.after_change_id > 0


@dataclass(frozen=True, slots=True)
class ExportedReport:
    """A report with what exports tell of its article."""

    incident_id: str
    report_id: str
    article_id: str
    role: str
    outlet: str
    url: str | None
    title: str
    published_at: datetime | None
    first_seen_at: datetime
    fetched_at: datetime
    origin_id: str
    language: str | None
    n_chars: int
    revision: int
    start_char: int
    end_char: int
    trigger_text: str
    is_denial: bool
    confidence_0_1: float


@dataclass(frozen=True, slots=True)
class ExportedClaim:
    """One row of `pub.claim`."""

    claim_id: str
    report_id: str
    incident_id: str
    measure: str
    low: int | None
    high: int | None
    bound: str
    victims: str | None
    victims_side: str | None
    speaker: str | None
    speaker_side: str
    quote: str
    start_char: int
    end_char: int
    published_at: datetime | None
    is_increment: bool
    is_part: bool
    verb: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Exported:
    """An incident with everything told of it; a merged one has nothing left of its own."""

    incident: IncidentRow
    reports: tuple[ExportedReport, ...] = ()
    claims: tuple[ExportedClaim, ...] = ()
    actors: tuple[ActorRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An id that a reader of an earlier export must drop, or follow to `kept_id`.

    `reason`: merged, taken_back (its run was rolled back), other_country, retracted or out_of_scope.
    """

    incident_id: str
    reason: str
    kept_id: str | None = None


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of an exported table, with its DuckDB type and its comment."""

    name: str
    data_type: str
    comment: str


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A view of `pub` as exports describe it."""

    name: str
    comment: str
    columns: tuple[ExportColumn, ...]


class Exports:
    """Questions of exports; `choose` comes first."""

    _con: duckdb.DuckDBPyConnection

    def choose(self, scope: Scope) -> None:
        """Say which incidents all later questions of this export are about."""
        choose(self._con, scope)

    def exported(self) -> Iterator[Exported]:
        """Give the chosen incidents with their reports, claims and actors, by id."""
        n_chosen = one(self._con, "read_export_size")[0]
        for first in range(1, n_chosen + 1, N_BATCH):
            yield from self._batch(first, first + N_BATCH - 1)

    def n_chosen(self) -> int:
        """Return how many incidents were chosen, merged ones included."""
        return int(one(self._con, "read_export_count")[0])

    def withdrawals(self, scope: Scope) -> tuple[Withdrawal, ...]:
        """Return the merged ids; after an earlier export also those that are gone or belong to another country now."""
        found = rows(self._con, "read_export_withdrawal", is_incremental=scope.is_incremental)
        return tuple(Withdrawal(*row) for row in found)

    def export_tables(self) -> tuple[ExportTable, ...]:
        """Return the exported views with the comments that the snapshot has for them."""
        return describe(self._con)

    def table_rows(self, table: ExportTable) -> Iterator[tuple[Any, ...]]:
        """Give the chosen rows of a view, in the order of its columns."""
        answer = run(self._con, f"export_{table.name}")
        width = len(table.columns)
        while found := answer.fetchmany(N_FETCHED):
            yield from (row[:width] for row in found)

    def _batch(self, first_no: int, last_no: int) -> Iterator[Exported]:
        bounds = {"first_no": first_no, "last_no": last_no}
        reports = _by_incident(ExportedReport, rows(self._con, "read_export_report", **bounds))
        claims = _by_incident(ExportedClaim, rows(self._con, "read_export_claim", **bounds))
        actors = _by_incident(ActorRow, rows(self._con, "read_export_actor", **bounds))
        for row in rows(self._con, "read_export_incident", **bounds):
            made = incident_row(row)
            i = made.incident_id
            yield Exported(made, tuple(reports[i]), tuple(claims[i]), tuple(actors[i]))


def choose(con: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    """Make the temporary table of the chosen incidents.

    Raises:
        WarehouseError: the snapshot is of another schema.
    """
    try:
        run(con, "create_export_scope", after_change_id=scope.after_change_id, country=scope.country)
    except duckdb.Error as error:
        raise WarehouseError(
            f"the snapshot cannot be exported: {str(error).splitlines()[0]}",
            unchanged="nothing was written",
            next_step="publish again with `deconflict run`",
        ) from error


def describe(con: duckdb.DuckDBPyConnection) -> tuple[ExportTable, ...]:
    """Return the views that exports hold, with the comments that this snapshot has for them."""
    columns: dict[str, list[ExportColumn]] = defaultdict(list)
    for table, name, data_type, comment in rows(con, "document_columns"):
        columns[table].append(ExportColumn(name, data_type, comment or ""))
    comments = {name: comment or "" for _, name, comment, _ in rows(con, "document_objects")}
    return tuple(ExportTable(name, comments[name], tuple(columns[name])) for name in TABLES)


def _by_incident(make: Callable[..., _RowType], found: list[tuple[Any, ...]]) -> dict[str, list[_RowType]]:
    made: dict[str, list[_RowType]] = defaultdict(list)
    for row in found:
        item = make(*row)
        made[item.incident_id].append(item)  # type: ignore[attr-defined]  # all three kinds have it
    return made
