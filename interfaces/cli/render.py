"""What goes to stdout: versioned JSON envelopes and plain tables that no feed can steer a terminal by."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from interfaces.plaintext import clean, span

__all__ = ["clean", "jsonable", "print_json", "print_lines", "print_table", "say", "span"]  # verbs take all from here


def jsonable(value: Any) -> Any:  # noqa: ANN401 - anything that a dataclass of ours may hold
    """Turn dataclasses, enums, days and instants into what JSON knows; instants in UTC with a `Z`."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: jsonable(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [jsonable(item) for item in value]
    return value


def print_json(schema: str, **payload: Any) -> None:  # noqa: ANN401 - see `jsonable`
    """Print one JSON envelope; `schema` names its form and version ("incidents/1")."""
    json.dump({"schema": schema, **jsonable(payload)}, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    """Print rows under their columns; null is shown as an empty cell. Without a terminal, cells are never cut."""
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 200)
    table = Table(title=Text(clean(title)) if title else None, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else clean(str(cell))) for cell in row))
    console.print(table)


def print_lines(*lines: str) -> None:
    """Print plain lines of data."""
    for line in lines:
        sys.stdout.write(clean(line) + "\n")


def say(message: str) -> None:
    """Tell the person something that is not data: to stderr."""
    sys.stderr.write(clean(message) + "\n")
