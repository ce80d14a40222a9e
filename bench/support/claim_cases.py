"""Cases for the benches of claims: the cluster that the coder makes of each gold incident, its tolls and claims.

Articles are coded as in a run, and the judge pairs main reports with the incidents of the key. An incident without a
report takes the cluster that is nearest to it in day and place: it trains the chooser, but is not measured.
"""

from __future__ import annotations

import gzip
import json
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.labelled import ROOT, SEEN_AT, VALIDATION, corpora, dev_folder
from bench.support.parse_cache import CachedEmbedder, CachedParser, embed_with
from extractors.coding.cluster import Cluster
from extractors.coding.coder import Coder, Ranked, Scene
from extractors.coding.document import Document
from extractors.reference.load import load_reference
from model.incident import ArticleReport
from pipeline.corpus import CorpusRow, read_corpus
from pipeline.scoring.alignment import align
from pipeline.scoring.in_memory import coded_report
from pipeline.scoring.key import KeyClaim, KeyIncident, read_key

SAMPLES = {"gva": 800, "airwars": 200}  # rows read of the long corpora, one in every so many
Range = tuple[float, float]


@dataclass(frozen=True)
class Case:
    """One incident of an article's key with its cluster; `is_found` says whether the coder reports it."""

    corpus: str
    row_id: str
    outlet: str
    document: Document
    cluster: Cluster
    is_found: bool
    killed: Range | None
    injured: Range | None
    claims: tuple[KeyClaim, ...]


def training_corpora() -> list[str]:
    """Name all labelled corpora that may be read: bundled, written, and of the folder of dev corpora."""
    long = [name for name in SAMPLES if any(dev_folder().glob(f"{name}.jsonl*"))]
    return [c.name for c in corpora() if c.name not in VALIDATION] + long


def read_cases(corpus: str, parsed: Path) -> Iterator[Case]:
    """Code a corpus and yield its cases; parses are kept in the folder `parsed`."""
    if corpus in VALIDATION:
        raise SystemExit(f"{corpus}: for validation; it is neither read nor fitted on")
    path = corpora([corpus])[0].path
    parser = CachedParser(parsed / f"{corpus}.pickle")
    embedder = embed_with(CachedEmbedder(parsed / "embeddings.pickle"))
    coder = Coder(load_reference(Path(os.environ.get("DECONFLICT_REFERENCE", ROOT / "var" / "reference"))), parser)
    raw = {str(row["id"]): row for row in _raw_rows(path)}
    keys = {key.external_id: key for key in read_key(path)}
    rows = [row for row in read_corpus(path) if isinstance(row, CorpusRow)]
    for row in rows[:: max(1, len(rows) // SAMPLES.get(corpus, len(rows)))]:
        key = keys.get(row.external_id)
        steps = coder.steps(row.as_article(SEEN_AT)) if key and key.incidents and not row.quality else None
        if key is None or steps is None:
            continue
        golds = {g.get("incident_id"): g for g in raw[row.external_id]["incidents"]}
        for gold, cluster, is_found in _paired(coder, *steps, key.incidents):
            tolls = (_bounds(golds[gold.incident_id], name) for name in ("killed", "injured"))
            document = steps[0].document
            yield Case(corpus, row.external_id, row.outlet, document, cluster, is_found, *tolls, gold.claims)
    parser.save()
    embedder.save()


def _raw_rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _paired(
    coder: Coder, scene: Scene, ranked: Sequence[Ranked], golds: Sequence[KeyIncident]
) -> Iterator[tuple[KeyIncident, Cluster, bool]]:
    """Pair incidents with clusters: those that are reported first, then the others where day or place is right."""
    made = coder.reports_of(scene, range(len(scene.clusters)))
    coded_reports = [
        coded_report(ArticleReport(scene.document.article, report), f"inc_{k}") for k, report in made.items()
    ]
    mains = [k for k, r in enumerate(ranked) if r.is_reported]
    others = [k for k, r in enumerate(ranked) if not r.is_reported]
    found = {j: mains[i] for j, i in align([coded_reports[k] for k in mains], golds).items()}
    left = [j for j in range(len(golds)) if j not in found]
    for j, gold in enumerate(golds):
        if j in found:
            yield gold, replace(scene.clusters[found[j]], is_whole_article=len(mains) == 1), True
    missed = [golds[j] for j in left]
    for n, i in align(
        [coded_reports[k] for k in others], [*missed, *missed[:1]]
    ).items():  # two or more: a pair needs closeness
        if n < len(missed):
            yield missed[n], scene.clusters[others[i]], False


def _bounds(gold: dict[str, Any], name: str) -> Range | None:
    """Read a gold number or range; an open end is infinite."""
    if gold.get(name) is not None:
        return gold[name], gold[name]
    low_high = gold.get(f"{name}_range")
    if not low_high or low_high[0] is None:
        return None
    return low_high[0], math.inf if low_high[1] is None else low_high[1]
