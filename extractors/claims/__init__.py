"""Claims and tolls: every figure of an article with its speaker, and the totals that the article would sign.

Belongs: the grammar of casualty figures, attribution, the policy of low, best and high.
Does not: which incident a sentence tells of (`extractors.what`), adding up over articles (`resolution`).
"""

from extractors.claims.find import FoundClaim, find_claims
from extractors.claims.keep import with_ids, worth_keeping
from extractors.claims.tolls import tolls

__all__ = ["FoundClaim", "find_claims", "tolls", "with_ids", "worth_keeping"]
