"""Pair the main reports of an article with its labelled incidents so that the sum of closeness is greatest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from pipeline.scoring.facts import closeness
from pipeline.scoring.key import KeyIncident, KeyRow
from warehouse.evaluation import CodedReport

LEAST_CLOSENESS = 2.0  # below a right day or place a report of a round-up is not the report of the incident
MAX_EXACT = 7  # reports and incidents up to which every pairing is tried: 7! = 5,040
LISTED_OUT = "other"  # reports and incidents of this type are not shown in the list


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """An article with its main reports, the most confident first, and the report of each labelled incident."""

    key: KeyRow
    found: tuple[CodedReport, ...]
    pairs: tuple[tuple[KeyIncident, CodedReport | None], ...]

    @property
    def listed(self) -> tuple[CodedReport, ...]:
        """The reports that the list shows."""
        return tuple(report for report in self.found if report.event_type != LISTED_OUT)

    def incident_of(self, report: CodedReport) -> KeyIncident | None:
        """The labelled incident that a report was paired with."""
        return next((gold for gold, paired in self.pairs if paired is report), None)


def judge_row(key: KeyRow, found: Sequence[CodedReport]) -> JudgedRow:
    """Pair the main reports of one article with its labelled incidents."""
    ordered = sorted(found, key=lambda report: -report.confidence_0_1)
    aligned = align(ordered, key.incidents)
    pairs = ((gold, ordered[aligned[j]] if j in aligned else None) for j, gold in enumerate(key.incidents))
    return JudgedRow(key, tuple(ordered), tuple(pairs))


def align(found: Sequence[CodedReport], golds: Sequence[KeyIncident]) -> dict[int, int]:
    """Give the index of the report by the index of its incident.

    The best report of an article of one incident is that incident's, right or wrong; in a round-up a pair needs
    `LEAST_CLOSENESS`.
    """
    if not found or not golds:
        return {}
    scores = {(i, j): closeness(report, gold) for i, report in enumerate(found) for j, gold in enumerate(golds)}
    least = 0.0 if len(golds) == 1 else LEAST_CLOSENESS
    is_small = len(found) <= MAX_EXACT and len(golds) <= MAX_EXACT
    pairs = _best_pairs(len(found), len(golds), scores) if is_small else _greedy_pairs(scores)
    return {j: i for i, j in pairs if scores[i, j] >= least}


def _best_pairs(n_found: int, n_gold: int, scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    is_flipped = n_found > n_gold
    few, many = (range(n_gold), range(n_found)) if is_flipped else (range(n_found), range(n_gold))

    def pairs_of(chosen: Sequence[int]) -> Iterator[tuple[int, int]]:
        pairs = zip(few, chosen, strict=True)
        return ((b, a) if is_flipped else (a, b) for a, b in pairs)

    best = max(permutations(many, len(few)), key=lambda chosen: sum(scores[pair] for pair in pairs_of(chosen)))
    return list(pairs_of(best))


def _greedy_pairs(scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for i, j in sorted(scores, key=lambda pair: -scores[pair]):
        if all(i != used and j != taken for used, taken in pairs):
            pairs.append((i, j))
    return pairs
