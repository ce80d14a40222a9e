"""Replay a labelled corpus into a warehouse and score it by the gold labels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.corpus import CorpusRow, read_corpus
from pipeline.scoring import Scores, score
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


def _predictions(coded: Sequence[CodedReport]) -> dict[str, CodedReport]:
    """The report of the highest confidence of each article, by external id; the id breaks ties."""
    return {one.external_id: one for one in sorted(coded, key=lambda one: (one.confidence_0_1, one.report_id))}
