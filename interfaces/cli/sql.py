"""`deconflict sql`: ask the snapshot anything, read-only."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from interfaces.cli.render import print_json, print_table
from model.settings import load_settings
from warehouse.reader import open_snapshot


def sql(query: str, *, as_json: Annotated[bool, Parameter(name="--json", negative="")] = False) -> None:
    """Run one query on the published snapshot; the public objects are in the schema pub.

    Args:
        query: SQL, for example "select * from pub.new_incidents(now() - interval 1 day)".
        as_json: Print the envelope table/1.
    """
    with open_snapshot(load_settings().snapshot_path) as reader:
        table = reader.sql(query)
    if as_json:
        print_json("table/1", columns=table.columns, rows=table.rows)
    else:
        print_table(table.columns, table.rows)
