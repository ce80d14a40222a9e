"""What feeds tell of an incident or a revision: a title, lines of facts, ids and instants, in no format yet.

An incident is one item under one id for ever, updated by each revision; in the feeds of revisions each revision is an
item of its own. The ids are names (`urn:uuid`), not addresses: they stay when the site moves, so nothing is announced
twice. Text from outside is made one line of characters that XML can hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from interfaces.addresses import urn
from interfaces.exports.crosswalk import IS_POINT, PRECISION_KM, words_of
from interfaces.fact_line import fact_line
from interfaces.moves import words_of_change
from interfaces.plaintext import days, one_line, span
from interfaces.site.words import count
from warehouse.revisions import Announced, Revised
from warehouse.rows import IncidentRow

MAX_TITLE_CHARS = 200  # readers show one line; a headline of 100 kB is somebody's prank
N_ACTORS = 5  # named in the text; the extension has them all


@dataclass(frozen=True, slots=True)
class Item:
    """One item: `page_of` is the incident whose page it leads to, `facts` are told as names and texts."""

    item_id: str
    title: str
    published_at: datetime
    updated_at: datetime
    page_of: str
    event_type: str
    country_code: str | None
    facts: tuple[tuple[str, str], ...]
    point: tuple[float, float] | None
    extension: Mapping[str, object]


def announced_item(announced: Announced) -> Item:
    """Make the item of an incident."""
    i = announced.incident
    prefix = "Retracted: " if i.status == "retracted" else ""
    return Item(
        item_id=urn("incident", i.incident_id),
        title=_title(prefix, i),
        published_at=i.detected_at,
        updated_at=announced.revised_at,
        page_of=i.incident_id,
        event_type=i.event_type,
        country_code=i.country_code,
        facts=tuple(_facts(i)),
        point=_point(i),
        extension=extension(i, announced.revision),
    )


def revised_item(revised: Revised) -> Item:
    """Make the item of one revision; that of a merged incident leads to the incident that it became."""
    i = revised.incident
    what, words = _what_changed(revised)
    return Item(
        item_id=urn("revision", i.incident_id, revised.revision),
        title=_title(f"{what}: ", i),
        published_at=revised.at,
        updated_at=revised.at,
        page_of=i.merged_into or i.incident_id,
        event_type=i.event_type,
        country_code=i.country_code,
        facts=(("Changed", words), *_facts(i)) if words else tuple(_facts(i)),
        point=_point(i),
        extension=extension(i, revised.revision) | {"kind": revised.kind},
    )


def extension(i: IncidentRow, revision: int) -> dict[str, object]:
    """Tell an incident in the words of `pub.incident`, for programs: a JSON Feed's extension, a webhook's body."""
    place = {"name": _line(i.place_name), "place_id": i.place_id, "admin1": _line(i.admin1)}
    return {
        "incident_id": i.incident_id,
        "revision": revision,
        "status": i.status,
        "event_type": i.event_type,
        "event_subtype": i.event_subtype,
        "date": {"start": _text(i.date_start), "end": _text(i.date_end), "precision": i.date_precision},
        "place": place
        | {"country_code": i.country_code, "lat": i.lat, "lon": i.lon, "precision": i.place_precision}
        | {"precision_km": PRECISION_KM.get(i.place_precision or "")},
        "killed": {"low": i.killed_low, "best": i.killed_best, "high": i.killed_high},
        "injured": {"low": i.injured_low, "best": i.injured_best, "high": i.injured_high},
        "actors": [one_line(name, MAX_TITLE_CHARS) for name in i.actors],
        "n_articles": i.n_articles,
        "n_outlets": i.n_outlets,
        "n_origins": i.n_origins,
        "merged_into": i.merged_into,
        "confidence_0_1": i.confidence_0_1,
    }


def where(i: IncidentRow) -> str:
    """Say where in a few words; empty where no report tells."""
    parts = (i.place_name, i.admin1 if i.admin1 != i.place_name else None, i.country_code)
    return one_line(", ".join(part for part in parts if part), MAX_TITLE_CHARS)


def what(i: IncidentRow) -> str:
    """Say what happened by its type."""
    return words_of(i).words


def _title(prefix: str, i: IncidentRow) -> str:
    day = days(i.date_start, i.date_end)
    return one_line(f"{prefix}{fact_line(i)}{f' ({day})' if day else ''}", 2 * MAX_TITLE_CHARS)


def _facts(i: IncidentRow) -> Iterator[tuple[str, str]]:
    precision = f" (known to the {i.date_precision})" if i.date_precision else ""
    at = f" (known to the {i.place_precision})" if i.place_precision else ""
    facts = (
        ("What", what(i)),
        ("Headline", one_line(i.headline, MAX_TITLE_CHARS)),
        ("When", f"{days(i.date_start, i.date_end)}{precision}" if i.date_start else ""),
        ("Where", f"{where(i)}{at}" if where(i) else ""),
        ("Killed", span(i.killed_low, i.killed_best, i.killed_high)),
        ("Injured", span(i.injured_low, i.injured_best, i.injured_high)),
        ("Who", one_line(", ".join(i.actors[:N_ACTORS]), MAX_TITLE_CHARS)),
        ("Told by", f"{count(i.n_outlets, 'outlet')}, {count(i.n_origins, 'independent origin')}"),
        ("Status", i.status),
    )
    yield from ((name, text) for name, text in facts if text)


def _what_changed(revised: Revised) -> tuple[str, str]:
    if revised.incident.merged_into:
        return "Merged", f"it is one with incident {revised.incident.merged_into}"
    words = {"opened": "Again", "merged": "Joined by another", "retracted": "Retracted", "split": "Split"}
    return words.get(revised.kind, "Revised"), "; ".join(words_of_change(revised.kind, revised.detail))


def _point(i: IncidentRow) -> tuple[float, float] | None:
    if i.lat is None or i.lon is None or i.place_precision not in IS_POINT:
        return None
    return i.lat, i.lon


def _line(text: str | None) -> str | None:
    """Places that no gazetteer has are called what the article called them."""
    return None if text is None else one_line(text, MAX_TITLE_CHARS)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
