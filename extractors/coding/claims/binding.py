"""Give each claim to the cluster that it belongs to: by its sentence, then by the nearest trigger in the parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.coding.claims.find import FoundClaim
from extractors.coding.cluster import Cluster, EventMention, Realis
from extractors.coding.document import TITLE, Document

RECALLED = "recalled"  # mark of a figure whose nearest trigger is recalled or did not take place
UNOWNED = "unowned"  # mark of a figure in a clause of another cluster, or of none, where only one is reported
ELSEWHERE = frozenset(("other-day", "other-place"))


def claims_of(claims: Sequence[FoundClaim], cluster: Cluster, document: Document) -> tuple[FoundClaim, ...]:
    """Take the claims of one cluster among all of the document, with a mark on those that may be of another event.

    Where the cluster is the only one reported, sentences of no cluster speak for it too.
    """
    found = []
    for entry in claims:
        is_own = cluster.owns(document, entry.token)
        if not is_own and not cluster.is_whole_article:
            continue
        marks = {RECALLED} if _is_recalled(entry, cluster, document) else set()
        marks |= set() if is_own or entry.sentence == TITLE else {UNOWNED}
        found.append(replace(entry, marks=entry.marks | marks) if marks else entry)
    return tuple(found)


def is_firm(entry: FoundClaim) -> bool:
    """Return whether nothing but a weak sign says that a figure is of another incident."""
    return RECALLED not in entry.marks and not entry.marks >= ELSEWHERE


def _is_recalled(entry: FoundClaim, cluster: Cluster, document: Document) -> bool:
    here = [m for m in cluster.mentions if m.sentence == entry.sentence]
    if not here:
        return False
    nearest = min(here, key=lambda m: (_distance(document, entry.token, m), m.first))
    return nearest.realis not in (Realis.ACTUAL, Realis.DENIED) or nearest.is_recalled


def _distance(document: Document, token: int, mention: EventMention) -> int:
    """Count the steps between two tokens in the tree."""
    up = [token, *(t.index for t in document.ancestors(token))]
    other = [mention.head, *(t.index for t in document.ancestors(mention.head))]
    common = next((k for k in up if k in other), None)
    return len(up) + len(other) if common is None else up.index(common) + other.index(common)
