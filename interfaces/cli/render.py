"""What goes to stdout: versioned JSON envelopes and plain tables that no feed can steer a terminal by."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

# C0 and C1 controls (terminal escapes begin with one of them), and the marks that turn the direction of writing.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    r"""Take terminal escapes, control characters and direction marks out of text that came from outside.

    >>> clean("\x1b[31mred")
    '[31mred'
    """
    return _CONTROLS.sub("", text)


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


def span(low: int | None, best: int | None, high: int | None) -> str:
    """Show a toll: `21`, `20-55`, `100+` for an open upper end, an empty text for nothing known.

    >>> span(20, 30, 55), span(5, 5, 5), span(100, 100, None)
    ('30 (20-55)', '5', '100+')
    """
    if best is None and low is None:
        return "" if high is None else f"up to {high}"
    shown = best if best is not None else low
    if high is None:
        return f"{shown}+"
    if low == high or low is None:
        return str(shown)
    return f"{shown} ({low}-{high})"
