"""Which of the claims found are worth a row: each figure once for each speaker, each person once.

News tells the same thing in the title, the lead and the body. All of that is evidence for the toll, and `tolls` should
be given all of it; a report keeps

- a title's figure only where the text does not give it;
- a figure without a speaker only where no speaker gives the same one;
- a single person's harm once for each speaker, and not where a figure of several is told of the same measure;
- "civilians were hurt" (a plural without a number) only where no number is told;
- no single arrests or flights, and no zero of captured, missing or displaced;
- a single person's wound not where the same sentence, or the text after such a title, says that this person died;
- the death of one who killed others beside their number, for it is another figure;
- "was shot" of a single person not at all where the same article says that somebody died or was hurt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.coding.claims.evidence import is_count
from extractors.coding.claims.find import FoundClaim
from extractors.coding.document import TITLE
from model import ids
from model.report import Bound, Claim, Measure

Key = tuple[Measure, int | None, int | None]


def dedupe(found: Sequence[FoundClaim]) -> tuple[FoundClaim, ...]:
    """Leave out what only says again what another claim of the same report says; order is kept."""
    kept = [
        f
        for f in found
        if not (_is_idle(f) or _is_repeated_title(f, found) or _is_bare_shot(f, found) or _is_of_the_dead(f, found))
    ]
    persons_done: set[tuple[Measure, str | None]] = set()
    figures_done: set[tuple[Key, str | None]] = set()
    result: list[FoundClaim] = []
    for entry in kept:
        claim = entry.claim
        key = _key(entry)
        if claim.speaker is None and any(_key(o) == key and o.claim.speaker for o in kept):
            continue
        if (key, claim.speaker) in figures_done:
            continue
        figures_done.add((key, claim.speaker))
        if not _is_figure(entry):
            is_apart = claim.measure is Measure.KILLED and claim.victims_side == "suspects" and not claim.is_part
            if (claim.measure, claim.speaker) in persons_done or (_has_figure(entry, kept) and not is_apart):
                continue
            persons_done.add((claim.measure, claim.speaker))
        elif claim.rule.endswith(".vague") and _has_figure(entry, kept):
            continue
        result.append(entry)
    return tuple(result)


def with_ids(found: Sequence[FoundClaim], report_id: str) -> tuple[Claim, ...]:
    """Return the claims that a report keeps (see `dedupe`), with ids from the report's id, measure and span."""
    seen: Counter[tuple[str, int, int]] = Counter()
    claims: list[Claim] = []
    for entry in dedupe(found):
        claim = entry.claim
        key = (claim.measure.value, claim.start_char, claim.end_char)
        claims.append(replace(claim, claim_id=ids.claim_id(report_id, *key, seen[key])))
        seen[key] += 1
    return tuple(claims)


def _is_figure(entry: FoundClaim) -> bool:
    """Tell a figure, a list ("a husband and wife") and a counted one ("one protester") from a single person."""
    return is_count(entry) or len(entry.people) > 1 or (entry.claim.victims or "").lower().startswith("one ")


def _has_figure(entry: FoundClaim, kept: Sequence[FoundClaim]) -> bool:
    """Return whether another claim gives a number of several people for the same measure."""
    same = (o for o in kept if o is not entry and o.claim.measure is entry.claim.measure and is_count(o))
    return any(o.claim.low and not o.claim.is_part and not o.claim.rule.endswith(".vague") for o in same)


def _is_idle(entry: FoundClaim) -> bool:
    claim = entry.claim
    if claim.measure not in (Measure.CAPTURED, Measure.MISSING, Measure.DISPLACED):
        return False
    return claim.high == 0 or (claim.measure is not Measure.MISSING and not is_count(entry))


def _key(entry: FoundClaim) -> Key:
    return entry.claim.measure, entry.claim.low, entry.claim.high


def _is_repeated_title(entry: FoundClaim, found: Sequence[FoundClaim]) -> bool:
    if entry.sentence != TITLE:
        return False
    same = (o for o in found if o.sentence != TITLE and o.claim.measure is entry.claim.measure)
    low, high = entry.claim.low or 0, entry.claim.high
    is_range = entry.claim.bound is Bound.RANGE and high is not None  # "dozens missing" of 31
    return any(
        o.claim.low == entry.claim.low or (is_range and o.claim.low is not None and low <= o.claim.low <= (high or 0))
        for o in same
    )


def _is_of_the_dead(entry: FoundClaim, found: Sequence[FoundClaim]) -> bool:
    """Tell the wound of one who is told to have died of it: "a man who had been wounded died in the night"."""
    if entry.claim.measure is not Measure.INJURED or is_count(entry):
        return False
    hurt = entry.people[0]
    for other in found:
        if other.claim.measure is not Measure.KILLED or is_count(other):
            continue
        dead = other.people[0]
        is_same = dead.first == hurt.first or (hurt.is_pronoun and hurt.sex == dead.sex)
        if is_same and other.sentence == entry.sentence:
            return True
        if entry.sentence == TITLE and hurt.head and hurt.head == dead.head:
            return True
    return False


def _is_bare_shot(entry: FoundClaim, found: Sequence[FoundClaim]) -> bool:
    if entry.claim.measure is not Measure.KILLED_OR_INJURED or is_count(entry):
        return False
    return any(o.claim.measure in (Measure.KILLED, Measure.INJURED) and o.claim.low for o in found)
