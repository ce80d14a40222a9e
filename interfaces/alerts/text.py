"""Messages for people: subject and body in plain text, out of the facts that a delivery keeps.

Headlines come from outside. They are one line each already; here the marks are changed by which chat services make a
call to everyone (`@everyone`, `<!channel>`) or a link under other words (`<address|words>`, `[words](address)`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from interfaces.addresses import incident_url
from interfaces.plaintext import one_line, span
from interfaces.site.words import count, type_name
from model.alert import Delivery

MAX_SUBJECT_CHARS = 150
_LIVE = str.maketrans({"@": "＠", "<": "‹"})


def subject(deliveries: Sequence[Delivery]) -> str:
    """Say in one line what a message tells."""
    if len(deliveries) == 1:
        facts = _facts(deliveries[0])
        tolls = [f"{n} {t}" for n in ("killed", "injured") if (t := _toll(facts[n]))]
        prefix = "" if facts["kind"] == "new" else f"{facts['kind'].capitalize()}: "
        return _safe(f"{prefix}{_named(facts)}{': ' if tolls else ''}{', '.join(tolls)}", MAX_SUBJECT_CHARS)
    n_new = sum(_facts(d)["kind"] == "new" for d in deliveries)
    parts = [f"{n_new} new" if n_new else "", f"{len(deliveries) - n_new} revised" if n_new < len(deliveries) else ""]
    return f"Deconflict: {', '.join(part for part in parts if part)} incidents"


def body(deliveries: Sequence[Delivery], max_incidents: int, site_url: str) -> str:
    """Tell incidents, a paragraph each, and count those beyond `max_incidents`."""
    paragraphs = ["\n".join(_lines(delivery, site_url)) for delivery in deliveries[:max_incidents]]
    if len(deliveries) > max_incidents:
        where = f": {site_url}/index.html" if site_url else "; deconflict incidents"
        paragraphs.append(f"+{len(deliveries) - max_incidents} more{where}")
    return "\n\n".join(paragraphs) + "\n"


def _lines(delivery: Delivery, site_url: str) -> Iterator[str]:
    facts = _facts(delivery)
    yield _safe(f"{facts['kind'].upper()}: {_named(facts)}", 300)
    tolls = [f"{n} {t}" for n in ("killed", "injured") if (t := _toll(facts[n]))]
    sources = f"{count(facts['n_outlets'], 'outlet')}, {count(facts['n_origins'], 'distinct text')}"
    yield "; ".join((*tolls, sources, f"status {facts['status']}"))
    if facts["kind"] != "new":
        yield _safe(facts["why"], 500)
    yield _safe(facts["headline"], 300)
    yield incident_url(site_url, delivery.incident_id) or f"deconflict show {delivery.incident_id}"
    yield f"({delivery.delivery_id})"


def _facts(delivery: Delivery) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(delivery.facts)
    return found


def _named(facts: dict[str, Any]) -> str:
    place, date = facts["place"], facts["date"]
    day = date["start"] if date["start"] == date["end"] else f"{date['start']}..{date['end']}"
    parts = (type_name(facts["event_type"], facts["event_subtype"]), place["name"], place["country_code"], day)
    return ", ".join(part for part in parts if part)


def _toll(toll: dict[str, Any]) -> str:
    return span(toll["low"], toll["best"], toll["high"])


def _safe(text: str, max_chars: int) -> str:
    return one_line(text, max_chars).translate(_LIVE).replace("](", "] (").replace("://", ": //")
