"""A STIX 2.1 bundle as plain JSON.

STIX's `incident` holds a name and a description only, so the facts are spread: a `report` for each account with its
article as external reference, a `location`, an `identity` for each outlet, and for disagreeing claims a `note` or,
where a claim contradicts the incident's own figure, an `opinion`. Ids are UUIDv5 of our ids and `created` is the moment
at which we first knew, so that a second import updates and never doubles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid5

from interfaces.exports.crosswalk import IS_POINT, PRECISION_KM, words_of
from interfaces.exports.form import Context, Form, is_merged, takes_all
from interfaces.exports.stix_words import claim_words, description
from interfaces.exports.texts import json_line
from warehouse.export import Exported, ExportedClaim, ExportedReport
from warehouse.rows import IncidentRow

NAMESPACE = UUID("6d2f1d0e-5a0b-5c6e-9a34-0c1f6a7f2b11")  # of Deconflict; must never change, or every import doubles
LONG_AGO = datetime(2018, 1, 1, tzinfo=UTC)  # `created` of identities, which we do not learn of at any one moment
METRES_A_KM = 1_000
_Object = dict[str, object]


def render(items: Iterable[Exported], context: Context) -> Iterator[str]:
    """Write one bundle, an object on each line; ourselves first, each outlet before its first report."""
    scope = context.scope
    bundle_id = _id("bundle", f"{scope.after_change_id}|{scope.country or ''}|{context.last_change_id}")
    yield f'{{"type": "bundle", "id": "{bundle_id}", "objects": [\n'
    yield json_line({**_head("identity", "deconflict", LONG_AGO), "name": "Deconflict", "identity_class": "system"})
    written: set[str] = set()
    for item in items:
        for made in _objects(item, context):
            if str(made["id"]) not in written:
                yield ",\n" + json_line(made)
            if made["type"] == "identity":  # the one kind that several incidents share
                written.add(str(made["id"]))
    yield "\n]}\n"


def _objects(item: Exported, context: Context) -> Iterator[_Object]:
    if is_merged(item):
        yield from _redirect(item.incident, context)
        return
    yield _incident(item)
    yield from _place(item.incident)
    for report in item.reports:
        yield _outlet(report)
        yield _report(report, item.incident)
    yield from _disagreements(item)


def _redirect(incident: IncidentRow, context: Context) -> Iterator[_Object]:
    """A merged incident: revoked, and a duplicate of the kept one."""
    kept = context.kept_ids.get(incident.incident_id, incident.merged_into or "")
    own_id = _id("incident", incident.incident_id)
    head = _head("incident", incident.incident_id, incident.detected_at, incident.updated_at)
    yield {**head, "name": incident.headline or incident.incident_id, "revoked": True}
    yield _relationship("duplicate-of", own_id, _id("incident", kept), incident)


def _incident(item: Exported) -> _Object:
    i = item.incident
    return {
        **_head("incident", i.incident_id, i.detected_at, i.updated_at),
        "name": i.headline or i.incident_id,
        "description": description(i, words_of(i).words),
        "labels": [i.event_type, i.status],
        "confidence": round(i.confidence_0_1 * 100),
        "external_references": [{"source_name": "deconflict", "external_id": i.incident_id}],
    }


def _place(incident: IncidentRow) -> Iterator[_Object]:
    """The place and the incident's relation to it; STIX needs a country or a point, a name alone is no location."""
    is_point = incident.place_precision in IS_POINT and incident.lat is not None and incident.lon is not None
    if not is_point and not incident.country_code:
        return
    # The id is the incident's, so that a better place takes this one's place in the reader's store.
    made: _Object = _head("location", incident.incident_id, incident.detected_at, incident.updated_at)
    if incident.place_name:
        made["name"] = incident.place_name
    if incident.country_code:
        made["country"] = incident.country_code
    if incident.admin1:
        made["administrative_area"] = incident.admin1
    if is_point:
        precision_km = PRECISION_KM[incident.place_precision or ""]
        made |= {"latitude": incident.lat, "longitude": incident.lon, "precision": float(precision_km * METRES_A_KM)}
    yield made
    yield _relationship("located-at", _id("incident", incident.incident_id), str(made["id"]), incident)


def _outlet(report: ExportedReport) -> _Object:
    return {**_head("identity", report.outlet, LONG_AGO), "name": report.outlet, "identity_class": "organization"}


def _report(report: ExportedReport, incident: IncidentRow) -> _Object:
    """One account; `published` is when we first saw the article where it states no moment itself."""
    source: _Object = {"source_name": report.outlet, "external_id": report.article_id}
    if report.url:
        source["url"] = report.url
    made: _Object = {
        **_head("report", report.report_id, report.first_seen_at, report.fetched_at),
        "name": report.title or report.report_id,
        "published": _moment(report.published_at or report.first_seen_at),
        "object_refs": [_id("incident", incident.incident_id), _id("identity", report.outlet)],
        "labels": [report.role],
        "confidence": round(report.confidence_0_1 * 100),
        "external_references": [source],
    }
    if report.language:
        made["lang"] = report.language
    return made


def _disagreements(item: Exported) -> Iterator[_Object]:
    """The claims of every measure on which claims cannot all be true."""
    by_measure: dict[str, list[ExportedClaim]] = defaultdict(list)
    for claim in item.claims:
        if not claim.is_increment and not claim.is_part:
            by_measure[claim.measure].append(claim)
    reports = {report.report_id: report for report in item.reports}
    for measure in sorted(by_measure):
        if _disagree(by_measure[measure]):
            for claim in by_measure[measure]:
                yield _said(claim, reports[claim.report_id], item.incident)


def _disagree(claims: Sequence[ExportedClaim]) -> bool:
    lows = [claim.low or 0 for claim in claims]
    highs = [claim.high for claim in claims if claim.high is not None]
    return bool(highs) and max(lows) > min(highs)


def _said(claim: ExportedClaim, report: ExportedReport, incident: IncidentRow) -> _Object:
    """One claim: an opinion against the incident where it rules out the incident's own figure, else a note on it."""
    best = {"killed": incident.killed_best, "injured": incident.injured_best}.get(claim.measure)
    is_against = best is not None and (best < (claim.low or 0) or (claim.high is not None and best > claim.high))
    kind = "opinion" if is_against else "note"
    words = claim_words(claim)
    made: _Object = {
        **_head(kind, claim.claim_id, report.first_seen_at, report.fetched_at),
        "authors": [claim.speaker or report.outlet],
        "object_refs": [_id("incident", incident.incident_id), _id("report", report.report_id)],
        "labels": [claim.measure, claim.speaker_side],
    }
    return made | ({"opinion": "disagree", "explanation": words} if is_against else {"content": words})


def _relationship(kind: str, source_id: str, target_id: str, incident: IncidentRow) -> _Object:
    return {
        **_head("relationship", f"{source_id}|{kind}|{target_id}", incident.detected_at, incident.updated_at),
        "relationship_type": kind,
        "source_ref": source_id,
        "target_ref": target_id,
    }


def _head(kind: str, own_id: str, created: datetime, modified: datetime | None = None) -> _Object:
    head: _Object = {
        "type": kind,
        "spec_version": "2.1",
        "id": _id(kind, own_id),
        "created": _moment(created),
        "modified": _moment(max(created, modified or created)),
    }
    return head if own_id == "deconflict" else {**head, "created_by_ref": _id("identity", "deconflict")}


def _id(kind: str, own_id: str) -> str:
    return f"{kind}--{uuid5(NAMESPACE, f'{kind}|{own_id}')}"


def _moment(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


FORM = Form("stix", render, takes_all)
