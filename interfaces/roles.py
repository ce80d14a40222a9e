"""Who did what in an incident: one role for each actor, by vote of the reports.

Specification. An actor has the role that most reports give it; to take part says least, so it yields to the others
where they have as many reports. As many for `initiator` as for `target` is `unclear`. General nouns ("gunmen") say who
only where nobody is named: they leave a role that a name holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from warehouse.rows import ActorRow

UNCLEAR = "unclear"
ROLES = ("initiator", "target", "participant", UNCLEAR)


def roles_by_vote(told: Iterable[tuple[str, str, int]]) -> dict[str, list[str]]:
    """Give the names of each role, those that most reports name first.

    Args:
        told: name, role and number of reports that give the name this role; a pair may come more than once.

    >>> roles_by_vote([("army", "target", 1), ("Army", "initiator", 3), ("SDF", "target", 2), ("gunmen", "target", 9)])
    {'initiator': ['army'], 'target': ['SDF']}
    """
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    names: dict[str, str] = {}
    for name, role, n in told:
        names.setdefault(name.casefold(), name)
        votes[name.casefold()][role] += n
    found: dict[str, list[str]] = {}
    ordered = sorted(votes, key=lambda key: (-sum(votes[key].values()), key))
    for key in ordered:
        found.setdefault(_elected(votes[key]), []).append(names[key])
    return {role: _named(found[role]) for role in ROLES if role in found}


def votes_of(actors: Iterable[ActorRow]) -> list[tuple[str, str, int]]:
    """Count the reports that give a name a role; a report has one vote for each role of a name."""
    return [(name, role, 1) for name, role, _ in sorted({(a.name, a.role, a.report_id) for a in actors})]


def pair_by_vote(told: Iterable[tuple[str, str, int]]) -> tuple[str, str]:
    """Give one name for each side, who did it first where that is told; empty for a side without one."""
    roles = roles_by_vote(told)
    rest = [name for role in ("participant", UNCLEAR) for name in roles.get(role, ())]
    rest += [*roles.get("initiator", ())[1:], *roles.get("target", ())[1:]]
    first = next(iter(roles.get("initiator", ())), "") or (rest.pop(0) if rest else "")
    second = next(iter(roles.get("target", ())), "") or (rest.pop(0) if rest else "")
    return (first, second) if first else (second, "")


def _elected(votes: dict[str, int]) -> str:
    did, suffered, took_part = (votes.get(role, 0) for role in ("initiator", "target", "participant"))
    if max(did, suffered) < took_part:
        return "participant"
    return UNCLEAR if did == suffered else "initiator" if did > suffered else "target"


def _named(names: list[str]) -> list[str]:
    return [name for name in names if name != name.lower()] or names
