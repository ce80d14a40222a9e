"""The newest runs with what each did, and what went wrong in the last of them."""

from __future__ import annotations

from dataclasses import dataclass

from interfaces.site.words import NAME_LENGTH, WORDS_LENGTH, moment, number, stamp, tidy
from warehouse.reader import Reader
from warehouse.rows import RunRow

N_RUNS = 60
N_ISSUES = 100


@dataclass(frozen=True, slots=True)
class RunView:
    """A run in one row."""

    run_id: str
    kind: str
    now: str
    now_stamp: str
    took: str
    counts: tuple[str, ...]
    changes: str
    code_version: str
    state: str


@dataclass(frozen=True, slots=True)
class IssueView:
    """Something that went wrong with one feed, page or row."""

    level: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RunsView:
    """The page of the runs; `issues` are of the newest one, `n_issues_left_out` did not fit."""

    runs: tuple[RunView, ...]
    issues: tuple[IssueView, ...]
    n_issues_left_out: int


def runs_view(reader: Reader) -> RunsView:
    """Ask for the newest runs."""
    rows = reader.runs(N_RUNS)
    issues = reader.issues_of(rows[0].run_id) if rows else ()
    shown = tuple(IssueView(one.level, one.code, tidy(one.message, WORDS_LENGTH)) for one in issues[:N_ISSUES])
    return RunsView(tuple(_view(row) for row in rows), shown, max(0, len(issues) - N_ISSUES))


def _view(row: RunRow) -> RunView:
    state = "rolled back" if row.status == "rolled_back" else "complete"
    first, last = row.first_change_id, row.last_change_id
    return RunView(
        run_id=row.run_id,
        kind=tidy(row.kind, NAME_LENGTH),
        now=moment(row.now),
        now_stamp=stamp(row.now),
        took=f"{(row.completed_at - row.started_at).total_seconds():.1f} s",
        counts=tuple(number(n) for n in (row.n_fetches, row.n_articles, row.n_reports, row.n_opened, row.n_issues)),
        changes="" if first is None or last is None else f"{number(first)}–{number(last)}",
        code_version=tidy(row.code_version, NAME_LENGTH),
        state=f"{state}: {tidy(row.rollback_reason, NAME_LENGTH)}" if row.rollback_reason else state,
    )
