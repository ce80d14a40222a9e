"""Claims and tolls: every figure of an article with its speaker, and the totals that the article would sign.

Belongs: who came to harm by the parse, attribution, the policy of low, best and high.
Does not: which incident a sentence tells of (`extractors.coding.clusters`), adding up over articles (`resolution`).
"""

from extractors.coding.claims.binding import claims_of
from extractors.coding.claims.dedupe import dedupe, with_ids
from extractors.coding.claims.find import FoundClaim, find_claims, read_claims, table_side_of
from extractors.coding.claims.implied import rest_on_claims
from extractors.coding.claims.tolls import tolls

__all__ = [
    "FoundClaim",
    "claims_of",
    "dedupe",
    "find_claims",
    "read_claims",
    "rest_on_claims",
    "table_side_of",
    "tolls",
    "with_ids",
]  # fmt: skip
