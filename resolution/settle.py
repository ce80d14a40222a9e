"""Look again at the reports of one run, once all of them are placed.

Specification. Reports are placed in order of publication, each by what is known at that moment, so that one error draws
others after it, and the first reports of an incident are placed by the least evidence. Nothing of a run is public
before its end: each of its reports that was placed in doubt is compared again, with all incidents as they stand now,
its own without itself. It *moves* where another fits better, is *alone* where none fits, and an incident that was
alone *joins*; then incidents whose voices agree pair by pair are merged, the surest first. Reports of earlier runs
never move: only a merge or a person changes what was published. A round costs at most twice what placing did.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

from resolution.sketch import Sketch
from resolution.weights import log_odds_of

if TYPE_CHECKING:
    from resolution.resolver import Placing, Resolver

ROUNDS = 2  # bounds the cost; chosen by judgement, like the margins: other values were not compared
CLEAR_0_1 = 0.02  # a report whose every other candidate came to less, and its own to one less this, is not asked again
MARGIN = 0.5  # log-odds by which another incident must fit better: no report swings to and fro
ALONE_MARGIN = 1.0  # log-odds below acceptance at which a report leaves an incident for none
MERGES_ASKED = 2  # rivals of a report, the best first, that are asked whether they are one with its incident


def settle(resolver: Resolver, doubtful: Sequence[Sketch]) -> None:
    """Move the doubtful reports of a run to where they fit best now, and merge what proves to be one."""
    for _ in range(ROUNDS):
        moved = [_settle_one(resolver, sketch) for sketch in doubtful]
        if not _merge_surest(resolver, doubtful) and not any(moved):
            return


def _settle_one(resolver: Resolver, sketch: Sketch) -> bool:
    """Put one report where it fits best; says whether it moved."""
    home = resolver.state.home(sketch.report_id)
    if home is None:
        return False
    with resolver.state.without(sketch) as rest:
        placings = resolver.candidates(sketch)
        own = next((p for p in placings if p.incident_id == home), None)
        if rest.voices and own is None:
            own = resolver.compare(sketch, home)
    if own is not None and own.decided:
        return False
    best = next((p for p in placings if p.is_open and p.incident_id != home), None)
    stays, leaves = _stay(resolver, sketch, own)
    if best is not None and (best.decided or best.odds >= max(resolver.bar(sketch, best), stays + MARGIN)):
        resolver.move(sketch, best.incident_id, best)
        return True
    if own is not None and stays < leaves:
        resolver.move(sketch, None, own)
        return True
    return False


def _stay(resolver: Resolver, sketch: Sketch, own: Placing | None) -> tuple[float, float]:
    """How well a report fits where it is, and below what it leaves for none; one that is alone fits nowhere."""
    if own is None:
        return -inf, -inf
    leaves = resolver.bar(sketch, own) - ALONE_MARGIN
    return (own.odds if own.is_open else min(own.odds, leaves)), leaves


def _merge_surest(resolver: Resolver, doubtful: Sequence[Sketch]) -> bool:
    """Merge the incidents of these reports with their rivals, the surest pair first; says whether any was."""
    state, pairs = resolver.state, resolver.pairs
    bar = log_odds_of(resolver.weights.merge)
    found: dict[frozenset[str], tuple[float, str, str]] = {}
    for sketch in doubtful:
        home = state.home(sketch.report_id)
        if home is None:
            continue
        rivals = [p for p in resolver.candidates(sketch) if p.incident_id != home and p.is_open]
        for rival in rivals[:MERGES_ASKED]:
            pair = frozenset((home, rival.incident_id))
            if pair not in found:
                odds = pairs.between(state.profile(home), state.profile(rival.incident_id))
                found[pair] = (odds, home, rival.incident_id)
    merged = False
    for odds, left, right in sorted(found.values(), key=lambda f: (-f[0], f[1], f[2])):
        if odds < bar:
            break
        left_id, right_id = state.current(left), state.current(right)
        if left_id == right_id:
            continue
        again = pairs.between(state.profile(left_id), state.profile(right_id))
        why = resolver.agreed(left_id, right_id) if again >= bar else None
        if why is not None:
            resolver.merge(left_id, right_id, why)
            merged = True
    return merged
