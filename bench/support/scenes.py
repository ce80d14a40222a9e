"""Labelled articles for fitting the choosers of day, type and actors: parsed, with a cluster for each gold incident.

An article of one incident gives the cluster of its strongest mentions; of one with several, each incident has the
sentences that name its places and those that follow them. Only articles with complete labels are read.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.support.parse_cache import CachedParser
from extractors.coding.cluster import Cluster, EventMention, Realis
from extractors.coding.clusters import bind, group_mentions
from extractors.coding.document import TITLE, Document
from extractors.coding.layout import item_of_sentences
from extractors.coding.mentions import find_mentions
from extractors.coding.signals import read_signals
from extractors.coding.when import DateMention, date_near, find_dates
from extractors.reference.event_types import load_event_types
from extractors.reference.lexicons import Lexicons, load_lexicons
from model.errors import SourceError
from model.report import Role
from pipeline.corpus import CorpusRow, read_corpus

SEEN = datetime(2030, 1, 1, tzinfo=UTC)
SAMPLES = {"gva": 800, "airwars": 200, "muc4": 500}  # rows of the large corpora that are parsed


@dataclass(frozen=True)
class Example:
    """One gold incident of one article: the raw gold, the document, its dates and the incident's cluster."""

    corpus: str
    row_id: str
    gold: dict[str, Any]
    document: Document
    dates: tuple[DateMention, ...]
    cluster: Cluster


def corpus_name(path: Path) -> str:
    """Name a corpus by its file."""
    return path.name.removesuffix(".gz").removesuffix(".jsonl").replace("corpus", "newsroom")


def read_lexicons() -> Lexicons:
    """Read the reviewed word lists."""
    folder = Path(__file__).resolve().parents[2] / "seeds" / "reference"
    return load_lexicons(folder, load_event_types(folder))


def read_examples(path: Path, parsed: Path) -> list[Example]:
    """Read a corpus into examples.

    Args:
        path: JSON lines, plain or gzipped.
        parsed: Folder of the files that keep the parses.
    """
    name = corpus_name(path)
    parser, lexicons = CachedParser(parsed / f"{name}.pickle"), read_lexicons()
    rows = {r.external_id: r for r in read_corpus(path) if not isinstance(r, SourceError)}
    lines = [raw for raw in _lines(path) if str(raw["id"]) in rows]
    if name in SAMPLES:
        lines = lines[:: max(1, len(lines) // SAMPLES[name])]
    found: list[Example] = []
    for raw in lines:
        golds = _golds(raw)
        if golds:
            found += _examples(name, raw, golds, rows[str(raw["id"])], parser, lexicons)
    parser.save()
    return found


def _lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _golds(raw: dict[str, Any]) -> list[dict[str, Any]]:
    if raw.get("quality") or not raw.get("has_key", True):
        return []
    ids = set(raw.get("incident_ids") or [])
    golds = [g for g in raw.get("incidents") or [] if not g.get("optional")]
    return [g for g in golds if g.get("incident_id", "") in ids] or (golds if len(golds) == 1 else [])


def _examples(
    name: str, raw: dict[str, Any], golds: Sequence[dict[str, Any]], row: CorpusRow, parser: CachedParser, lex: Lexicons
) -> list[Example]:
    document = parser.parse(parser.tokenise(row.as_article(SEEN)))
    mentions = find_mentions(document, read_signals(document, lex))
    if not mentions:
        return []
    dates = find_dates(document)
    clusters = [_main_cluster(document, mentions, dates)] if len(golds) == 1 else _by_place(document, mentions, golds)
    return [
        Example(name, str(raw["id"]), gold, document, dates, cluster)
        for gold, cluster in zip(golds, clusters, strict=True)
        if cluster is not None
    ]


def _main_cluster(document: Document, mentions: Sequence[EventMention], dates: Sequence[DateMention]) -> Cluster | None:
    items = item_of_sentences(document)
    days = {m: date_near(m, dates, document) for m in mentions}
    groups = group_mentions([bind(document, m, days, {}, items) for m in mentions])
    if not groups:
        return _cluster(document, mentions, [s.index for s in document.sentences], is_whole=True)
    best = max(groups, key=lambda g: sum(_weight(b.mention) for b in g.members))
    taken = {b.mention.sentence for g in groups if g is not best for b in g.members}
    own = [b.mention for b in best.members]
    told = {m.sentence for m in own}
    sentences = [s.index for s in document.sentences if s.index in told or s.index not in taken]
    return _cluster(document, own, sentences, is_whole=True)


def _weight(mention: EventMention) -> float:
    return mention.strength * (2.0 if mention.sentence <= 1 else 1.0) * (mention.realis is Realis.ACTUAL)


def _by_place(
    document: Document, mentions: Sequence[EventMention], golds: Sequence[dict[str, Any]]
) -> list[Cluster | None]:
    owner, current = {}, None
    for sentence in document.sentences:
        text = sentence.text.lower()
        named = [
            (at, n)
            for n, gold in enumerate(golds)
            for place in (gold.get("place_names") or [gold.get("place") or ""])
            if place and (at := text.find(place.lower())) >= 0
        ]
        current = min(named)[1] if named else current
        if current is not None and sentence.index != TITLE:
            owner[sentence.index] = current
    clusters: list[Cluster | None] = []
    for n in range(len(golds)):
        sentences = [s for s, k in owner.items() if k == n]
        clusters.append(_cluster(document, [m for m in mentions if m.sentence in sentences], sentences, is_whole=False))
    return clusters


def _cluster(
    document: Document, mentions: Sequence[EventMention], sentences: Sequence[int], *, is_whole: bool
) -> Cluster | None:
    if not mentions:
        return None
    return Cluster(tuple(mentions), tuple(sorted(sentences)), Role.MAIN, {}, is_whole)
