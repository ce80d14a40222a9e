"""Give groups of reports that were made anew the incident ids that they had: pure.

Specification. Each new group takes the id of the incident with which it shares most reports, the greatest overlap
first, of equal ones the older incident; no id is taken twice. An incident whose id was not taken is merged into the
group that holds most of it, unless something of it stays where it is. A group that got no id, though its reports were
in incidents before, was split off the one that held most of it; a group of reports that nobody had is a new incident.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Ids for new groups. Groups in neither `kept` nor `split_from` are new; `merged` leads from an id to a group."""

    kept: Mapping[str, str]
    split_from: Mapping[str, str]
    merged: Mapping[str, str]


def reconcile(
    group_of: Mapping[str, str], was_in: Mapping[str, str], age: Mapping[str, object], staying: Set[str]
) -> Reconciled:
    """Match new groups with old incidents.

    Args:
        group_of: The new group of each report.
        was_in: The incident that each report, or the article that tells it, was in before; new ones are left out.
        age: Order of the incidents, the older ones less; all of `was_in` are in it.
        staying: Incidents that keep reports outside of `group_of`, and so cannot be merged away.
    """
    shared: Counter[tuple[str, str]] = Counter()
    for report_id, group in group_of.items():
        if report_id in was_in:
            shared[group, was_in[report_id]] += 1
    rank = {incident: n for n, incident in enumerate(sorted(age, key=lambda i: (age[i], i)))}
    ordered = sorted(shared, key=lambda pair: (-shared[pair], rank[pair[1]], pair[0]))
    kept: dict[str, str] = {}
    taken: set[str] = set()
    for group, incident in ordered:
        if group not in kept and incident not in taken:
            kept[group] = incident
            taken.add(incident)
    split_from: dict[str, str] = {}
    merged: dict[str, str] = {}
    for group, incident in ordered:
        if group not in kept:
            split_from.setdefault(group, incident)
        if incident not in taken and incident not in staying and group in kept:
            merged.setdefault(incident, group)
    return Reconciled(kept, split_from, merged)
