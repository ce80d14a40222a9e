"""`deconflict restore`: the private warehouse from a published file or a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from interfaces.cli.render import print_lines, say
from model.settings import load_settings


def restore(*, source: Annotated[Path | None, Parameter(name="--from")] = None) -> None:
    """Put the private warehouse back from what was published; a file that is there is moved aside, not removed.

    Args:
        source: A published file or a backup of HOME/backups; default: the newest published file.
    """
    from pipeline.restoring import restore_warehouse

    settings = load_settings()
    chosen, aside = restore_warehouse(settings, source)
    print_lines(f"{settings.warehouse_path} restored from {chosen}")
    if aside is not None:
        say(f"the file that was there is {aside}")
    say("next: deconflict run")
