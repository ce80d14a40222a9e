"""Read what people type: days and instants, spans of time, files."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from model.errors import ConfigError

_SPAN = re.compile(r"^(\d{1,6})\s*([mhdw])$")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_moment(text: str, option: str) -> datetime:
    """Read a day or an instant as an aware instant; without a zone it is UTC.

    Raises:
        ConfigError: the text is neither.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(
            f"{option}: {text!r} is neither a day nor an instant",
            next_step="write it like 2018-02-07 or 2018-02-07T22:00:00+02:00",
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def parse_since(text: str, now: datetime) -> datetime:
    """Read `24h`, `7d`, a day or an instant as the instant from which on something is asked.

    Raises:
        ConfigError: the text is none of these.
    """
    span = _SPAN.match(text)
    if span:
        return now - timedelta(**{_UNITS[span.group(2)]: int(span.group(1))})
    return parse_moment(text, "--since")


def parse_now(text: str | None) -> datetime:
    """The moment that the command takes as its now: the clock's, or what `--now` says."""
    return parse_moment(text, "--now") if text else datetime.now(UTC)


def read_bytes(path: str) -> bytes:
    """Read a file, or stdin for `-`.

    Raises:
        ConfigError: the file cannot be read.
    """
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{path}: {error.strerror}", next_step="name a readable file, or - for standard input"
        ) from error
