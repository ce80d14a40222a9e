"""Second pass: score the reports that were placed in doubt again, once all reports of the run are placed.

Specification. Reports are placed in order of publication, each by what is known at that moment, so that one error
draws others after it. Nothing of a run is public before its end: each of its reports that was placed in doubt is
scored again with all incidents as they stand now, its own without itself. It moves where another fits better, stands
alone where none fits, and one that stood alone joins; then the incidents of these reports are merged with those that
prove to be the same, the surest first. A round costs at most what placing did, since log-odds of pairs are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from resolution.match_record import MatchRecord
from resolution.merging import judge, merge
from resolution.place import is_unclear
from resolution.reasons import explain_candidate
from resolution.run import Candidate, Run

ROUNDS = 2  # bounds the cost; chosen by judgement, like the margins
MARGIN = 0.5  # log-odds by which another incident must fit better: no report swings to and fro
ALONE_MARGIN = 1.0  # log-odds below acceptance at which a report leaves an incident for none
MERGES_ASKED = 2  # rivals of a report, the best first, that are asked whether they are one with its incident
ALONE = "alone"


def second_pass(run: Run) -> None:
    """Move doubtful reports to where they fit best now, and merge what proves to be one."""
    for number in range(ROUNDS):
        found: dict[str, list[Candidate]] = {}
        moved = [_move_one(run, record, keys, number, found) for record, keys in list(run.doubtful.values())]
        if not _merge_surest(run, found) and not any(moved):
            return


def _move_one(
    run: Run, record: MatchRecord, keys: Sequence[str], number: int, found: dict[str, list[Candidate]]
) -> bool:
    """Put one report where it fits best; says whether it moved, and leaves its candidates in `found`."""
    home = run.index.home(record.report_id)
    if home is None:
        return False
    candidates = found[record.report_id] = _candidates(run, record, keys, home)
    own = next((c for c in candidates if c.incident_id == home), None)
    if own is not None and own.decided:
        return False
    others = [c for c in candidates if c.incident_id != home]
    best = next((c for c in others if c.is_open), None)
    stays, leaves = _stay(run, own)
    if best is not None and (best.decided or (run.fits(best) and best.odds >= stays + MARGIN)):
        if not best.decided and is_unclear(run, candidates):
            return False
        return move(run, record, best.incident_id, best, "the facts agree, looked at again at the end of the run")
    if own is not None and stays < leaves:
        rule = "opened: no incident is like it, looked at again at the end of the run"
        return move(run, record, f"{ALONE}:{record.report_id}:{number}", own, rule)
    return False


def _candidates(run: Run, record: MatchRecord, keys: Sequence[str], home: str) -> list[Candidate]:
    found = run.index.candidates(keys)
    return run.scored(record, [run.index.incident(i) for i in dict.fromkeys((*found, home))])


def _stay(run: Run, own: Candidate | None) -> tuple[float, float]:
    """How well a report fits where it is, and below what it leaves for none; one that is alone fits nowhere."""
    if own is None:
        return -inf, -inf
    leaves = run.accept_odds - ALONE_MARGIN
    return (own.odds if own.is_open else -inf), leaves


def move(run: Run, record: MatchRecord, incident_id: str, candidate: Candidate, rule: str) -> bool:
    """Put a report of this run elsewhere than it was put first; says that it moved."""
    run.moved[record.report_id] = explain_candidate(run, record, candidate, rule)
    run.carry(record, incident_id, run.memories[record.report_id])
    return True


def _merge_surest(run: Run, known: Mapping[str, list[Candidate]]) -> bool:
    """Merge the incidents of the doubtful reports with their rivals, the surest pair first; says whether any was.

    `known` are the candidates of each report, scored again here, since reports have moved.
    """
    found: dict[tuple[str, str], float] = {}
    for record, _ in run.doubtful.values():
        home = run.index.home(record.report_id)
        if home is None:
            continue
        named = (*(c.incident_id for c in known.get(record.report_id, ())), home)
        incidents = [run.index.incident(i) for i in dict.fromkeys(map(run.index.current, named))]
        candidates = run.scored(record, incidents)
        rivals = [c for c in candidates if c.incident_id != home and c.is_open]
        for rival in rivals[:MERGES_ASKED]:
            first, second = sorted((home, rival.incident_id))
            if rival.odds >= run.merge_odds:
                found[first, second] = max(found.get((first, second), -inf), rival.odds)
    merged = False
    for (first, second), _ in sorted(found.items(), key=lambda f: (-f[1], f[0])):
        left, right = run.index.current(first), run.index.current(second)
        if left != right and (why := judge(run, run.index.incident(left), run.index.incident(right))) is not None:
            merge(run, left, right, why)
            merged = True
    return merged
