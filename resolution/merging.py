"""Merging stage: incidents that late evidence shows to be one.

Specification. A report that fits a second incident raises the question; so does the second pass for reports placed in
doubt. The reports of the smaller incident are scored against the larger: one article that tells of both, a person's
`different`, or a veto for most of them forbids; at a mean of `merge` or more they are one. The older incident keeps
its id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from model.incident import Explanation, Merge
from resolution.incident import Incident
from resolution.match_record import MatchRecord
from resolution.reasons import explain_candidate
from resolution.run import Candidate, Run
from resolution.scorer import NO_ODDS, IncidentComparison, incident_features
from resolution.vetoes import incident_vetoes

RIVAL_0_1 = 0.1  # a second incident that the report fits less than this is not worth judging
A_PERSONS_WORD = "a person's decision"


def merge_rivals(run: Run, best: Candidate, candidates: Sequence[Candidate]) -> None:
    """Merge further incidents that a report fits as well as the one that it was put to."""
    for rival in candidates:
        mine, theirs = run.index.current(best.incident_id), run.index.current(rival.incident_id)
        fits = rival.is_open and (rival.decided or rival.chance >= RIVAL_0_1)
        if mine == theirs or not fits:
            continue
        left, right = run.index.incident(mine), run.index.incident(theirs)
        others = [c.comparison for c in candidates if c.comparison.vetoes]
        why = judge(run, left, right, others)
        if why is None and rival.decided and run.word_between(left, right) is not False:
            why = Explanation(1.0, A_PERSONS_WORD)
        if why is not None:
            merge(run, mine, theirs, why)


def merge(run: Run, left_id: str, right_id: str, why: Explanation) -> None:
    """Merge two incidents; the older one keeps its id."""
    kept, gone = sorted((run.index.current(i) for i in (left_id, right_id)), key=run.index.age)
    run.index.merge(kept, gone)
    run.merges.append(Merge(kept, gone, why))


def judge(run: Run, left: Incident, right: Incident, others: Sequence[IncidentComparison] = ()) -> Explanation | None:
    """Why two incidents are one, or null where they are not; `others` are firmly others."""
    word = run.word_between(left, right)
    if word is not None:
        return Explanation(1.0, A_PERSONS_WORD) if word else None
    smaller, large = sorted((left, right), key=lambda i: (len(i.independent), i.incident_id))
    if are_two(run, smaller, large):
        return None
    record, mean = mean_candidate(run, smaller, large, others)
    if mean.comparison.vetoes or mean.odds < run.merge_odds:
        return None
    return explain_candidate(run, record, mean, "late evidence joins both")


def mean_candidate(
    run: Run, smaller: Incident, large: Incident, others: Sequence[IncidentComparison] = ()
) -> tuple[MatchRecord, Candidate]:
    """The report of one incident that is nearest to another, with the mean log-odds of all that no veto forbids."""
    representatives = smaller.representatives()
    asked = zip(representatives.reports, representatives.weights, strict=True)
    scored = [(record, weight, _scored(run, record, large, others)) for record, weight in asked]
    allowed = [one for one in scored if not one[2].comparison.vetoes] or scored
    total = sum(weight for _, weight, _ in allowed)
    record, _, nearest = max(allowed, key=lambda one: one[2].odds)
    return record, replace(nearest, odds=sum(weight * c.odds for _, weight, c in allowed) / total)


def _scored(run: Run, record: MatchRecord, incident: Incident, others: Sequence[IncidentComparison]) -> Candidate:
    (one,) = run.scorer.compare(record, [incident])
    if one.vetoes:
        return Candidate(one, NO_ODDS, {})
    features = incident_features(one, others)
    return Candidate(one, run.scorer.incident_odds(features), features)


def are_two(run: Run, left: Incident, right: Incident) -> bool:
    """Whether two incidents are firmly two: an article tells of both, or vetoes stand between most of their reports."""
    if not left.articles.keys().isdisjoint(right.articles):
        return True
    if run.word_between(left, right) is False:
        return True
    mine, theirs = left.representatives(), right.representatives()
    forbidden = sum(
        weight
        for record, weight in zip(mine.reports, mine.weights, strict=True)
        if incident_vetoes(record, theirs.reports, theirs.weights, run.scorer.vetoes)
    )
    return 2.0 * forbidden > sum(mine.weights)


def apply_decisions(run: Run) -> None:
    """Merge incidents that a person called the same, where both are known to this run."""
    wanted = [decision for decision in run.verdicts if decision.is_same]
    meant = run.verdicts.meant(run.index.homes()) if wanted else {}
    for decision in wanted:
        left, right = (meant.get(i) for i in (decision.left_id, decision.right_id))
        if left is None or right is None or run.index.current(left) == run.index.current(right):
            continue
        if run.word_between(run.index.incident(left), run.index.incident(right)) is not False:
            merge(run, left, right, Explanation(1.0, A_PERSONS_WORD))
