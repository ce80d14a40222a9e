"""The rows of the change log that follow from a run's resolution and new versions.

Specification. `split` on both incidents, `opened` for a version of an id never seen, `attached` for each report put
to an incident that was open already, `revised` only when a public fact changed, `merged` on both ids, `retracted`
when the status turns so. Counts of articles alone revise nothing: they follow from `attached`. Each `detail` is JSON
of what was, what is, and why.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import Enum

from model.incident import Assignment, Change, ChangeKind, IncidentStatus, IncidentVersion, Resolution
from model.report import Toll
from resolution.consolidate import POLICY_VERSION

_NOT_FACTS = frozenset({"incident_id", "at", "detected_at", "confidence_0_1", "n_articles", "n_outlets", "merged_into"})
MAX_WORDS = 4  # reasons told in a change; `explain` has them all


def changes(
    before: Mapping[str, IncidentVersion],
    after: Mapping[str, IncidentVersion],
    resolution: Resolution,
    now: datetime,
) -> tuple[Change, ...]:
    """List what changed, in a fixed order: opened, attached, merged, then revised and retracted.

    Args:
        before: The versions before the run, by id; an id that is missing is new.
        after: The versions that the run adds, by id, those of merged incidents included.
        resolution: What the resolver decided.
        now: The moment of the run.
    """
    found = [
        *_splits(resolution, now),
        *_arrivals(before, after, resolution, now),
        *_merges(resolution, now),
    ]
    for incident_id in sorted(after):
        was, now_is = before.get(incident_id), after[incident_id]
        if was is not None and now_is.status is not IncidentStatus.MERGED:
            found += _revisions(was, now_is, now)
    return tuple(found)


def _splits(resolution: Resolution, now: datetime) -> list[Change]:
    """Splits on both incidents, told before the part that left is opened, once, as new."""
    found = []
    for split in resolution.splits:
        detail = {
            "kept": split.kept_id,
            "split_off": split.opened_id,
            "reports": sorted(split.report_ids),
            "why": split.explanation.rule,
        }
        found += [_change(i, ChangeKind.SPLIT, now, detail) for i in (split.kept_id, split.opened_id)]
    return found


def _arrivals(
    before: Mapping[str, IncidentVersion],
    after: Mapping[str, IncidentVersion],
    resolution: Resolution,
    now: datetime,
) -> list[Change]:
    gone = {m.gone_id for m in resolution.merges}
    parted = {report_id for split in resolution.splits for report_id in split.report_ids}
    opened: set[str] = set()
    found = []
    for assignment in resolution.assignments:
        incident_id = assignment.incident_id
        if incident_id in before or (incident_id in opened and assignment.report_id not in parted):
            found.append(_change(incident_id, ChangeKind.ATTACHED, now, _reason(assignment)))
        elif incident_id in after and incident_id not in gone and incident_id not in opened:
            opened.add(incident_id)
            detail = _reason(assignment) | {"is": _facts(after[incident_id])}
            found.append(_change(incident_id, ChangeKind.OPENED, now, detail))
    return found


def _reason(assignment: Assignment) -> dict[str, object]:
    why = assignment.explanation
    return {
        "report_id": assignment.report_id,
        "rule": why.rule,
        "probability_0_1": why.probability_0_1,
        "why": [f.words for f in why.features[:MAX_WORDS]],
    }


def _merges(resolution: Resolution, now: datetime) -> list[Change]:
    found = []
    for merge in resolution.merges:
        why = {"rule": merge.explanation.rule, "probability_0_1": merge.explanation.probability_0_1}
        found.append(_change(merge.gone_id, ChangeKind.MERGED, now, why | {"merged_into": merge.kept_id}))
        found.append(_change(merge.kept_id, ChangeKind.MERGED, now, why | {"took_over": merge.gone_id}))
    return found


def _revisions(was: IncidentVersion, now_is: IncidentVersion, now: datetime) -> list[Change]:
    old, new = _facts(was), _facts(now_is)
    changed = [name for name in new if not _is_same(old.get(name), new[name])]
    if not changed:
        return []
    retracted = now_is.status is IncidentStatus.RETRACTED and was.status is not IncidentStatus.RETRACTED
    detail = {
        "was": {name: old.get(name) for name in changed},
        "is": {name: new[name] for name in changed},
        "policy": POLICY_VERSION,
    }
    return [_change(now_is.incident_id, ChangeKind.RETRACTED if retracted else ChangeKind.REVISED, now, detail)]


def _is_same(was: object, now: object) -> bool:
    """Whether a fact stayed; the order of names is by how many origins name them, and no fact."""
    if isinstance(was, list) and isinstance(now, list):
        return sorted(was) == sorted(now)
    return was == now


def _facts(version: IncidentVersion) -> dict[str, object]:
    return {f.name: _plain(getattr(version, f.name)) for f in fields(version) if f.name not in _NOT_FACTS}


def _plain(value: object) -> object:
    if isinstance(value, Toll):  # its three figures: what a report's toll rests on is no fact of the incident
        return {"low": value.low, "best": value.best, "high": value.high}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # datetimes too
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


def _change(incident_id: str, kind: ChangeKind, at: datetime, detail: Mapping[str, object]) -> Change:
    return Change(incident_id, kind, at, json.dumps(detail, ensure_ascii=False, sort_keys=True))
