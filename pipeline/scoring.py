"""Score what was coded and resolved against a labelled corpus: pure arithmetic over labels and predictions.

Definitions. Clustering is scored over the articles that tell of exactly one gold incident; an article without a `main`
report is a cluster of its own; B-cubed after Bagga and Baldwin (1998), pairwise over all pairs. An article's
prediction is its `main` report of the highest confidence. A share is over the articles whose gold has the attribute, so
a missing prediction counts as wrong. A claim is right when measure, both bounds and speaker agree with a gold claim.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from extractors.explain import Field
from pipeline.corpus import CorpusRow, GoldClaim, GoldIncident
from warehouse.evaluation import CodedClaim, CodedReport

EARTH_RADIUS_KM = 6371.0
_FIELDS = {  # the measures of `WrongCase`
    "cluster": (Field.TYPE, Field.DATE, Field.PLACE, Field.ACTORS, Field.KILLED),
    "detected": (Field.GATE,),
    "false_alarm": (Field.GATE, Field.TYPE),
    "type": (Field.TYPE, Field.ACTORS),
    "date_exact": (Field.DATE,),
    "date_within_1": (Field.DATE,),
    "place_25km": (Field.PLACE,),
    "place_161km": (Field.PLACE,),
    "killed_exact": (Field.KILLED, Field.CLAIMS),
    "injured_exact": (Field.INJURED, Field.CLAIMS),
    "claims_f1": (Field.CLAIMS,),
}
SPEAKER_SIMILARITY = 80.0  # token_set_ratio; "SOHR" against the full name is settled by the actor table before


@dataclass(frozen=True, slots=True)
class WrongCase:
    """One article whose `measure` came out wrong: what was wanted and what was given."""

    measure: str
    external_id: str
    wanted: str
    given: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the number of cases it rests on."""

    name: str
    value: float
    n: int


@dataclass(slots=True)
class Scores:
    """All figures of one evaluation, and the cases that were wrong."""

    figures: list[Figure] = field(default_factory=list)
    wrong: list[WrongCase] = field(default_factory=list)

    def add(self, name: str, value: float, n: int) -> None:
        """Add one figure."""
        self.figures.append(Figure(name, value, n))

    def value(self, name: str) -> float:
        """The value of the figure `name`.

        Raises:
            KeyError: there is no such figure.
        """
        for figure in self.figures:
            if figure.name == name:
                return figure.value
        raise KeyError(name)


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


def fields_of(measure: str) -> tuple[Field, ...]:
    """Name the fields of an explanation that tell how a report came to be right or wrong in `measure`.

    Raises:
        KeyError: no wrong case has this measure.
    """
    return _FIELDS[measure]


def b_cubed(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of `found` clusters against `gold`, both from item to cluster id.

    >>> b_cubed({"a": "1", "b": "1"}, {"a": "x", "b": "y"})
    (1.0, 0.5, 0.6666666666666666)
    """
    gold_size, found_size = Counter(gold.values()), Counter(found[item] for item in gold)
    both = Counter((gold[item], found[item]) for item in gold)
    precision = sum(n * n / found_size[cluster] for (_, cluster), n in both.items()) / len(gold)
    recall = sum(n * n / gold_size[cluster] for (cluster, _), n in both.items()) / len(gold)
    return precision, recall, _f1(precision, recall)


def pairwise(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of items put together."""
    both = _pairs(Counter((gold[item], found[item]) for item in gold).values())
    n_found = _pairs(Counter(found[item] for item in gold).values())
    n_gold = _pairs(Counter(gold.values()).values())
    precision, recall = both / n_found if n_found else 1.0, both / n_gold if n_gold else 1.0
    return precision, recall, _f1(precision, recall)


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two (lat, lon) in degrees, by the haversine formula."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


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
    told = [row for row in rows if row.incident_ids or row.incidents]
    silent = [row for row in rows if row.has_key and not row.incident_ids and not row.incidents]
    for name, group, is_right in (("detected", told, True), ("false_alarm", silent, False)):
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
    if gold.event_type:
        given = found.event_type if found else "no report"
        results.append(("type", given in gold.event_type.split("|"), gold.event_type, given))
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
        scores.add("claims_f1", _f1(precision, recall), n_gold)


def _same_claim(gold: GoldClaim, found: CodedClaim) -> bool:
    if (gold.measure, gold.low, gold.high) != (found.measure, found.low, found.high):
        return False
    if gold.speaker is None or found.speaker is None:
        return gold.speaker == found.speaker
    return fuzz.token_set_ratio(gold.speaker.lower(), found.speaker.lower()) >= SPEAKER_SIMILARITY
