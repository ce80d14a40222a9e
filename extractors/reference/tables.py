"""Read the reviewed tables of `seeds/reference/`: strictly, with the file and the line in every complaint."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from model.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its values by column, and where it stands."""

    values: dict[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def need(self, column: str) -> str:
        """Give the value of `column`.

        Raises:
            ConfigError: it is empty.
        """
        value = self.values[column]
        if not value:
            raise ConfigError(f"{self.where}: {column} is empty", next_step="mend the table")
        return value

    def wrong(self, column: str, why: str) -> ConfigError:
        """Make the error for a value of `column` that cannot stand."""
        return ConfigError(f"{self.where}: {column} {self.values[column]!r}: {why}", next_step="mend the table")


def read_table(path: Path, columns: Sequence[str]) -> tuple[Row, ...]:
    """Read a CSV table with exactly the named columns, in any order.

    Raises:
        ConfigError: the file is missing, no UTF-8, has other columns, a line of another width, or no lines.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}", next_step="restore the table") from error
    reader = csv.reader(lines, strict=True)
    try:
        header = next(reader, [])
        if sorted(header) != sorted(columns):
            raise ConfigError(f"{path}:1: columns are {header}, not {list(columns)}", next_step="mend the header")
        rows = tuple(_row(path, reader.line_num, header, line) for line in reader)
    except csv.Error as error:
        raise ConfigError(f"{path}:{reader.line_num}: {error}", next_step="mend the line") from error
    if not rows:
        raise ConfigError(f"{path}: has no rows", next_step="restore the table")
    return rows


def _row(path: Path, number: int, header: list[str], line: list[str]) -> Row:
    if len(line) != len(header):
        raise ConfigError(f"{path}:{number}: {len(line)} values for {len(header)} columns", next_step="mend the line")
    return Row({name: value.strip() for name, value in zip(header, line, strict=True)}, f"{path}:{number}")


def parse_partial_date(row: Row, column: str, *, is_end: bool) -> date | None:
    """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a part left out is the first or, with `is_end`, the last possible.

    Raises:
        ConfigError: the value is no such date.
    """
    text = row[column]
    if not text:
        return None
    parts = text.split("-")
    try:
        year, month, day = (*map(int, parts), *([0] * (3 - len(parts))))
        if day:
            return date(year, month, day)
        if not is_end:
            return date(year, month or 1, 1)
        following = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    except ValueError as error:
        raise row.wrong(column, "is no date (YYYY, YYYY-MM or YYYY-MM-DD)") from error
