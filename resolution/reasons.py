"""A comparison in words: what each feature is called, and what it adds to the log-odds.

Specification. Every feature that has a weight has a name here, in words for people who never saw the code: they stand
in explanations, in the change log and on the site.
"""

from __future__ import annotations

from model.incident import FeatureScore
from resolution.features import Features
from resolution.weights import PAIR_SHARE, Weights

WORDS = {
    "day_missing": "no day to compare",
    "day_coarse_in": "the days fit, by week or month",
    "day_coarse_out": "the weeks or months differ",
    "day_year_in": "the years fit",
    "day_year_out": "the years differ",
    "day_weak_in": "published within a day of the other's day",
    "day_weak_near": "published within four days of the other's day",
    "day_weak_out": "published more than four days from the other's day",
    "day_gap_0": "the same day",
    "day_gap_1": "one day apart",
    "day_gap_3": "two or three days apart",
    "day_gap_7": "four to seven days apart",
    "day_gap_30": "eight to thirty days apart",
    "day_gap_more": "more than thirty days apart",
    "place_missing": "no place to compare",
    "place_same": "the same town",
    "place_near": "neighbouring towns",
    "place_mid": "towns 35 to 120 km apart",
    "place_far": "towns more than 120 km apart",
    "place_other_country": "another country",
    "place_coarse_same": "the same district or region",
    "place_coarse_in": "places that fit, by district or region",
    "place_coarse_out": "another district or region",
    "place_country_in": "the same country, no nearer",
    "place_unclear": "places that cannot be compared",
    "lead": "words of the opening",
    "lead_best": "words of the opening, nearest report",
    "lead_rel": "words of the opening, beside how alike its reports are",
    "lead_single": "words of the opening, of a single report",
    "lead_bare": "words of the opening, where neither day nor place is known",
    "body": "words of the text",
    "body_best": "words of the text, nearest report",
    "body_rel": "words of the text, beside how alike its reports are",
    "body_single": "words of the text, of a single report",
    "body_bare": "words of the text, where neither day nor place is known",
    "bare": "neither day nor place is known",
    "title": "titles",
    "title_thin": "titles, where a text is short",
    "thin": "a text too short to compare",
    "voices": "how many reports it has",
    "crowd_size": "how many others could be meant",
    "crowd_body": "words of the text, shared with the others as well",
    "crowd_lead": "words of the opening, shared with the others as well",
    "rival_body": "words of the text, shared with the nearest other",
    "names_shared": "rare names shared",
    "names_most_shared": "the names that most of its reports give",
    "people_shared": "people shared by name",
    "people_same_age": "a person shared by name and age",
    "people_apart": "other people with ages",
    "ages_shared": "ages shared",
    "ages_apart": "other ages",
    "streets_shared": "streets shared",
    "streets_apart": "other streets",
    "actors_shared": "parties shared",
    "actors_apart": "other parties",
    "dates_apart": "other dates named",
    "years_shared": "years named by both",
    "years_apart": "other years named",
    "killed_same": "the same number killed",
    "killed_same_large": "the same number killed, and a large one",
    "killed_close": "nearly the same number killed",
    "killed_apart": "other numbers killed",
    "killed_missing": "no number killed to compare",
    "injured_same": "the same number injured",
    "injured_same_large": "the same number injured, and a large one",
    "injured_close": "nearly the same number injured",
    "injured_apart": "other numbers injured",
    "injured_missing": "no number injured to compare",
    "tolls_apart": "both tolls differ",
    "kin_subtype": "the same kind of event, to the finest",
    "kin_type": "the same kind of event",
    "kin_family": "a related kind of event",
    "kin_apart": "another kind of event",
    "kin_open": "an event of no certain kind",
    "lag": "time between publications",
    "lag_long": "more than thirty days between publications",
    "lag_missing": "no time of publication to compare",
    "day_and_place": "the same day and the same town",
    "near_day_and_place": "about the same day, and the same town",
    "place_and_body": "the same town, and words of the text (told once already)",
    "lag_and_body": "words of the text, long after",
    "follow_up": "a later development",
    "follow_up_names": "a later development that shares rare names",
}


def scores(features: Features, weights: Weights, of_pairs: float | None = None) -> tuple[FeatureScore, ...]:
    """List the features that count, the heaviest first, with what each adds to the log-odds.

    Where the voices were asked one by one (`of_pairs`, their mean log-odds), half of the log-odds is theirs.
    """
    kept = 1.0 if of_pairs is None else 1.0 - PAIR_SHARE
    told = []
    for name, value in features.items():
        weight = weights.by_feature.get(name, 0.0) * kept
        if weight:
            words = f"{WORDS.get(name, name)}: {value:.2f}, adds {weight * value:+.2f}"
            told.append(FeatureScore(name, round(value, 4), round(weight, 4), words))
    if of_pairs is not None:
        words = f"its reports, asked one by one: {of_pairs:.2f}, adds {PAIR_SHARE * of_pairs:+.2f}"
        told.append(FeatureScore("voices_one_by_one", round(of_pairs, 4), PAIR_SHARE, words))
    return tuple(sorted(told, key=lambda s: (-abs(s.value * s.weight), s.name)))
