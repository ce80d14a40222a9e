"""Appending one run: everything in one transaction, its `complete` row last, nothing twice.

Order matters: articles, then codings with their reports, then what the resolver says of them, then incidents and
changes, then the logs. Each part compares what the batch holds with what counts already (`state`) and inserts only what
is new, so that a batch sent again adds nothing. The tables of `state` are brought up to date in the same transaction.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

import duckdb

from model.errors import WarehouseError
from model.gc_pause import gc_paused
from model.run import AppendedRun, RunBatch
from warehouse import append_facts, append_incidents, append_logs
from warehouse.feedstate import SUCCESSES
from warehouse.query import insert_row, one, rows, transaction


@dataclass(slots=True)
class Numbers:
    """The next free number of each numbered table; taken in order within the transaction."""

    run_no: int
    article_no: int
    coding_no: int
    report_no: int
    assignment_no: int
    merge_no: int
    version_no: int
    change_id: int

    def take(self, name: str, n: int = 1) -> int:
        """Take `n` numbers of the series `name` and return the first."""
        first: int = getattr(self, name)
        setattr(self, name, first + n)
        return first


@dataclass(slots=True)
class Progress:
    """What an append under way has done so far: the parts after it build on it."""

    con: duckdb.DuckDBPyConnection
    batch: RunBatch
    numbers: Numbers
    n_rows: dict[str, int] = field(default_factory=dict)
    new_report_nos: dict[str, int] = field(default_factory=dict)  # report_id -> report_no of this run's codings
    touched_incident_ids: set[str] = field(default_factory=set)
    merged: dict[str, str] = field(default_factory=dict)  # gone -> kept, of this run's merges that were news

    def count(self, table: str, n: int) -> None:
        """Count rows added to a table; tables without new rows are not named."""
        if n:
            self.n_rows[table] = self.n_rows.get(table, 0) + n


def append_run(con: duckdb.DuckDBPyConnection, batch: RunBatch) -> AppendedRun:
    """Append a batch in one transaction; a run that is complete already is answered from its row.

    Raises:
        ContractError: the batch contradicts itself or the record; nothing was written.
        WarehouseError: the disk failed; nothing was written.
    """
    done = rows(con, "select_completed_run", run_id=batch.run.run_id)
    if done:
        return AppendedRun(batch.run.run_id, {}, done[0][1], done[0][2])
    try:
        with gc_paused(), transaction(con):
            return _append(con, batch)
    except duckdb.Error as error:
        raise WarehouseError(
            f"run {batch.run.run_id} was not appended: {str(error).splitlines()[0]}",
            unchanged="nothing of it was written",
            next_step="free some space or mend the folder, then run again",
        ) from error


def _append(con: duckdb.DuckDBPyConnection, batch: RunBatch) -> AppendedRun:
    *numbers, known_at = one(con, "select_next_number")
    progress = Progress(con, batch, Numbers(*numbers))
    run_no = progress.numbers.run_no
    append_facts.append(progress)
    append_incidents.append(progress)
    n_documents = append_logs.append_terms(progress)
    _insert_run(con, batch, run_no, known_at, n_documents)
    first, last = append_incidents.append_changes(progress)
    append_logs.append(progress)
    insert_row(
        con,
        "run_complete",
        run_no=run_no,
        completed_at=batch.run.completed_at,
        n_rows=json.dumps(progress.n_rows, sort_keys=True),
        first_change_id=first,
        last_change_id=last,
    )
    return AppendedRun(batch.run.run_id, progress.n_rows, first, last)


def _insert_run(
    con: duckdb.DuckDBPyConnection, batch: RunBatch, run_no: int, last_known_at: datetime | None, n_documents: int
) -> None:
    own_run = batch.run
    insert_row(
        con,
        "run",
        run_no=run_no,
        run_id=own_run.run_id,
        kind=own_run.kind,
        started_at=own_run.started_at,
        now=own_run.now,
        known_at=max(own_run.now, last_known_at) if last_known_at else own_run.now,
        code_version=own_run.code_version,
        n_documents=n_documents,
        n_feeds_ok=len({f.feed_id for f in batch.fetches if f.feed_id and f.outcome in SUCCESSES}),
    )
