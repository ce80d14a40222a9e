"""Choose the place where the incident of a cluster happened.

A linear ranker: each candidate's features are weighed and summed, the highest sum wins, and the reasons are told. The
weights are data (`seeds/reference/place_weights.json`), learnt by `bench/where_train.py` as a conditional logistic
model, so that exp(score) is in proportion to the chance of being right; the losers tell their share of it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from extractors.coding.cluster import Cluster
from extractors.coding.document import Document
from extractors.coding.where.cues import LOCATIVE
from extractors.coding.where.features import PlaceCandidate, candidates_of
from extractors.coding.where.mentions import MentionKind, PlaceMention
from extractors.coding.where.reasons import REASONS
from model.errors import ConfigError
from model.geo import distance_km
from model.report import Alternative, Place
from seeds import weights_file

CLOSE_SHARE = 0.25  # of a runner-up: one such choice in three is wrong, so the rule says that it was close
_PARTS = ("district", "site")
_TOWN_KM = 20.0  # from the middle of a large town to its outskirts
_DIVISIONS = ("country", "admin1", "admin2", "region")
_MOST_LOSERS = 4
_MOST_REASONS = 3


def place_weights() -> Mapping[str, float]:
    """Read the reviewed weights, by feature.

    Raises:
        ConfigError: the file is malformed, or weighs a feature that does not exist.
    """
    return _read(str(weights_file("place_weights.json")))


@lru_cache(maxsize=4)
def _read(path: str) -> Mapping[str, float]:
    try:
        weights: dict[str, float] = json.loads(Path(path).read_text("utf-8"))["weights"]
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"{path} cannot be read: {error}", next_step="restore the weights") from error
    unknown = sorted(set(weights) - set(REASONS))
    if unknown:
        raise ConfigError(f"{path} weighs unknown features: {', '.join(unknown)}", next_step="train the weights anew")
    return weights


def choose_place(mentions: Sequence[PlaceMention], cluster: Cluster, document: Document) -> Place | None:
    """Choose where the cluster's incident happened; null if no place is named or can be told from the outlet.

    The rule of the answer names its strongest reasons; the losers are the next best places with their share.

    Args:
        mentions: all of the article's, from `find_places`.
        cluster: the event mentions of this incident and their sentences.
        document: the parsed article.
    """
    weights = place_weights()
    scored = sorted(
        ((score_of(candidate, weights), candidate) for candidate in candidates_of(mentions, cluster, document)),
        key=lambda pair: (-pair[0], pair[1].mentions[0].source.row_id, pair[1].best_mention.place.name),
    )
    if not scored:
        return None
    top = scored[0][0]
    shares = [math.exp(score - top) for score, _ in scored]
    total = sum(shares)
    finer = _finer_in(scored[0][1], [c for _, c in scored[1:]])
    if finer is not None:
        scored.insert(0, scored.pop(next(k for k, (_, c) in enumerate(scored) if c is finer)))
    winner = scored[0][1]
    mention = winner.best_mention
    rivals = [(math.exp(score - top) / total, c) for score, c in scored[1:]]
    won = math.exp(scored[0][0] - top) / total
    alternatives = [_alternative(c, share, won, mention, weights) for share, c in rivals[:_MOST_LOSERS]]
    alternatives += _elsewhere(mentions, [c for _, c in scored])[: _MOST_LOSERS - len(alternatives)]
    is_close = bool(rivals) and rivals[0][0] >= CLOSE_SHARE
    rule = ("close call: " if is_close else "") + _reasons(winner, weights, best=True)
    return replace(mention.place, rule=rule, losers=(*alternatives, *mention.place.losers))


def _elsewhere(mentions: Sequence[PlaceMention], candidates: Sequence[PlaceCandidate]) -> list[Alternative]:
    """Name the places, finer than a country, that only clauses of other incidents name."""
    rivals = {candidate.mentions[0].key for candidate in candidates}
    named = (m for m in mentions if m.kind is not MentionKind.HINT and m.source.kind != "country")
    others = {m.key: m.place for m in named if m.key not in rivals}
    return [Alternative(place.text, _value(place), "named beside another incident") for place in others.values()]


def _finer_in(winner: PlaceCandidate, others: Sequence[PlaceCandidate]) -> PlaceCandidate | None:
    """Find the finer place of the event that the winner only holds: a part of the town, or a village without a table.

    An unlisted village has the winner's point, or one at the distance that the text gives, and says more than "in North
    Kivu province".
    """
    source = winner.best_mention.source
    for other in others:
        if "strong" not in other.features and "title" not in other.features:
            continue
        finer = other.best_mention
        if finer.kind is MentionKind.UNLISTED:
            is_held = finer.source.row_id == source.row_id and finer.preposition in LOCATIVE
            if is_held and ("unlisted_joined" in other.features or source.kind in _DIVISIONS):
                return other
        elif source.kind == "town" and finer.source.kind in _PARTS and finer.kind is MentionKind.LOCATION:
            km = distance_km(source.lat, source.lon, finer.source.lat, finer.source.lon)
            if km <= _TOWN_KM:
                return other
    return None


def score_of(candidate: PlaceCandidate, weights: Mapping[str, float]) -> float:
    """Weigh a candidate's features."""
    return sum(weights.get(name, 0.0) * value for name, value in candidate.features.items())


def _alternative(
    candidate: PlaceCandidate, share: float, won: float, winner: PlaceMention, weights: Mapping[str, float]
) -> Alternative:
    place = candidate.best_mention.place
    rationale = _reasons(candidate, weights, best=False)
    return Alternative(place.text, _value(place), f"share {share:.2f}, {winner.place.name} {won:.2f}: {rationale}")


_BESIDE = ("near", "reference")  # features of a place that the text only counts from


def _reasons(candidate: PlaceCandidate, weights: Mapping[str, float], *, best: bool) -> str:
    sign = 1 if best else -1
    parts = sorted(
        ((sign * weights.get(name, 0.0) * value, name) for name, value in candidate.features.items()), reverse=True
    )
    reasons = [REASONS[name] for share, name in parts[:_MOST_REASONS] if share > 0]
    if best:  # that the event was beside the place, not in it, is said however little it weighs
        beside = [REASONS[name] for name in _BESIDE if candidate.features.get(name)]
        reasons += [words for words in beside if words not in reasons]
    return "; ".join(reasons) if reasons else ("the only place named" if best else "less speaks for it")


def _value(place: Place) -> str:
    return ", ".join(part for part in (place.name, place.admin1, place.country_code) if part)
