"""`deconflict sql`: ask the snapshot anything, read-only."""

from __future__ import annotations

from collections.abc import Sequence

from interfaces.cli.output import TABLE, Out, Records, print_records
from interfaces.cli.render import print_json, print_table
from model.settings import load_settings
from warehouse.reader import open_snapshot


def sql(query: str, *, out: Out = TABLE) -> None:
    """Run one query on the published snapshot; the public objects are in the schema pub.

    Args:
        query: SQL, for example "select * from pub.new_incidents(now() - interval 1 day)".
        out: The form to print; the envelope is table/1.
    """
    with open_snapshot(load_settings().snapshot_path) as reader:
        table = reader.sql(query)
    if out.chosen == "json":
        print_json("table/1", columns=table.columns, rows=table.rows)
    elif out.chosen == "table":
        print_table(table.columns, table.rows, cell_length=None)
    else:
        names = distinct(table.columns)
        records = [dict(zip(names, row, strict=True)) for row in table.rows]
        print_records(out, Records("table/1", "rows", records, names, table.rows, names))


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Number the names that stand there already, since a record holds each name once.

    >>> distinct(("a", "a", "b"))
    ('a', 'a_2', 'b')
    """
    taken: list[str] = []
    for name in names:
        free, n = name, 1
        while free in taken:
            n += 1
            free = f"{name}_{n}"
        taken.append(free)
    return tuple(taken)
