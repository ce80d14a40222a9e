"""The questions of docs/reference/queries.sql, and a small world in which each but that for spikes has an answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from warehouse_world import WHY, at, make_article, make_fetch, make_report, make_run, merging_batch, opening_batch

from model.feed import Outcome
from model.incident import Assignment, OriginAssignment, Resolution
from model.report import SpeakerSide
from model.run import RunBatch
from warehouse import open_writer

QUERIES = Path(__file__).parents[2] / "docs" / "reference" / "queries.sql"
QUESTIONS = [part for part in QUERIES.read_text("utf-8").split("\n\n") if part.startswith("-- ") and "?" in part]


def build(home: Path) -> Path:
    """Write the world and publish it; returns where readers find it."""
    first, second, third = (opening_batch(n, n_reports=2) for n in (1, 2, 3))
    incident = first.incidents[0]
    copy = replace(make_article(9000, hours=5), outlet="Copyist")
    report = make_report(copy, killed=100)
    report = replace(report, claims=(replace(report.claims[0], speaker_side=SpeakerSide.PARTY, high=120),))
    attaching = RunBatch(
        make_run(4),
        fetches=(make_fetch("feed0", hours=4, outcome=Outcome.TIMEOUT),),
        articles=(copy,),
        reports=(report,),
        resolution=Resolution(
            (Assignment(report.report_id, incident.incident_id, False, WHY),),
            (), (OriginAssignment(copy.article_id, first.articles[0].article_id, "copy"),), (), (), {}, 0,
        ),
        incidents=(replace(incident, at=at(30), n_articles=2, n_origins=2, killed=replace(incident.killed, best=50)),),
    )  # fmt: skip
    revised = make_article(9000, revision=2, hours=6)
    corrected = RunBatch(
        make_run(40), articles=(replace(revised, outlet="Copyist"),), reports=(make_report(revised, killed=99),),
        resolution=Resolution(
            (Assignment(make_report(revised).report_id, incident.incident_id, False, WHY),), (), (), (), (), {}, 0
        ),
    )  # fmt: skip
    merging = merging_batch(35, second.incidents[0], third.incidents[0])
    published = home / "published" / "incidents.duckdb"
    with open_writer(home / "w.duckdb") as writer:
        for batch in (first, second, third, attaching, merging, corrected):
            writer.append(batch)
        writer.publish(published)
    return published
