"""`deconflict reprocess`: everything that the warehouse holds, coded and resolved anew."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from interfaces.cli.inputs import parse_now
from interfaces.cli.progress import progress_bar
from interfaces.cli.render import print_json, print_lines
from model.settings import load_settings


def reprocess(
    *, now: str | None = None, as_json: Annotated[bool, Parameter(name="--json", negative="")] = False
) -> None:
    """Code and resolve anew what the warehouse holds, after a change of the coder or the resolver, and publish it.

    Ids and decisions stay, and nothing is told a second time as newly detected.

    Args:
        now: The moment to take as now.
        as_json: Print the envelope reprocess/1.
    """
    from pipeline.reprocess import reprocess as reprocess_all

    with progress_bar("articles") as progress:
        done = reprocess_all(load_settings(), parse_now(now), progress)
    if as_json:
        print_json("reprocess/1", reprocess=done)
    else:
        print_lines(done.line)
