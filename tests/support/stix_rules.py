"""The rules of STIX 2.1 that a bundle of ours must keep, from the OASIS standard (sections 2, 3, 4, 5 and 8)."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

COMMON = {
    "type", "spec_version", "id", "created", "modified", "created_by_ref", "revoked", "labels", "confidence", "lang",
    "external_references",
}  # fmt: skip
REQUIRED = {
    "identity": {"name"},
    "incident": {"name"},
    "location": set(),
    "report": {"name", "published", "object_refs"},
    "relationship": {"relationship_type", "source_ref", "target_ref"},
    "note": {"content", "object_refs"},
    "opinion": {"opinion", "object_refs"},
}
OPTIONAL = {
    "identity": {"identity_class", "description"},
    "incident": {"description"},
    "location": {
        "name",
        "description",
        "latitude",
        "longitude",
        "precision",
        "region",
        "country",
        "administrative_area",
    },
    "report": {"description", "report_types"},
    "relationship": {"description"},
    "note": {"abstract", "authors"},
    "opinion": {"explanation", "authors"},
}
OPINIONS = {"strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"}
IDENTITY_CLASSES = {"individual", "group", "system", "organization", "class", "unknown"}
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def broken_rules(bundle: dict) -> list[str]:
    """Return what is wrong, in words; empty for a bundle that keeps the rules."""
    wrong = []
    if set(bundle) != {"type", "id", "objects"} or bundle["type"] != "bundle":
        wrong.append("a bundle has type, id and objects, and in 2.1 no spec_version")
    wrong += _wrong_id(bundle)
    ids = [item["id"] for item in bundle["objects"]]
    wrong += [f"{i} stands twice" for i in sorted({i for i in ids if ids.count(i) > 1})]
    for item in bundle["objects"]:
        wrong += [f"{item['id']}: {what}" for what in _wrong(item, set(ids))]
    return wrong


def _wrong(item: dict, ids: set[str]) -> list[str]:
    kind = item["type"]
    if kind not in REQUIRED:
        return [f"{kind} is no type that we write"]
    wrong = _wrong_id(item)
    if item["spec_version"] != "2.1":
        wrong.append("spec_version")
    missing = (REQUIRED[kind] | {"created", "modified"}) - set(item)
    unknown = set(item) - COMMON - REQUIRED[kind] - OPTIONAL[kind]
    wrong += [f"lacks {name}" for name in sorted(missing)] + [f"has no property {name}" for name in sorted(unknown)]
    wrong += [f"{name} is empty" for name, value in item.items() if value in ("", [], None)]
    for name in ("created", "modified", "published"):
        if name in item and not TIMESTAMP.fullmatch(item[name]):
            wrong.append(f"{name} {item[name]}")
    if datetime.fromisoformat(item["modified"]) < datetime.fromisoformat(item["created"]):
        wrong.append("modified before it was created")
    refs = [
        *item.get("object_refs", ()),
        *(item[n] for n in ("created_by_ref", "source_ref", "target_ref") if n in item),
    ]
    wrong += [f"refers to {ref}, which is not in the bundle" for ref in refs if ref not in ids]
    return wrong + _wrong_values(item)


def _wrong_values(item: dict) -> list[str]:
    wrong = []
    confidence = item.get("confidence", 0)
    if not isinstance(confidence, int) or not 0 <= confidence <= 100:
        wrong.append(f"confidence {confidence}")
    if item["type"] == "opinion" and item["opinion"] not in OPINIONS:
        wrong.append(f"opinion {item['opinion']}")
    if item.get("identity_class", "unknown") not in IDENTITY_CLASSES:
        wrong.append(f"identity_class {item['identity_class']}")
    for reference in item.get("external_references", ()):
        if "source_name" not in reference or not {"description", "url", "external_id"} & set(reference):
            wrong.append("an external reference needs a source_name and one thing more")
    if item["type"] == "location":
        wrong += _wrong_location(item)
    if item["type"] == "relationship" and not re.fullmatch(r"[a-z0-9-]+", item["relationship_type"]):
        wrong.append(f"relationship_type {item['relationship_type']}")
    return wrong


def _wrong_location(item: dict) -> list[str]:
    wrong = []
    has_point = "latitude" in item and "longitude" in item
    if ("latitude" in item) != ("longitude" in item) or ("precision" in item and not has_point):
        wrong.append("latitude, longitude and precision go together")
    if not has_point and not {"region", "country"} & set(item):
        wrong.append("a location needs a region, a country or a point")
    if has_point and not (-90 <= item["latitude"] <= 90 and -180 <= item["longitude"] <= 180):
        wrong.append("off the globe")
    return wrong


def _wrong_id(item: dict) -> list[str]:
    kind, _, number = item["id"].partition("--")
    is_good = kind == item["type"] and UUID(number).version == 5 and str(UUID(number)) == number
    return [] if is_good else [f"{item['id']} is no id of a {item['type']}"]
