"""Why reports were put together, what nearly was, and what changed: the log and the resolver's reasons in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interfaces.cli.show import why
from interfaces.site.words import NAME_LENGTH, TITLE_LENGTH, WORDS_LENGTH, moment, stamp, tidy
from warehouse.pages import DoubtRow
from warehouse.rows import AssignmentRow, ChangeRow, ReportRow

N_REASONS = 5  # features told of each comparison, the heaviest first; `deconflict explain` has all
N_REPORTS = 60  # reports explained
N_DOUBTS = 20
N_CHANGES = 200  # newest changes shown; the JSON has all
_KINDS = {
    "opened": "Opened", "attached": "Report attached", "revised": "Facts revised", "merged": "Merged", "split": "Split",
    "retracted": "Retracted", "decided": "Decided by a person",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why one report is where it is: rule, probability in percent, what weighed most, and vetoes."""

    title: str
    outlet: str
    is_opener: bool
    rule: str
    percent: str
    reasons: tuple[str, ...]
    vetoes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Another incident that may be this one, with what speaks for and against and how to settle it.

    `percent` is "forbidden" where a veto holds: the likelihood weighs only what is left then.
    """

    incident_id: str
    title: str
    href: str
    percent: str
    reasons: tuple[str, ...]
    vetoes: tuple[str, ...]
    command: str


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One row of the change log in words; `of` names an incident that was merged into this one later."""

    number: int
    kind: str
    at: str
    at_stamp: str
    words: str
    of: str


def reasons_of(assignments: Sequence[AssignmentRow], reports: Sequence[ReportRow]) -> tuple[Reasons, ...]:
    """Tell why each report of an incident is there, in order of publication."""
    placed = {row.report_id: row for row in assignments}
    return tuple(_reasons(report, placed[report.report_id]) for report in reports if report.report_id in placed)[
        :N_REPORTS
    ]


def _reasons(report: ReportRow, assignment: AssignmentRow) -> Reasons:
    explanation = json.loads(assignment.explanation)
    return Reasons(
        title=tidy(report.title, TITLE_LENGTH) or "untitled",
        outlet=tidy(report.outlet, NAME_LENGTH),
        is_opener=assignment.is_new,
        rule=tidy(str(explanation.get("rule", "")), WORDS_LENGTH),
        percent=_percent(explanation),
        reasons=_words(explanation, "features"),
        vetoes=_words(explanation, "vetoes"),
    )


def near_misses(doubts: Sequence[DoubtRow]) -> tuple[NearMiss, ...]:
    """List the incidents that may be this one, the likeliest first; links are from the page of an incident."""
    best: dict[str, tuple[float, DoubtRow]] = {}
    for doubt in doubts:
        chance = float(json.loads(doubt.explanation).get("probability_0_1", 0))
        best[doubt.other_id] = max(best.get(doubt.other_id, (-1.0, doubt)), (chance, doubt), key=lambda pair: pair[0])
    ordered = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:N_DOUBTS]
    return tuple(_near_miss(doubt) for _, (_, doubt) in ordered)


def _near_miss(doubt: DoubtRow) -> NearMiss:
    explanation = json.loads(doubt.explanation)
    return NearMiss(
        incident_id=doubt.other_id,
        title=tidy(doubt.other_headline, TITLE_LENGTH) or "untitled",
        href=f"{doubt.other_id}.html",
        percent="forbidden" if explanation.get("vetoes") else _percent(explanation),
        reasons=_words(explanation, "features"),
        vetoes=_words(explanation, "vetoes"),
        command=f"deconflict decide {doubt.incident_id} {doubt.other_id} same|different",
    )


def logged(changes: Sequence[ChangeRow], page_id: str) -> tuple[LoggedChange, ...]:
    """Tell the newest changes of an incident, the newest first."""
    return tuple(
        LoggedChange(
            number=change.change_id,
            kind=_KINDS.get(change.kind, change.kind),
            at=moment(change.at),
            at_stamp=stamp(change.at),
            words=tidy(why(change.detail), WORDS_LENGTH),
            of="" if change.incident_id == page_id else change.incident_id,
        )
        for change in reversed(changes[-N_CHANGES:])
    )


def _percent(explanation: Mapping[str, object]) -> str:
    chance = explanation.get("probability_0_1")
    return f"{chance:.0%}" if isinstance(chance, int | float) else ""


def _words(explanation: Mapping[str, object], part: str) -> tuple[str, ...]:
    found = explanation.get(part)
    items = found if isinstance(found, list) else []
    return tuple(tidy(str(item.get("words", "")), WORDS_LENGTH) for item in items[:N_REASONS])
