"""Place coded reports among the incidents that the warehouse knows, and make everything that a run appends of it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime

import resolution
from model.article import Article
from model.incident import Change, IncidentVersion, Lookup, Resolution, Told
from model.report import Coding
from pipeline.regrouping import follow, version_of
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
    """Resolve the reports of `codings` against the warehouse; null when no report comes and none goes.

    A revision that tells of nothing any more takes its reports out of their incident, which is derived anew in this
    very run, and is `retracted` where nothing else tells of it.

    Reads from `writer` and writes nothing; the cost follows the number of new reports, not the size of the warehouse.
    """
    by_id = {article.article_id: article for article in articles}
    told = tuple(Told(by_id[coding.article_id], report) for coding in codings for report in coding.reports)
    superseded = frozenset(c.article_id for c in codings)  # an earlier revision's reports no longer count
    left = _left({i for i in superseded if by_id[i].revision > 1}, writer)
    if not told and not left:
        return None
    readings = resolution.Readings(told)
    found = resolution.resolve(told, writer.known(resolution.lookup(told, readings)), now, readings=readings)
    return _consolidate(told, found, _Left(left, superseded), writer, now)


@dataclass(frozen=True, slots=True)
class _Left:
    """The incidents that earlier revisions told of, and the articles whose earlier reports no longer count."""

    incident_ids: frozenset[str]
    superseded: frozenset[str]


def _left(revised: Set[str], writer: Writer) -> frozenset[str]:
    """The incidents of the stored reports of these articles: a revision may tell of nothing, or of something else."""
    if not revised:
        return frozenset()
    past = writer.known(Lookup(frozenset(), frozenset(), frozenset(revised)))
    return frozenset(memory.incident_id for memory in past.memories if memory.article_id in revised)


def _consolidate(told: Sequence[Told], found: Resolution, left: _Left, writer: Writer, now: datetime) -> Placed:
    new_home = {a.report_id: a.incident_id for a in found.assignments}
    redirect = {merge.gone_id: merge.kept_id for merge in found.merges}
    touched = sorted({follow(i, redirect) for i in (*new_home.values(), *redirect.values(), *left.incident_ids)})
    asked = sorted(set(touched) | set(redirect))
    before, members = writer.latest_incidents(asked), writer.members(asked)
    told_by_incident: dict[str, list[Told]] = {incident: [] for incident in touched}
    for incident in asked:
        told_by_incident[follow(incident, redirect)].extend(members.get(incident, ()))
    for incident, group in told_by_incident.items():
        told_by_incident[incident] = [t for t in group if t.article.article_id not in left.superseded]
    for one in told:
        if one.report.report_id in new_home:
            told_by_incident[follow(new_home[one.report.report_id], redirect)].append(one)
    article_ids = sorted({t.article.article_id for group in told_by_incident.values() for t in group})
    origins = writer.origins(article_ids) | {o.article_id: o.origin_id for o in found.origins}
    after = {
        incident: version_of(incident, group, origins, before.get(incident), now)
        for incident, group in told_by_incident.items()
        if group or incident in before
    }
    for merge in found.merges:
        if merge.gone_id in before:
            kept = follow(merge.kept_id, redirect)
            after[merge.gone_id] = resolution.merged_version(before[merge.gone_id], kept, now)
    return Placed(found, tuple(after.values()), tuple(resolution.changes(before, after, found, now)))
