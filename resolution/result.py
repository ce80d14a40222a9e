"""Result stage: everything that a run decided, by the ids that hold at its end.

Specification. An incident that the run opened bears the id of the first report left in it. Merges among incidents of
this run are not told: nobody has seen their ids. A split is told where reports of earlier runs left an incident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from model.ids import incident_id as id_opened_by
from model.incident import Assignment, Merge, Resolution, Split, UnsurePair
from resolution.run import Run

OPENED = "opened"  # the first word of every rule by which a report opens an incident


def result(run: Run) -> Resolution:
    """Make the resolution of a run."""
    names = _names(run)
    splits = tuple(replace(s, opened_id=names.get(s.opened_id, s.opened_id)) for s in _standing_splits(run))
    final = {r: names[home] for r in run.assignments if (home := run.index.home(r))}
    return Resolution(
        assignments=(*_left(splits), *_assignments(run, final, {s.opened_id for s in splits})),
        merges=tuple(
            Merge(names.get(m.kept_id, m.kept_id), m.gone_id, m.explanation)
            for m in run.merges
            if run.index.is_known(m.gone_id)
        ),
        origins=tuple(run.origins.values()),
        unsure=_questions(run, final, names),
        memories=tuple(replace(m, incident_id=final[m.report_id]) for m in run.memories.values()),
        term_counts=dict(sorted(run.idf.added.items())),
        n_documents=run.idf.n_added,
        splits=splits,
    )


def _names(run: Run) -> dict[str, str]:
    """The final id of each incident that a report of this run is in."""
    kept = {run.index.current(s.opened_id) for s in run.splits}
    names: dict[str, str] = {}
    for report_id in run.assignments:
        home = run.index.home(report_id)
        if home is not None and home not in names:
            is_named = run.index.is_known(home) or home in kept
            names[home] = home if is_named else id_opened_by(report_id)
    return names


def _standing_splits(run: Run) -> list[Split]:
    """The splits whose reports of earlier runs are still apart from the incident that they left."""
    standing = []
    for split in run.splits:
        opened = run.index.current(split.opened_id)
        if opened != run.index.current(split.kept_id):
            standing.append(replace(split, opened_id=opened))
    return standing


def _left(splits: tuple[Split, ...]) -> list[Assignment]:
    """Assignments of the reports of earlier runs that left their incident; the first opens the new one."""
    return [
        Assignment(report_id, split.opened_id, number == 0, split.explanation)
        for split in splits
        for number, report_id in enumerate(split.report_ids)
    ]


def _assignments(run: Run, final: Mapping[str, str], split_ids: set[str]) -> list[Assignment]:
    found = []
    for made in run.assignments.values():
        incident_id, why = final[made.report_id], run.moved.get(made.report_id, made.explanation)
        opens = incident_id == id_opened_by(made.report_id) and incident_id not in split_ids
        if opens and not why.rule.startswith(OPENED):
            why = replace(why, rule=f"{OPENED}: the report that it was put to at first went elsewhere")
        elif not opens and why.rule.startswith(OPENED):
            why = replace(why, rule="late evidence joins both")
        found.append(Assignment(made.report_id, incident_id, opens, why))
    return found


def _questions(run: Run, final: Mapping[str, str], names: Mapping[str, str]) -> tuple[UnsurePair, ...]:
    """The questions for people that are still open: of reports that stayed, about incidents that are left."""
    asked = []
    for one in run.unsure:
        other = run.index.current(one.other_incident_id)
        if one.report_id not in run.moved and run.index.incident(other).members:
            asked.append(replace(one, incident_id=final[one.report_id], other_incident_id=names.get(other, other)))
    return tuple(one for one in asked if one.incident_id != one.other_incident_id)
