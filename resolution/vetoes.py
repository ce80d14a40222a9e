"""Vetoes: facts that forbid a merge whatever the score.

Specification. A veto speaks only on firm ground: both sides exact, and on the incident's side the *whole* of its
voices. Since a coder errs too, a veto of a day or place is lifted where a mark that does not hang on it speaks for one
incident: a person, an age, a street or a rare name shared, or much the same words; then the score decides. Each rule
was kept only where it costs next to no recall on the dev halves (docs/explanation/resolution.md).
"""

from __future__ import annotations

from model.incident import Veto
from resolution.features import Features
from resolution.profile import Profile
from resolution.sketch import Sketch

LIFTING_BODY = 0.75  # bodies as near as this are one text, whatever the coder read from them
LIFTING_WORDS = 0.35  # ... and at this much likeness the coder's day or place is as doubtful as the likeness
LIFTING_NAMES = 0.45  # one rare name, or two middling ones


def vetoes(sketch: Sketch, profile: Profile, features: Features) -> tuple[Veto, ...]:
    """List what forbids that `sketch` tells of the incident `profile`; empty where nothing does."""
    found = []
    if any(m.article_id == sketch.article_id and m.revision == sketch.revision for m in profile.members):
        found.append(Veto("same_article", "the article tells of both as two incidents"))
    if features.get("kin_apart", 0.0) == 1.0 and features.get("body_best", 0.0) < LIFTING_BODY:
        kinds = ", ".join(sorted(kind for kind, _ in profile.kinds))
        found.append(Veto("type", f"{sketch.event_type} is not taken for {kinds}"))
    if not _is_lifted(features):
        found += _fact_vetoes(features)
    return tuple(found)


def _is_lifted(features: Features) -> bool:
    """Whether any mark that does not hang on the coder's day and place speaks for one incident."""
    return bool(
        features.get("people_shared")
        or features.get("ages_shared")
        or features.get("streets_shared")
        or features.get("names_shared", 0.0) >= LIFTING_NAMES
        or features.get("body_best", 0.0) >= LIFTING_WORDS
    )


def _fact_vetoes(features: Features) -> list[Veto]:
    found = []
    apart = features.get("day_gap_7", 0.0) + features.get("day_gap_30", 0.0) + features.get("day_gap_more", 0.0)
    if apart >= 1.0:
        found.append(Veto("days", "the days are four or more apart, by every account"))
    far = features.get("place_far", 0.0) + features.get("place_other_country", 0.0)
    if far >= 1.0:
        found.append(Veto("places", "the places are more than 120 km apart, by every account"))
    return found
