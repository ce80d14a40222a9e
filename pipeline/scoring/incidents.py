"""Score what an analyst sees: every (article, incident) pair, round-ups included, and the list of incidents.

Specification. Only reports and incidents of a type other than `other` are listed, and no merged or retracted ones.

- list_precision, list_recall, list_f1: see `pipeline.scoring.incident_list`.
- pair_*, b3_*: clustering of all labelled pairs; a pair without a report of its own stands alone.
- report_precision, report_recall: listed main reports that are one of the article's incidents; labelled pairs that have
  a listed report. false_alarm: share of the articles without an incident that have a listed main report.
- date, place, type, killed, injured: over all pairs that have the label; a missing report is wrong.
- initiator_f1, target_f1: F1 of names by role over paired reports. claim: labelled claims found with the same measure
  and bounds; speaker: of these, those with the right speaker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.scoring.alignment import LISTED_OUT, JudgedRow, judge_row
from pipeline.scoring.clusters import b_cubed, pairwise
from pipeline.scoring.facts import is_date_right, is_inside, is_place_right, is_same_name
from pipeline.scoring.figures import Scores, WrongCase
from pipeline.scoring.incident_list import score_list
from pipeline.scoring.key import OUTLET_ITSELF, KeyActor, KeyClaim, KeyIncident, KeyRow
from warehouse.evaluation import CodedActor, CodedClaim, CodedIncident, CodedReport

ROLES = ("initiator", "target")
_NO_REPORT = "no report"


@dataclass(frozen=True, slots=True)
class Predictions:
    """What was coded and resolved: the `main` reports and the incidents."""

    reports: Sequence[CodedReport]
    incidents: Sequence[CodedIncident]


@dataclass(slots=True)
class _Marks:
    """Right and wrong cases by figure."""

    n_right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    n: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[WrongCase] = field(default_factory=list)

    def mark(self, name: str, is_right: bool, item: str, wanted: str, given: str) -> None:
        """Count one case."""
        self.n[name] += 1
        self.n_right[name] += is_right
        if not is_right:
            self.wrong.append(WrongCase(name, item, wanted, given))


def score_incidents(rows: Sequence[KeyRow], predictions: Predictions) -> Scores:
    """Score coded reports and resolved incidents against the labels of `rows`; see the module for the figures."""
    by_article: dict[str, list[CodedReport]] = defaultdict(list)
    for report in predictions.reports:
        by_article[report.external_id].append(report)
    judged = [judge_row(row, by_article[row.external_id]) for row in rows]
    scores, marks = Scores(), _Marks()
    score_list(judged, predictions.incidents, scores)
    _score_clusters(judged, scores)
    for row in judged:
        _mark_detection(row, marks)
        for gold, paired in row.pairs:
            _mark_facts(row.key.external_id, gold, paired, marks)
            _mark_claims(row.key, gold, paired, marks)
    for name, n in marks.n.items():
        share = marks.n_right[name] / n
        scores.add(name, 1.0 - share if name == "false_alarm" else share, n)
    scores.wrong.extend(marks.wrong)
    _score_roles(judged, scores)
    return scores


def _score_clusters(judged: Sequence[JudgedRow], scores: Scores) -> None:
    gold_of: dict[tuple[str, str], str] = {}
    found_of: dict[tuple[str, str], str] = {}
    for row in judged:
        for gold, report in row.pairs:
            item = (row.key.external_id, gold.incident_id)
            gold_of[item] = gold.incident_id
            found_of[item] = report.incident_id if report else f"alone:{item}"
    if not gold_of:
        return
    for prefix, measured in (("b3", b_cubed(gold_of, found_of)), ("pair", pairwise(gold_of, found_of))):
        for name, value in zip(("p", "r", "f1"), measured, strict=True):
            scores.add(f"{prefix}_{name}", value, len(gold_of))


def _mark_detection(row: JudgedRow, marks: _Marks) -> None:
    article = row.key.external_id
    if not row.key.has_incident:
        types = ", ".join(report.event_type for report in row.listed)
        marks.mark("false_alarm", not row.listed, article, "no listed report", types)
    for report in row.listed:
        is_right = row.incident_of(report) is not None
        marks.mark("report_precision", is_right, article, "an incident of the article", report.event_type)
    for gold, paired in row.pairs:
        is_listed = paired is not None and paired.event_type != LISTED_OUT
        given = paired.event_type if paired else _NO_REPORT
        marks.mark("report_recall", is_listed, article, gold.incident_id, given)


def _mark_facts(article: str, gold: KeyIncident, report: CodedReport | None, marks: _Marks) -> None:
    wanted = f"{gold.incident_id}: "
    if gold.first_day:
        given = f"{report.date_start}..{report.date_end}" if report else _NO_REPORT
        is_right = report is not None and is_date_right(report, gold)
        marks.mark("date", is_right, article, f"{wanted}{gold.first_day}..{gold.last_day}", given)
    if gold.spots:
        given = str(report.place_name) if report else _NO_REPORT
        is_right = report is not None and is_place_right(report, gold)
        marks.mark("place", is_right, article, f"{wanted}{gold.place}", given)
    if gold.types:
        given = report.event_type if report else _NO_REPORT
        marks.mark("type", given in gold.types, article, wanted + " or ".join(gold.types), given)
    for name, bounds in (("killed", gold.killed), ("injured", gold.injured)):
        if bounds:
            value = (report.killed_best if name == "killed" else report.injured_best) or 0 if report else None
            marks.mark(name, is_inside(value, bounds), article, f"{wanted}{bounds[0]:g}..{bounds[1]:g}", str(value))


def _mark_claims(key: KeyRow, gold: KeyIncident, report: CodedReport | None, marks: _Marks) -> None:
    for claim in gold.claims:
        bounds = (claim.measure, claim.low, claim.high)
        found = [c for c in report.claims if (c.measure, c.low, c.high) == bounds] if report else []
        wanted = f"{gold.incident_id}: {claim.measure} {claim.low}..{claim.high}"
        marks.mark("claim", bool(found), key.external_id, wanted, "not found")
        if found and claim.speaker:
            is_right = any(_is_speaker_right(claim, c, key.outlet) for c in found)
            given = ", ".join(str(c.speaker) for c in found)
            marks.mark("speaker", is_right, key.external_id, f"{wanted} by {claim.speaker}", given)


def _is_speaker_right(claim: KeyClaim, found: CodedClaim, outlet: str | None) -> bool:
    wanted = claim.speaker or OUTLET_ITSELF
    if wanted.lower() == OUTLET_ITSELF:
        return not found.speaker or "itself" in found.speaker or found.speaker == outlet
    return bool(found.speaker) and is_same_name(found.speaker or "", wanted)


def _score_roles(judged: Sequence[JudgedRow], scores: Scores) -> None:
    for role in ROLES:
        n_hit = n_extra = n_missed = 0
        labelled = ((row, gold, report) for row in judged for gold, report in row.pairs if report and gold.actors)
        for row, gold, report in labelled:
            coded, wanted = _names(report.actors, role), _names(gold.actors, role)
            missed, extra = _unmatched(wanted, coded), _unmatched(coded, wanted)
            n_hit += len(wanted) - len(missed)
            n_missed += len(missed)
            n_extra += len(extra)
            if missed or extra:
                words = f"{gold.incident_id}: {', '.join(wanted) or 'nobody'}"
                scores.wrong.append(WrongCase(role, row.key.external_id, words, ", ".join(coded) or "nobody"))
        if n_hit + n_extra + n_missed:
            scores.add(f"{role}_f1", 2 * n_hit / (2 * n_hit + n_extra + n_missed), n_hit + n_missed)


def _names(actors: Sequence[CodedActor] | Sequence[KeyActor], role: str) -> list[str]:
    return [actor.name for actor in actors if actor.role == role]


def _unmatched(names: Sequence[str], others: Sequence[str]) -> list[str]:
    return [name for name in names if not any(is_same_name(name, other) for other in others)]
