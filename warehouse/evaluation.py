"""What an evaluation reads of a replayed warehouse, through `pub` only: the `main` reports and the incidents."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from warehouse.connect import open_read_only
from warehouse.query import rows, run
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
class CodedActor:
    """An actor of a report: the name and `initiator`, `target` or `participant`."""

    name: str
    role: str


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
    place_name: str | None = None
    actors: tuple[CodedActor, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedIncident:
    """A row of the list of incidents, as far as it is scored."""

    incident_id: str
    status: str
    event_type: str
    date_start: date | None
    date_end: date | None
    lat: float | None
    lon: float | None
    place_name: str | None


def read_coded_reports(path: Path) -> tuple[CodedReport, ...]:
    """Read the `main` reports of the warehouse at `path`, private or published, by external id.

    Raises:
        WarehouseError: it is missing or cannot be read.
    """
    claims: dict[str, list[CodedClaim]] = defaultdict(list)
    actors: dict[str, list[CodedActor]] = defaultdict(list)
    with closing(open_read_only(path, memory_limit=MEMORY_LIMIT, n_threads=N_THREADS)) as con:
        for report_id, *claim in rows(con, "read_coded_claim"):
            claims[report_id].append(CodedClaim(*claim))
        for report_id, *actor in rows(con, "read_coded_actor"):
            actors[report_id].append(CodedActor(*actor))
        cursor = run(con, "read_coded_report")
        names = [column[0] for column in cursor.description]
        reports = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    return tuple(
        CodedReport(**report, claims=tuple(claims[report["report_id"]]), actors=tuple(actors[report["report_id"]]))
        for report in reports
    )


def read_coded_incidents(path: Path) -> tuple[CodedIncident, ...]:
    """Read the incidents of the warehouse at `path`, merged and retracted ones included, by id.

    Raises:
        WarehouseError: it is missing or cannot be read.
    """
    with closing(open_read_only(path, memory_limit=MEMORY_LIMIT, n_threads=N_THREADS)) as con:
        return tuple(CodedIncident(*incident) for incident in rows(con, "read_coded_incident"))
