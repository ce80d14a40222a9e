"""Replay a labelled corpus into a warehouse and score it by the gold labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from pipeline.corpus import CorpusRow, read_corpus
from pipeline.scoring import PredictedClaim, Prediction, Scores, score
from warehouse.evaluation import CodedReport, read_coded_reports


def evaluate(corpus: Path, warehouse_path: Path, clean: bool = False) -> Scores:
    """Score the warehouse at `warehouse_path`, into which `corpus` was replayed.

    Args:
        corpus: The labelled corpus.
        warehouse_path: The replayed warehouse.
        clean: Leave out the rows whose `quality` names a fault of the page.

    Raises:
        WarehouseError: the warehouse is missing or cannot be read.
    """
    rows = [row for row in read_corpus(corpus) if isinstance(row, CorpusRow) and not (clean and row.quality)]
    return score(rows, _predictions(read_coded_reports(warehouse_path)))


def _predictions(coded: Sequence[CodedReport]) -> dict[str, Prediction]:
    by_article: dict[str, list[CodedReport]] = defaultdict(list)
    for one in coded:
        by_article[one.external_id].append(one)
    return {external_id: _best(found) for external_id, found in by_article.items()}


def _best(found: Sequence[CodedReport]) -> Prediction:
    best = max(found, key=lambda one: (one.confidence_0_1, one.report_id))
    return Prediction(
        external_id=best.external_id,
        incident_id=best.incident_id,
        event_type=best.event_type,
        date_start=best.date_start,
        date_end=best.date_end,
        lat=best.lat,
        lon=best.lon,
        killed_best=best.killed_best,
        injured_best=best.injured_best,
        confidence_0_1=best.confidence_0_1,
        claims=tuple(PredictedClaim(c.measure, c.low, c.high, c.bound, c.speaker) for c in best.claims),
    )
