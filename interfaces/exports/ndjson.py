"""NDJSON: one line for each incident, with everything told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interfaces.exports.form import Context, Form, is_merged, takes_all
from interfaces.exports.texts import json_line, public_fields
from warehouse.export import Exported


def render(items: Iterable[Exported], context: Context) -> Iterator[str]:
    """Write a line for each incident; of a merged one only where it leads."""
    for item in items:
        yield json_line(_record(item, context)) + "\n"


def _record(item: Exported, context: Context) -> dict[str, object]:
    i = item.incident
    if is_merged(item):
        kept = context.kept_ids.get(i.incident_id, i.merged_into)
        return {"incident_id": i.incident_id, "status": i.status, "merged_into": kept, "updated_at": i.updated_at}
    reports = [public_fields(report, "incident_id") for report in item.reports]
    claims = [public_fields(claim, "incident_id") for claim in item.claims]
    actors = [public_fields(actor, "incident_id") for actor in item.actors]
    return {**public_fields(i), "reports": reports, "claims": claims, "actor_mentions": actors}


FORM = Form("ndjson", render, takes_all)
