"""Read a labelled corpus: one article a line of JSON, plain or gzipped.

Keys that are read: `id`, `title`, `text`, `published` (a day, an instant or null), `url`, `outlet`, `author`,
`timezone`, `country`, `wire_credit`; for the gold, `incident_ids`, `incidents`, `has_key`, `quality`. Others are
ignored. The article that goes to the coder is made from the first group only.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from model import ids
from model.article import Article, TextQuality, TimePrecision
from model.errors import ConfigError, SourceError

GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim as a person labelled it; null bounds are open."""

    measure: str
    low: int | None
    high: int | None
    bound: str | None
    speaker: str | None


@dataclass(frozen=True, slots=True)
class GoldIncident:
    """An incident as a person labelled it; null where the corpus does not say. Ranges include both ends.

    `event_types` are the type and its alternatives.
    """

    incident_id: str
    day: date | None
    latlon: tuple[float, float] | None
    killed: tuple[float, float] | None
    injured: tuple[float, float] | None
    event_types: tuple[str, ...]
    is_main: bool
    claims: tuple[GoldClaim, ...]


@dataclass(frozen=True, slots=True)
class CorpusRow:
    """One line of a corpus: an article, and what people say that it tells."""

    external_id: str
    title: str
    text: str
    published: str | None
    url: str | None
    outlet: str
    author: str | None
    timezone: str
    country_code: str | None
    wire_credit: str | None
    incident_ids: tuple[str, ...]
    incidents: tuple[GoldIncident, ...]
    has_key: bool
    quality: tuple[str, ...]

    @property
    def published_at(self) -> datetime | None:
        """The aware instant of publication; midnight in the outlet's zone where only the day is known."""
        if self.published is None:
            return None
        moment = datetime.fromisoformat(self.published)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(self.timezone))

    @property
    def is_day_only(self) -> bool:
        """Whether only the day of publication is known."""
        return self.published is not None and "T" not in self.published and " " not in self.published

    def as_article(self, seen_at: datetime) -> Article:
        """Make the article that the coder is given; nothing of the gold is in it."""
        published_at = self.published_at
        precision = TimePrecision.DAY if self.is_day_only else TimePrecision.INSTANT
        return Article(
            article_id=ids.article_id(self.external_id),  # each row is an article, whatever its address
            revision=1,
            external_id=self.external_id,
            url=self.url,
            outlet=self.outlet,
            feed_id=None,
            title=self.title,
            text=self.text,
            author=self.author,
            language="en",
            published_at=published_at,
            published_precision=precision if published_at else None,
            timezone=self.timezone,
            country_code=self.country_code,
            first_seen_at=seen_at,
            fetched_at=seen_at,
            page_sha256=None,
            text_quality=TextQuality.FULL if self.text.strip() else TextQuality.EMPTY,
            wire_credit=self.wire_credit,
        )


def read_corpus(path: Path) -> Iterator[CorpusRow | SourceError]:
    """Yield the rows of `path` in file order; a line that cannot be read is yielded as an error that names it.

    Raises:
        ConfigError: the file is missing or cannot be opened.
    """
    for number, line in json_lines(path):
        try:
            yield _row(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, ZoneInfoNotFoundError) as error:
            yield SourceError(
                f"{path.name} line {number}: {type(error).__name__}: {error}",
                unchanged="the other lines were read",
                next_step="mend the line and replay again",
            )


def json_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a plain or gzipped JSONL file that are not blank, unread, with their numbers from 1.

    Raises:
        ConfigError: the file is missing or cannot be opened.
    """
    try:
        with path.open("rb") as raw:
            is_gzip = raw.read(2) == GZIP_MAGIC
            raw.seek(0)
            lines: Iterable[bytes] = gzip.GzipFile(fileobj=raw) if is_gzip else raw
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, line
    except (OSError, EOFError, gzip.BadGzipFile) as error:
        raise ConfigError(
            f"corpus {path}: {error}", unchanged="rows read before it were kept", next_step="check the path and file"
        ) from error


def _row(line: dict[str, Any]) -> CorpusRow:
    url = line.get("url")
    row = CorpusRow(
        external_id=str(line["id"]),
        title=line.get("title") or "",
        text=line.get("text") or "",
        published=line.get("published"),
        url=url,
        outlet=line.get("outlet") or line.get("source") or (urlsplit(url).hostname if url else None) or "unknown",
        author=line.get("author"),
        timezone=line.get("timezone") or "UTC",
        country_code=line.get("country"),
        wire_credit=line.get("wire_credit"),
        incident_ids=tuple(line.get("incident_ids") or ()),
        incidents=tuple(_incident(gold) for gold in line.get("incidents") or () if "incident_id" in gold),
        has_key=bool(line.get("has_key")),
        quality=tuple(line.get("quality") or ()),
    )
    ZoneInfo(row.timezone)
    _ = row.published_at  # a wrong date must fail here, where the line is known
    return row


def _incident(gold: dict[str, Any]) -> GoldIncident:
    latlon = gold.get("latlon")
    day = gold.get("date")
    return GoldIncident(
        incident_id=gold["incident_id"],
        day=date.fromisoformat(day[:10]) if day else None,
        latlon=(latlon[0], latlon[1]) if latlon and None not in latlon else None,
        killed=_range(gold, "killed"),
        injured=_range(gold, "injured"),
        event_types=tuple(name for name in (gold.get("type"), *(gold.get("type_alt") or ())) if name),
        is_main=gold.get("role", "main") == "main",
        claims=tuple(
            GoldClaim(c["measure"], c.get("low"), c.get("high"), c.get("bound"), c.get("speaker"))
            for c in gold.get("claims") or ()
        ),
    )


def _range(gold: dict[str, Any], name: str) -> tuple[float, float] | None:
    if gold.get(name) is not None:
        return gold[name], gold[name]
    low_high = gold.get(f"{name}_range")
    if not low_high or low_high[0] is None:
        return None
    return low_high[0], float("inf") if low_high[1] is None else low_high[1]


def day_of(moment: datetime) -> date:
    """The UTC day of an instant."""
    return moment.astimezone(UTC).date()
