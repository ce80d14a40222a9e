"""GeoJSON (RFC 7946): longitude before latitude, WGS 84, and no point where we know only a region or a country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interfaces.exports.crosswalk import IS_POINT, PRECISION_KM
from interfaces.exports.form import Context, Form, is_merged, takes_all
from interfaces.exports.texts import json_line, public_fields
from warehouse.export import Exported
from warehouse.rows import IncidentRow


def render(items: Iterable[Exported], context: Context) -> Iterator[str]:
    """Write one feature collection, a feature on each line."""
    changes = {"after_change_id": context.scope.after_change_id, "last_change_id": context.last_change_id}
    head = json_line({"known_at": context.known_at, **changes})
    yield f'{{"type": "FeatureCollection", "deconflict": {head}, "features": ['
    between = "\n"
    for item in items:
        yield between + json_line(_feature(item, context))
        between = ",\n"
    yield "\n]}\n"


def _feature(item: Exported, context: Context) -> dict[str, object]:
    i = item.incident
    feature: dict[str, object] = {"type": "Feature", "id": i.incident_id}
    if is_merged(item):
        kept = context.kept_ids.get(i.incident_id, i.merged_into)
        return {**feature, "geometry": None, "properties": {"status": i.status, "merged_into": kept}}
    properties = public_fields(i, "incident_id", "lat", "lon", "merged_into")  # they stand elsewhere, or are null
    properties["precision_km"] = PRECISION_KM.get(i.place_precision or "")
    return {**feature, "geometry": _point(i), "properties": properties}


def _point(incident: IncidentRow) -> dict[str, object] | None:
    if incident.lat is None or incident.lon is None or incident.place_precision not in IS_POINT:
        return None
    return {"type": "Point", "coordinates": [incident.lon, incident.lat]}


FORM = Form("geojson", render, takes_all)
