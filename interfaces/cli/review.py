"""`deconflict review`: the pairs that the resolver is unsure of, the most valuable first; and what was decided."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.render import print_json, print_lines, print_table, say
from model.settings import load_settings
from warehouse.reader import open_snapshot
from warehouse.rows import IncidentRow


def review(
    *,
    limit: int = 10,
    decided: bool = False,
    exit_code: Annotated[bool, Parameter(negative="")] = False,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """List what a person should decide: pairs of incidents that may be one, the most valuable answer first.

    Args:
        limit: At most this many.
        decided: List the decisions that hold instead, the newest first.
        exit_code: Leave with 10 when there is anything to list.
        as_json: Print the envelope review/1, or decisions/1.
    """
    n = _print_decided(limit, as_json) if decided else _print_questions(limit, as_json)
    return ExitCode.CONDITION if exit_code and n else ExitCode.OK


def _print_questions(limit: int, as_json: bool) -> int:
    from pipeline.explaining import review as open_questions

    with open_snapshot(load_settings().snapshot_path) as reader:
        found = open_questions(reader, limit)
    if as_json:
        print_json("review/1", questions=found)
        return len(found)
    for question in found:
        left, right = question.left, question.right
        print_lines(
            f"{question.probability_0_1:.2f}  {_line(left)}",
            f"      {_line(right)}",
            *(f"        {words}" for words in question.words),
            f"        deconflict decide {left.incident_id} {right.incident_id} same|different",
            "",
        )
    say(f"{len(found)} questions; deconflict explain A B tells all that speaks for and against")
    return len(found)


def _print_decided(limit: int, as_json: bool) -> int:
    with open_snapshot(load_settings().snapshot_path) as reader:
        found = reader.decisions()[::-1][:limit]
    if as_json:
        print_json("decisions/1", decisions=found)
    else:
        columns = ("decision", "verdict", "left", "right", "by", "at", "note")
        print_table(
            columns,
            [
                (d.decision_id, "same" if d.is_same else "different", d.left_id, d.right_id, d.by, d.at, d.note)
                for d in found
            ],
        )
    return len(found)


def _line(row: IncidentRow) -> str:
    place = row.place_name or "no place"
    return f"{row.incident_id}  {row.date_start or 'no day'}  {place}  {row.n_articles} articles  {row.headline}"
