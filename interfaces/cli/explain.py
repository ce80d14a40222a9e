"""`deconflict explain`: why two incidents or reports are, or are not, one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from interfaces.cli.render import print_json, print_lines
from model.settings import load_settings
from warehouse.reader import open_snapshot

if TYPE_CHECKING:
    from pipeline.explaining import Explained
    from pipeline.subject import Subject


def explain(left: str, right: str, *, as_json: Annotated[bool, Parameter(name="--json", negative="")] = False) -> None:
    """Tell why two incidents or reports are, or are not, one: probability, features, vetoes, rule, a person's word.

    Args:
        left: An incident or a report; the beginning of its id will do.
        right: The other one.
        as_json: Print the envelope explanation/1.
    """
    from pipeline.explaining import explain_pair

    with open_snapshot(load_settings().snapshot_path) as reader:
        found = explain_pair(reader, left, right)
    if as_json:
        print_json(
            "explanation/1",
            left=found.left,
            right=found.right,
            is_together=found.is_together,
            explanation=found.explanation,
            decision=found.decision,
        )
    else:
        _print(found)


def _print(found: Explained) -> None:
    why = found.explanation
    print_lines(
        f"{found.left.named_id}  {_size(found.left)}",
        f"{found.right.named_id}  {_size(found.right)}",
        f"  now          {'in one incident' if found.is_together else 'in two incidents'}",
        f"  rule         {why.rule}",
        f"  probability  {why.probability_0_1:.2f}",
    )
    print_lines(*(f"  vetoed       {veto.name}: {veto.words}" for veto in why.vetoes))
    if found.decision is not None:
        word = found.decision
        note = f": {word.note}" if word.note else ""
        verdict = "same" if word.is_same else "different"
        print_lines(f"  decision     {word.decision_id}: {verdict}, {word.by}, {word.at:%Y-%m-%d %H:%M}{note}")
    print_lines("", "What speaks for and against, the heaviest first")
    print_lines(*(f"  {feature.words}" for feature in why.features))


def _size(subject: Subject) -> str:
    if subject.is_report:
        return f"a report of {subject.incident_id}"
    where = f", merged into {subject.incident_id}" if subject.is_merged else ""
    return f"{len(subject.report_ids)} reports{where}"
