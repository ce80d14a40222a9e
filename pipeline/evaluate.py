"""Score a warehouse, into which a labelled corpus was replayed, by the gold labels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.corpus import CorpusRow, read_corpus
from pipeline.scoring import Scores, score
from pipeline.scoring.incidents import Predictions, score_incidents
from pipeline.scoring.key import read_key
from warehouse.evaluation import CodedReport, read_coded_incidents, read_coded_reports


def evaluate(corpus: Path, warehouse_path: Path, clean: bool = False) -> Scores:
    """Score each article of `corpus` by its best report in the warehouse at `warehouse_path`.

    Args:
        corpus: The labelled corpus.
        warehouse_path: The replayed warehouse.
        clean: Leave out the rows whose `quality` names a fault of the page.

    Raises:
        WarehouseError: the warehouse is missing or cannot be read.
    """
    rows = [row for row in read_corpus(corpus) if isinstance(row, CorpusRow) and not (clean and row.quality)]
    return score(rows, _predictions(read_coded_reports(warehouse_path)))


def evaluate_incidents(corpus: Path, warehouse_path: Path) -> Scores:
    """Score every (article, incident) pair of `corpus`, and the list of incidents, in the warehouse.

    Raises:
        ConfigError: the corpus cannot be opened. SourceError: a line of it has no labels that can be read.
        WarehouseError: the warehouse is missing or cannot be read.
    """
    predictions = Predictions(read_coded_reports(warehouse_path), read_coded_incidents(warehouse_path))
    return score_incidents(read_key(corpus), predictions)


def _predictions(coded: Sequence[CodedReport]) -> dict[str, CodedReport]:
    """The report of the highest confidence of each article, by external id; the id breaks ties."""
    return {one.external_id: one for one in sorted(coded, key=lambda one: (one.confidence_0_1, one.report_id))}
