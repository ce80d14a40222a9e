"""Place coded reports among the incidents that the warehouse knows, and make everything that a run appends of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import resolution
from model.article import Article
from model.incident import Change, IncidentVersion, Resolution, Told
from model.report import Coding
from pipeline.regrouping import follow
from warehouse import Writer


@dataclass(frozen=True, slots=True)
class Placed:
    """The resolver's word on a batch, with the new versions of the incidents that it touched."""

    resolution: Resolution
    incidents: tuple[IncidentVersion, ...]
    changes: tuple[Change, ...]


def place_reports(
    articles: Sequence[Article], codings: Sequence[Coding], writer: Writer, now: datetime
) -> Placed | None:
    """Resolve the reports of `codings` against the warehouse; null when there is no report.

    Reads from `writer` and writes nothing; the cost follows the number of new reports, not the size of the warehouse.
    """
    by_id = {article.article_id: article for article in articles}
    told = tuple(Told(by_id[coding.article_id], report) for coding in codings for report in coding.reports)
    if not told:
        return None
    readings = resolution.Readings(told)
    found = resolution.resolve(told, writer.known(resolution.lookup(told, readings)), now, readings=readings)
    return _consolidate(told, found, writer, now)


def _consolidate(told: Sequence[Told], found: Resolution, writer: Writer, now: datetime) -> Placed:
    new_home = {a.report_id: a.incident_id for a in found.assignments}
    redirect = {merge.gone_id: merge.kept_id for merge in found.merges}
    touched = sorted({follow(i, redirect) for i in (*new_home.values(), *redirect.values())})
    asked = sorted(set(touched) | set(redirect))
    before, members = writer.latest_incidents(asked), writer.members(asked)
    told_by_incident: dict[str, list[Told]] = {incident: [] for incident in touched}
    for incident in asked:
        told_by_incident[follow(incident, redirect)].extend(members.get(incident, ()))
    superseded = {t.article.article_id for t in told}  # an earlier revision's reports no longer count
    for incident, group in told_by_incident.items():
        told_by_incident[incident] = [t for t in group if t.article.article_id not in superseded]
    for one in told:
        if one.report.report_id in new_home:
            told_by_incident[follow(new_home[one.report.report_id], redirect)].append(one)
    article_ids = sorted({t.article.article_id for group in told_by_incident.values() for t in group})
    origins = writer.origins(article_ids) | {o.article_id: o.origin_id for o in found.origins}
    after = {
        incident: resolution.consolidate(incident, tuple(group), origins, before.get(incident), now)
        for incident, group in told_by_incident.items()
        if group
    }
    for merge in found.merges:
        if merge.gone_id in before:
            kept = follow(merge.kept_id, redirect)
            after[merge.gone_id] = resolution.merged_version(before[merge.gone_id], kept, now)
    return Placed(found, tuple(after.values()), tuple(resolution.changes(before, after, found, now)))
