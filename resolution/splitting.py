"""Splitting stage: an incident whose reports tell of two events becomes two, reports of earlier runs among them.

Specification. The independent reports of each incident that gained some in this run are grouped anew: average link
over log-odds of pairs, where a veto counts as the least, the nearest two groups joined first, down to `SPLIT_ODDS`.
Where two groups are left that each have `LEAST_SPLIT` reports of two outlets or more, the incident is two: the group
with most reports of earlier runs, then the largest, keeps the id, the others leave with their copies and open an
incident each. Reports of earlier runs may leave, too: that is a `split` of a published incident; what was told of it
stays told, and the part that leaves is new once. A person's `same` between the parts forbids it.
"""

from __future__ import annotations

from collections.abc import Sequence

from model.ids import incident_id as id_opened_by
from model.incident import Explanation, Split
from resolution.decisions import marks
from resolution.incident import Incident
from resolution.match_record import MatchRecord
from resolution.run import Run
from resolution.scorer import Scorer

LEAST_SPLIT = 3  # reports; one or two that stand apart are a page of another kind more often than another event
LEAST_OUTLETS = 2  # so that one outlet cannot take an incident apart
SPLIT_ODDS = 0.0  # mean log-odds between two groups under which they are not joined
MAX_GROUPED = 40  # reports of one incident that are grouped, those of this run first: bounds the cost at 780 pairs
RULE = "opened: its reports and the others tell of two, looked at again at the end of the run"


def split_all(run: Run) -> None:
    """Split what has to be split; the reports of this run in what was split are scored again by the second pass."""
    for incident_id in dict.fromkeys(home for r in run.records if (home := run.index.home(r))):
        incident = run.index.incident(incident_id)
        if len(incident.independent) < 2 * LEAST_SPLIT:
            continue
        of_run = [r for r in incident.independent if r.report_id in run.records]
        earlier = [r for r in incident.independent if r.report_id not in run.records]
        asked = [*of_run[:MAX_GROUPED], *earlier[::-1]][:MAX_GROUPED]
        if of_run and run.scorer.any_below(asked, SPLIT_ODDS):
            _split_one(run, incident, asked)


def _split_one(run: Run, incident: Incident, asked: list[MatchRecord]) -> None:
    large = [group for group in grouped(asked, run.scorer) if _is_large(group)]

    def claim(group: list[MatchRecord]) -> tuple[int, int, str]:
        n_earlier = sum(r.report_id not in run.records for r in group)
        return (-n_earlier, -len(group), min(r.report_id for r in group))

    for group in sorted(large, key=claim)[1:]:
        origins = {incident.origins[r.report_id] for r in group}
        leaving = [m for m in incident.members.values() if incident.origins[m.report_id] in origins]
        if len(leaving) < len(incident.members) and not _are_decided(run, incident, leaving):
            _leave(run, incident, leaving)


def _is_large(group: Sequence[MatchRecord]) -> bool:
    return len(group) >= LEAST_SPLIT and len({r.outlet_key for r in group}) >= LEAST_OUTLETS


def _leave(run: Run, incident: Incident, leaving: Sequence[MatchRecord]) -> None:
    """Let reports leave their incident together; those of earlier runs make it a split of a published one."""
    why = Explanation(1.0, RULE)
    opened_id = _free_id(run, leaving)
    earlier = tuple(r.report_id for r in leaving if r.report_id not in run.records)
    for record in leaving:
        origin_id = incident.origins[record.report_id]
        run.index.remove(record)
        made = run.memories.get(record.report_id)
        keys, published_at = (made.keys, made.published_at) if made else (run.index.keys_of(record.report_id), None)
        run.index.add(record, opened_id, origin_id, keys, published_at)
        if made:
            run.moved[record.report_id] = why
    if earlier:
        run.splits.append(Split(incident.incident_id, opened_id, earlier, why))


def _free_id(run: Run, leaving: Sequence[MatchRecord]) -> str:
    """The id that the first free report would have opened, so that decisions go on to mean it."""
    ids = [id_opened_by(record.report_id) for record in leaving]
    return next((i for i in ids if not run.index.is_home(i)), f"{ids[0]}_{len(run.splits)}")


def _are_decided(run: Run, incident: Incident, leaving: Sequence[MatchRecord]) -> bool:
    """Whether a person said that some of these reports and the others are one."""
    gone = {record.report_id for record in leaving}
    mine = frozenset().union(*(marks(i, None) for i in gone))
    rest = frozenset().union(*(marks(i, None) for i in incident.members if i not in gone))
    word = run.verdicts.between(mine, rest)
    return word is not None and word.is_same


def grouped(records: list[MatchRecord], scorer: Scorer) -> list[list[MatchRecord]]:
    """Group by average link, the nearest two groups joined first, while their mean log-odds reach `SPLIT_ODDS`."""
    groups = [[record] for record in records]
    sums = [[scorer.odds(a, b) if a is not b else 0.0 for b in records] for a in records]
    while len(groups) > 1:
        mean, i, j = max(
            (sums[i][j] / (len(groups[i]) * len(groups[j])), -i, -j) for i in range(len(groups)) for j in range(i)
        )
        if mean < SPLIT_ODDS:
            break
        i, j = -i, -j
        groups[j] += groups.pop(i)
        gone = sums.pop(i)
        sums[j] = [a + b for a, b in zip(sums[j], gone, strict=True)]
        for k, row in enumerate(sums):
            row[j] = sums[j][k] if k == j else row[j] + row[i]
            del row[i]
    return groups
