"""Reasons: what a report and an incident share and what parts them, in words with both values.

Specification. The report is shown beside the incident's nearest report. Each group of features (days, places, tolls,
people, words) adds its values times its weights to the log-odds, as far as the single reports weigh in those of the
incident, and is told by the feature that adds most of it; the incident's own features follow (how busy the place is).
The words are those of the registry, for people who never saw the code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice, zip_longest

from model.incident import Explanation, FeatureScore
from resolution.features import Features
from resolution.match_record import MatchRecord
from resolution.registry import FEATURES, PAIR_GROUPS
from resolution.run import Candidate, Run
from resolution.vetoes import explained
from resolution.weights import Weights, probability

N_STRONGEST = 3  # reasons for, and as many against, that are told first
LEAST_ADDED = 0.005  # log-odds; what is less is no reason
MAX_FEATURES = 12  # of an explanation that is stored; the rest adds next to nothing
_OF_REPORTS = ("mean", "best", "worst")


def explain_candidate(run: Run, record: MatchRecord, candidate: Candidate, rule: str) -> Explanation:
    """Explain a report's score with one incident."""
    comparison = candidate.comparison
    nearest = _nearest(comparison.representatives.reports, [p.odds for p in comparison.pairs])
    found = run.scorer.features(record, nearest)
    scores = feature_scores(found, candidate.features, run.weights, (record, nearest))
    vetoes = explained(comparison.vetoes, record, comparison.representatives.reports)
    return Explanation(round(candidate.chance, 4), rule, scores[:MAX_FEATURES], vetoes)


def _nearest(reports: Iterable[MatchRecord], odds: list[float]) -> MatchRecord:
    listed = list(reports)
    return listed[max(range(len(odds)), key=odds.__getitem__)] if odds else listed[-1]


def feature_scores(
    of_pair: Features, of_incident: Features, weights: Weights, sides: tuple[MatchRecord, MatchRecord]
) -> tuple[FeatureScore, ...]:
    """List the reasons, one for each group of features, the strongest for and against first."""
    scale = sum(weights.by_incident.get(name, 0.0) for name in _OF_REPORTS)
    scores = []
    for group in PAIR_GROUPS:
        added = {
            f.name: of_pair[f.name] * weights.by_pair.get(f.name, 0.0) * scale
            for f in group.features
            if f.name in of_pair
        }
        scores += _reason(added, of_pair, group.show(*sides))
    for name, value in of_incident.items():
        if name not in _OF_REPORTS:
            scores += _reason({name: value * weights.by_incident.get(name, 0.0)}, of_incident, "")
    return _strongest_first(scores)


def _reason(added: Mapping[str, float], values: Features, shown: str) -> list[FeatureScore]:
    """What a group adds to the log-odds, in the words of the feature that adds most of it; nothing for nothing."""
    total = sum(added.values())
    if abs(total) < LEAST_ADDED:
        return []
    name = max(added, key=lambda n: (added[n] / total, n))
    words = f"{FEATURES[name].words}{f': {shown}' if shown else ''} ({total:+.2f})"
    return [FeatureScore(name, round(values[name], 4), round(total / values[name], 4), words)]


def _strongest_first(scores: Iterable[FeatureScore]) -> tuple[FeatureScore, ...]:
    """The three strongest reasons for and against in turn, then the others by what they add."""
    ordered = sorted(scores, key=lambda s: (-abs(s.value * s.weight), s.name))
    speaks_for = [s for s in ordered if s.value * s.weight > 0][:N_STRONGEST]
    against = [s for s in ordered if s.value * s.weight <= 0][:N_STRONGEST]
    first = [s for pair in zip_longest(speaks_for, against) for s in pair if s is not None]
    return (*first, *(s for s in ordered if s not in first))


def reasons_against(explanation: Explanation) -> tuple[str, ...]:
    """The strongest reasons against one incident: vetoes, or else features, in words."""
    if explanation.vetoes:
        return tuple(veto.words for veto in explanation.vetoes)
    against = (f for f in explanation.features if f.value * f.weight < 0)
    return tuple(f.words for f in islice(against, N_STRONGEST))


def opening_rule(record: MatchRecord, nearest: Candidate | None, why: Explanation | None, unclear: str = "") -> str:
    """Say why a report opened an incident, and why its best candidate was not taken."""
    rule = "opened: no incident is like it"
    if record.is_follow_up:
        rule = "opened by a follow-up: its incident was never seen"
    if unclear:
        return f"opened: {unclear}"
    if nearest is None or why is None:
        return f"{rule}; nothing known shares a day and place, a name or a rare word with it"
    if nearest.decided is False:
        reason = "a person said that they differ"
    else:
        reason = "; ".join(reasons_against(why)) or "too little speaks for it"
    chance = probability(nearest.odds)
    return f"{rule}; the nearest, {nearest.incident_id}, came to {chance:.2f} and was rejected: {reason}"
