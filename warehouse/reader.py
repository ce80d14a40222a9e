"""Reading the published snapshot: hardened connections and the questions that the command line asks.

A reader never opens the private file, never blocks a run and is never blocked by one. Its connection cannot read or
write any other file, load an extension, or change these settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Timer
from typing import Any, TypeVar

import duckdb

from model.errors import WarehouseError
from warehouse.connect import open_read_only
from warehouse.export import Exports
from warehouse.pages import Pages
from warehouse.query import rows
from warehouse.responses import Responses
from warehouse.revisions import Revisions
from warehouse.rows import (
    About,
    ActorRow,
    AssignmentRow,
    ChangeRow,
    ClaimRow,
    FeedHealthRow,
    IncidentRow,
    IssueRow,
    ReportRow,
    RunRow,
    Table,
    UnsureRow,
)
from warehouse.shared_reads import Subjects
from warehouse.trends import Trends

MEMORY_LIMIT = "2GB"  # a reader beside a run on a small machine; larger sorts spill no further, they fail and say so
N_THREADS = 2
SHORTEST_ID = 10  # characters, "inc_" and six more: a shorter one is soon that of two incidents
QUERY_TIMEOUT_S = 60.0  # a free query that takes longer is most likely a missing join condition

_RowType = TypeVar("_RowType")


class Reader(Subjects, Exports, Trends, Revisions, Pages, Responses):
    """Questions to a published snapshot; made by `open_snapshot`."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con

    def new_incidents(self, since: datetime, *, include_other: bool = False) -> tuple[IncidentRow, ...]:
        """Return the incidents first accepted at or after `since`, oldest first; merged ones are left out.

        Happenings of no type of the tree (`other`) are left out as well unless `include_other`.
        """
        return self._made(self._incident, "read_new_incidents", since=since, include_other=include_other)

    def incidents(self, incident_ids: Iterable[str]) -> tuple[IncidentRow, ...]:
        """Return these incidents as they stand, merged ones as such, by detection; unknown ids are left out."""
        return self._made(self._incident, "read_incidents", incident_ids=sorted(set(incident_ids)))

    def incident(self, incident_id: str) -> IncidentRow | None:
        """Return one incident, following redirects; the beginning of an id will do where it is the only one.

        Raises:
            WarehouseError: several incidents begin so; the message names some of them.
        """
        found = [row[0] for row in self._made(lambda *row: row, "read_incident_id", prefix=incident_id)]
        if not found:
            return None
        if len(found) > 1 and incident_id not in found:
            raise WarehouseError(
                f"{incident_id} is the beginning of several ids: {', '.join(found[:5])}",
                next_step="give more of the id",
            )
        wanted = incident_id if incident_id in found else found[0]
        return self._made(self._incident, "read_incident", incident_id=wanted)[0]

    def incident_ids_beginning(self, prefix: str) -> tuple[str, ...]:
        """Return the ids of incidents that begin so, merged ones too, in order; at most ten of them."""
        return self._made(str, "read_incident_id", prefix=prefix)

    def short_ids(self, incident_ids: Iterable[str]) -> dict[str, str]:
        """Return for each id its shortest beginning that no other id has, `SHORTEST_ID` characters at least."""
        wanted = sorted(set(incident_ids))
        return dict(self._made(_pair, "read_short_id", incident_ids=wanted, n_least=SHORTEST_ID))

    def changes_after(self, change_id: int, limit: int | None = None) -> tuple[ChangeRow, ...]:
        """Return the changes numbered above `change_id`, in order and without gaps; at most `limit` of them."""
        return self._made(ChangeRow, "read_changes_after", change_id=change_id, n=limit)

    def change_log_of(self, incident_id: str) -> tuple[ChangeRow, ...]:
        """Return all changes of an incident and of those merged into it, in order."""
        return self._made(ChangeRow, "read_change_log_of", incident_id=incident_id)

    def claims_of(self, incident_id: str) -> tuple[ClaimRow, ...]:
        """Return all claims about an incident with their articles, in order of publication."""
        return self._made(ClaimRow, "read_claims_of", incident_id=incident_id)

    def articles_of(self, incident_id: str) -> tuple[ReportRow, ...]:
        """Return the articles of an incident with what each tells, in order of publication."""
        return self._made(ReportRow, "read_articles_of", incident_id=incident_id)

    def actors_of(self, incident_id: str) -> tuple[ActorRow, ...]:
        """Return the actors that the reports of an incident name."""
        return self._made(ActorRow, "read_actors_of", incident_id=incident_id)

    def assignments_of(self, incident_id: str) -> tuple[AssignmentRow, ...]:
        """Return why each report of an incident belongs to it."""
        return self._made(AssignmentRow, "read_assignments_of", incident_id=incident_id)

    def unsure(self, limit: int = 20) -> tuple[UnsureRow, ...]:
        """Return the pairs that a person should look at, the least certain first."""
        return self._made(UnsureRow, "read_unsure", n=limit)

    def runs(self, limit: int = 20) -> tuple[RunRow, ...]:
        """Return the newest runs, newest first."""
        return self._made(RunRow, "read_runs", n=limit)

    def run(self, run_id: str) -> RunRow | None:
        """Return one complete run; null where there is none of this id."""
        return next(iter(self._made(RunRow, "read_run", run_id=run_id)), None)

    def issues_of(self, run_id: str) -> tuple[IssueRow, ...]:
        """Return what went wrong in a run while it went on."""
        return self._made(IssueRow, "read_issues_of", run_id=run_id)

    def feed_health(self) -> tuple[FeedHealthRow, ...]:
        """Return how each feed fares."""
        return self._made(FeedHealthRow, "read_feed_health")

    def about(self) -> About:
        """Return what this snapshot is and how far it goes."""
        return self._made(About, "read_about")[0]

    def sql(self, query: str, timeout_s: float = QUERY_TIMEOUT_S) -> Table:
        """Run any query on the snapshot; it can read `pub` and everything below it, and nothing else.

        Raises:
            WarehouseError: the query is wrong, refused, or took longer than `timeout_s`.
        """
        timer = Timer(timeout_s, self._con.interrupt)
        timer.start()
        try:
            answer = self._con.execute(query)
            columns = tuple(item[0] for item in answer.description or ())
            return Table(columns, tuple(answer.fetchall()))
        except duckdb.Error as error:
            raise WarehouseError(str(error), unchanged="nothing was changed", next_step="mend the query") from error
        finally:
            timer.cancel()

    def _made(self, make: Callable[..., _RowType], name: str, **values: Any) -> tuple[_RowType, ...]:  # noqa: ANN401 - SQL values
        try:
            return tuple(make(*row) for row in rows(self._con, name, **values))
        except duckdb.Error as error:
            raise WarehouseError(
                f"the snapshot cannot answer {name}: {str(error).splitlines()[0]}",
                unchanged="nothing was changed",
                next_step="publish again with `deconflict run`, or open an older snapshot beside it",
            ) from error


@contextmanager
def open_snapshot(path: Path, *, memory_limit: str = MEMORY_LIMIT, n_threads: int = N_THREADS) -> Iterator[Reader]:
    """Open the published snapshot at `path` for reading, hardened.

    Raises:
        WarehouseError: it was never published, is torn, or is no warehouse.
    """
    # The link is followed here: within one process DuckDB would hand out the file that it opened under this name first.
    target = path.resolve()
    con = open_read_only(target if target.exists() else path, memory_limit=memory_limit, n_threads=n_threads)
    try:
        try:
            con.execute("FROM pub.about").fetchall()
        except duckdb.Error as error:
            raise WarehouseError(
                f"{path} is no warehouse of this version: {str(error).splitlines()[0]}",
                unchanged="nothing was read",
                next_step="publish again with `deconflict run`",
            ) from error
        yield Reader(con)
    finally:
        con.close()


def _pair(incident_id: str, short: str) -> tuple[str, str]:
    return incident_id, short
