"""The data dictionary of `pub`, made from the comments in the schema: `python -m warehouse.data_dictionary [FILE]`."""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from warehouse.connect import open_private
from warehouse.migrate import migrate
from warehouse.query import rows

_HEAD = """# The public schema `pub`

Made from the comments in the schema by `python -m warehouse.data_dictionary docs/reference/warehouse.md`;
do not edit it here.

Open the published file with any DuckDB client of version 1.4 or newer, read-only:
`duckdb.connect("var/published/incidents.duckdb", read_only=True)`. Instants are `TIMESTAMPTZ` in UTC, days are `DATE`.
What lies outside `pub` may change without notice. Example questions: [queries.sql](queries.sql).
"""


@dataclass(frozen=True, slots=True)
class ColumnDoc:
    """One column of a view."""

    name: str
    data_type: str
    comment: str


@dataclass(frozen=True, slots=True)
class ObjectDoc:
    """One view or table macro of `pub` with its comments; empty comments are empty strings."""

    kind: str
    name: str
    comment: str
    parameters: tuple[str, ...]
    columns: tuple[ColumnDoc, ...]


def describe_public_schema() -> tuple[ObjectDoc, ...]:
    """Read all objects of `pub` with their comments from a fresh warehouse; views first, then macros, by name."""
    with tempfile.TemporaryDirectory() as folder:
        con = open_private(Path(folder) / "warehouse.duckdb", 0)
        try:
            migrate(con, Path(folder) / "warehouse.duckdb")
            columns: dict[str, list[ColumnDoc]] = defaultdict(list)
            for table, name, data_type, comment in rows(con, "document_columns"):
                columns[table].append(ColumnDoc(name, data_type, comment or ""))
            return tuple(
                ObjectDoc(kind, name, comment or "", tuple(parameters or ()), tuple(columns[name]))
                for kind, name, comment, parameters in rows(con, "document_objects")
            )
        finally:
            con.close()


def render(objects: tuple[ObjectDoc, ...]) -> str:
    """Render the dictionary as Markdown."""
    parts = [_HEAD, "## Views"]
    parts += [_render_view(item) for item in objects if item.kind == "view"]
    parts.append("## Table macros\n\nCalled like tables: `FROM pub.new_incidents('2018-02-01')`.")
    parts += [_render_macro(item) for item in objects if item.kind == "macro"]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _render_view(item: ObjectDoc) -> str:
    lines = [f"### pub.{item.name}", "", item.comment, "", "| column | type | meaning |", "|---|---|---|"]
    lines += [f"| {c.name} | {c.data_type} | {c.comment.replace('|', chr(92) + '|')} |" for c in item.columns]
    return "\n".join(lines)


def _render_macro(item: ObjectDoc) -> str:
    return f"### pub.{item.name}({', '.join(item.parameters)})\n\n{item.comment}"


def main() -> None:
    """Write the dictionary to the file named, or to standard output."""
    text = render(describe_public_schema())
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, "utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
