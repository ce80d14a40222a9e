"""Cases for the benches of claims: an article's parse, the sentences of one gold incident, its tolls and claims."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench.support.parse_cache import CachedParser
from extractors.coding.cluster import Cluster
from extractors.coding.document import TITLE, Document
from model.article import Article, TextQuality, TimePrecision
from model.report import Role

CORPORA = (
    "wire-africa", "wire-mena", "wire-europe-americas", "realconflict", "realmix", "newsroom", "gva", "airwars",
)  # fmt: skip
SAMPLES = {"gva": 800, "airwars": 200}  # rows read of the long corpora, one in every so many
Row = dict[str, Any]
Range = tuple[float, float]


@dataclass(frozen=True)
class Case:
    """One gold incident of one article. `claims` are the gold claims of it: measure, low, high, speaker."""

    corpus: str
    row_id: str
    outlet: str
    document: Document
    cluster: Cluster
    killed: Range | None
    injured: Range | None
    claims: tuple[tuple[str, int | None, int | None, str | None], ...]


def read_cases(corpus: str, evaluation: Path, parsed: Path) -> Iterator[Case]:
    """Read the cases of a corpus, with the parse that is kept in the folder `parsed`."""
    path = next((p for p in _paths(corpus, evaluation) if p.exists()), None)
    if path is None:
        raise SystemExit(f"no corpus {corpus} under {evaluation}")
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    parser = CachedParser(parsed / f"{corpus}.pickle")
    n = SAMPLES.get(corpus)
    for row in rows[:: max(1, len(rows) // n)] if n else rows:
        if corpus == "gva" and row.get("quality"):
            continue
        golds = [g for g in row.get("incidents") or [] if g["incident_id"] in row["incident_ids"]]
        if golds:
            document = parser.parse(parser.tokenise(to_article(row)))
            for gold in golds:
                yield _case(corpus, row, document, gold, golds)
    parser.save()


def _paths(corpus: str, evaluation: Path) -> tuple[Path, ...]:
    if corpus == "newsroom":
        return (Path("seeds/newsroom/corpus.jsonl"),)
    return evaluation / "dev" / f"{corpus}.jsonl", evaluation / "dev" / f"{corpus}.jsonl.gz"


def _case(corpus: str, row: Row, document: Document, gold: Row, golds: list[Row]) -> Case:
    claims = tuple(
        ("killed_or_injured" if c.get("combined") else c["measure"], c["low"], c["high"], c.get("speaker"))
        for c in row.get("claims", [])
        if c.get("incident_id") == gold["incident_id"]
    )
    cluster = _cluster(document, row, gold, golds)
    killed, injured = bounds(gold, "killed"), bounds(gold, "injured")
    return Case(corpus, row["id"], row.get("outlet") or "", document, cluster, killed, injured, claims)


def _cluster(document: Document, row: Row, gold: Row, golds: list[Row]) -> Cluster:
    """Take the whole article for its only incident; of several, from a gold place or quote to that of another."""
    if len(golds) == 1:
        return Cluster((), tuple(s.index for s in document.sentences), Role.MAIN, {}, is_whole_article=True)
    signs = [(g["incident_id"], sign) for g in golds for sign in (g.get("place_names") or [g.get("place") or ""])]
    signs += [(c["incident_id"], c["quote"]) for c in row.get("claims", []) if c.get("quote")]
    current, own = None, []
    for sentence in document.body:
        named = [i for i, sign in signs if sign and sign.lower() in sentence.text.lower()]
        current = current if current in named or not named else named[0]
        if current == gold["incident_id"] or (current in named and gold["incident_id"] in named):
            own.append(sentence.index)
    return Cluster((), tuple(own or (TITLE,)), Role.MAIN, {}, is_whole_article=False)


def bounds(gold: Row, name: str) -> Range | None:
    """Read a gold number or range; an open end is infinite."""
    if gold.get(name) is not None:
        return gold[name], gold[name]
    low_high = gold.get(f"{name}_range")
    if not low_high or low_high[0] is None:
        return None
    return low_high[0], math.inf if low_high[1] is None else low_high[1]


def to_article(row: Row) -> Article:
    """Make an article of a corpus row; only its day of publication is kept."""
    day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
    published_at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None
    now = datetime(2020, 1, 1, tzinfo=UTC)
    return Article(
        "art_bench", 1, row["id"], row.get("url"), "bench", None, row.get("title") or "", row["text"], None, "en",
        published_at, TimePrecision.DAY if day else None, "UTC", None, now, now, None, TextQuality.FULL,
    )  # fmt: skip
