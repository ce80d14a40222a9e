"""A CSV with columns of UCDP GED, for scripts that expect them. It is not UCDP's data, nor coded by its people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interfaces.exports.crosswalk import IS_POINT, UCDP_DATE_PREC, UCDP_WHERE_PREC, words_of
from interfaces.exports.form import Context, Form, is_merged
from interfaces.exports.texts import csv_pieces, instant
from interfaces.roles import pair_by_vote, votes_of
from warehouse.export import Exported, ExportedReport

COLUMNS = (
    "id", "year", "type_of_violence", "side_a", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "adm_1", "adm_2", "latitude", "longitude", "country", "region", "event_clarity", "date_prec", "date_start",
    "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "status",
    "confidence_0_1",
)  # fmt: skip
SEPARABLE = 1  # event_clarity: one incident with its own place and time; 2 would be a sum over several


def takes(item: Exported) -> bool:
    """Take what has a day, stands, is of a type of organised violence, and killed at least one by somebody's claim."""
    i = item.incident
    is_deadly = max(i.killed_low or 0, i.killed_best or 0, i.killed_high or 0) >= 1
    is_stated = i.status != "retracted" and i.date_start is not None
    return is_stated and is_deadly and bool(words_of(i).ucdp_type_of_violence)


def render(items: Iterable[Exported], _: Context) -> Iterator[str]:
    """Write a line for each incident."""
    return csv_pieces(COLUMNS, (_row(item) for item in items))


def _row(item: Exported) -> tuple[object, ...]:
    i = item.incident
    side_a, side_b = pair_by_vote(votes_of(item.actors))
    lat, lon = (i.lat, i.lon) if i.place_precision in IS_POINT else (None, None)
    first = item.reports[0] if item.reports else None
    return (
        i.incident_id, i.date_start.year if i.date_start else None, int(words_of(i).ucdp_type_of_violence), side_a,
        side_b, i.n_outlets, "; ".join(_source(report) for report in item.reports), first.outlet if first else "",
        _day(first), first.title if first else "", _speakers(item), UCDP_WHERE_PREC.get(i.place_precision or ""),
        i.place_name, i.headline, i.admin1, "", lat, lon, i.country_code, "", SEPARABLE,
        UCDP_DATE_PREC.get(i.date_precision or ""), i.date_start, i.date_end, None, None, None, i.killed_best,
        i.killed_best, i.killed_high, i.killed_low, i.status, i.confidence_0_1,
    )  # fmt: skip


def _source(report: ExportedReport) -> str:
    return ", ".join(part for part in (report.outlet, _day(report), report.title) if part)


def _day(report: ExportedReport | None) -> str:
    return instant(report.published_at)[:10] if report and report.published_at else ""


def _speakers(item: Exported) -> str:
    """Who gives the tolls: what UCDP calls the original source."""
    return "; ".join(sorted({claim.speaker for claim in item.claims if claim.measure == "killed" and claim.speaker}))


FORM = Form("ucdp", render, lambda item: not is_merged(item) and takes(item))
