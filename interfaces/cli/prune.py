"""`deconflict prune`: old texts out of the warehouse; incidents, claims and quotes stay."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from interfaces.cli.inputs import parse_now
from interfaces.cli.render import print_json, print_lines
from model.settings import load_settings


def prune(
    *,
    days: int | None = None,
    dry_run: Annotated[bool, Parameter(negative="")] = False,
    now: str | None = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Remove the texts of articles fetched long ago, and publish; incidents, claims and quotes stay.

    Articles without a text keep their coding when the warehouse is reprocessed.

    Args:
        days: Keep the texts of so many days; default: the setting DECONFLICT_TEXT_DAYS.
        dry_run: Only tell how many would go.
        now: The moment to take as now.
        as_json: Print the envelope prune/1.
    """
    from pipeline.pruning import prune as prune_texts

    settings = load_settings()
    done = prune_texts(settings, settings.text_days if days is None else days, parse_now(now), is_dry_run=dry_run)
    if as_json:
        print_json("prune/1", prune=done)
    else:
        print_lines(done.line)
