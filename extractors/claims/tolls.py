"""The toll of one article's account: low, best and high, by the policy of docs/explanation/tolls.md.

`low`..`high` span every figure told of the whole (parts, increments and joint figures are left out; single persons
count together where no figure is told); an open bound stays open. `best` is the total that the article itself would
sign: the candidate of `candidates` with the highest weight, weights being reviewed data. It is null where the article
claims nothing, and zero only where it says so. Figures of different speakers are never added up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claims.candidates import Evidence, candidates, choose, gather, is_whole
from extractors.claims.find import FoundClaim
from extractors.claims.people import People, find_people
from extractors.claims.tokens import cut
from extractors.reference.claims import TollWeights, load_claim_lexicon, load_toll_weights
from extractors.text.segments import TITLE, Segment
from model.article import Article
from model.report import Claim, Measure, Toll

_HARMS = (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)
_EVERYBODY = frozenset(("", "one", "person", "people", "victims", "casualties"))  # nouns of a zero that is of all
_ELSE = re.compile(r"\b(?:no ?one|nobody|none) else\b", re.IGNORECASE)


def tolls(
    claims: Sequence[Claim | FoundClaim],
    article: Article,
    segment: Segment | None = None,
    weights: TollWeights | None = None,
) -> tuple[Toll, Toll]:
    """Return the tolls (killed, injured) of the claims given.

    Args:
        claims: Those of one report. Of a `Claim` the victims' words are read again.
        article: Read for its title and text, for words that tell whether anybody died or was hurt.
        segment: Where given and not the whole article, claims of other sentences are left out.
        weights: Of the chooser; the reviewed ones by default.
    """
    found = [c if isinstance(c, FoundClaim) else _as_found(c) for c in claims]
    if segment is not None and not segment.is_whole_article:
        inside = frozenset(segment.sentences)
        found = [f for f in found if f.sentence in inside]
    weights = weights or load_toll_weights()
    evidence = gather(found, article.title, article.text)
    killed = choose(candidates(evidence, Measure.KILLED, None), weights.killed)
    injured = choose(candidates(evidence, Measure.INJURED, killed), weights.injured)
    return _toll(evidence, found, Measure.KILLED, killed), _toll(evidence, found, Measure.INJURED, injured)


def _toll(evidence: Evidence, found: Sequence[FoundClaim], measure: Measure, best: int) -> Toll:
    told = [f for f in found if f.claim.measure is measure]
    zeros = [f for f in told if _is_zero(f)]
    if best == 0:
        return _none(zeros, found, measure)
    whole = [f.claim for f in told if is_whole(f) and not (_is_zero(f) and _is_of_some(f))]
    lows = [c.low for c in whole if c.low is not None] + [best]
    highs = [c.high for c in whole]
    high = None if None in highs else max([h for h in highs if h is not None] + [best])
    return Toll(min(lows), best, high)


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
    told = [f.claim for f in found if f.claim.measure is measure and is_whole(f)]
    highs = [c.high for c in told]
    return Toll(0, 0, None if None in highs else max([h for h in highs if h is not None] + [0]))


def _is_zero(entry: FoundClaim) -> bool:
    return entry.claim.low == entry.claim.high == 0


def _is_of_some(entry: FoundClaim) -> bool:
    """Tell a zero said of one side, one group or of "no one else" from a zero of everybody."""
    claim = entry.claim
    if claim.victims_side or any(p.group or p.is_other or p.head not in _EVERYBODY for p in entry.people):
        return True
    return bool(_ELSE.search(claim.quote))


def _as_found(claim: Claim) -> FoundClaim:
    """Read the people of a stored claim again from the victims' words."""
    people: tuple[People, ...] = ()
    if claim.victims and claim.low is not None:
        items = cut(claim.victims, load_claim_lexicon())
        seen = find_people(items, load_claim_lexicon(), is_title=False)
        people = tuple(dict.fromkeys(seen[k] for k in sorted(seen)))
    is_self = claim.rule.startswith(("self_kill", "self_shot"))
    return FoundClaim(claim, TITLE if claim.start_char < 0 else claim.start_char, people, is_self)
