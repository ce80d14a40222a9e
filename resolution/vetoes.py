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

UNLIKE_BODY = 0.25  # texts less alike than this share the subject, not the story
TWO_VOICES = 1.09  # the feature is ln(1 + voices); one voice alone may be wrong about both tolls
LIFTING_BODY = 0.75  # bodies as near as this are one text, whatever the coder read from them
LIFTING_WORDS = 0.35  # ... and at this much likeness the coder's day or place is as doubtful as the likeness
LIFTING_NAMES = 0.55  # two rare names; one alone may be the army or the group that struck twice in a day

SAME_ARTICLE = Veto("same_article", "the article tells of both as two incidents")
OTHER_PEOPLE = Veto("people", "other people, other ages and no name in common, by every account")
OTHER_TOLLS = Veto("tolls", "other numbers of killed and of injured, and no mark in common, by every account")
OTHER_DAYS = Veto("days", "the days are four or more apart, by every account")
OTHER_PLACES = Veto("places", "the places are more than 120 km apart, by every account")


def vetoes(sketch: Sketch, profile: Profile, features: Features) -> tuple[Veto, ...]:
    """List what forbids that `sketch` tells of the incident `profile`; empty where nothing does."""
    found = []
    if (sketch.article_id, sketch.revision) in profile.told_by:
        found.append(SAME_ARTICLE)
    likeness = features.get("body_best", 0.0)
    if features.get("kin_apart", 0.0) == 1.0 and likeness < LIFTING_BODY:
        kinds = ", ".join(sorted(kind for kind, _ in profile.kinds))
        found.append(Veto("type", f"{sketch.event_type} is not taken for {kinds}"))
    if likeness < LIFTING_BODY and _are_others(features):
        found.append(OTHER_PEOPLE)
    if likeness < UNLIKE_BODY and _has_other_tolls(features):
        found.append(OTHER_TOLLS)
    if not _is_lifted(features):
        found += fact_vetoes(features)
    return tuple(found)


def _are_others(features: Features) -> bool:
    """Whether everything that tells victims apart speaks against one incident: one mark alone is often an error."""
    if any(features.get(name, 0.0) < 1.0 for name in ("people_apart", "ages_apart", "names_apart")):
        return False
    return not any(features.get(name) for name in ("killed_same", "injured_same", "streets_shared"))


def _has_other_tolls(features: Features) -> bool:
    """Whether both tolls are apart from those of two voices or more, and neither a name nor an age is shared."""
    return (
        features.get("tolls_apart", 0.0) >= 1.0
        and features.get("voices", 0.0) > TWO_VOICES
        and not any(features.get(name) for name in ("names_shared", "people_shared", "ages_shared", "streets_shared"))
    )


def _is_lifted(features: Features) -> bool:
    """Whether any mark that does not hang on the coder's day and place speaks for one incident."""
    return bool(
        features.get("people_shared")
        or features.get("ages_shared")
        or features.get("streets_shared")
        or features.get("names_shared", 0.0) >= LIFTING_NAMES
        or features.get("body_best", 0.0) >= LIFTING_WORDS
    )


def fact_vetoes(features: Features) -> list[Veto]:
    """Days or places that rule one incident out, not lifted by anything: two whole incidents are merged only so."""
    found = []
    apart = features.get("day_gap_7", 0.0) + features.get("day_gap_30", 0.0) + features.get("day_gap_more", 0.0)
    if apart >= 1.0:
        found.append(OTHER_DAYS)
    far = features.get("place_far", 0.0) + features.get("place_other_country", 0.0)
    if far >= 1.0:
        found.append(OTHER_PLACES)
    return found
