"""What an evaluation reads of a replayed warehouse: the `main` reports with their claims, through `pub` only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from warehouse.connect import open_read_only
from warehouse.query import rows
from warehouse.reader import MEMORY_LIMIT, N_THREADS


@dataclass(frozen=True, slots=True)
class CodedClaim:
    """A claim, as far as it is scored."""

    measure: str
    low: int | None
    high: int | None
    bound: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class CodedReport:
    """A `main` report, as far as it is scored."""

    external_id: str
    report_id: str
    incident_id: str
    event_type: str
    date_start: date | None
    date_end: date | None
    lat: float | None
    lon: float | None
    killed_best: int | None
    injured_best: int | None
    confidence_0_1: float
    claims: tuple[CodedClaim, ...]


def read_coded_reports(path: Path) -> tuple[CodedReport, ...]:
    """Read the `main` reports of the warehouse at `path`, private or published, by external id.

    Raises:
        WarehouseError: it is missing or cannot be read.
    """
    con = open_read_only(path, memory_limit=MEMORY_LIMIT, n_threads=N_THREADS)
    try:
        claims: dict[str, list[CodedClaim]] = defaultdict(list)
        for report_id, *claim in rows(con, "read_coded_claim"):
            claims[report_id].append(CodedClaim(*claim))
        reports = rows(con, "read_coded_report")
    finally:
        con.close()
    return tuple(CodedReport(*(*report, tuple(claims[report[1]]))) for report in reports)
