"""Registry of all features: what a weight may be named, in which words it is explained, and which sign it may have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from resolution import fact_features, mark_features, text_features
from resolution.features import AGAINST, FOR, Feature, FeatureGroup, Features, PairContext
from resolution.match_record import MatchRecord

PAIR_GROUPS: tuple[FeatureGroup, ...] = (*fact_features.GROUPS, *mark_features.GROUPS, *text_features.GROUPS)

INCIDENT_FEATURES = (
    Feature("mean", "its reports one by one, on average", FOR),
    Feature("best", "its nearest report", FOR),
    Feature("worst", "its farthest report", FOR),
    Feature("size", "how many independent reports it has"),
    Feature("lead_pooled", "words of the opening, beside those of all its reports", FOR),
    Feature("body_pooled", "words of the text, beside those of all its reports", FOR),
    Feature("lead_beside", "words of the opening, beside how alike its reports are", FOR),
    Feature("body_beside", "words of the text, beside how alike its reports are", FOR),
    Feature("busy", "how many other incidents its place has about these days", AGAINST),
    Feature("busy_body", "words of the text, where the place has other incidents about these days", AGAINST),
)

PAIR_FEATURES = {f.name: f for group in PAIR_GROUPS for f in group.features}
FEATURES = PAIR_FEATURES | {f.name: f for f in INCIDENT_FEATURES}


def compare(left: MatchRecord, right: MatchRecord, context: PairContext) -> Features:
    """Compute every feature of two reports; those that are 0 are left out."""
    found: Features = {}
    for group in PAIR_GROUPS:
        group.compare(left, right, context, found)
    return {name: value for name, value in found.items() if value}


def refuse_unknown(names: Iterable[str], known: Mapping[str, Feature]) -> None:
    """Refuse weights of features that do not exist.

    Raises:
        ValueError: a name is not in the registry; the message has all such names.
    """
    unknown = sorted(set(names) - known.keys())
    if unknown:
        raise ValueError(f"weights of unknown features: {', '.join(unknown)}; fit them anew")
