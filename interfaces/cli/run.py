"""`deconflict run`: one monitor run through Prefect."""

from __future__ import annotations

from pathlib import Path

from interfaces.alerts.rules import load_rules
from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.inputs import parse_now
from interfaces.cli.render import print_lines
from model.settings import load_settings
from pipeline.check import check_inputs


def run(*, feeds: Path | None = None, now: str | None = None) -> int:
    """Poll what is due, read new articles, code and resolve them, append and publish; once.

    Args:
        feeds: The feeds file; default: the setting DECONFLICT_FEEDS, else seeds/feeds.toml.
        now: The moment to take as now, for simulated time.
    """
    settings = load_settings()
    if feeds is not None:
        settings = settings.model_copy(update={"feeds": feeds})
    moment = parse_now(now)
    check_inputs(settings)  # before Prefect, which takes twenty seconds to start
    load_rules(settings.alerts)  # a run that is under way logs wrong rules and goes on without them
    from flows.once import run_once

    summary = run_once(settings, moment)
    print_lines(summary.line)
    return ExitCode.PARTIAL if summary.n_failed_feeds else ExitCode.OK
