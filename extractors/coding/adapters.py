"""Bridge until the ranker of types is merged; to be deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.coding.cluster import Cluster, Realis
from extractors.coding.document import Document
from extractors.coding.who import FoundActor
from model.report import Why


def name_type(cluster: Cluster, document: Document, found: Sequence[FoundActor]) -> tuple[str, str, Why]:
    """Name the type by votes."""
    if cluster.opening.event_type == "other":
        return "other", cluster.opening.event_subtype, Why(cluster.opening.text)
    votes: Counter[str] = Counter()
    for m in cluster.mentions:
        if m.event_type not in ("other", "casualty"):
            votes[m.event_type] += (
                m.strength**2 * (2 if m.sentence <= 0 else 1) * (3 if m.realis is Realis.ACTUAL else 1)
            )
    kind = votes.most_common(1)[0][0] if votes else "attack_on_civilians"
    return kind, "", Why(cluster.opening.text, "votes")
