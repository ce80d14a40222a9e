"""Read corpora whose incidents have a point, coded as far as the clusters, with the cluster of each incident.

The clusters are the coder's own. The reported ones are paired with the incidents of the article's key by day, type,
toll and by whether a right place is among those that their sentences name, never by the place that was chosen; an
incident that no reported cluster tells of takes one of the others that has its day or its place.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench.support.parse_cache import CachedEmbedder, CachedParser, embed_with
from extractors.coding.cluster import Cluster
from extractors.coding.coder import Coder, Ranked, Scene
from extractors.coding.document import TITLE, Document
from extractors.coding.where import PlaceMention
from extractors.reference.load import load_reference
from model.article import Article, TextQuality, TimePrecision
from model.geo import distance_km
from model.incident import ArticleReport
from pipeline.scoring.alignment import LEAST_CLOSENESS
from pipeline.scoring.facts import closeness
from pipeline.scoring.in_memory import coded_report
from pipeline.scoring.key import KeyIncident, read_key

EVAL = Path(os.environ.get("DECONFLICT_EVAL", "../shared/eval"))
OWN = {"newsroom": Path("seeds/newsroom/corpus.jsonl")}
SAMPLE = {"gva": 800, "airwars": 200}  # rows: the rest is more of the same, and costs an hour of parsing
PLACE_NAMED = 2.0  # what a right place among a cluster's names is worth beside `closeness`, as there


@dataclass(frozen=True)
class PlacedIncident:
    """One incident of a corpus with its article, its cluster and where it happened; `is_found`: it is reported."""

    row: dict[str, Any]
    incident: KeyIncident
    document: Document
    places: tuple[PlaceMention, ...]
    cluster: Cluster
    is_found: bool

    def is_right(self, lat: float | None, lon: float | None) -> bool:
        """Say whether a point is within the key's radius of one of the right spots."""
        return _is_right(self.incident, lat, lon)


def _path(corpus: str, folder: Path | None) -> Path:
    """Find the file of a corpus: a bundled one, one of `folder`, or one of the evaluation's folder."""
    paths = [p for base in (folder, Path("bench/corpora")) if base for p in (base / f"{corpus}.jsonl",)]
    paths += [OWN.get(corpus, EVAL / "dev" / f"{corpus}.jsonl"), EVAL / "dev" / f"{corpus}.jsonl.gz"]
    return next(p for p in paths if p.exists())


def read_rows(corpus: str, folder: Path | None = None) -> list[dict[str, Any]]:
    """Read one labelled corpus, or the sample of a large one."""
    path = _path(corpus, folder)
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
def _coder() -> Coder:
    return Coder(load_reference(Path(os.environ.get("DECONFLICT_REFERENCE", "var/reference"))))


def placed_incidents(corpus: str, parsed: Path, folder: Path | None = None) -> Iterator[PlacedIncident]:
    """Yield each incident of a corpus that has a point; parses and embeddings are kept in the folder `parsed`."""
    parser, embedder = (
        CachedParser(parsed / f"{corpus}.pickle"),
        embed_with(CachedEmbedder(parsed / f"{corpus}.embed.pickle")),
    )
    coder = _coder()
    coder.parser = parser
    keys = {key.external_id: key for key in read_key(_path(corpus, folder))}
    for row in read_rows(corpus, folder):
        key = keys.get(str(row["id"]))
        golds = [gold for gold in key.incidents if gold.spots] if key else []
        if row.get("quality") or not golds:
            continue
        steps = coder.steps(article_of(row))
        if steps is not None:
            scene, ranked = steps
            for gold, k in _pairs(golds, scene, ranked, coder):
                cluster = replace(ranked[k].cluster, is_whole_article=sum(r.is_reported for r in ranked) == 1)
                yield PlacedIncident(row, gold, scene.document, scene.places, cluster, ranked[k].is_reported)
    parser.save()
    embedder.save()


def _pairs(
    golds: Sequence[KeyIncident], scene: Scene, ranked: Sequence[Ranked], coder: Coder
) -> Iterator[tuple[KeyIncident, int]]:
    """Pair incidents with clusters, the reported ones first, the closest pair first."""
    reported = [k for k, one in enumerate(ranked) if one.is_reported]
    others = [k for k, one in enumerate(ranked) if not one.is_reported]
    if len(golds) == 1 and len(reported) == 1:
        yield golds[0], reported[0]
        return
    left = list(golds)
    for ks, least in ((reported, 0.0 if len(golds) == 1 else LEAST_CLOSENESS), (others, LEAST_CLOSENESS)):
        made = coder.reports_of(scene, ks if left else ())
        coded_reports = {
            k: coded_report(ArticleReport(scene.document.article, report), "") for k, report in made.items()
        }
        scores = {(k, n): closeness(replace(report, lat=None), gold) + PLACE_NAMED * _is_named(gold, scene, k)
                  for k, report in coded_reports.items() for n, gold in enumerate(left)}  # fmt: skip
        taken: dict[int, int] = {}
        for k, n in sorted(scores, key=lambda pair: (-scores[pair], pair)):
            if scores[k, n] >= least and k not in taken.values() and n not in taken:
                taken[n] = k
        yield from ((left[n], k) for n, k in taken.items())
        left = [gold for n, gold in enumerate(left) if n not in taken]


def _is_named(gold: KeyIncident, scene: Scene, k: int) -> bool:
    own = (m.place for m in scene.places if m.token >= 0 and scene.clusters[k].owns(scene.document, m.token))
    return any(_is_right(gold, place.lat, place.lon) for place in own)


def _is_right(gold: KeyIncident, lat: float | None, lon: float | None) -> bool:
    if lat is None or lon is None:
        return False
    return any(distance_km(lat, lon, *spot) <= gold.radius_km for spot in gold.spots)


__all__ = ["TITLE", "PlacedIncident", "article_of", "placed_incidents", "read_rows"]
