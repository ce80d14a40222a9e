"""Votes of a cluster's event mentions for a type: the first reading of what kind of incident it is."""

from __future__ import annotations

from collections import Counter

from extractors.coding.cluster import Cluster, EventMention, Realis

VAGUE_TYPES = frozenset(("other", "casualty"))  # triggers that name no type of event
EARLY_SENTENCES = 2  # a vote of the title and of these sentences counts twice


def weight_of(mention: EventMention) -> float:
    """Weigh one mention: the square of its strength, less where it is not presented as having happened."""
    share = 1.0 if mention.realis is Realis.ACTUAL else 0.2
    if mention.is_recalled:
        share *= 0.5
    return share * mention.strength**2 * (2.0 if mention.sentence < EARLY_SENTENCES else 1.0)


def votes_of(cluster: Cluster) -> Counter[tuple[str, str]]:
    """Add up the weights of the mentions by type and subtype; those of no type count nothing."""
    votes: Counter[tuple[str, str]] = Counter()
    for mention in cluster.mentions:
        if mention.event_type not in VAGUE_TYPES:
            votes[(mention.event_type, mention.event_subtype)] += weight_of(mention)
    return votes


def main_type(cluster: Cluster) -> str:
    """Name the type with most votes; `other` where none has any."""
    by_type: Counter[str] = Counter()
    for (name, _), value in votes_of(cluster).items():
        by_type[name] += value
    return max(sorted(by_type), key=lambda name: by_type[name], default="other")
