"""Scores: two reports by their features, a report against an incident by the reports that stand for it.

Specification. Vetoes are asked first; a candidate that one forbids is not scored. The log-odds of a report with each report
of an incident (`MOST_ODDS` at most either way, so that no odd report outweighs the others) become the incident's features:
their mean by outlet, the nearest, the farthest, beside how many independent reports it has, how *busy* the place is in
these days, and how near the *other* candidates come. Log-odds of a pair are kept for the run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, log1p

from resolution.bigrams import BigramIndex
from resolution.cosine import CosineIndex
from resolution.features import Features, PairContext
from resolution.idf import Idf
from resolution.incident import Incident
from resolution.match_record import MatchRecord
from resolution.registry import compare
from resolution.vetoes import incident_vetoes, pair_vetoes
from resolution.weights import Weights, log_odds

MOST_ODDS = 8.0
NO_ODDS = -20.0  # of a candidate that a veto forbids
MAX_KEPT_PAIRS = 200_000  # log-odds kept, about 30 MB; above, all are forgotten


@dataclass(frozen=True, slots=True)
class PairScore:
    """Two reports: log-odds, and the likeness of their words."""

    odds: float
    lead: float
    body: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """A report against one incident before its rivals are known: what its reports say one by one."""

    incident: Incident
    reports: Sequence[MatchRecord]
    weights: Sequence[float]
    pairs: Sequence[PairScore]
    vetoes: tuple[str, ...]
    mean: float


class Scorer:
    """Scores pairs of reports and reports against incidents; keeps the pairs of the run."""

    def __init__(self, idf: Idf, bigrams: BigramIndex, weights: Weights) -> None:
        self.weights = weights
        self._idf = idf
        self._bigrams = bigrams
        self._cosines = CosineIndex()
        self._pairs: dict[tuple[str, str], PairScore] = {}

    def features(self, left: MatchRecord, right: MatchRecord) -> Features:
        """Compute the features of two reports."""
        ((lead, body),) = self._cosines.cosines(left, (right,))
        return compare(left, right, PairContext(self._idf, self._bigrams, lead, body))

    def pairs(self, left: MatchRecord, others: Sequence[MatchRecord]) -> list[PairScore]:
        """Score a report with each of others."""
        missing = [o for o in others if (left.report_id, o.report_id) not in self._pairs]
        if missing:
            self._score_missing(left, missing)
        return [self._pairs[left.report_id, o.report_id] for o in others]

    def _score_missing(self, left: MatchRecord, missing: Sequence[MatchRecord]) -> None:
        if len(self._pairs) > MAX_KEPT_PAIRS:
            self._pairs.clear()
        for other, (lead, body) in zip(missing, self._cosines.cosines(left, missing), strict=True):
            found = compare(left, other, PairContext(self._idf, self._bigrams, lead, body))
            odds = log_odds(self.weights.pair_intercept, found, self.weights.by_pair)
            made = PairScore(max(-MOST_ODDS, min(MOST_ODDS, odds)), lead, body)
            self._pairs[left.report_id, other.report_id] = self._pairs[other.report_id, left.report_id] = made

    def odds(self, left: MatchRecord, right: MatchRecord) -> float:
        """Log-odds of two reports; the least where a veto stands between them."""
        if any(pair_vetoes(left, right).values()):
            return -MOST_ODDS
        return self.pairs(left, (right,))[0].odds

    def any_below(self, reports: Sequence[MatchRecord], odds: float) -> bool:
        """Whether any two of these that were scored already stand below this."""
        kept = self._pairs
        return any(
            (pair := kept.get((a.report_id, b.report_id))) is not None and pair.odds < odds
            for i, a in enumerate(reports)
            for b in reports[:i]
        )

    def likeness(self, record: MatchRecord, incidents: Sequence[Incident]) -> list[Likeness]:
        """Compare a report with the reports of incidents, its own left out; incidents without any are left out."""
        asked = [(incident, *incident.compared(record.report_id)) for incident in incidents]
        asked = [one for one in asked if one[1]]
        vetoes = [incident_vetoes(record, reports, weights) for _, reports, weights in asked]
        open_ones = [
            r for (_, reports, _), forbidden in zip(asked, vetoes, strict=True) if not forbidden for r in reports
        ]
        self.pairs(record, open_ones)  # all at once: their words are compared in one operation
        return [
            self._likeness(record, incident, reports, weights, forbidden)
            for (incident, reports, weights), forbidden in zip(asked, vetoes, strict=True)
        ]

    def _likeness(
        self,
        record: MatchRecord,
        incident: Incident,
        reports: Sequence[MatchRecord],
        weights: Sequence[float],
        forbidden: tuple[str, ...],
    ) -> Likeness:
        if forbidden:
            return Likeness(incident, reports, weights, (), forbidden, NO_ODDS)
        pairs = self.pairs(record, reports)
        mean = sum(p.odds * w for p, w in zip(pairs, weights, strict=True)) / sum(weights)
        return Likeness(incident, reports, weights, pairs, (), mean)

    def incident_odds(self, features: Features) -> float:
        """Log-odds of a report with an incident, from the features of the incident."""
        return log_odds(self.weights.incident_intercept, features, self.weights.by_incident)


def incident_features(one: Likeness, rivals: Sequence[Likeness], n_near: int) -> Features:
    """Features of a report with an incident; `rivals` are the other candidates that no veto forbids.

    `n_near` incidents have happened at the report's place in these days, this one among them.
    """
    busy = log1p(max(0, n_near - 1))
    odds = [pair.odds for pair in one.pairs]
    found = {
        "mean": one.mean,
        "best": max(odds),
        "worst": min(odds),
        "size": log(len(odds)),
        "busy": busy,
        "busy_body": busy * sum(p.body for p in one.pairs) / len(odds),
    }
    if rivals:
        others = [pair for rival in rivals for pair in rival.pairs]
        found["crowd_size"] = log1p(len(rivals))
        found["crowd_body"] = sum(p.body for p in others) / len(others)
        found["crowd_lead"] = sum(p.lead for p in others) / len(others)
        found["rival"] = max(0.0, max(rival.mean for rival in rivals))
    return {name: value for name, value in found.items() if value}


def mean_features(found: Sequence[Features], weights: Sequence[float]) -> Mapping[str, float]:
    """Weighted mean of the features of several pairs."""
    total = sum(weights)
    names = dict.fromkeys(name for features in found for name in features)
    return {n: sum(f.get(n, 0.0) * w for f, w in zip(found, weights, strict=True)) / total for n in names}
