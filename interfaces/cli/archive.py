"""`deconflict archive`: the raw bodies that were fetched, for others to replay and to check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.inputs import parse_now, parse_since
from interfaces.cli.render import print_json, say
from interfaces.exports.atomic_write import atomic_file
from model.settings import load_settings

archive = App(name="archive", help="What was fetched, byte for byte.")


@archive.command
def export(
    *,
    to: Path,
    since: str | None = None,
    now: str | None = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Write the archived bodies, with address, instant, digest and headers, to a WARC file (.warc.gz).

    Args:
        to: The file to write; an earlier one is replaced as a whole.
        since: Only what was fetched since: 24h, 7d, a day or an instant.
        now: The moment to take as now.
        as_json: Print the envelope archive_export/1.
    """
    from pipeline.webarchive import export_archive  # here: warcio is needed for nothing else

    settings, moment = load_settings(), parse_now(now)
    begin = parse_since(since, moment) if since else None
    with atomic_file(to.absolute()) as file:
        done = export_archive(settings, file, name=to.name, now=moment, since=begin)
    if as_json:
        print_json("archive_export/1", to=str(to), since=begin, result=done)
    gone = f"; {done.n_missing} bodies are kept no more" if done.n_missing else ""
    say(f"{done.n_responses} bodies and {done.n_revisits} repeated answers to {to}{gone}")
    return ExitCode.OK
