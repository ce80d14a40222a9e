"""`deconflict review`: the pairs that the resolver is unsure of, the most valuable first; and what was decided."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import App, Parameter

from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.inputs import parse_now
from interfaces.cli.output import TABLE, Out, Records, fields_of, print_records
from interfaces.cli.render import print_lines, say
from model.incident import Decision
from model.settings import load_settings
from warehouse.reader import open_snapshot
from warehouse.rows import IncidentRow

PORT = 8019
QUESTIONS = ("probability", "left", "right", "left headline", "right headline", "why in doubt", "forbidden by")
DECISIONS = ("decision", "verdict", "left", "right", "by", "at", "note")

review = App(name="review", help="List what a person should decide, and judge it on a page of this machine.")


@review.default
def list_review(
    *,
    limit: int = 10,
    decided: bool = False,
    exit_code: Annotated[bool, Parameter(negative="")] = False,
    out: Out = TABLE,
) -> int:
    """List what a person should decide: pairs of incidents that may be one, the most valuable answer first.

    Args:
        limit: At most this many.
        decided: List the decisions that hold instead, the newest first.
        exit_code: Leave with 10 when there is anything to list.
        out: The form to print; the envelope is review/1, or decisions/1.
    """
    n = _print_decided(limit, out) if decided else _print_questions(limit, out)
    return ExitCode.CONDITION if exit_code and n else ExitCode.OK


def _print_questions(limit: int, out: Out) -> int:
    from pipeline.explaining import Question
    from pipeline.explaining import review as open_questions

    with open_snapshot(load_settings().snapshot_path) as reader:
        found = open_questions(reader, limit)
    if out.chosen != "table":
        cells = [
            (
                None if q.forbids else q.probability_0_1,
                q.left.incident_id,
                q.right.incident_id,
                q.left.headline,
                q.right.headline,
                q.words,
                q.forbids,
            )
            for q in found
        ]
        print_records(out, Records("review/1", "questions", found, QUESTIONS, cells, fields_of(Question)))
        return len(found)
    for question in found:
        left, right = question.left, question.right
        print_lines(
            f"{'veto' if question.forbids else f'{question.probability_0_1:.2f}'}  {_line(left)}",
            f"      {_line(right)}",
            *(f"        forbidden: {words}" for words in question.forbids),
            *(f"        {words}" for words in question.words),
            f"        deconflict decide {left.incident_id} {right.incident_id} same|different",
            "",
        )
    say(f"{len(found)} questions; deconflict explain A B tells all that speaks for and against")
    return len(found)


def _print_decided(limit: int, out: Out) -> int:
    with open_snapshot(load_settings().snapshot_path) as reader:
        found = reader.decisions()[::-1][:limit]
    cells = [
        (d.decision_id, "same" if d.is_same else "different", d.left_id, d.right_id, d.by, d.at, d.note) for d in found
    ]
    print_records(out, Records("decisions/1", "decisions", found, DECISIONS, cells, fields_of(Decision)))
    return len(found)


def _line(row: IncidentRow) -> str:
    place = row.place_name or "no place"
    return f"{row.incident_id}  {row.date_start or 'no day'}  {place}  {row.n_articles} articles  {row.headline}"


@review.command
def serve(*, port: int = PORT, now: str | None = None) -> int:
    """Judge the open questions on a page of this machine, until Ctrl-C; decisions wait for the next run.

    Args:
        port: The port of 127.0.0.1; 0 takes a free one.
        now: The moment to take as now.
    """
    from interfaces.review.serve import serve_review

    settings = load_settings()
    with open_snapshot(settings.snapshot_path):
        pass  # there must be something to judge
    moment = parse_now(now) if now else None
    clock = None if moment is None else lambda: moment
    serve_review(settings, port, _tell, clock)
    return ExitCode.OK


def _tell(address: str) -> None:
    print_lines(address)
    sys.stdout.flush()
    say("open this address once; whoever has it may decide. Ctrl-C ends it")
