"""Read corpora whose incidents have a point, as parsed documents with the cluster of each incident.

An article of one incident is one cluster of all its sentences. Where an article tells of several, the cluster of each
is made of the sentences that name its places or hold its quotes, and no sentence of another's.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench.support.parse_cache import CachedParser
from extractors.coding.cluster import Cluster, EventMention, Realis
from extractors.coding.document import TITLE, Document
from extractors.coding.mentions import find_mentions
from extractors.coding.signals import read_signals
from extractors.reference.event_types import load_event_types
from extractors.reference.lexicons import Lexicons, load_lexicons
from model.article import Article, TextQuality, TimePrecision
from model.report import Role

EVAL = Path(os.environ.get("DECONFLICT_EVAL", "../shared/eval"))
SEEDS = Path("seeds/reference")
OWN = {"newsroom": Path("seeds/newsroom/corpus.jsonl")}
LEAST_RADIUS_KM = 25.0  # a key's radius is never taken to be smaller
SAMPLE = {"gva": 800, "airwars": 200}  # rows: the rest is more of the same, and costs an hour of parsing


@dataclass(frozen=True)
class PlacedIncident:
    """One incident of a corpus with its article, its cluster and where it happened."""

    row: dict[str, Any]
    incident: dict[str, Any]
    document: Document
    cluster: Cluster
    lat: float
    lon: float
    radius_km: float


def read_rows(corpus: str, folder: Path | None = None) -> list[dict[str, Any]]:
    """Read one labelled corpus: a bundled one, one of `folder`, or one of the evaluation's folder."""
    paths = [p for base in (folder, Path("bench/corpora")) if base for p in (base / f"{corpus}.jsonl",)]
    paths += [OWN.get(corpus, EVAL / "dev" / f"{corpus}.jsonl"), EVAL / "dev" / f"{corpus}.jsonl.gz"]
    path = next(p for p in paths if p.exists())
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in raw.decode("utf-8").split("\n") if line.strip()]
    n = SAMPLE.get(corpus)
    return rows[:: max(1, len(rows) // n)] if n else rows


def article_of(row: dict[str, Any]) -> Article:
    """Make an article of a corpus row: only what the article itself says."""
    published = row.get("published")
    at = datetime.fromisoformat(published) if published else datetime(2020, 1, 1, tzinfo=UTC)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Article(
        article_id=row["id"], revision=1, external_id=row["id"], url=row.get("url"), outlet=row.get("outlet") or "",
        feed_id=None, title=row.get("title") or "", text=row["text"], author=None, language="en",
        published_at=at if published else None, published_precision=TimePrecision.DAY, timezone="UTC",
        country_code=None, first_seen_at=at, fetched_at=at, page_sha256=None, text_quality=TextQuality.FULL,
    )  # fmt: skip


@lru_cache(maxsize=1)
def lexicons() -> Lexicons:
    """Load the word lists once."""
    return load_lexicons(SEEDS, load_event_types(SEEDS))


def placed_incidents(corpus: str, parsed: Path, folder: Path | None = None) -> Iterator[PlacedIncident]:
    """Yield each incident of a corpus that has a point, its article parsed with the cache in the folder `parsed`."""
    parser = CachedParser(parsed / f"{corpus}.pickle")
    for row in read_rows(corpus, folder):
        placed = [i for i in row["incidents"] if i.get("latlon") and None not in i["latlon"]]
        if row.get("quality") or not placed or len(row["incident_ids"]) != len(row["incidents"]):
            continue
        document = parser.parse(parser.tokenise(article_of(row)))
        mentions = find_mentions(document, read_signals(document, lexicons()))
        for incident in placed:
            cluster = _cluster(document, mentions, row, incident)
            if cluster is not None:
                radius = max(LEAST_RADIUS_KM, incident.get("radius_km") or 0.0)
                yield PlacedIncident(row, incident, document, cluster, *incident["latlon"], radius)
    parser.save()


def _cluster(
    document: Document, mentions: tuple[EventMention, ...], row: dict[str, Any], incident: dict[str, Any]
) -> Cluster | None:
    if len(row["incidents"]) == 1:
        kept = {s.index for s in document.sentences}
    else:
        own = {s: _names(row, i) for i in row["incidents"] for s in (i["incident_id"],)}
        mine = own[incident["incident_id"]]
        others = {n for key, names in own.items() if key != incident["incident_id"] for n in names} - mine
        kept = {
            s.index for s in document.body if any(n in s.text for n in mine) and not any(n in s.text for n in others)
        }
    events = tuple(m for m in mentions if m.sentence in kept and m.event_type != "other" and m.realis is Realis.ACTUAL)
    events = events or tuple(m for m in mentions if m.sentence in kept)
    if not events:
        return None
    is_whole = len(row["incidents"]) == 1
    return Cluster(events, tuple(sorted(kept)), Role.MAIN, {}, is_whole)


def _names(row: dict[str, Any], incident: dict[str, Any]) -> set[str]:
    quotes = {c["quote"] for c in row.get("claims", ()) if c.get("incident_id") == incident["incident_id"]}
    return {
        n
        for n in (incident.get("place"), incident.get("city_or_county"), *incident.get("place_names", ()), *quotes)
        if n
    }


__all__ = ["TITLE", "PlacedIncident", "article_of", "placed_incidents", "read_rows"]
