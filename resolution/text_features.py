"""Text features of two reports: likeness of words by what the facts leave open, time between publications, products.

Specification. Words decide only what facts leave open. The likeness of openings, texts, titles and bigrams counts
once for any two reports, and again by the state of day and place: both *agree*, one of them is *open* (missing,
coarse or not firm), or one is *apart*. In a war every report has the same words; that is weighed against the
incident's rivals (`resolution.incident_score`), not here.
"""

from __future__ import annotations

from math import log1p, sqrt

from rapidfuzz import fuzz

from resolution.fact_features import gap_days
from resolution.features import AGAINST, FOR, Feature, FeatureGroup, Features, PairContext
from resolution.match_record import OPEN_TYPE, MatchRecord

LONG_LAG_DAYS = 30
AGREE, OPEN, APART, UNTYPED = "agree", "open", "apart", "untyped"

_DAY_AGREES = ("day_0", "day_loose_0", "day_coarse_in")
_PLACE_AGREES = ("place_same", "place_loose_same", "place_coarse_in")
_DAY_APART = (
    "day_3",
    "day_7",
    "day_30",
    "day_more",
    "day_coarse_out",
    "day_year_out",
    "day_loose_30",
    "day_loose_more",
)
_PLACE_APART = ("place_mid", "place_far", "place_loose_far", "place_other_country", "place_coarse_out")


def fact_state(found: Features) -> str:
    """Whether day and place agree, are apart, or leave the question open."""
    if any(name in found for name in _DAY_APART) or any(name in found for name in _PLACE_APART):
        return APART
    if any(name in found for name in _DAY_AGREES) and any(name in found for name in _PLACE_AGREES):
        return AGREE
    return OPEN


def compare_texts(left: MatchRecord, right: MatchRecord, context: PairContext, found: Features) -> None:
    """Compare openings, texts, titles and bigrams."""
    bigrams = sqrt(context.bigrams.likeness(left, right))
    likeness = {"lead": context.lead, "body": context.body, "bigrams": bigrams}
    if left.title and right.title:
        likeness["title"] = fuzz.token_set_ratio(left.low_title, right.low_title) / 100.0
    found.update(likeness)
    state = fact_state(found)
    states = (state, UNTYPED) if OPEN_TYPE in (left.event_type, right.event_type) else (state,)
    for one in states:
        found[f"facts_{one}"] = 1.0
        for name in BY_STATE:
            found[f"{name}_{one}"] = found.get(name, 0.0)
    if left.is_thin or right.is_thin:
        found["thin"] = 1.0
        found["title_thin"] = likeness.get("title", 0.0)


def compare_lags(left: MatchRecord, right: MatchRecord, _: PairContext, found: Features) -> None:
    """Compare the times of publication, and note later developments."""
    if left.published is None or right.published is None:
        found["lag_missing"] = 1.0
    else:
        lag = gap_days(left.published, left.published, right.published, right.published)
        found["lag"] = log1p(lag)
        found["lag_body"] = log1p(lag) * found.get("body", 0.0)
        found["lag_long"] = float(lag > LONG_LAG_DAYS)
    if left.is_follow_up or right.is_follow_up:
        found["follow_up"] = 1.0
        found["follow_up_names"] = found.get("names_shared", 0.0)


def compare_products(_: MatchRecord, __: MatchRecord, ___: PairContext, found: Features) -> None:
    """Add up what agrees and what does not: marks that are each weak are strong together."""
    place = found.get("place_same", 0.0) + found.get("place_loose_same", 0.0)
    found["day_and_place"] = place * (found.get("day_0", 0.0) + found.get("day_loose_0", 0.0))
    against = sum(found.get(f"{name}_apart", 0.0) for name in ("people", "ages", "names", "streets", "sites", "means"))
    if not (found.get("people_shared") or found.get("names_shared") or found.get("ages_shared")):
        found["marks_apart"] = against * against / 6.0
    found["place_body"] = place * found.get("body", 0.0)
    killed = found.get("killed_same", 0.0)
    found["place_and_toll"] = killed * place
    found["day_and_toll"] = killed * found.get("day_0", 0.0)


def show_texts(left: MatchRecord, right: MatchRecord) -> str:
    """Both titles."""
    return " / ".join(f"“{r.title[:60]}”" for r in (left, right))


def show_lags(left: MatchRecord, right: MatchRecord) -> str:
    """Days between the publications."""
    if left.published is None or right.published is None:
        return "publication unknown"
    return f"published {abs(left.published - right.published)} days apart"


def show_nothing(_: MatchRecord, __: MatchRecord) -> str:
    """Nothing: the values stand beside the features that are multiplied."""
    return ""


_TEXTS = {"lead": "words of the opening", "body": "words of the text", "bigrams": "turns of speech", "title": "titles"}
_NAMES = {"names_shared": "rare names shared", "names_first_shared": "the names that one gives first"}
_STATES = {
    AGREE: "day and place agree",
    OPEN: "day or place is open",
    APART: "day or place is apart",
    UNTYPED: "an event has no type",
}
BY_STATE = (*_TEXTS, *_NAMES)

GROUPS = (
    FeatureGroup(
        compare_texts,
        show_texts,
        (
            *(Feature(name, words, FOR) for name, words in _TEXTS.items()),
            *(
                Feature(f"{name}_{state}", f"{words}, where {facts}")
                for name, words in (_TEXTS | _NAMES).items()
                for state, facts in _STATES.items()
            ),
            *(Feature(f"facts_{state}", facts) for state, facts in _STATES.items()),
            Feature("thin", "a text too short to compare"),
            Feature("title_thin", "titles, where a text is short"),
        ),
    ),
    FeatureGroup(
        compare_lags,
        show_lags,
        (
            Feature("lag", "time between publications"),
            Feature("lag_body", "words of the text, long after"),
            Feature("lag_long", "more than thirty days between publications"),
            Feature("lag_missing", "no time of publication to compare"),
            Feature("follow_up", "a later development"),
            Feature("follow_up_names", "a later development that shares rare names"),
        ),
    ),
    FeatureGroup(
        compare_products,
        show_nothing,
        (
            Feature("day_and_place", "the same day and the same town", FOR),
            Feature("marks_apart", "nothing shared that tells incidents apart", AGAINST),
            Feature("place_body", "words of the text, in the same town"),
            Feature("place_and_toll", "the same town and the same number killed", FOR),
            Feature("day_and_toll", "the same day and the same number killed", FOR),
        ),
    ),
)
