"""Features of a candidate for a role: what it is, what happens to it, and how it stands against the other candidates.

One linear model for each role scores every candidate and one more, "nobody"; the scores give probabilities that add up
to one (a softmax). Weights: `seeds/reference/who_weights.json`, fitted by `bench/who.py`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.coding.linear import LinearModel, read_models
from extractors.coding.who.candidates import GUNMEN, Candidate, share
from extractors.coding.who.people import SETTING
from model.report import ActorRole

FILE = "who_weights.json"
ROLES = (ActorRole.INITIATOR, ActorRole.TARGET, ActorRole.PARTICIPANT)
FULL_MENTIONS = 8  # so many mentions count as many
FULL_MARKS = 3
UNSAID_GROUP = "generic"
_ARMED = frozenset("jihadist rebel militia criminal communal private_military".split())
_STATE = frozenset("state_force police government coalition peacekeeper nation intelligence".split())
Features = Mapping[str, float]


@dataclass(frozen=True)
class RoleModel:
    """The model of each role; `bars` are the least probabilities of the first and of each further name told."""

    models: Mapping[ActorRole, LinearModel]
    bars: Mapping[ActorRole, tuple[float, float]]

    def probabilities(self, role: ActorRole, described: Sequence[Features]) -> list[float]:
        """Return the probability of each candidate to have a role; "nobody" is the last of `described`."""
        scores = [self.models[role].score(features) for features in described]
        top = max(scores)
        masses = [math.exp(s - top) for s in scores]
        return [m / sum(masses) for m in masses]


def load_role_model() -> RoleModel:
    """Read the fitted models.

    Raises:
        ConfigError: the file is missing or malformed.
    """
    read = read_models(FILE)
    return RoleModel(
        {role: LinearModel(read[role.value]) for role in ROLES},
        {role: (read["bars"][role.value][0], read["bars"][role.value][1]) for role in ROLES},
    )


def describe(candidates: Sequence[Candidate], event_type: str) -> list[Features]:
    """Describe each candidate, and "nobody" as the last.

    Args:
        candidates: From `candidates_of`.
        event_type: Of the incident, from `name_type`.
    """
    most = {role: max((c.votes[role] for c in candidates), default=0.0) for role in ROLES}
    named = max((c.marks["named"] for c in candidates), default=0)
    described = [_features(c, event_type, most, named) for c in candidates]
    for features, one in zip(described, candidates, strict=True):
        features |= _standing(one, candidates)
    return [*described, _nobody(most, event_type)]


def _features(c: Candidate, event_type: str, most: Mapping[ActorRole, float], named: int) -> dict[str, float]:
    party = c.party
    found = {"bias": 1.0, f"kind:{party.kind}": 1.0, f"kind:{party.kind}|{event_type}": 1.0}
    if party.actor_id is None and party.kind not in ("person", "name"):
        found[f"noun:{party.key}"] = 1.0
        found[f"noun:{party.key}|{event_type}"] = 1.0
    else:
        found["has a name"] = 1.0
    for mark, n in c.marks.items():
        found[f"mark:{mark}"] = share(n, FULL_MARKS)
    found["mentions"] = share(c.marks["named"] + c.marks["setting"], FULL_MENTIONS)
    found["unsaid"] = float(c.is_unsaid)
    found["only a setting"] = float(bool(c.marks["setting"]) and not c.marks["named"])
    found["named most"] = float(named > 0 and c.marks["named"] == named)
    found["only in the rest"] = float(bool(c.marks["rest"]) and not c.marks["own"])
    for role, top in most.items():
        if top:
            found[f"votes:{role.value}"] = c.votes[role] / top
            found[f"most votes:{role.value}"] = float(c.votes[role] == top)
            found[f"votes:{role.value}|{party.kind}"] = c.votes[role] / top
            found[f"rival:{role.value}|{party.kind}"] = float(c.votes[role] == 0.0)
    total = sum(c.votes.values())
    if total:
        for role in ROLES:
            found[f"share:{role.value}"] = c.votes[role] / total
    return {name: value for name, value in found.items() if value}


def _standing(c: Candidate, candidates: Sequence[Candidate]) -> dict[str, float]:
    """Compare a candidate with the others of its group by mentions in the cluster, and say what the other group has."""
    own = group_of(c)
    counts: dict[str, list[int]] = {}
    for other in candidates:
        if other is not c:
            counts.setdefault(group_of(other), []).append(other.n_own)
    rivals = counts.get(own, [])
    found = {
        f"{own}: only one": float(not any(rivals)),
        f"{own}: most": float(c.n_own > max(rivals, default=0)),
        f"{own}: share": c.n_own / max(1, c.n_own + sum(rivals)),
    }
    for name in ("armed", "folk", "state"):
        top = max(counts.get(name, []), default=0)
        found[f"{own}: beside {name}"] = share(top, FULL_MARKS)
        if own == UNSAID_GROUP:
            found[f"{c.party.key}: beside {name}"] = share(top, FULL_MARKS)
    return {name: value for name, value in found.items() if value}


def group_of(c: Candidate) -> str:
    """Group the kinds of parties that stand in for each other in reports."""
    if c.party.kind in ("civilians", "unknown") or c.party.key == GUNMEN:
        return UNSAID_GROUP
    if c.party.kind in _ARMED:
        return "armed" if c.party.actor_id else "fighters"
    if c.party.kind in _STATE:
        return "state"
    return "folk" if c.party.kind in ("people", SETTING, "protesters") else "other"


def _nobody(most: Mapping[ActorRole, float], event_type: str) -> dict[str, float]:
    found = {"nobody": 1.0, f"nobody|{event_type}": 1.0}
    for role, top in most.items():
        found[f"nobody, votes:{role.value}"] = min(1.0, top / 3)
        found[f"nobody, no votes:{role.value}"] = float(top == 0.0)
    return {name: value for name, value in found.items() if value}
