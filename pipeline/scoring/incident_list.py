"""Score the list of incidents, which is what people read: each real incident once, on its day, at its place.

Specification. A row is right if most of its aligned reports are of one labelled incident, no other row with more
reports has that incident, and the row's own day and place are right. Each further row of an incident, each row of no
incident and each row with a wrong day or place is wrong. Recall is over the labelled incidents. The `_loose` figures
ask for identity only. What the key does not say cannot be wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipeline.scoring.alignment import LISTED_OUT, JudgedRow
from pipeline.scoring.clusters import f1
from pipeline.scoring.facts import is_date_right, is_place_right
from pipeline.scoring.figures import Scores, WrongCase
from pipeline.scoring.key import KeyIncident
from warehouse.evaluation import CodedIncident

UNLISTED_STATUS = frozenset({"merged", "retracted"})


def score_list(judged: Sequence[JudgedRow], incidents: Sequence[CodedIncident], scores: Scores) -> None:
    """Add list precision, recall and F1, strict and loose, with the rows that are wrong."""
    gold_by = _gold_by_incident(judged)
    golds = {gold.incident_id: gold for row in judged for gold, _ in row.pairs}
    listed = [
        one
        for one in incidents
        if one.event_type != LISTED_OUT and one.status not in UNLISTED_STATUS and one.incident_id in gold_by
    ]
    claimed: set[str] = set()
    n_strict = 0
    for one in sorted(listed, key=lambda one: (-gold_by[one.incident_id].total(), one.incident_id)):
        gold_counts = gold_by[one.incident_id]
        most = _majority(gold_counts)
        fault = _fault(gold_counts, most, claimed)
        if fault is None and most is not None:
            claimed.add(most)
            fault = _wrong_fact(one, golds[most])
        if fault:
            scores.wrong.append(WrongCase("list", one.incident_id, str(most), fault))
        n_strict += not fault
    for suffix, n_right in (("", n_strict), ("_loose", len(claimed))):
        precision = n_right / len(listed) if listed else 1.0
        recall = n_right / len(golds) if golds else 1.0
        scores.add(f"list_precision{suffix}", precision, len(listed))
        scores.add(f"list_recall{suffix}", recall, len(golds))
        scores.add(f"list_f1{suffix}", f1(precision, recall), len(golds))


def _gold_by_incident(judged: Sequence[JudgedRow]) -> Mapping[str, Counter[str]]:
    """For each incident with a main report: how many of its reports are of each labelled incident, maybe none."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in judged:
        for report in row.found:
            counts[report.incident_id].update(())
        for gold, paired in row.pairs:
            if paired:
                counts[paired.incident_id][gold.incident_id] += 1
    return dict(counts)


def _majority(gold_counts: Counter[str]) -> str | None:
    return gold_counts.most_common(1)[0][0] if gold_counts else None


def _fault(gold_counts: Counter[str], most: str | None, claimed: set[str]) -> str | None:
    """Why a row is not a labelled incident told once; null if it is."""
    if most is None:
        return "no incident"
    if most in claimed:
        return "again"
    if 2 * gold_counts[most] <= gold_counts.total() and len(gold_counts) > 1:
        return f"mixed: {dict(gold_counts)}"
    return None


def _wrong_fact(one: CodedIncident, gold: KeyIncident) -> str | None:
    if gold.first_day and not is_date_right(one, gold):
        return f"day: {one.date_start}..{one.date_end} for {gold.first_day}..{gold.last_day}"
    if gold.spots and not is_place_right(one, gold):
        return f"place: {one.place_name} for {gold.place}"
    return None
