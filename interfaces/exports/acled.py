"""A CSV with ACLED's columns, for scripts that expect them. It is not ACLED's data and not coded by its people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interfaces.exports.crosswalk import (
    ACLED_GEO_PRECISION,
    ACLED_TIME_PRECISION,
    IS_POINT,
    acled_disorder,
    acled_inter,
    words_of,
)
from interfaces.exports.form import Context, Form, is_merged
from interfaces.exports.texts import csv_pieces
from interfaces.roles import pair_by_vote, votes_of
from warehouse.export import Exported
from warehouse.rows import IncidentRow

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp", "fatalities_is_unknown", "status", "confidence_0_1",
)  # fmt: skip


def takes(item: Exported) -> bool:
    """Take what stands, is dated to a month or better, and is in ACLED's tree (accidents and theft are not)."""
    i = item.incident
    is_dated = i.date_start is not None and i.date_precision in ACLED_TIME_PRECISION
    return i.status != "retracted" and is_dated and bool(words_of(i).acled_event)


def render(items: Iterable[Exported], _: Context) -> Iterator[str]:
    """Write a line for each incident."""
    return csv_pieces(COLUMNS, (_row(item) for item in items))


def _row(item: Exported) -> tuple[object, ...]:
    i, words = item.incident, words_of(item.incident)
    first, second = pair_by_vote(votes_of(item.actors))
    inter1, inter2 = acled_inter(first, i.country_code), acled_inter(second, i.country_code)
    is_point = i.place_precision in IS_POINT
    day = i.date_start
    return (
        i.incident_id, day, day.year if day else None, ACLED_TIME_PRECISION[i.date_precision or ""],
        acled_disorder(words), words.acled_event, words.acled_sub_event, first, "", inter1,
        second, "", inter2, _interaction(inter1, inter2, has_second=bool(second)),
        "Civilian targeting" if words.acled_event == "Violence against civilians" else "", "", "", i.country_code,
        i.admin1, "", "", i.place_name, i.lat if is_point else None, i.lon if is_point else None,
        ACLED_GEO_PRECISION.get(i.place_precision or ""), "; ".join(sorted({r.outlet for r in item.reports})), "",
        _notes(i), i.killed_low or 0, "", int(i.updated_at.timestamp()), i.killed_low is None, i.status,
        i.confidence_0_1,
    )  # fmt: skip


def _interaction(inter1: int | None, inter2: int | None, *, has_second: bool) -> str:
    """Both codes sorted, a single actor's with a 0; empty as soon as a code is unknown."""
    if inter1 is None or (has_second and inter2 is None):
        return ""
    return "".join(str(code) for code in sorted((inter1, inter2))) if inter2 is not None else f"{inter1}0"


def _notes(incident: IncidentRow) -> str:
    """The headline, and the span of the claims, since ACLED's one number hides it."""
    if incident.killed_low is None and incident.killed_high is None:
        return incident.headline
    high = "no upper bound" if incident.killed_high is None else incident.killed_high
    return f"{incident.headline} [killed: {incident.killed_low or 0} to {high}]"


FORM = Form("acled", render, lambda item: not is_merged(item) and takes(item))
