"""Score each article of a labelled corpus by its best report: clusters, detection, date, place, tolls, claims.

Definitions. Clustering is scored over the articles that tell of exactly one gold incident; an article without a `main`
report is a cluster of its own; B-cubed after Bagga and Baldwin (1998), pairwise over all pairs. An article's
prediction is its `main` report of the highest confidence. A share is over the articles whose gold has the attribute, so
a missing prediction counts as wrong. A claim is right when measure, both bounds and speaker agree with a gold claim.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from rapidfuzz import fuzz

from pipeline.corpus import CorpusRow, GoldClaim, GoldIncident
from pipeline.scoring.clusters import b_cubed, f1, pairwise
from pipeline.scoring.distance import distance_km
from pipeline.scoring.figures import Scores, WrongCase
from warehouse.evaluation import CodedClaim, CodedReport

SPEAKER_SIMILARITY = 80.0  # token_set_ratio; "SOHR" against the full name is settled by the actor table before


def score(rows: Sequence[CorpusRow], predictions: Mapping[str, CodedReport]) -> Scores:
    """Score `predictions` (by external id; none for an article without a `main` report) against `rows`."""
    scores = Scores()
    singles = [row for row in rows if len(row.incident_ids) == 1]
    if singles:
        _score_clusters(singles, predictions, scores)
    _score_detection(rows, predictions, scores)
    _score_attributes(singles, predictions, scores)
    _score_claims(singles, predictions, scores)
    return scores


def _score_clusters(rows: Sequence[CorpusRow], predictions: Mapping[str, CodedReport], scores: Scores) -> None:
    gold = {row.external_id: row.incident_ids[0] for row in rows}
    found = {i: predictions[i].incident_id if i in predictions else f"alone:{i}" for i in gold}
    for prefix, measured in (("b3", b_cubed(gold, found)), ("pair", pairwise(gold, found))):
        for name, value in zip(("p", "r", "f1"), measured, strict=True):
            scores.add(f"{prefix}_{name}", value, len(gold))
    n_gold, n_found = len(set(gold.values())), len(set(found.values()))
    scores.add("count_error", (n_found - n_gold) / n_gold, n_gold)
    home: dict[str, Counter[str]] = defaultdict(Counter)
    for item, incident in gold.items():
        home[incident][found[item]] += 1
    for item, incident in gold.items():
        largest = min(home[incident], key=lambda cluster: (-home[incident][cluster], cluster))
        if found[item] != largest:
            scores.wrong.append(WrongCase("cluster", item, f"{incident} in {largest}", found[item]))


def _score_detection(rows: Sequence[CorpusRow], predictions: Mapping[str, CodedReport], scores: Scores) -> None:
    with_incident = [row for row in rows if row.incident_ids or row.incidents]
    silent = [row for row in rows if row.has_key and not row.incident_ids and not row.incidents]
    for name, group, is_right in (("detected", with_incident, True), ("false_alarm", silent, False)):
        if not group:
            continue
        scores.add(name, sum(row.external_id in predictions for row in group) / len(group), len(group))
        for row in group:
            if (row.external_id in predictions) != is_right:
                given = predictions[row.external_id].event_type if row.external_id in predictions else "no report"
                scores.wrong.append(WrongCase(name, row.external_id, "a report" if is_right else "no report", given))


def _score_attributes(rows: Sequence[CorpusRow], predictions: Mapping[str, CodedReport], scores: Scores) -> None:
    marks: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        gold = next((g for g in row.incidents if g.incident_id == row.incident_ids[0]), None)
        if gold is None:
            continue
        for name, is_right, wanted, given in _compare(gold, predictions.get(row.external_id)):
            marks[name].append(is_right)
            if not is_right:
                scores.wrong.append(WrongCase(name, row.external_id, wanted, given))
    for name in sorted(marks):
        scores.add(name, sum(marks[name]) / len(marks[name]), len(marks[name]))


def _compare(gold: GoldIncident, found: CodedReport | None) -> list[tuple[str, bool, str, str]]:
    results: list[tuple[str, bool, str, str]] = []
    if gold.day:
        results += _compare_day(gold.day, found)
    if gold.latlon:
        results += _compare_place(gold.latlon, found)
    for name, bounds, value in (
        ("killed_exact", gold.killed, found.killed_best if found else None),
        ("injured_exact", gold.injured, found.injured_best if found else None),
    ):
        if bounds:
            is_inside = found is not None and bounds[0] <= (value or 0) <= bounds[1]
            results.append((name, is_inside, f"{bounds[0]:g}..{bounds[1]:g}", str(value)))
    if gold.event_types:
        given = found.event_type if found else "no report"
        results.append(("type", given in gold.event_types, " or ".join(gold.event_types), given))
    return results


def _compare_day(day: date, found: CodedReport | None) -> list[tuple[str, bool, str, str]]:
    start = found.date_start if found else None
    end = (found.date_end if found else None) or start
    is_exact = bool(start and end) and start <= day <= end and (end - start).days <= 1  # type: ignore[operator]
    is_near = start is not None and abs((start - day).days) <= 1
    given = f"{start}..{end}"
    return [("date_exact", is_exact, str(day), given), ("date_within_1", is_near, str(day), given)]


def _compare_place(latlon: tuple[float, float], found: CodedReport | None) -> list[tuple[str, bool, str, str]]:
    point = (found.lat, found.lon) if found else (None, None)
    off_km = distance_km((point[0], point[1]), latlon) if point[0] is not None and point[1] is not None else math.inf
    return [(f"place_{limit}km", off_km <= limit, str(latlon), f"{off_km:.0f} km off") for limit in (25, 161)]


def _score_claims(rows: Sequence[CorpusRow], predictions: Mapping[str, CodedReport], scores: Scores) -> None:
    n_right = n_found = n_gold = 0
    for row in rows:
        gold = next((g for g in row.incidents if g.incident_id == row.incident_ids[0]), None)
        if gold is None or not gold.claims:
            continue
        found = list(predictions[row.external_id].claims) if row.external_id in predictions else []
        n_found, n_gold = n_found + len(found), n_gold + len(gold.claims)
        for wanted in gold.claims:
            match = next((claim for claim in found if _same_claim(wanted, claim)), None)
            if match:
                found.remove(match)
                n_right += 1
            else:
                words = f"{wanted.measure} {wanted.low}..{wanted.high} by {wanted.speaker}"
                scores.wrong.append(WrongCase("claims_f1", row.external_id, words, "not found"))
        for spurious in found:
            words = f"{spurious.measure} {spurious.low}..{spurious.high} by {spurious.speaker}"
            scores.wrong.append(WrongCase("claims_f1", row.external_id, "no such claim", words))
    if n_gold:
        precision, recall = n_right / n_found if n_found else 1.0, n_right / n_gold
        scores.add("claims_f1", f1(precision, recall), n_gold)


def _same_claim(gold: GoldClaim, found: CodedClaim) -> bool:
    if (gold.measure, gold.low, gold.high) != (found.measure, found.low, found.high):
        return False
    if gold.speaker is None or found.speaker is None:
        return gold.speaker == found.speaker
    return fuzz.token_set_ratio(gold.speaker.lower(), found.speaker.lower()) >= SPEAKER_SIMILARITY
