"""The awkward warehouse of the exports with what the site shows besides: feeds in every state, a doubt, an issue."""

from __future__ import annotations

from pathlib import Path

import export_world
from warehouse_world import WHY, make_fetch, make_run

from model.feed import Feed, Outcome
from model.incident import Resolution, UnsurePair
from model.run import Issue, IssueCode, IssueLevel, RunBatch
from warehouse import open_writer

FEEDS = ("well", "quiet", "stale", "broken", "unasked")


def build_site_world(home: Path) -> Path:
    """Make and publish the warehouse under `home`; returns the snapshot."""
    export_world.build_warehouse(home)
    with open_writer(home / "warehouse.duckdb") as writer:
        writer.append(watched())
        writer.publish(home / "published" / "incidents.duckdb")
    return home / "published" / "incidents.duckdb"


def watched() -> RunBatch:
    """A run that asks feeds, each of which fares in another way, and doubts whether two incidents are one."""
    reports, versions = export_world.opened().reports, export_world.opened().incidents
    pair = UnsurePair(reports[0].report_id, versions[0].incident_id, versions[4].incident_id, WHY)
    return RunBatch(
        run=make_run(3),
        feeds=tuple(
            Feed(name, f"https://{name}.example/rss", f"Outlet <b>{name}</b>")
            if name != "quiet"
            else Feed(name, "https://quiet.example/rss?a=1&b=2", "جريدة")
            for name in FEEDS
        ),
        fetches=(
            make_fetch("well", hours=2.5),
            make_fetch("quiet", hours=-40),
            make_fetch("quiet", hours=2.5, n_new=0),
            make_fetch("stale", hours=-400),
            make_fetch("stale", hours=2.5, n_new=0),
            make_fetch("broken", hours=-5),
            make_fetch("broken", hours=2.5, outcome=Outcome.TIMEOUT),
        ),
        resolution=Resolution((), (), (), (pair,), (), {}, 0),
        issues=(
            Issue(IssueLevel.ERROR, IssueCode.FEED_UNREACHABLE, "feed <broken>: \x1b[31mtimeout", feed_id="broken"),
        ),
    )
