"""`deconflict runs`: what the runs did, and taking the newest one back."""

from __future__ import annotations

import getpass
from typing import Literal

from interfaces.cli.inputs import parse_now
from interfaces.cli.output import TABLE, Out, Records, fields_of, print_records
from interfaces.cli.render import print_json, print_lines
from interfaces.cli.show import why
from model.errors import ConfigError
from model.settings import load_settings
from warehouse.reader import open_snapshot
from warehouse.rows import ChangeRow, IssueRow, RunRow

COLUMNS = ("run", "kind", "now", "status", "articles", "reports", "opened", "issues", "changes")
N_CHANGES_SHOWN = 40  # of a run; --json has them all


def runs(
    action: Literal["list", "show", "rollback"] = "list",
    run: str | None = None,
    *,
    limit: int = 20,
    by: str | None = None,
    reason: str = "",
    now: str | None = None,
    out: Out = TABLE,
) -> None:
    """List the runs, show one, or take the newest one back.

    Args:
        action: list; show RUN; rollback RUN.
        run: A run; the beginning of its id will do.
        limit: List at most this many, the newest first.
        by: Who takes it back; default: the name of this account.
        reason: Why it is taken back; it stands in the change log.
        now: The moment to take as now.
        out: The form to print; the envelope is runs/1, run/1 or rollback/1, and these two have no other form.
    """
    if action == "list":
        _list(limit, out)
    elif run is None:
        raise ConfigError(f"runs {action}: which run?", next_step="deconflict runs list")
    elif action == "show":
        _show(run, out.whole(f"runs {action}"))
    else:
        _roll_back(run, by or getpass.getuser(), reason, now, out.whole(f"runs {action}"))


def _list(limit: int, out: Out) -> None:
    with open_snapshot(load_settings().snapshot_path) as reader:
        found = reader.runs(limit)
    cells = [
        (r.run_id, r.kind, r.now, r.status, r.n_articles, r.n_reports, r.n_opened, r.n_issues, _span(r)) for r in found
    ]
    print_records(out, Records("runs/1", "runs", found, COLUMNS, cells, fields_of(RunRow)))


def _show(run: str, as_json: bool) -> None:
    from pipeline.subject import full_id

    with open_snapshot(load_settings().snapshot_path) as reader:
        row = reader.run(full_id(run, reader.run_ids_beginning(run), "run"))
        changes: tuple[ChangeRow, ...] = ()
        issues: tuple[IssueRow, ...] = ()
        if row is not None:
            issues = reader.issues_of(row.run_id)
            if row.first_change_id is not None and row.last_change_id is not None:
                n = row.last_change_id - row.first_change_id + 1
                changes = reader.changes_after(row.first_change_id - 1, n)
    if as_json:
        print_json("run/1", run=row, changes=changes, issues=issues)
    elif row is not None:
        _print(row, changes, issues)


def _roll_back(run: str, by: str, reason: str, now: str | None, as_json: bool) -> None:
    from pipeline.rolling_back import roll_back

    done = roll_back(load_settings(), run, by=by, at=parse_now(now), reason=reason)
    if as_json:
        print_json("rollback/1", rollback=done)
        return
    print_lines(f"{done.run_id} is taken back; its rows stay and stop counting (run {done.rollback_run_id})")
    if done.withdrawn:
        print_lines(f"its decisions are withdrawn: {', '.join(done.withdrawn)}")


def _print(row: RunRow, changes: tuple[ChangeRow, ...], issues: tuple[IssueRow, ...]) -> None:
    taken = f", taken back: {row.rollback_reason}" if row.rollback_reason is not None else ""
    print_lines(
        f"{row.run_id}  {row.kind}, {row.status}{taken}",
        f"  now      {row.now}",
        f"  clock    {row.started_at} to {row.completed_at}, code {row.code_version}",
        f"  read     {row.n_fetches} fetches, {row.n_articles} articles, {row.n_reports} reports",
        f"  made     {row.n_opened} incidents opened, {row.n_incident_versions} versions, changes {_span(row) or '-'}",
    )
    print_lines(*(f"  {issue.level}  {issue.code}: {issue.message}" for issue in issues))
    for change in changes[:N_CHANGES_SHOWN]:
        print_lines(f"  {change.change_id:<6}{change.kind:10}{change.incident_id}  {why(change.detail)}")
    if len(changes) > N_CHANGES_SHOWN:
        print_lines(f"  and {len(changes) - N_CHANGES_SHOWN} more; --json has them all")


def _span(row: RunRow) -> str:
    return "" if row.first_change_id is None else f"{row.first_change_id}-{row.last_change_id}"
