"""Why two incidents or reports are, or are not, one; and the questions that are most worth a person's time.

Both ask the published snapshot, so that a run is never in their way nor they in its.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import resolution
from model.errors import ConfigError
from model.incident import Decision, Explanation, Lookup
from pipeline.subject import Subject, find_subject, marks_of
from resolution.decisions import Verdicts
from warehouse.reader import Reader
from warehouse.rows import IncidentRow, UnsureRow
from warehouse.shared_reads import Subjects

N_WEIGHED = 5_000  # doubts that are weighed, the most open first: more than anybody settles between two runs
N_WORDS = 3  # reasons told of each question; `explain` has them all


@dataclass(frozen=True, slots=True)
class Explained:
    """Two sides compared. `is_together` says whether they are in one incident now; `decision` is null without one."""

    left: Subject
    right: Subject
    is_together: bool
    explanation: Explanation
    decision: Decision | None


def explain_pair(record: Subjects, left: str, right: str) -> Explained:
    """Compare two incidents or reports as the resolver does.

    Of an incident and a report of it, or of what was merged into it, the rest of the incident is the other side.

    Raises:
        ConfigError: an id is unknown or ambiguous, both sides are the same, or nothing is remembered of one.
    """
    one, other = find_subject(record, left), find_subject(record, right)
    mine, theirs = set(one.report_ids), set(other.report_ids)
    mine, theirs = (mine - theirs or mine), (theirs - mine or theirs)
    if mine & theirs:
        raise ConfigError("both sides are the same", unchanged="nothing was read", next_step="name two things")
    articles = frozenset(home.article_id for home in record.homes(mine | theirs))
    nearby = record.known(Lookup(frozenset(), frozenset(), articles))
    memories = [[m for m in nearby.memories if m.report_id in side] for side in (mine, theirs)]
    for subject, found in zip((one, other), memories, strict=True):
        if not found:
            raise ConfigError(
                f"nothing is remembered of {subject.named_id} to compare it by",
                unchanged="only the newest reports of an incident are remembered",
                next_step=f"name its incident, {subject.incident_id}",
            )
    terms = resolution.terms_of([*memories[0], *memories[1]])
    known = record.known(Lookup(frozenset(), terms, frozenset()))
    word = Verdicts(known.decisions).between(
        *(frozenset().union(marks_of(tuple(m.report_id for m in side)), {side[0].incident_id}) for side in memories)
    )
    if one.incident_id == other.incident_id and word is None:
        word = next((d for d in known.decisions if {d.left_id, d.right_id} == {one.named_id, other.named_id}), None)
    explanation = resolution.explain_groups(memories[0], memories[1], known)
    return Explained(one, other, one.incident_id == other.incident_id, explanation, word)


@dataclass(frozen=True, slots=True)
class Question:
    """Two incidents that may be one, with what an answer is worth and why they are in doubt.

    `forbids` are the vetoes between them in words. Where there is any, the likelihood weighs only what is left and is
    no likelihood of their being one.
    """

    value: float
    probability_0_1: float
    left: IncidentRow
    right: IncidentRow
    report_ids: tuple[str, ...]
    words: tuple[str, ...]
    forbids: tuple[str, ...] = ()

    @property
    def likelihood(self) -> str:
        """The likelihood in words; of a pair that a veto forbids, that and why."""
        if self.forbids:
            return f"forbidden: {'; '.join(self.forbids)}"
        return f"{self.probability_0_1:.0%} likely to be one"


def review(reader: Reader, limit: int) -> tuple[Question, ...]:
    """List the open questions, the most valuable first; those that a person has answered are left out.

    An answer is worth its doubt, 4 p (1 - p), times the root of the number of pairs of articles that it sorts: a
    question about two much-told incidents comes before one about two single articles, but not without doubt.
    """
    doubts: dict[tuple[str, str], list[UnsureRow]] = defaultdict(list)
    for row in reader.unsure(N_WEIGHED):
        left, right = sorted((row.incident_id, row.other_incident_id))
        doubts[left, right].append(row)
    named = {incident_id for pair in doubts for incident_id in pair}
    facts = {row.incident_id: row for row in reader.incidents(named) if row.status not in ("merged", "retracted")}
    asked = [
        _question(facts[left], facts[right], rows)
        for (left, right), rows in doubts.items()
        if left in facts and right in facts
    ]
    decisions = reader.standing_decisions()
    # Each side of a decision names one incident, or two after a split: so many questions it may answer at most.
    n_answered = 4 * len(decisions)
    most = sorted(asked, key=lambda q: (-q.value, q.left.incident_id, q.right.incident_id))[: limit + n_answered]
    return tuple(_unanswered(reader, most, decisions) if decisions else most)[:limit]


def _unanswered(reader: Reader, asked: Sequence[Question], decisions: Sequence[Decision]) -> Iterator[Question]:
    """Give those questions that nobody has answered yet."""
    named = {row.incident_id for question in asked for row in (question.left, question.right)}
    reports: dict[str, list[str]] = defaultdict(list)
    for home in reader.homes(incident_ids=named):
        reports[str(home.incident_id)].append(home.report_id)
    marks = {i: marks_of(tuple(reports[i])) | {i} for i in named}
    verdicts = Verdicts(decisions)
    for question in asked:
        if verdicts.between(marks[question.left.incident_id], marks[question.right.incident_id]) is None:
            yield question


def _question(left: IncidentRow, right: IncidentRow, rows: list[UnsureRow]) -> Question:
    explanations = [json.loads(row.explanation) for row in rows]
    nearest = max(explanations, key=lambda t: float(t["probability_0_1"]))
    chance = float(nearest["probability_0_1"])
    older, newer = sorted((left, right), key=lambda row: (row.detected_at, row.incident_id))
    return Question(
        value=round(4 * chance * (1 - chance) * sqrt(left.n_articles * right.n_articles), 3),
        probability_0_1=chance,
        left=older,
        right=newer,
        report_ids=tuple(sorted({row.report_id for row in rows})),
        words=tuple(str(feature["words"]) for feature in nearest["features"][:N_WORDS]),
        forbids=tuple(dict.fromkeys(str(veto["words"]) for t in explanations for veto in t.get("vetoes", ()))),
    )
