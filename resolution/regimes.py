"""Features of two single reports that let words count for more where the coder's day and place are less firm.

Specification. An account of no type of the tree (`loose`) has no trigger on which its day and place could hang: they
are those of any sentence. Where a day or place is missing or apart, the likeness of words has a weight of its own, so
that articles on one famous event, which span weeks and name many places, are known by their words, and accounts of
shootings by day and town. These features are weighed between single reports only (`resolution.pairs`): among pooled
facts they joined look-alikes (docs/explanation/resolution.md).
"""

from __future__ import annotations

from math import sqrt

from resolution.features import Features, compare
from resolution.likeness import Cosines
from resolution.phrases import Phrasebook
from resolution.profile import Profile
from resolution.rarity import Rarity
from resolution.sketch import Sketch

OPEN_TYPE = "other"  # a happening of no type of the tree
_DAYS_APART = ("day_gap_7", "day_gap_30", "day_gap_more", "day_weak_out", "day_coarse_out", "day_year_out")
_PLACES_APART = ("place_far", "place_other_country", "place_coarse_out")
_LOOSE = ("body", "lead", "title", "names_shared", "day_gap_0", "place_same", "lag", "lag_missing", "names_apart")


def has_open_type(left: Sketch, right: Profile) -> bool:
    """Whether one side is a happening of no type: its day and place hang on no trigger."""
    return OPEN_TYPE in (left.event_type, *(kind for kind, _ in right.kinds))


def has_loose_facts(left: Sketch, right: Profile, found: Features) -> bool:
    """Whether no firm day or no firm place could tell the two apart: missing on one side, or of an open type."""
    return "day_missing" in found or "place_missing" in found or has_open_type(left, right)


def compare_pair(
    left: Sketch, right: Profile, rarity: Rarity, phrases: Phrasebook, cosines: Cosines | None = None
) -> Features:
    """Compare a report with another that stands alone in `right`; every value is finite, absent names are 0."""
    found = compare(left, right, rarity, cosines)
    found["phrases"] = phrases.likeness(left, right.voices[0])
    found["phrases_root"] = sqrt(found["phrases"])
    days_apart = sum(found.get(name, 0.0) for name in _DAYS_APART)
    places_apart = sum(found.get(name, 0.0) for name in _PLACES_APART)
    body, lead = found.get("body", 0.0), found.get("lead", 0.0)
    undated, unplaced = found.get("day_missing", 0.0), found.get("place_missing", 0.0)
    regimes = {
        "undated_body": undated * body,
        "undated_lead": undated * lead,
        "unplaced_body": unplaced * body,
        "days_apart_body": days_apart * body,
        "days_apart_lead": days_apart * lead,
        "places_apart_body": places_apart * body,
        "places_apart_lead": places_apart * lead,
    }
    if has_open_type(left, right):
        regimes |= {f"loose_{name}": found.get(name, 0.0) for name in _LOOSE}
        regimes |= {"loose": 1.0, "loose_days_apart": days_apart, "loose_places_apart": places_apart}
    return {name: value for name, value in (found | regimes).items() if value}
