"""Move reports between incidents that are there already, and make the new versions and changes that follow.

Used where reports do not arrive but are sorted anew: by a person's decision, a split, a reprocess.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import resolution
from model import ids
from model.incident import (
    ArticleReport,
    Assignment,
    Change,
    ChangeKind,
    Explanation,
    IncidentStatus,
    IncidentVersion,
    Merge,
    Resolution,
)
from warehouse import Writer

NO_MERGES = Resolution((), (), (), (), (), {}, 0)


@dataclass(frozen=True, slots=True)
class Regrouped:
    """New versions by id, the versions before them, and the changes that follow from both."""

    before: Mapping[str, IncidentVersion]
    after: Mapping[str, IncidentVersion]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Recoded:
    """Articles coded again: the ids of all, their reports now, and origins that were found anew."""

    article_ids: Collection[str]
    article_reports: tuple[ArticleReport, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)

    def others(self, members: Sequence[ArticleReport]) -> list[ArticleReport]:
        """The members that other articles tell."""
        return [one for one in members if one.article.article_id not in self.article_ids]


def regroup(
    moves: Mapping[str, str],
    merges: Sequence[Merge],
    writer: Writer,
    now: datetime,
    *,
    also: Iterable[str] = (),
    recoded: Recoded | None = None,
) -> Regrouped:
    """Work out the incidents that follow when reports move and incidents merge; writes nothing.

    Args:
        moves: The new incident of each report that moves; an id that is not known yet is a new incident.
        merges: Incidents that are merged; where one of them goes on, the later one in the list follows.
        writer: The warehouse as it stands.
        now: The moment of the new versions.
        also: Further incidents to derive anew.
        recoded: Articles that were coded again, whose stored reports no longer count.

    Returns:
        An incident that is left without a report and was not merged is `retracted`; its facts stay as they were.
    """
    redirect = {merge.gone_id: merge.kept_id for merge in merges}
    recoded = recoded or Recoded(())
    old_homes = {home.incident_id for home in writer.homes(moves) if home.incident_id}
    touched = sorted({*old_homes, *moves.values(), *redirect, *redirect.values(), *also})
    before, members = writer.latest_incidents(touched), writer.members(touched)
    groups: dict[str, list[ArticleReport]] = {follow(incident_id, redirect): [] for incident_id in touched}
    for incident_id in touched:
        for article_report in recoded.others(members.get(incident_id, ())):
            groups[follow(moves.get(article_report.report.report_id, incident_id), redirect)].append(article_report)
    for article_report in recoded.article_reports:
        if article_report.report.report_id in moves:
            groups[follow(moves[article_report.report.report_id], redirect)].append(article_report)
    origins = writer.origins(
        {article_report.article.article_id for group in groups.values() for article_report in group}
    ) | dict(recoded.origins)
    after = {
        i: version_of(i, group, origins, before.get(i), now) for i, group in groups.items() if group or i in before
    }
    for gone_id in redirect:
        if gone_id in before:
            after[gone_id] = resolution.merged_version(before[gone_id], follow(gone_id, redirect), now)
    found = replace(NO_MERGES, merges=tuple(merges))
    return Regrouped(before, after, resolution.changes(before, after, found, now))


def follow(incident_id: str, redirect: Mapping[str, str]) -> str:
    """Follow the merges of this run to their end."""
    while incident_id in redirect:
        incident_id = redirect[incident_id]
    return incident_id


def new_incident_id(writer: Writer, report_ids: Sequence[str]) -> str:
    """Choose the id of an incident made of reports that were elsewhere; an id that was ever used is not used again.

    The id that the first free report would have opened is taken, so that decisions go on to mean it after a reprocess.
    """
    for report_id in report_ids:
        made = ids.incident_id(report_id)
        if made not in writer.ids_beginning(made):
            return made
    n = 1
    while (made := ids.make_id("inc", "split", n, *sorted(report_ids))) in writer.ids_beginning(made):
        n += 1
    return made


def version_of(
    incident_id: str,
    group: Sequence[ArticleReport],
    origins: Mapping[str, str],
    previous: IncidentVersion | None,
    now: datetime,
) -> IncidentVersion:
    """Derive an incident from its reports; one that none is left of keeps its facts and is `retracted`."""
    if not group and previous is not None:
        return replace(previous, at=now, status=IncidentStatus.RETRACTED)
    return resolution.consolidate(incident_id, tuple(group), origins, previous, now)


def opened_change(version: IncidentVersion, why: Assignment, now: datetime, split_from: str | None = None) -> Change:
    """Tell of a new incident in the very form in which the resolver tells of one, and from which it was split off."""
    found = replace(NO_MERGES, assignments=(why,))
    (change,) = resolution.changes({}, {version.incident_id: version}, found, now)
    return _with(change, split_from=split_from) if split_from else change


def split_changes(kept_id: str, new_id: str, report_ids: Sequence[str], why: str, now: datetime) -> tuple[Change, ...]:
    """Tell of a split on both incidents."""
    facts = {"kept": kept_id, "split_off": new_id, "reports": sorted(report_ids), "why": why}
    detail = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return tuple(Change(incident_id, ChangeKind.SPLIT, now, detail) for incident_id in (kept_id, new_id))


def assign(report_ids: Sequence[str], incident_id: str, rule: str, *, is_new: bool) -> tuple[Assignment, ...]:
    """Put reports to an incident by a rule that is certain; the first opens it where it is new."""
    why = Explanation(1.0, rule)
    return tuple(Assignment(r, incident_id, is_new and n == 0, why) for n, r in enumerate(report_ids))


def _with(change: Change, **more: object) -> Change:
    detail = json.loads(change.detail) | more
    return replace(change, detail=json.dumps(detail, ensure_ascii=False, sort_keys=True))


def attached_changes(regrouped: Regrouped, why: Assignment, now: datetime) -> tuple[Change, ...]:
    """Tell of a report that came to an incident which was there before."""
    return resolution.changes(regrouped.before, {}, replace(NO_MERGES, assignments=(why,)), now)
