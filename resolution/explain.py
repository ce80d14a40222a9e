"""Why two reports are, or are not, one incident: the very features and vetoes by which the resolver goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from model.incident import Explanation, Known, Memory, Told
from resolution.batch import lone_reports, signatures
from resolution.decisions import marks
from resolution.origins import copy_basis
from resolution.profile import Profile
from resolution.reasons import scores
from resolution.resolver import MERGE_VOICES, Resolver
from resolution.sketch import decode
from resolution.weights import log_odds, probability, with_voices


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
    resolver.state.phrases.hear(mine)
    placing = resolver.compare(mine, profile.incident_id)
    if resolver.is_likely(mine, placing):
        placing = resolver.asked(mine, placing)
    word = resolver.verdicts.between(marks(mine.report_id, None), marks(theirs.report_id, None))
    chance = round(probability(placing.odds), 4)
    if word is not None:
        rule = f"a person decided: {'same' if word.is_same else 'different'}"
    elif placing.vetoes:
        rule = f"vetoed: {placing.vetoes[0].words}"
    elif (basis := copy_basis(mine, theirs)) is not None:
        rule = f"one origin: {basis}"
    else:
        rule = _rule(chance, probability(resolver.bar(mine, placing)), resolver.weights.unsure)
    return Explanation(chance, rule, scores(placing.features, resolver.weights, placing.of_pairs), placing.vetoes)


def _rule(chance: float, accept: float, unsure: float) -> str:
    if chance >= accept:
        return f"accepted: {chance:.2f} is at least {accept:.2f}"
    if chance >= unsure:
        return f"unsure: {chance:.2f} lies between {unsure:.2f} and {accept:.2f}"
    return f"rejected: {chance:.2f} is under {unsure:.2f}"


def terms_of(memories: Iterable[Memory]) -> frozenset[str]:
    """The terms whose frequency a comparison of these reports asks for: names, counted as `first_last`."""
    return frozenset(name.replace(" ", "_") for m in memories for name in decode(m.payload).name_set)


def explain_groups(left: Sequence[Memory], right: Sequence[Memory], known: Known) -> Explanation:
    """Compare two incidents, or a report and an incident, by what is remembered of their reports.

    The voices of the smaller side are asked, as when two incidents are merged; a feature's value is their mean, so that
    the log-odds told are the mean of theirs. A report alone is also compared with the other side's reports one by one,
    as when it is placed; of two incidents the rule tells what their reports say pair by pair, which is asked at the end
    of a run. Rival candidates, which weigh on a live placing, are left out.

    Args:
        left: The reports of one side, at least one.
        right: The reports of the other side, at least one, none of them in `left`.
        known: Frequencies of `terms_of` both sides, and the decisions that hold.
    """
    resolver = Resolver(replace(known, memories=()))
    small, large = sorted((_pooled("left", left), _pooled("right", right)), key=lambda p: len(p.voices))
    resolver.state.adopt(large)
    asked = small.voices[-MERGE_VOICES:]
    is_pair = len(left) > 1 and len(right) > 1
    placings = [resolver.compare(voice, large.incident_id) for voice in asked]
    if not is_pair and resolver.is_likely(asked[0], placings[0]):
        placings = [resolver.asked(asked[0], placings[0])]
    of_pairs = placings[0].of_pairs
    names = dict.fromkeys(name for placing in placings for name in placing.features)
    features = {n: sum(p.features.get(n, 0.0) for p in placings) / len(placings) for n in names}
    vetoes = tuple(dict.fromkeys(veto for placing in placings for veto in placing.vetoes))
    odds = log_odds(features, resolver.weights)
    chance = round(probability(odds if of_pairs is None else with_voices(odds, of_pairs)), 4)
    word = resolver.verdicts.between(_marks(left), _marks(right))
    copied = next((b for mine in small.members for theirs in large.voices if (b := copy_basis(mine, theirs))), None)
    accept = resolver.weights.merge if is_pair else resolver.weights.accept
    if word is not None:
        rule = f"a person decided: {'same' if word.is_same else 'different'} ({word.decision_id})"
    elif vetoes:
        rule = f"vetoed: {vetoes[0].words}"
    elif copied is not None and not is_pair:
        rule = f"one origin: {copied}"
    else:
        rule = _rule(chance, accept, min(resolver.weights.unsure, accept))
        if is_pair:
            rule += f"; report by report they come to {probability(resolver.pairs.between(small, large)):.2f}"
    return Explanation(chance, rule, scores(features, resolver.weights, of_pairs), vetoes)


def _pooled(name: str, memories: Sequence[Memory]) -> Profile:
    profile = Profile(name)
    for memory in memories:
        profile.add(decode(memory.payload), memory.origin_id)
    return profile


def _marks(memories: Sequence[Memory]) -> frozenset[str]:
    """The ids by which a decision may mean this side."""
    return frozenset().union(*(marks(m.report_id, m.incident_id) for m in memories))
