"""`deconflict run`: one monitor run through Prefect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from interfaces.alerts.rules import load_rules
from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.inputs import parse_now
from interfaces.cli.output import AsJson
from interfaces.cli.progress import working
from interfaces.cli.render import print_json, print_lines, print_table, say, verbosity
from model.redact import redact_text
from model.settings import Settings, load_settings
from pipeline.check import check_inputs, is_feeds_file

if TYPE_CHECKING:
    from pipeline.monitor import FeedResult


def run(
    *,
    feeds: str | None = None,
    dry_run: Annotated[bool, Parameter(negative="")] = False,
    now: str | None = None,
    as_json: AsJson = False,
) -> int:
    """Poll what is due, read new articles, code and resolve them, append and publish; once.

    Args:
        feeds: A feeds file, or the ids of feeds with commas between them: these are polled now, due or not.
        dry_run: Ask the feeds and say what would be read; nothing is stored.
        now: The moment to take as now, for simulated time.
        as_json: Print the envelope run_summary/1, or rehearsal/1.
    """
    settings = load_settings()
    feed_ids: list[str] = []
    if feeds is not None and is_feeds_file(feeds):
        settings = settings.model_copy(update={"feeds": Path(feeds)})
    elif feeds is not None:
        feed_ids = [name.strip() for name in feeds.split(",") if name.strip()]
    moment = parse_now(now)
    if dry_run:
        return _rehearse(settings, moment, feed_ids, as_json)
    check_inputs(settings, feed_ids)  # before Prefect, which takes twenty seconds to start
    load_rules(settings.alerts)  # a run that is under way logs wrong rules and goes on without them
    with working("starting Prefect, polling, reading"):
        from flows.in_process import run_once

        summary = run_once(settings, moment, feed_ids)
    if verbosity.is_verbose:
        for one in summary.told:
            say(_line(one))
    if as_json:
        print_json("run_summary/1", line=summary.line, summary=summary)
    else:
        print_lines(summary.line)
    return ExitCode.PARTIAL if summary.n_failed_feeds else ExitCode.OK


def _rehearse(settings: Settings, now: datetime, feed_ids: Sequence[str], as_json: bool) -> int:
    from pipeline.dry_run import dry_run

    with working("polling"):
        done = dry_run(settings, now, feed_ids)
    if as_json:
        print_json("rehearsal/1", rehearsal=done)
    else:
        cells = [(one.feed_id, "again" if one.is_again else "new", one.title, one.url) for one in done.would_read]
        print_table(("feed", "", "title", "address"), cells)
    for one in done.told:
        if verbosity.is_verbose or one.error:
            say(_line(one))
    say(f"{done.n_due} feeds asked, {len(done.would_read)} articles would be read; nothing was stored")
    return ExitCode.PARTIAL if any(one.status == "failing" for one in done.told) else ExitCode.OK


def _line(one: FeedResult) -> str:
    read = "" if one.n_entries is None else f", {one.n_entries} entries, {one.n_new} new"
    return f"{one.feed_id}: {one.status} ({one.outcome}{read}){f': {redact_text(one.error)}' if one.error else ''}"
