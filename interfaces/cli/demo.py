"""`deconflict demo`: the main job on the bundled newsroom, offline, in simulated time.

The newsroom serves its corpus on loopback; its clock is moved, and after each move the monitor flow runs through
Prefect, just as it does on a schedule. Then the newly detected incidents are asked for, as any reader would.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.incidents import incidents
from interfaces.cli.render import print_lines, say
from interfaces.cli.show import show
from model.errors import ConfigError, ContractError
from model.settings import load_settings
from warehouse.reader import open_snapshot

if TYPE_CHECKING:
    from pipeline.monitor import RunSummary

CORPUS = Path(str(files("seeds").joinpath("newsroom", "corpus.jsonl")))
# Before the clash near Khusham, the morning after it, a month on, and a year later; then a day with nothing new.
MOMENTS = (
    datetime(2018, 2, 6, 12, tzinfo=UTC),
    datetime(2018, 2, 8, 20, tzinfo=UTC),
    datetime(2018, 3, 9, 12, tzinfo=UTC),
    datetime(2019, 2, 8, 12, tzinfo=UTC),
)
# Addresses of articles hold the newsroom's port, and ids are made of addresses: with one port every demo has the same.
PORT = 8917
QUIET_AFTER = timedelta(days=1)
LOGS = frozenset({"run", "run_complete", "fetch", "feed"})  # what a run writes of itself, whatever it finds
MOST_REPORTED = (
    "select incident_id from pub.incident where status <> 'merged' order by n_outlets desc, incident_id limit 1"
)


def demo(*, home: Path | None = None) -> int:
    """Run the whole pipeline on the bundled newsroom, offline, and show what it found.

    Args:
        home: Where the demo writes, else DECONFLICT_HOME, else var/demo; a folder that an earlier demo made is emptied
            first.
    """
    from newsroom import running_newsroom

    home = home or Path(os.environ.get("DECONFLICT_HOME") or "var/demo")
    _empty(home)
    with running_newsroom(CORPUS, now=MOMENTS[0], port=_free_port()) as press:
        feeds = press.write_feeds_file(home / "feeds.toml")
        os.environ.update(
            DECONFLICT_HOME=str(home),
            DECONFLICT_FEEDS=str(feeds),
            DECONFLICT_ALLOW_HOSTS=json.dumps([press.host_port]),
            DECONFLICT_HOST_DELAY_S="0",
        )
        say(f"a newsroom of {len(press.outlets)} outlets answers at {press.address}")
        for moment in MOMENTS:
            press.move_clock(moment)
            _run(moment)
            incidents(since="last", cursor="demo")
        press.move_clock(MOMENTS[-1] + QUIET_AFTER)
        last = _run(MOMENTS[-1] + QUIET_AFTER)
    added = {table: n for table, n in last.appended.n_rows.items() if n and table not in LOGS}
    if added:
        raise ContractError(f"a run with nothing new appended {added}")
    print_lines("nothing new was published, and nothing was appended but the log of the run itself", "")
    with open_snapshot(load_settings().snapshot_path) as reader:
        ((most_reported,),) = reader.sql(MOST_REPORTED).rows
    show(str(most_reported))
    print_lines("", f"The site: {load_settings().site_path.resolve() / 'index.html'}")
    program = Path(sys.argv[0])
    name = program if program.name == "deconflict" else "deconflict"
    say(f"\nAsk more: DECONFLICT_HOME={home} {name} incidents --since 500w")
    return ExitCode.OK


def _free_port() -> int:
    """Return the demo's port, or 0 for any where somebody else has it; then ids differ from those of other demos."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that the last demo has just left is free
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError:
            say(f"port {PORT} is taken, so the ids of incidents differ from those in the README")
            return 0
    return PORT


def _run(moment: datetime) -> RunSummary:
    from flows.in_process import run_once

    summary = run_once(load_settings(), moment)
    print_lines("", f"== {moment:%A %d %B %Y, %H:%M} UTC: {summary.line}")
    return summary


def _empty(home: Path) -> None:
    marker = home / "made-by-demo"
    if home.exists() and any(home.iterdir()) and not marker.exists():
        raise ConfigError(
            f"{home} holds files that no demo made", unchanged="they were left alone", next_step="name another --home"
        )
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    marker.touch()
