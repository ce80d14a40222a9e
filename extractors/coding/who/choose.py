"""Choose who takes part in the incident of a cluster: the most probable candidates of each role, by the fitted models.

A candidate has the one role in which it is most probable. At most `MAX_OF_ROLE` names are told of a role, each only
where its probability reaches the bar that gave the best F1 on held-out corpora.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.coding.cluster import Cluster
from extractors.coding.document import Document
from extractors.coding.who.candidates import Candidate, candidates_of
from extractors.coding.who.find import FoundActor, span_of
from extractors.coding.who.index import Nation
from extractors.coding.who.roles import ROLES, RoleModel, describe, group_of, load_role_model
from model.report import ActorMention, ActorRole, Alternative, Rationale

MAX_OF_ROLE = 2  # a longer list names everybody and tells nothing
FIRM_VOTES = 1.0  # one argument of an event that is presented as having happened
MAX_LOSERS = 4  # an explanation is for a person
Chosen = tuple[Candidate, ActorRole, float]


def choose_actors(
    found: Sequence[FoundActor],
    cluster: Cluster,
    document: Document,
    event_type: str,
    home: Nation | None = None,
) -> tuple[ActorMention, ...]:
    """Choose the actors of a cluster's incident with one role each: initiators first, then targets.

    Args:
        found: All actors, role nouns and countries of the article, from `find_actors`.
        cluster: The mentions and sentences that tell of the incident.
        document: The parsed article.
        event_type: Of the incident, from `name_type`.
        home: The country of the incident, where it is known.
    """
    candidates = candidates_of(found, cluster, document, event_type, home)
    described = describe(candidates, event_type)
    model = load_role_model()
    shares = {role: model.probabilities(role, described)[:-1] for role in ROLES}
    chosen = choose(candidates, shares, model)
    return tuple(_mention(document, one, candidates, shares[one[1]]) for one in chosen)


def choose(candidates: Sequence[Candidate], shares: dict[ActorRole, list[float]], model: RoleModel) -> list[Chosen]:
    """Take the candidates of each role whose probability reaches its bar, the most probable first."""
    kept: list[Chosen] = []
    for role in ROLES:
        first, further = model.bars[role]
        own = [k for k in range(len(candidates)) if max(ROLES, key=lambda r: shares[r][k]) is role]
        n = 0
        for k in sorted(own, key=lambda k: -shares[role][k]):
            one, share = candidates[k], shares[role][k]
            if n == MAX_OF_ROLE or share < (further if n else first):
                break
            if not any(_is_same(one, c) for c, _, _ in kept) and not (one.is_unsaid and _is_named(role, candidates)):
                kept.append((one, role, share))
                n += 1
    return kept


def _is_named(role: ActorRole, candidates: Sequence[Candidate]) -> bool:
    """Say whether an event of the cluster has a party of fighters in a role: nobody else is made up for it."""
    return any(c.votes[role] >= FIRM_VOTES and group_of(c) in ("armed", "fighters") for c in candidates)


def _is_same(one: Candidate, other: Candidate) -> bool:
    """Say whether two candidates are one actor to a reader: branches of one country's forces are."""
    actor_id = one.party.actor_id
    return one.name == other.name or (actor_id is not None and actor_id == other.party.actor_id)


def _mention(document: Document, chosen: Chosen, candidates: Sequence[Candidate], shares: list[float]) -> ActorMention:
    candidate, role, share = chosen
    party = candidate.party
    text = document.text_between(party.first, party.last)
    ranked = sorted(range(len(candidates)), key=lambda k: -shares[k])
    alternatives = tuple(
        Alternative(candidates[k].name, role.value, f"probability {shares[k]:.2f} of the role")
        for k in ranked[:MAX_LOSERS]
        if candidates[k] is not candidate
    )
    known = "a name of the actor table" if party.actor_id else f"no name of the actor table ({party.kind})"
    rationale = Rationale(text, f"{known}; probability {share:.2f} of the role", alternatives)
    return ActorMention(
        party.actor_id, candidate.name, role, text, *span_of(document, party.first, party.last), rationale
    )
