"""Text features of two reports: likeness of words by what the facts leave open, time between publications.

Specification. Words decide only what facts leave open. The likeness of openings, texts and titles counts
once for any two reports, and again by the state of day and place: both *agree*, one of them is *open* (missing,
coarse or not firm), or one is *apart*. In a war every report has the same words; that is weighed against the
incident's rivals (`resolution.scorer`), not here.
"""

from __future__ import annotations

from math import log1p

from rapidfuzz import fuzz

from resolution.fact_features import gap_days
from resolution.features import FOR, Feature, FeatureGroup, Features, PairContext
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
    """Compare openings, texts and titles."""
    cosines = {"lead": context.lead, "body": context.body}
    if left.title and right.title:
        cosines["title"] = fuzz.token_set_ratio(left.low_title, right.low_title) / 100.0
    found.update(cosines)
    state = fact_state(found)
    for one in (state, UNTYPED) if OPEN_TYPE in (left.event_type, right.event_type) else (state,):
        found[f"facts_{one}"] = 1.0
        for name in BY_STATE:
            found[f"{name}_{one}"] = found.get(name, 0.0)


def compare_lags(left: MatchRecord, right: MatchRecord, _: PairContext, found: Features) -> None:
    """Compare the times of publication."""
    if left.published is None or right.published is None:
        found["lag_missing"] = 1.0
    else:
        lag = gap_days(left.published, left.published, right.published, right.published)
        found["lag"] = log1p(lag)
        found["lag_body"] = log1p(lag) * found.get("body", 0.0)
        found["lag_long"] = float(lag > LONG_LAG_DAYS)


def show_texts(left: MatchRecord, right: MatchRecord) -> str:
    """Both titles."""
    return " / ".join(f"“{r.title[:60]}”" for r in (left, right))


def show_lags(left: MatchRecord, right: MatchRecord) -> str:
    """Days between the publications."""
    if left.published is None or right.published is None:
        return "publication unknown"
    return f"published {abs(left.published - right.published)} days apart"


_TEXTS = {"lead": "words of the opening", "body": "words of the text", "title": "titles"}
_NAMES = {"names_shared": "rare names shared"}
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
        ),
    ),
)
