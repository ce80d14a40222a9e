"""Explanation of why two reports or incidents are, or are not, one, by the features and vetoes of the resolver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from model.incident import ArticleReport, Explanation, Known, StoredMatch
from resolution.batch import Readings
from resolution.decisions import incident_marks, marks
from resolution.incident import Incident
from resolution.match_record import MatchRecord, weigh
from resolution.merging import mean_candidate
from resolution.origins import copy_basis
from resolution.reasons import explain_candidate
from resolution.run import Run
from resolution.stored_match import decode


def explain(left: ArticleReport, right: ArticleReport, known: Known | None = None) -> Explanation:
    """Compare two reports: the strongest reasons first, all vetoes, and the rule that decides.

    Args:
        left: The report to place.
        right: The report that stands for an incident of its own.
        known: Frequencies and decisions; without them only the reviewed table of common words is used.
    """
    run = Run(replace(known or Known(), memories=()))
    readings = Readings([left, right])
    mine, theirs = (run.count(weigh(readings[t], run.idf)) for t in (left, right))
    other = Incident("the other report")
    other.add(theirs, theirs.article_id)
    return _explained(run, _alone(mine), other)


def terms_of(memories: Iterable[StoredMatch]) -> frozenset[str]:
    """The terms whose frequency a comparison of these reports asks for: names, counted as `first_last`."""
    return frozenset(name.replace(" ", "_") for m in memories for name in decode(m.payload).name_set)


def explain_groups(left: Sequence[StoredMatch], right: Sequence[StoredMatch], known: Known) -> Explanation:
    """Compare two incidents, or a report and an incident, by what is stored of their reports.

    The reports of the smaller side are scored against the larger, as when two incidents are merged. Rival candidates,
    which weigh on a live placing, are left out.

    Args:
        left: The reports of one side, at least one.
        right: The reports of the other side, at least one, none of them in `left`.
        known: Frequencies of `terms_of` both sides, and the decisions that hold.
    """
    run = Run(replace(known, memories=()))
    return _explained(run, _stored(left), _stored(right))


def _alone(record: MatchRecord) -> Incident:
    made = Incident("the report")
    made.add(record, record.article_id)
    return made


def _stored(memories: Sequence[StoredMatch]) -> Incident:
    made = Incident(memories[0].incident_id)
    for memory in memories:
        made.add(decode(memory.payload), memory.origin_id)
    return made


def _explained(run: Run, left: Incident, right: Incident) -> Explanation:
    """Score two sides and say which rule decides."""
    small, large = sorted((left, right), key=lambda i: len(i.independent))
    record, candidate = mean_candidate(run, small, large)
    is_pair = len(left.members) > 1 and len(right.members) > 1
    accept = run.weights.merge if is_pair else run.weights.accept
    why = explain_candidate(run, record, candidate, "")
    word = run.verdicts.between(*(incident_marks(i) | _named(i) for i in (left, right))) if run.verdicts else None
    copied = next((b for r in small.members.values() for t in large.independent if (b := copy_basis(r, t))), None)
    if word is not None:
        rule = f"a person decided: {'same' if word.is_same else 'different'} ({word.decision_id})"
    elif why.vetoes:
        rule = f"vetoed: {why.vetoes[0].words}"
    elif copied is not None and not is_pair:
        rule = f"one origin: {copied}"
    else:
        rule = _rule(why.probability_0_1, accept, min(run.weights.unsure, accept))
    return replace(why, rule=rule)


def _named(incident: Incident) -> frozenset[str]:
    return frozenset().union(*(marks(r, None) for r in incident.members))


def _rule(chance: float, accept: float, unsure: float) -> str:
    if chance >= accept:
        return f"accepted: {chance:.2f} is at least {accept:.2f}"
    if chance >= unsure:
        return f"unsure: {chance:.2f} lies between {unsure:.2f} and {accept:.2f}"
    return f"rejected: {chance:.2f} is under {unsure:.2f}"
