"""`deconflict incidents`: what is newly detected, since a moment or since the last look."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Annotated

from cyclopts import Parameter

from interfaces.cli.changed import CHANGED_PREFIX, OTHER, Choice, tell_changed
from interfaces.cli.choices import read_country, read_status, read_type
from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.inputs import parse_now, parse_since
from interfaces.cli.output import TABLE, Out, Records, fields_of, print_records
from interfaces.cli.render import say, span
from interfaces.fact_line import fact_line
from interfaces.plaintext import days
from interfaces.site.words import when
from model.settings import load_settings
from warehouse.cursors import commit_cursor, read_cursor
from warehouse.reader import Reader, open_snapshot
from warehouse.rows import IncidentRow

COLUMNS = ("incident", "day", "place", "type", "killed", "injured", "outlets", "origins", "status", "headline")
NARROW = ("incident", "day", "what", "outlets")  # of 80 columns


def incidents(
    *,
    since: str = "24h",
    cursor: str = "default",
    country: str | None = None,
    event_type: Annotated[str | None, Parameter(name="--type")] = None,
    status: str | None = None,
    other: Annotated[bool, Parameter(negative="")] = False,
    now: str | None = None,
    changed: Annotated[bool, Parameter(negative="")] = False,
    exit_code: Annotated[bool, Parameter(negative="")] = False,
    out: Out = TABLE,
) -> int:
    """List newly detected incidents, the newest first.

    Args:
        since: 24h, 7d, a day, an instant, or `last`: since this cursor's last look.
        cursor: The name of the cursor for --since last; each reader may have its own.
        country: Only this country (two letters, or its name).
        event_type: Only this type.
        status: Only this status.
        other: Also happenings of no type of the tree (a merger of firms, the death of an actor).
        now: The moment to take as now.
        changed: List known incidents whose facts changed instead, from what to what; the envelope is changed/1.
        exit_code: Leave with 10 when there are new incidents, or with --changed changed ones.
        out: The form to print; the envelope is incidents/1.
    """
    choice = Choice(read_country(country), read_type(event_type), read_status(status), other)
    settings = load_settings()
    name = f"{CHANGED_PREFIX}{cursor}" if changed else cursor
    is_last = since == "last"
    with open_snapshot(settings.snapshot_path) as reader:
        last_change_id = reader.about().last_change_id
        begin = read_cursor(settings.cursors_path, name).change_id if is_last else parse_since(since, parse_now(now))
        n = (tell_changed if changed else _tell_new)(reader, begin, choice, out)
    if is_last:  # after the print: a crash between tells an incident twice, never not at all
        sys.stdout.flush()  # into a pipe, what was printed stands in a buffer until here
        commit_cursor(settings.cursors_path, name, last_change_id)
    return ExitCode.CONDITION if exit_code and n else ExitCode.OK


def _tell_new(reader: Reader, begin: datetime | int, choice: Choice, out: Out) -> int:
    """Print the incidents opened from an instant or after a change on; returns how many."""
    found = _opened_after(reader, begin) if isinstance(begin, int) else reader.new_incidents(begin, include_other=True)
    chosen = [row for row in found if choice.takes(row)]
    print_incidents(chosen, reader, out)
    return len(chosen)


def _opened_after(reader: Reader, change_id: int) -> list[IncidentRow]:
    opened = [*reader.opened_after(change_id), *_typed_after(reader, change_id)]
    return [row for row in reader.incidents(opened) if row.status != "merged"]


def _typed_after(reader: Reader, change_id: int) -> list[str]:
    """Incidents that were `other` when they were opened, and so not told, until a later report gave them a type."""
    revised = [change for change in reader.changes_after(change_id) if change.kind == "revised"]
    was = [(change.incident_id, json.loads(change.detail).get("was", {})) for change in revised]
    return [incident_id for incident_id, before in was if before.get("event_type") == OTHER]


def print_incidents(rows: list[IncidentRow], reader: Reader, out: Out) -> None:
    """Print incidents, and on stderr as of when."""
    cells, known_at = [_cells(row) for row in rows], reader.about().known_at
    short = reader.short_ids(row.incident_id for row in rows)
    fewer = [(short.get(row.incident_id, row.incident_id), when(row), fact_line(row), row.n_outlets) for row in rows]
    fields, around = fields_of(IncidentRow), {"data_as_of": known_at}
    found = Records("incidents/1", "incidents", rows, COLUMNS, cells, fields, around, narrow=(NARROW, fewer))
    print_records(out, found)
    as_of = f"data as of {known_at:%Y-%m-%d %H:%M} UTC" if known_at else "no complete run yet"
    say(f"{len(rows)} incidents; {as_of}")


def _cells(row: IncidentRow) -> tuple[object, ...]:
    place = ", ".join(part for part in (row.place_name, row.country_code) if part)
    kind = f"{row.event_type}/{row.event_subtype}" if row.event_subtype else row.event_type
    killed = span(row.killed_low, row.killed_best, row.killed_high)
    injured = span(row.injured_low, row.injured_best, row.injured_high)
    return (
        row.incident_id,
        days(row.date_start, row.date_end),
        place,
        kind,
        killed,
        injured,
        row.n_outlets,
        row.n_origins,
        row.status,
        row.headline,
    )
