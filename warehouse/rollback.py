"""Taking a run back: a row that says so, and the fold of what is left.

Only the newest run can be taken back, since later ones build on it (an incident opened here has reports there); to go
further back, take back one run after the other. Nothing leaves the record. The change log tells of it in further rows
under a run of kind `rollback`: `retracted` for incidents that are no more, `revised` for those that are again what they
were, so that a reader with a cursor hears of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import duckdb

from model.errors import ContractError, WarehouseError
from model.feed import Fetch, Outcome, Validators
from model.ids import make_id
from model.incident import Change, ChangeKind
from model.run import AppendedRun
from warehouse.columns import change_columns, columns_of
from warehouse.feedstate import FeedRecord, fold_fetch, read_hints
from warehouse.query import insert, insert_row, one, rows, run, transaction

# A row is spread over the fields, which stand in the order of the columns; a type checker cannot count them.
_make_fetch: Callable[..., Fetch] = Fetch


def roll_back(con: duckdb.DuckDBPyConnection, run_id: str, *, by: str, at: datetime, reason: str) -> AppendedRun:
    """Take a run back; a run that was taken back already stays so and nothing is written.

    Raises:
        ContractError: there is no such run, or later runs build on it.
        WarehouseError: the disk failed; nothing was written.
    """
    found = rows(con, "select_rollback_target", run_id=run_id)
    if not found:
        raise ContractError(f"there is no complete run {run_id}", unchanged="nothing was written")
    run_no, _, n_rollbacks = found[0]
    if n_rollbacks:
        return AppendedRun(run_id, {}, None, None)
    later = [row[0] for row in rows(con, "select_later_run", run_no=run_no)]
    if later:
        raise ContractError(
            f"later runs build on {run_id}: {', '.join(later[-5:])}",
            unchanged="nothing was written",
            next_step=f"take back {later[-1]} first",
        )
    try:
        with transaction(con):
            return _write(con, run_no, run_id, by, at, reason)
    except duckdb.Error as error:
        raise WarehouseError(f"run {run_id} was not taken back: {error}", unchanged="nothing was written") from error


def rebuild_state(con: duckdb.DuckDBPyConnection) -> None:
    """Make all tables of `state` anew from the record, inside the caller's transaction."""
    run(con, "empty_state")
    kept = {gone_id: kept_id for kept_id, gone_id in rows(con, "select_all_merge")}
    final = {gone_id: _final(kept, gone_id) for gone_id in kept}
    insert(con, "state.redirect", columns_of(("gone_id", "final_id"), sorted(final.items())))
    run(con, "rebuild_state")
    records: dict[str, FeedRecord] = {}
    for row in rows(con, "select_all_feed_fetch"):
        outcome, validators, hints = Outcome(row[6]), Validators(*row[10:13]), read_hints(row[22])
        fetch = _make_fetch(*row[:6], outcome, *row[7:10], validators, *row[13:22], hints)
        feed_id = fetch.feed_id or ""
        records[feed_id] = fold_fetch(records.get(feed_id, FeedRecord(feed_id)), fetch)
    names = tuple(FeedRecord.__dataclass_fields__)
    insert(con, "state.feed", columns_of(names, ([getattr(r, n) for n in names] for r in records.values())))


def _final(kept: dict[str, str], incident_id: str) -> str:
    """Follow merges to their end; they have no circles, since an append refuses to make one."""
    while incident_id in kept:
        incident_id = kept[incident_id]
    return incident_id


def _write(con: duckdb.DuckDBPyConnection, run_no: int, run_id: str, by: str, at: datetime, reason: str) -> AppendedRun:
    *numbers, known_at = one(con, "select_next_number")
    own_no, change_id = numbers[0], numbers[-1]
    moment = max(at, known_at) if known_at else at
    insert_row(con, "run_rollback", run_no=run_no, rolled_back_at=moment, rolled_back_by=by, reason=reason)
    rebuild_state(con)
    why = json.dumps({"rolled_back": run_id, "by": by, "why": reason}, ensure_ascii=False)
    changes = [
        Change(incident_id, ChangeKind.RETRACTED if is_gone else ChangeKind.REVISED, moment, why)
        for incident_id, is_gone in rows(con, "select_rollback_effect", run_no=run_no)
    ]
    own_id = make_id("run", "rollback", run_id, moment.isoformat())
    row = {"run_id": own_id, "kind": "rollback", "started_at": at, "now": at, "known_at": moment, "code_version": ""}
    insert_row(con, "run", run_no=own_no, **row, n_documents=0, n_feeds_ok=0)
    n_rows = {"change": insert(con, "change", change_columns(change_id, changes), run_no=own_no)} if changes else {}
    first, last = (change_id, change_id + len(changes) - 1) if changes else (None, None)
    done = {"completed_at": at, "n_rows": json.dumps(n_rows), "first_change_id": first, "last_change_id": last}
    insert_row(con, "run_complete", run_no=own_no, **done)
    return AppendedRun(own_id, n_rows, first, last)
