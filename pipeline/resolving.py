"""Place coded reports among the incidents that the warehouse knows, and make everything that a run appends of it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

import resolution
from model.article import Article
from model.ids import incident_id as id_opened_by
from model.incident import ArticleReport, Change, IncidentVersion, Lookup, Resolution, Split
from model.report import Coding
from pipeline.regrouping import follow, new_incident_id, version_of
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
    article_reports = tuple(
        ArticleReport(by_id[coding.article_id], report) for coding in codings for report in coding.reports
    )
    superseded = frozenset(c.article_id for c in codings)  # an earlier revision's reports no longer count
    left = _left({i for i in superseded if by_id[i].revision > 1}, writer)
    if not article_reports and not left:
        return None
    readings = resolution.Readings(article_reports)
    found = resolution.resolve(
        article_reports, writer.known(resolution.lookup(article_reports, readings)), now, readings=readings
    )
    return _consolidate(article_reports, found, _Left(left, superseded), writer, now)


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


def _consolidate(
    article_reports: Sequence[ArticleReport], found: Resolution, left: _Left, writer: Writer, now: datetime
) -> Placed:
    found = _with_free_ids(found, writer)
    new_home = {a.report_id: a.incident_id for a in found.assignments}
    redirect = {merge.gone_id: merge.kept_id for merge in found.merges}
    parted = {split.kept_id for split in found.splits}
    touched = sorted(
        {follow(i, redirect) for i in (*new_home.values(), *redirect.values(), *left.incident_ids, *parted)}
    )
    asked = sorted(set(touched) | set(redirect))
    before, members = writer.latest_incidents(asked), writer.members(asked)
    by_incident: dict[str, list[ArticleReport]] = {incident: [] for incident in touched}
    stored = [(incident, one) for incident in asked for one in members.get(incident, ())]
    fresh = [("", one) for one in article_reports]
    for incident, one in (*stored, *fresh):
        home = new_home.get(one.report.report_id, incident)
        if home and (incident == "" or one.article.article_id not in left.superseded):
            by_incident[follow(home, redirect)].append(one)
    article_ids = sorted({t.article.article_id for group in by_incident.values() for t in group})
    origins = writer.origins(article_ids) | {o.article_id: o.origin_id for o in found.origins}
    after = {
        incident: version_of(incident, group, origins, before.get(incident), now)
        for incident, group in by_incident.items()
        if group or incident in before
    }
    for merge in found.merges:
        if merge.gone_id in before:
            kept = follow(merge.kept_id, redirect)
            after[merge.gone_id] = resolution.merged_version(before[merge.gone_id], kept, now)
    return Placed(found, tuple(after.values()), tuple(resolution.changes(before, after, found, now)))


def _with_free_ids(found: Resolution, writer: Writer) -> Resolution:
    """Give each incident that was split off an id that was never used: the resolver sees a part of the past only."""
    renamed = {s.opened_id: free for s in found.splits if (free := new_incident_id(writer, _named(s))) != s.opened_id}
    if not renamed:
        return found
    return replace(
        found,
        assignments=tuple(replace(a, incident_id=renamed.get(a.incident_id, a.incident_id)) for a in found.assignments),
        memories=tuple(replace(m, incident_id=renamed.get(m.incident_id, m.incident_id)) for m in found.memories),
        splits=tuple(replace(s, opened_id=renamed.get(s.opened_id, s.opened_id)) for s in found.splits),
        unsure=tuple(
            replace(
                u,
                incident_id=renamed.get(u.incident_id, u.incident_id),
                other_incident_id=renamed.get(u.other_incident_id, u.other_incident_id),
            )
            for u in found.unsure
        ),
    )


def _named(split: Split) -> tuple[str, ...]:
    """The reports that may give a split-off incident its id, the one that the resolver chose first."""
    chosen = [r for r in split.report_ids if id_opened_by(r) == split.opened_id]
    return (*chosen, *(r for r in split.report_ids if r not in chosen))
