"""Scores: two reports by their features, a report against an incident by the reports that stand for it.

Specification. Vetoes are asked first; a candidate that one forbids is not scored. The log-odds of a report with each
report of an incident (`MOST_ODDS` at most either way, so that no odd report outweighs the others) become the
incident's features: their mean by outlet, the nearest, the farthest, beside how many independent reports it has and
how *busy* the place is. Log-odds of a pair are kept for the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log1p

from resolution.cosine import CosineIndex
from resolution.features import Features, PairContext
from resolution.idf import Idf
from resolution.incident import Incident, Representatives
from resolution.match_record import MatchRecord
from resolution.registry import compare
from resolution.vetoes import incident_vetoes, pair_vetoes
from resolution.weights import Weights, log_odds

MOST_ODDS = 8.0
ELSEWHERE = frozenset({"places", "countries"})
NO_ODDS = -20.0  # of a candidate that a veto forbids
MAX_KEPT_PAIRS = 200_000  # log-odds kept, about 30 MB; above, all are forgotten
MAX_KEPT_COMPARISONS = 100_000  # reports against incidents kept, about 40 MB; above, all are forgotten


@dataclass(frozen=True, slots=True)
class PairScore:
    """Two reports: log-odds, and the likeness of their words."""

    odds: float
    lead: float
    body: float


@dataclass(frozen=True, slots=True)
class IncidentComparison:
    """A report against one incident before its rivals are known: what its reports say one by one.

    `lengths` are those of the sums of the word vectors of the incident's reports, of openings and of texts.
    """

    incident: Incident
    representatives: Representatives
    pairs: Sequence[PairScore]
    vetoes: tuple[str, ...]
    mean: float
    lengths: tuple[float, float]


class Scorer:
    """Scores pairs of reports and reports against incidents; keeps the pairs of the run."""

    def __init__(self, idf: Idf, weights: Weights) -> None:
        self.weights = weights
        self._idf = idf
        self._cosines = CosineIndex()
        self._pairs: dict[tuple[str, str], PairScore] = {}
        self._comparisons: dict[tuple[str, str], IncidentComparison] = {}  # by report and incident
        self._vetoes: dict[tuple[str, str], dict[str, bool]] = {}  # by the two reports

    def features(self, left: MatchRecord, right: MatchRecord) -> Features:
        """Compute the features of two reports."""
        kept = self._pairs.get((left.report_id, right.report_id))
        lead, body = (kept.lead, kept.body) if kept else self._cosines.cosines(left, (right,))[0]
        return compare(left, right, PairContext(self._idf, lead, body))

    def pairs(self, left: MatchRecord, others: Sequence[MatchRecord]) -> list[PairScore]:
        """Score a report with each of others."""
        if len(self._pairs) > MAX_KEPT_PAIRS:
            self._pairs.clear()
        missing = [o for o in others if (left.report_id, o.report_id) not in self._pairs]
        if missing:
            self._score_missing(left, missing)
        return [self._pairs[left.report_id, o.report_id] for o in others]

    def _score_missing(self, left: MatchRecord, missing: Sequence[MatchRecord]) -> None:
        for other, (lead, body) in zip(missing, self._cosines.cosines(left, missing), strict=True):
            found = compare(left, other, PairContext(self._idf, lead, body))
            odds = log_odds(self.weights.pair_intercept, found, self.weights.by_pair)
            made = PairScore(max(-MOST_ODDS, min(MOST_ODDS, odds)), lead, body)
            self._pairs[left.report_id, other.report_id] = self._pairs[other.report_id, left.report_id] = made

    def vetoes(self, left: MatchRecord, right: MatchRecord) -> dict[str, bool]:
        """Ask the vetoes of two reports once in a run."""
        key = left.report_id, right.report_id
        said = self._vetoes.get(key)
        if said is None:
            if len(self._vetoes) > MAX_KEPT_PAIRS:
                self._vetoes.clear()
            said = self._vetoes[key] = pair_vetoes(left, right)
        return said

    def odds(self, left: MatchRecord, right: MatchRecord) -> float:
        """Log-odds of two reports; the least where a veto stands between them."""
        if any(self.vetoes(left, right).values()):
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

    def compare(self, record: MatchRecord, incidents: Sequence[Incident]) -> list[IncidentComparison]:
        """Compare a report with the reports of incidents, its own left out; incidents without any are left out.

        What was found is kept until another report stands for the incident.
        """
        if len(self._comparisons) > MAX_KEPT_COMPARISONS:
            self._comparisons.clear()
        asked = [(incident, incident.representatives(record.report_id)) for incident in incidents]
        asked = [(incident, representatives) for incident, representatives in asked if representatives.reports]
        changed = [(i, c) for i, c in asked if not self._is_kept(record, i, c)]
        vetoes = [
            incident_vetoes(record, representatives.reports, representatives.weights, self.vetoes)
            for _, representatives in changed
        ]
        allowed = [r for (_, c), forbidden in zip(changed, vetoes, strict=True) if not forbidden for r in c.reports]
        self.pairs(record, allowed)  # all at once: their words are compared in one operation
        for (incident, representatives), forbidden in zip(changed, vetoes, strict=True):
            self._comparisons[record.report_id, incident.incident_id] = (
                IncidentComparison(incident, representatives, (), forbidden, NO_ODDS, (0.0, 0.0))
                if forbidden
                else self._compare_one(record, incident, representatives)
            )
        return [self._comparisons[record.report_id, incident.incident_id] for incident, _ in asked]

    def _is_kept(self, record: MatchRecord, incident: Incident, representatives: Representatives) -> bool:
        kept = self._comparisons.get((record.report_id, incident.incident_id))
        return kept is not None and kept.representatives is representatives

    def _compare_one(
        self, record: MatchRecord, incident: Incident, representatives: Representatives
    ) -> IncidentComparison:
        pairs = self.pairs(record, representatives.reports)
        mean = sum(p.odds * w for p, w in zip(pairs, representatives.weights, strict=True)) / sum(
            representatives.weights
        )
        if representatives.lengths is None:
            representatives.lengths = self._cosines.lengths(representatives.reports)
        return IncidentComparison(incident, representatives, pairs, (), mean, representatives.lengths)

    def incident_odds(self, features: Features) -> float:
        """Log-odds of a report with an incident, from the features of the incident."""
        return log_odds(self.weights.incident_intercept, features, self.weights.by_incident)


def incident_features(one: IncidentComparison, others: Sequence[IncidentComparison]) -> Features:
    """Features of a report with an incident that no veto forbids; `others` are the candidates that one forbids.

    A place is busy with incidents that only their day or kind tells from this one.
    """
    odds = [pair.odds for pair in one.pairs]
    found = {"mean": one.mean, "best": max(odds), "worst": min(odds), "size": log(len(odds))}
    body = sum(p.body for p in one.pairs) / len(odds)
    for name, length, mean in (
        ("lead", one.lengths[0], sum(p.lead for p in one.pairs) / len(odds)),
        ("body", one.lengths[1], body),
    ):
        found[f"{name}_pooled"] = min(1.0, mean * len(odds) / length) if length else 0.0
        if len(odds) > 1:  # how alike its reports are among themselves
            found[f"{name}_beside"] = mean - (length**2 / len(odds) - 1.0) / (len(odds) - 1.0)
    busy = log1p(sum(ELSEWHERE.isdisjoint(other.vetoes) for other in others))
    found |= {"busy": busy, "busy_body": busy * body}
    return {name: value for name, value in found.items() if value}
