"""The toll of one article's account: low, best and high, by the policy of docs/explanation/tolls.md.

`low`..`high` span every figure told of the whole (parts, increments and joint figures are left out; single persons
count together where no figure is told); an open bound stays open. `best` is the total that the article itself would
sign: the candidate of `candidates` with the highest weight, weights being reviewed data. It is null where the article
claims nothing, and zero only where it says so. Figures of different speakers are never added up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.coding.claims.binding import is_firm
from extractors.coding.claims.evidence import Evidence, gather, is_whole, value_of
from extractors.coding.claims.find import FoundClaim
from extractors.coding.claims.toll_features import candidates, choose, score
from extractors.coding.cluster import Cluster
from extractors.coding.document import TITLE, Document
from extractors.reference.claims import TollWeights, load_toll_weights
from model.report import Alternative, Measure, Rationale, Toll

_HARMS = (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)
_EVERYBODY = frozenset(("", "one", "person", "people", "victims", "casualties"))  # nouns of a zero that is of all
_MAX_LOSERS = 4  # an explanation is for a person
_MAX_REASONS = 3
_ELSE = re.compile(r"\b(?:no ?one|nobody|none) else\b", re.IGNORECASE)


def tolls(
    claims: Sequence[FoundClaim], cluster: Cluster, document: Document, weights: TollWeights | None = None
) -> tuple[Toll, Toll]:
    """Return the tolls (killed, injured) of one cluster.

    Args:
        claims: Those of the cluster (see `claims_of`).
        cluster: Its sentences are read for words that tell whether anybody died or was hurt.
        document: The parsed article.
        weights: Of the chooser; the reviewed ones by default.
    """
    weights = weights or load_toll_weights()
    evidence = evidence_of(claims, cluster, document)
    may_be_killed = candidates(evidence, Measure.KILLED, None)
    killed = choose(may_be_killed, weights.killed)
    may_be_injured = candidates(evidence, Measure.INJURED, killed)
    injured = choose(may_be_injured, weights.injured)
    return (
        _toll(
            claims, Measure.KILLED, killed, _rationale(claims, Measure.KILLED, killed, may_be_killed, weights.killed)
        ),
        _toll(
            claims,
            Measure.INJURED,
            injured,
            _rationale(claims, Measure.INJURED, injured, may_be_injured, weights.injured),
        ),
    )


def evidence_of(claims: Sequence[FoundClaim], cluster: Cluster, document: Document) -> Evidence:
    """Gather what the choice of both totals rests on: the claims, and the words of the cluster's sentences."""
    article = document.article
    if cluster.is_whole_article:
        return gather(claims, article.title, article.text)
    title = article.title if TITLE in cluster.sentences else ""
    own_sentences = (s for s in cluster.sentences if s != TITLE and document.has_sentence(s))
    return gather(claims, title, "\n".join(document.sentence(s).text for s in own_sentences))


def _rationale(
    found: Sequence[FoundClaim],
    measure: Measure,
    best: int,
    options: Mapping[int, Mapping[str, float]],
    weights: Mapping[str, float],
) -> Rationale:
    """Tell what spoke for the total, in the names of the features, and for the candidates that lost."""
    text = next((f.claim.victims or "" for f in found if f.claim.measure is measure and value_of(f) == best), "")
    scores = {value: score(options[value], weights) for value in options}
    rivals = sorted((value for value in options if value != best), key=lambda value: (-scores[value], value))
    alternatives = tuple(
        Alternative(
            "",
            str(value),
            f"weighs {scores[value]:.1f} against {scores[best]:.1f}: {_reasons(options[value], weights)}",
        )
        for value in rivals[:_MAX_LOSERS]
    )
    return Rationale(text, f"weighs most ({scores[best]:.1f}): {_reasons(options[best], weights)}", alternatives)


def _reasons(features: Mapping[str, float], weights: Mapping[str, float]) -> str:
    shares = sorted(((abs(weights.get(n, 0.0) * v), n) for n, v in features.items()), key=lambda s: (-s[0], s[1]))
    strongest = [f"{name} {weights[name] * features[name]:+.1f}" for share, name in shares[:_MAX_REASONS] if share > 0]
    return ", ".join(strongest) or "nothing speaks for it"


def _toll(found: Sequence[FoundClaim], measure: Measure, best: int, rationale: Rationale) -> Toll:
    of_measure = [f for f in found if f.claim.measure is measure]
    of_measure = [f for f in of_measure if is_firm(f)] or of_measure
    zeros = [f for f in of_measure if _is_zero(f)]
    if best == 0:
        return replace(_none(zeros, found, measure), why=rationale)
    whole = [f.claim for f in of_measure if is_whole(f) and not (_is_zero(f) and _is_of_some(f))]
    lows = [c.low for c in whole if c.low is not None] + [best]
    highs = [c.high for c in whole]
    high = None if None in highs else max([h for h in highs if h is not None] + [best])
    return Toll(min(lows), best, high, rationale)


def _none(zeros: Sequence[FoundClaim], found: Sequence[FoundClaim], measure: Measure) -> Toll:
    """Tell "nobody was" from silence, and from a zero that is said of one side while others came to harm.

    The others' number is open then: "100 killed or wounded; no Americans were killed" may be any number killed.
    """
    if not zeros:
        return Toll()
    joint = [f.claim for f in found if f.claim.measure is Measure.KILLED_OR_INJURED and is_whole(f) and f.claim.low]
    harmed = bool(joint) or any(f.claim.low and f.claim.measure in _HARMS for f in found)
    if harmed and all(_is_of_some(f) for f in zeros):
        highs = [c.high for c in joint]
        return Toll(0, None, None if not highs or None in highs else max(h for h in highs if h is not None))
    totals = [f.claim for f in found if f.claim.measure is measure and is_whole(f)]
    highs = [c.high for c in totals]
    return Toll(0, 0, None if None in highs else max([h for h in highs if h is not None] + [0]))


def _is_zero(entry: FoundClaim) -> bool:
    return entry.claim.low == entry.claim.high == 0


def _is_of_some(entry: FoundClaim) -> bool:
    """Tell a zero said of one side, one group or of "no one else" from a zero of everybody."""
    claim = entry.claim
    if claim.victims_side or any(p.group or p.is_other or p.head not in _EVERYBODY for p in entry.people):
        return True
    return bool(_ELSE.search(claim.quote))
