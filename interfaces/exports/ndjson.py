"""NDJSON: one line for each incident, with everything told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from interfaces.exports.form import Context, Form, is_merged, takes_all
from interfaces.exports.texts import json_line
from warehouse.export import Exported


def render(items: Iterable[Exported], context: Context) -> Iterator[str]:
    """Write a line for each incident; of a merged one only where it leads."""
    for item in items:
        yield json_line(_told(item, context)) + "\n"


def _told(item: Exported, context: Context) -> dict[str, object]:
    i = item.incident
    if is_merged(item):
        kept = context.kept_ids.get(i.incident_id, i.merged_into)
        return {"incident_id": i.incident_id, "status": i.status, "merged_into": kept, "updated_at": i.updated_at}
    reports = [_without_incident(asdict(report)) for report in item.reports]
    claims = [_without_incident(asdict(claim)) for claim in item.claims]
    actors = [_without_incident(asdict(actor)) for actor in item.actors]
    return {**asdict(i), "reports": reports, "claims": claims, "actor_mentions": actors}


def _without_incident(told: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in told.items() if key != "incident_id"}


FORM = Form("ndjson", render, takes_all)
