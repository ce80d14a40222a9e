"""Values as text: CSV cells that no spreadsheet runs, and JSON with days and instants."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

# A spreadsheet runs a cell that begins so; source: the list that OWASP gives for CSV injection.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
N_LINES_A_PIECE = 500  # lines handed on together: a write for each would take longer than making them


def instant(moment: datetime) -> str:
    """Write an instant in UTC with a `Z`, with microseconds only where there are some.

    >>> instant(datetime(2018, 2, 7, 22, tzinfo=UTC))
    '2018-02-07T22:00:00Z'
    """
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula; numbers never come here.

    >>> guarded("=cmd()"), guarded("a=b")
    ("'=cmd()", 'a=b')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def cell(value: object) -> str:
    """Write one CSV cell: null is empty, lists are JSON, texts are guarded.

    >>> cell(None), cell(-1.5), cell("-1.5"), cell(["a"]), cell(True)
    ('', '-1.5', "'-1.5", '["a"]', 'true')
    """
    return _CELLS.get(type(value), str)(value)


def _list_cell(value: Any) -> str:  # noqa: ANN401 - a list or tuple of what JSON knows
    return json.dumps(value, ensure_ascii=False)


# By exact type: a chain of questions took a third of an export's time.
_CELLS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: lambda value: "true" if value else "false",
    str: guarded,
    datetime: instant,
    date: date.isoformat,
    list: _list_cell,
    tuple: _list_cell,
}


def csv_pieces(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Write a CSV (RFC 4180) with one line of column names; cells are quoted where they must be.

    Lines end in CR LF: with a bare LF, Python leaves a cell that holds a bare CR unquoted, and readers break the line.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for number, row in enumerate(rows, start=1):
        writer.writerow([cell(value) for value in row])
        if number % N_LINES_A_PIECE == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def public_fields(item: Any, *left_out: str) -> dict[str, Any]:  # noqa: ANN401 - a dataclass of the warehouse
    """Give the fields of a row by name; `asdict` of the standard library would copy every value."""
    return {name: getattr(item, name) for name in item.__dataclass_fields__ if name not in left_out}


def json_line(value: Any) -> str:  # noqa: ANN401 - anything that JSON or `_known` knows
    """Write a value as JSON on one line, with days and instants as texts."""
    return json.dumps(value, ensure_ascii=False, default=_known)


def _known(value: object) -> str:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
