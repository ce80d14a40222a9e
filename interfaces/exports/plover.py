"""PLOVER records as JSON lines: event, mode, actors as lists, place with its resolution, size, citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interfaces.exports.crosswalk import IS_POINT, PLOVER_RESOLUTION, words_of
from interfaces.exports.form import Context, Form, is_merged
from interfaces.exports.texts import json_line
from interfaces.roles import roles_by_vote, votes_of
from warehouse.export import Exported
from warehouse.rows import IncidentRow


def takes(item: Exported) -> bool:
    """Take what stands, has the day that PLOVER requires, and is in its tree."""
    i = item.incident
    return i.status != "retracted" and i.date_start is not None and bool(words_of(i).plover_event)


def render(items: Iterable[Exported], _: Context) -> Iterator[str]:
    """Write a record for each incident."""
    return (json_line(_record(item)) + "\n" for item in items)


def _record(item: Exported) -> dict[str, object]:
    i, words = item.incident, words_of(item.incident)
    return {
        "id": i.incident_id,
        "date": i.date_start,
        "date_end": i.date_end,
        "event": [{"event": words.plover_event, "mode": words.plover_mode or None}],
        "actor": _entities(item, ("initiator", "participant")),
        "recipient": _entities(item, ("target",)),
        "location": [_location(i)] if i.place_name else [],
        "size": {"dead": i.killed_best, "injured": i.injured_best},
        "event_text": i.headline,
        "confidence_0_1": i.confidence_0_1,
        "cite_info": [_citation(item, number) for number in range(len(item.reports))],
    }


def _entities(item: Exported, roles: tuple[str, ...]) -> list[dict[str, object]]:
    """Every name once, by name, in the role that the reports vote for; several actors stay a list."""
    voted = roles_by_vote(votes_of(item.actors))
    ids = {a.name: a.actor_id for a in item.actors}
    names = sorted({name for role in roles for name in voted.get(role, ())})
    return [{"entity_text": name, "identifier_id": ids[name]} for name in names]


def _location(incident: IncidentRow) -> dict[str, object]:
    is_point = incident.place_precision in IS_POINT
    return {
        "resolved_place": incident.place_name,
        "geonameid": incident.place_id,
        "lat": incident.lat if is_point else None,
        "lon": incident.lon if is_point else None,
        "province": incident.admin1,
        "country_code": incident.country_code,
        "resolution": PLOVER_RESOLUTION.get(incident.place_precision or ""),
    }


def _citation(item: Exported, number: int) -> dict[str, object]:
    report = item.reports[number]
    return {
        "corpus": report.article_id,
        "url": report.url,
        "title": report.title,
        "publication": report.outlet,
        "language": report.language,
        "date": report.published_at,
    }


FORM = Form("plover", render, lambda item: not is_merged(item) and takes(item))
