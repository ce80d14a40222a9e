"""Why two reports are, or are not, one incident: the very features and vetoes by which the resolver goes."""

from __future__ import annotations

from model.incident import Explanation, Known, Told
from resolution.decisions import marks
from resolution.origins import copy_basis
from resolution.profile import Profile
from resolution.resolver import Resolver, lone_reports, signatures
from resolution.weights import probability, scores


def explain(left: Told, right: Told, known: Known | None = None) -> Explanation:
    """Compare two reports and tell all features, the heaviest first, all vetoes, and the rule that decides.

    Args:
        left: The report to place.
        right: The report that stands for an incident of its own.
        known: Frequencies and decisions; without them only the reviewed table of common words is used.
    """
    resolver = Resolver(known or Known())
    alone, signed = {**lone_reports([left]), **lone_reports([right])}, signatures([left, right])
    mine, theirs = (resolver.sketch(t, alone[t.report.report_id], signed[t.article.article_id]) for t in (left, right))
    profile = Profile("the other report")
    profile.add(theirs, theirs.article_id)
    resolver.state.adopt(profile)
    placing = resolver.compare(mine, profile.incident_id)
    word = resolver.verdicts.between(marks(mine.report_id, None), marks(theirs.report_id, None))
    chance = round(probability(placing.odds), 4)
    if word is not None:
        rule = f"a person decided: {'same' if word.is_same else 'different'}"
    elif placing.vetoes:
        rule = f"vetoed: {placing.vetoes[0].words}"
    elif (basis := copy_basis(mine, theirs)) is not None:
        rule = f"one origin: {basis}"
    else:
        rule = _rule(chance, resolver.weights.accept, resolver.weights.unsure)
    return Explanation(chance, rule, scores(placing.features, resolver.weights), placing.vetoes)


def _rule(chance: float, accept: float, unsure: float) -> str:
    if chance >= accept:
        return f"accepted: {chance:.2f} is at least {accept:.2f}"
    if chance >= unsure:
        return f"unsure: {chance:.2f} lies between {unsure:.2f} and {accept:.2f}"
    return f"rejected: {chance:.2f} is under {unsure:.2f}"
