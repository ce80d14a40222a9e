"""The forms in which a verb prints its records: a table for people, and four that other programs read.

`json` is one versioned envelope (its JSON Schema: `deconflict schema NAME`), `ndjson` one record a line, `csv` has the
records' fields as columns, `md` is the table for people as Markdown. `--json` is short for `--format json`.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Mapping, Sequence
from shutil import get_terminal_size
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from interfaces.cli.render import cell_text, flat, json_text, jsonable, print_json, print_table
from model.errors import ConfigError

Form = Literal["table", "json", "ndjson", "csv", "md"]
WIDE = 140  # columns of a terminal in which all columns of a list have room
AsJson = Annotated[bool, Parameter(name="--json", negative="")]


@Parameter(name="*")
@dataclasses.dataclass(frozen=True, slots=True)
class Out:
    """The form that was asked for.

    Args:
        form: table, json, ndjson, csv or md.
        as_json: The same as --format json: one versioned envelope.
    """

    form: Annotated[Form, Parameter(name="--format")] = "table"
    as_json: AsJson = False

    @property
    def chosen(self) -> Form:
        """The one form to print.

        Raises:
            ConfigError: `--json` and another form were asked for.
        """
        if self.as_json and self.form not in ("table", "json"):
            raise ConfigError(f"--json and --format {self.form} contradict each other", next_step="give one of them")
        return "json" if self.as_json else self.form

    def whole(self, what: str) -> bool:
        """Whether JSON was asked for, of something that is one thing and no list of records.

        Raises:
            ConfigError: a form for lists was asked for.
        """
        if self.chosen not in ("table", "json"):
            raise ConfigError(f"{what} has no form {self.form}", next_step="leave --format out, or use --json")
        return self.chosen == "json"


TABLE = Out()


@dataclasses.dataclass(frozen=True, slots=True)
class Records:
    """What a verb found, in both shapes: records for programs, columns and cells for people.

    `key` names the records in the envelope `schema`; `around` is what else stands there. `fields` are the columns of
    a csv without any record; null where the records are dataclasses, whose fields they are. `narrow` are the columns
    and cells of a terminal of fewer than `WIDE` columns; null where there are no fewer.
    """

    schema: str
    key: str
    records: Sequence[Any]
    columns: Sequence[str]
    cells: Sequence[Sequence[object]]
    fields: Sequence[str]
    around: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    narrow: tuple[Sequence[str], Sequence[Sequence[object]]] | None = None


def print_records(out: Out, found: Records) -> None:
    """Print records in the form that was asked for."""
    form = out.chosen
    if form == "json":
        print_json(found.schema, **found.around, **{found.key: found.records})
    elif form == "ndjson":
        for record in found.records:
            sys.stdout.write(json_text(record) + "\n")
    elif form == "csv":
        _print_csv(found.fields, [[jsonable(record).get(name) for name in found.fields] for record in found.records])
    elif form == "md":
        _print_markdown(found.columns, found.cells)
    else:
        is_narrow = found.narrow is not None and sys.stdout.isatty() and get_terminal_size().columns < WIDE
        print_table(*(found.narrow if found.narrow and is_narrow else (found.columns, found.cells)))


def fields_of(kind: type) -> tuple[str, ...]:
    """The columns of a dataclass's records."""
    return tuple(field.name for field in dataclasses.fields(kind))


def _print_csv(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    from interfaces.exports.texts import csv_pieces

    for piece in csv_pieces([flat(c) for c in columns], [[_csv_value(value) for value in row] for row in rows]):
        sys.stdout.write(piece)


def _csv_value(value: object) -> object:
    if isinstance(value, dict | list):
        return json_text(value)
    return flat(value) if isinstance(value, str) else value


def _print_markdown(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    for line in (columns, ["---"] * len(columns), *rows):
        sys.stdout.write(f"| {' | '.join(_markdown_cell(value) for value in line)} |\n")


def _markdown_cell(value: object) -> str:
    """Write a cell that neither ends its column nor becomes markup where the table is shown."""
    text = cell_text(value)
    for mark in "\\|`*_[]":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
