"""What goes to the terminal: plain lines, tables and JSON that no feed can steer a terminal by."""

from __future__ import annotations

import dataclasses
import json
import math
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from interfaces.plaintext import flat, span

__all__ = [  # verbs take all from here
    "cell_text",
    "flat",
    "json_text",
    "jsonable",
    "print_error",
    "print_json",
    "print_lines",
    "print_table",
    "say",
    "span",
    "verbosity",
]

# Marks that JSON would hand on as they are; `interfaces.plaintext` says why they are taken out elsewhere.
_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
CELL_LENGTH = 300  # characters of a cell: a title of a novel's length would push the rest off the screen
WIDEST = 60  # columns of the screen that a cell may push the next one away by


@dataclasses.dataclass(slots=True)
class Verbosity:
    """How much a command says on stderr; set once from the command line."""

    is_quiet: bool = False
    is_verbose: bool = False


verbosity = Verbosity()


def jsonable(value: Any) -> Any:  # noqa: ANN401 - anything that a dataclass of ours or DuckDB may hold
    """Turn dataclasses, enums, moments and the rest of what DuckDB hands out into what JSON knows.

    Instants are in UTC with a `Z`; a moment without a zone is given as it is; a number that JSON has not (NaN, an
    infinity) is null; bytes are hexadecimal.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: jsonable(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [jsonable(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:  # noqa: ANN401 - see `jsonable`
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value) if value.is_finite() and Decimal(float(value)) == value else str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, bytes | bytearray):
        return value.hex()
    return str(value) if isinstance(value, UUID | timedelta | os.PathLike) else value


def json_text(value: Any, indent: int | None = None) -> str:  # noqa: ANN401 - see `jsonable`
    r"""Write a value as JSON; what would steer a terminal is escaped, so that nothing of it is lost.

    >>> json_text({"title": "a\u202eb"})
    '{"title": "a\\u202eb"}'
    """
    text = json.dumps(jsonable(value), ensure_ascii=False, indent=indent, allow_nan=False)
    return _IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def print_json(schema: str, **payload: Any) -> None:  # noqa: ANN401 - see `jsonable`
    """Print one JSON envelope; `schema` names its form and version ("incidents/1")."""
    sys.stdout.write(json_text({"schema": schema, **payload}, indent=2) + "\n")


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    title: str | None = None,
    cell_length: int | None = CELL_LENGTH,
) -> None:
    """Print rows under their columns; null is shown as an empty cell, a longer one than `cell_length` is cut.

    A terminal's width is kept to; where none is, each row is one line, so that other programs can read it.
    """
    names = [flat(column) for column in columns]
    cells = [[cell_text(value, cell_length) for value in row] for row in rows]
    if title:
        print_lines(title)
    if not sys.stdout.isatty():
        _print_plain([names, *cells])
        return
    console = Console(highlight=False, markup=False)
    style = "" if "NO_COLOR" in os.environ else "bold"
    table = Table(box=None, pad_edge=False, header_style=style)
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    console.print(table)


def _print_plain(rows: Sequence[Sequence[str]]) -> None:
    """Print one line a row; columns stand under each other as far as their cells are not over-long."""
    widths = [min(max(map(cell_len, column)), WIDEST) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True))
        sys.stdout.write("  ".join(padded).rstrip() + "\n")


def cell_text(value: object, length: int | None = CELL_LENGTH) -> str:
    """Write one cell for people: null is empty, an over-long text ends in an ellipsis."""
    text = "" if value is None else flat(str(value))
    return text if length is None or len(text) <= length else f"{text[: length - 1]}…"


def print_lines(*lines: str) -> None:
    """Print plain lines of data."""
    for line in lines:
        sys.stdout.write(flat(line) + "\n")


def say(message: str) -> None:
    """Tell the person something that is not data: to stderr, and not at all with --quiet."""
    if not verbosity.is_quiet:
        print_error(message)


def print_error(message: str) -> None:
    """Tell the person what went wrong: to stderr, always, in one line."""
    sys.stderr.write(flat(message) + "\n")
