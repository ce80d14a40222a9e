"""Votes of a cluster's event mentions for a type: the first reading of what kind of incident it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from extractors.coding.cluster import Cluster, EventMention, Realis

VAGUE_TYPES = frozenset(("other", "casualty"))  # triggers that name no type of event
EARLY_SENTENCES = 2  # a vote of the title and of these sentences counts twice


def weight_of(mention: EventMention) -> float:
    """Weigh one mention: the square of its strength, less where it is not presented as having happened."""
    share = 1.0 if mention.realis is Realis.ACTUAL else 0.2
    if mention.is_recalled:
        share *= 0.5
    return share * mention.strength**2 * (2.0 if mention.sentence < EARLY_SENTENCES else 1.0)


def votes_of(cluster: Cluster) -> Mapping[tuple[str, str], float]:
    """Add up the weights of the mentions by type and subtype; those of no type count nothing."""
    votes: defaultdict[tuple[str, str], float] = defaultdict(float)
    for mention in cluster.mentions:
        if mention.event_type not in VAGUE_TYPES:
            votes[(mention.event_type, mention.event_subtype)] += weight_of(mention)
    return votes


def main_type(cluster: Cluster) -> str:
    """Name the type with most votes; `other` where none has any."""
    by_type = by_type_of(votes_of(cluster))
    return max(sorted(by_type), key=lambda name: by_type[name], default="other")


def by_type_of(votes: Mapping[tuple[str, str], float]) -> Mapping[str, float]:
    """Add up the votes of the subtypes of each type."""
    by_type: defaultdict[str, float] = defaultdict(float)
    for (name, _), value in votes.items():
        by_type[name] += value
    return by_type
