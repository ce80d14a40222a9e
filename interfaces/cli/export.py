"""`deconflict export`: the published snapshot in forms that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from interfaces.cli.choices import read_country
from interfaces.cli.render import print_json, say
from model.errors import ConfigError
from model.settings import load_settings
from warehouse.cursors import commit_cursor, read_cursor
from warehouse.export import Scope

Format = Literal["parquet", "csv", "ndjson", "geojson", "acled", "ucdp", "mentions", "plover", "stix"]
CURSOR_PREFIX = "export."  # so that an export never moves the cursor of the same name of `incidents --since last`


def export(
    *,
    form: Annotated[Format, Parameter(name="--format")],
    to: Path,
    since_change: int = 0,
    cursor: str | None = None,
    country: str | None = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Write the incidents and what is said of them to a file, or for csv and parquet to a folder.

    Args:
        form: parquet, csv, ndjson, geojson, acled, ucdp, mentions, plover or stix.
        to: The file or folder to write; an earlier one is replaced as a whole.
        since_change: Only incidents that changed after this change number.
        cursor: Only incidents that changed since the last export under this name.
        country: Only this country (two letters, or its name).
        as_json: Print the envelope export/1.
    """
    if cursor is not None and since_change:
        raise ConfigError("--since-change and --cursor both say where to begin", next_step="give one of them")
    if since_change < 0:
        raise ConfigError(f"--since-change: {since_change} is below 0", next_step="give the number of a change, or 0")
    chosen = read_country(country)
    from interfaces.exports.write import export_to

    settings = load_settings()
    name = f"{CURSOR_PREFIX}{cursor}"
    after = read_cursor(settings.cursors_path, name).change_id if cursor is not None else since_change
    done = export_to(settings.snapshot_path, form, to, Scope(after, chosen))
    if cursor is not None:  # after the file is in its place: a crash between exports a change twice, never not at all
        commit_cursor(settings.cursors_path, name, done.last_change_id)
    if as_json:
        print_json("export/1", to=str(to), format=form, after_change_id=after, result=done)
    since = f"changes {after + 1} to {done.last_change_id}" if after else f"all up to change {done.last_change_id}"
    say(f"{done.n_incidents} incidents to {to}; {done.n_withdrawn} ids withdrawn; {since}")
