"""Give each claim to the cluster that it belongs to: by its sentence, then by the nearest trigger in the parse."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.coding.claims.find import FoundClaim
from extractors.coding.cluster import Cluster, EventMention, Realis
from extractors.coding.document import Document

_ELSEWHERE = frozenset(("other-day", "other-place"))


def claims_of(claims: Sequence[FoundClaim], cluster: Cluster, document: Document) -> tuple[FoundClaim, ...]:
    """Take the claims of one cluster among all of the document.

    A claim of a sentence whose nearest trigger is recalled or did not take place is left out, unless nothing else would
    be left of its measure. Where the cluster is the only one reported, sentences of no cluster speak for it too.
    """
    own = [f for f in claims if cluster.is_whole_article or cluster.owns(document, f.token)]
    firm = [f for f in own if _is_firm(f, cluster, document) and not f.marks >= _ELSEWHERE]
    measures = {f.claim.measure for f in firm}
    return tuple(f for f in own if f in firm or f.claim.measure not in measures)


def _is_firm(entry: FoundClaim, cluster: Cluster, document: Document) -> bool:
    here = [m for m in cluster.mentions if m.sentence == entry.sentence]
    if not here:
        return True
    nearest = min(here, key=lambda m: (_distance(document, entry.token, m), m.first))
    return nearest.realis in (Realis.ACTUAL, Realis.DENIED) and not nearest.is_recalled


def _distance(document: Document, token: int, mention: EventMention) -> int:
    """Count the steps between two tokens in the tree."""
    up = [token, *(t.index for t in document.ancestors(token))]
    other = [mention.head, *(t.index for t in document.ancestors(mention.head))]
    common = next((k for k in up if k in other), None)
    return len(up) + len(other) if common is None else up.index(common) + other.index(common)
