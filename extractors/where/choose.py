"""Choose the place where the incident of a segment happened.

A linear ranker: each candidate's features are weighed and summed, the highest sum wins, and the reasons are told. The
weights are data (`seeds/reference/place_weights.json`), learnt by `bench/where_train.py` from labelled articles and
reviewed; they name no place. Specification of what is weighed: `features.REASONS`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from extractors.text.segments import Segment
from extractors.text.sentences import Sentence
from extractors.where.features import REASONS, PlaceCandidate, candidates_of
from extractors.where.mentions import PlaceMention
from model.article import Article
from model.report import Loser, Place
from seeds import weights_file

_MOST_LOSERS = 4
_MOST_REASONS = 3


@lru_cache(maxsize=1)
def place_weights() -> Mapping[str, float]:
    """Read the reviewed weights, by feature."""
    text = weights_file("place_weights.json").read_text("utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights


def choose_place(
    mentions: Sequence[PlaceMention], segment: Segment, sentences: Sequence[Sentence], article: Article
) -> Place | None:
    """Choose where the segment's incident happened; null if no place is named or can be told from the outlet.

    The rule of the answer names its strongest reasons; the losers are the next best places with theirs.

    Args:
        mentions: all of the article's, from `find_places`.
        segment: the sentences that tell of this incident.
        sentences: the article's.
        article: its address is compared with the names.
    """
    weights = place_weights()
    candidates = candidates_of(mentions, segment, article)
    scored = sorted(
        ((score_of(candidate, weights), candidate) for candidate in candidates),
        key=lambda pair: (-pair[0], pair[1].mentions[0].source.place_id),
    )
    if not scored:
        return None
    score, winner = scored[0]
    mention = winner.best_mention
    losers = tuple(
        Loser(
            other.best_mention.place.text,
            _value(other.best_mention.place),
            f"scored {other_score:.1f}, {mention.place.name} {score:.1f}: {_reasons(other, weights, best=False)}",
        )
        for other_score, other in scored[1 : _MOST_LOSERS + 1]
    )
    return replace(mention.place, rule=_reasons(winner, weights, best=True), losers=(*losers, *mention.place.losers))


def score_of(candidate: PlaceCandidate, weights: Mapping[str, float]) -> float:
    """Weigh a candidate's features."""
    return sum(weights.get(name, 0.0) * value for name, value in candidate.features.items())


def _reasons(candidate: PlaceCandidate, weights: Mapping[str, float], *, best: bool) -> str:
    sign = 1 if best else -1
    parts = sorted(
        ((sign * weights.get(name, 0.0) * value, name) for name, value in candidate.features.items()), reverse=True
    )
    told = [REASONS[name] for share, name in parts[:_MOST_REASONS] if share > 0]
    return "; ".join(told) if told else ("the only place named" if best else "less speaks for it")


def _value(place: Place) -> str:
    return ", ".join(part for part in (place.name, place.admin1, place.country_code) if part)
