"""Read a corpus (JSONL, plain or gzipped) as what a press would print: one row an article, with its later revisions.

Only the keys of `CorpusRow` are read; gold labels and unknown keys are passed over, so that nothing of them can leak
into a page.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from model.errors import ConfigError

DAY_LENGTH = len("2018-02-07")  # a `published` of this length is a day, a longer one an instant
NAMELESS_OUTLET = "newsroom"  # whose rows name neither an outlet nor an address


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A later text of an article, printed from `published` on; `title` is null where it stays as it was."""

    published: str
    text: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class CorpusRow:
    """One article of a corpus. `published` is a day or an instant as the corpus has it; null is "always there"."""

    id: str
    title: str
    text: str
    published: str | None = None
    url: str | None = None
    outlet: str = NAMELESS_OUTLET
    author: str | None = None
    summary: str | None = None
    wire_credit: str | None = None
    revisions: tuple[RevisionRow, ...] = ()


def instant_of(published: str, zone: ZoneInfo) -> datetime:
    """Read a day (its midnight) or an instant, in `zone` where it names no offset of its own.

    Raises:
        ValueError: `published` is neither.

    >>> instant_of("2018-02-07", ZoneInfo("Asia/Damascus")).isoformat()
    '2018-02-07T00:00:00+02:00'
    """
    if is_day(published):
        return datetime.combine(date.fromisoformat(published), time(), zone)
    at = datetime.fromisoformat(published)
    return at if at.tzinfo else at.replace(tzinfo=zone)


def is_day(published: str) -> bool:
    """Tell whether `published` names a day only."""
    return len(published) == DAY_LENGTH


def outlet_of(row: Mapping[str, Any]) -> str:
    """Name the outlet of a raw row: its `outlet`, else the host of its address, else `newsroom`."""
    if row.get("outlet"):
        return str(row["outlet"])
    host = urlsplit(row.get("url") or "").hostname or ""
    return host.removeprefix("www.") or NAMELESS_OUTLET


def load_corpus(path: Path) -> tuple[CorpusRow, ...]:
    """Read all rows of the corpus at `path`, in file order; a name ending in `.gz` is unpacked.

    Raises:
        ConfigError: the file is missing, or a line is not an article; the line is named.
    """
    try:
        raw = path.read_bytes()
        lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8").splitlines()
    except (OSError, ValueError, EOFError) as error:
        raise ConfigError(f"{path}: cannot be read as a corpus ({error})", unchanged="nothing is served") from error
    return tuple(_row(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())


def _row(line: str, where: str) -> CorpusRow:
    try:
        raw = json.loads(line)
        row = CorpusRow(
            id=str(raw["id"]),
            title=raw.get("title") or "",
            text=raw.get("text") or "",
            published=raw.get("published"),
            url=raw.get("url"),
            outlet=outlet_of(raw),
            author=raw.get("author"),
            summary=raw.get("summary"),
            wire_credit=raw.get("wire_credit"),
            revisions=_revisions(raw.get("revisions") or ()),
        )
        for published in filter(None, (row.published, *(revision.published for revision in row.revisions))):
            instant_of(published, ZoneInfo("UTC"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{where}: not an article of a corpus ({error!r})", next_step="mend the line") from error
    return row


def _revisions(raw: Iterable[Mapping[str, Any]]) -> tuple[RevisionRow, ...]:
    rows = [RevisionRow(str(one["published"]), str(one["text"]), one.get("title")) for one in raw]
    return tuple(sorted(rows, key=lambda row: instant_of(row.published, ZoneInfo("UTC")).astimezone(UTC)))
