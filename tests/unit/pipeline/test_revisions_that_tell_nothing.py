"""A revision that tells of nothing any more takes its report out of the incident in the very run that brings it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import decided_world as world

from model.incident import ChangeKind, IncidentStatus, Lookup
from model.report import Coding
from model.run import Run, RunBatch
from pipeline.resolving import place_reports
from warehouse import open_writer

NEXT_DAY = world.at(date(2018, 2, 2))


def memories(writer, article_report):
    """What is remembered of the incident of an article."""
    return writer.known(Lookup(frozenset(), frozenset(), frozenset({article_report.article.article_id}))).memories


def withdraw(writer, article_report):
    """Append a run in which the article's revision 2 is coded and no report comes of it."""
    article = replace(article_report.article, revision=2, title="Corrected", text="This page was taken down.")
    placed = place_reports((article,), (Coding(article.article_id, ()),), writer, NEXT_DAY)
    writer.append(
        RunBatch(
            run=Run("run_withdrawal", "monitor", NEXT_DAY, NEXT_DAY, NEXT_DAY, "test"),
            articles=(article,),
            resolution=placed.resolution if placed else None,
            incidents=placed.incidents if placed else (),
            changes=placed.changes if placed else (),
            coded_article_ids=(article.article_id,),
        )
    )
    return placed


def test_an_incident_of_two_loses_the_toll_that_only_the_withdrawn_report_gave(tmp_path) -> None:
    one, two = world.market("Herald"), world.market("Gazette", killed=12)
    with open_writer(tmp_path / "w.duckdb") as writer:
        world.run(writer, world.at(world.DAY), one, two)
        (memory, *_) = memories(writer, one)
        before = writer.latest_incidents([memory.incident_id])[memory.incident_id]
        assert (before.n_articles, before.killed.high) == (2, 12)
        placed = withdraw(writer, two)
        after = writer.latest_incidents([memory.incident_id])[memory.incident_id]
    assert (after.n_articles, after.killed.high) == (1, 9)
    assert [c.kind for c in placed.changes] == [ChangeKind.REVISED]


def test_an_incident_that_nothing_tells_of_any_more_is_retracted(tmp_path) -> None:
    one = world.market("Herald")
    with open_writer(tmp_path / "w.duckdb") as writer:
        world.run(writer, world.at(world.DAY), one)
        (memory,) = memories(writer, one)
        placed = withdraw(writer, one)
        after = writer.latest_incidents([memory.incident_id])[memory.incident_id]
    assert after.status is IncidentStatus.RETRACTED
    assert [c.kind for c in placed.changes] == [ChangeKind.RETRACTED]


def test_a_revision_of_an_article_without_reports_places_nothing(tmp_path) -> None:
    with open_writer(tmp_path / "w.duckdb") as writer:
        assert withdraw(writer, world.market("Herald")) is None
