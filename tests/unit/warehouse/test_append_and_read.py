"""Appending runs and reading them back, on the private file and on the published one."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from warehouse_world import (
    at,
    make_article,
    make_fetch,
    make_memory,
    make_report,
    make_run,
    merging_batch,
    opening_batch,
)

from model.errors import ContractError, WarehouseError
from model.feed import Outcome
from model.incident import Assignment, Decision, Explanation, IncidentStatus, Lookup, Resolution
from model.run import RunBatch
from warehouse import open_snapshot, open_writer


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def private(home: Path) -> Path:
    return home / "warehouse.duckdb"


def published(home: Path) -> Path:
    return home / "published" / "incidents.duckdb"


def test_a_run_can_be_read_back(home: Path) -> None:
    batch = opening_batch(1, n_reports=3)
    with open_writer(private(home)) as writer:
        appended = writer.append(batch)
        writer.publish(published(home))
    assert (appended.first_change_id, appended.last_change_id) == (1, 3)
    assert appended.n_rows["report"] == 3
    with open_snapshot(published(home)) as reader:
        incidents = reader.new_incidents(at(0))
        assert [row.incident_id for row in incidents] == sorted(version.incident_id for version in batch.incidents)
        first = incidents[0].incident_id
        assert reader.incident(first) == incidents[0]
        assert [claim.low for claim in reader.claims_of(first)] == [1]
        assert [article.role for article in reader.articles_of(first)] == ["main"]
        assert [actor.name for actor in reader.actors_of(first)] == ["pro-government fighters", "SDF"]
        assert [change.change_id for change in reader.changes_after(1)] == [2, 3]
        assert [change.kind for change in reader.change_log_of(first)] == ["opened"]
        assert [(run.run_id, run.n_reports, run.n_opened) for run in reader.runs()] == [("run-0001", 3, 3)]
        assert {feed.health for feed in reader.feed_health()} == {"healthy"}
        assert reader.about().last_change_id == 3
        assert reader.sql("SELECT count(*) AS n FROM pub.report").rows == ((3,),)


def test_the_same_content_is_not_stored_twice(home: Path) -> None:
    batch = opening_batch(1, n_reports=2)
    with open_writer(private(home)) as writer:
        first = writer.append(batch)
        again = writer.append(batch)
        other_run = writer.append(replace(batch, run=make_run(2), issues=()))
    assert again.n_rows == {}
    assert (again.first_change_id, again.last_change_id) == (first.first_change_id, first.last_change_id)
    assert other_run.n_rows == {}
    assert other_run.first_change_id is None


def test_a_run_with_only_fetches_adds_only_fetches(home: Path) -> None:
    with open_writer(private(home)) as writer:
        writer.append(opening_batch(1))
        fetches = (make_fetch("feed0", hours=2, outcome=Outcome.NOT_MODIFIED, n_new=None),)
        appended = writer.append(RunBatch(make_run(2), fetches=fetches))
    assert appended.n_rows == {"fetch": 1}


def test_the_past_that_the_resolver_asks_for(home: Path) -> None:
    batch = opening_batch(1, n_reports=2)
    with open_writer(private(home)) as writer:
        writer.append(batch)
        terms = frozenset({"clash", "nowhere"})
        known = writer.known(Lookup(frozenset({"2018-02-07|35|40", "other"}), terms, frozenset()))
        by_article = writer.known(Lookup(frozenset(), frozenset(), frozenset({batch.articles[0].article_id})))
        untouched = writer.known(Lookup(frozenset({"other"}), frozenset(), frozenset()))
    assert batch.resolution is not None
    assert sorted(known.memories, key=lambda m: m.report_id) == sorted(
        batch.resolution.memories, key=lambda m: m.report_id
    )
    assert known.document_frequency == {"clash": 2}
    assert known.n_documents == 2
    assert [memory.article_id for memory in by_article.memories] == [batch.articles[0].article_id]
    assert untouched.memories == ()


def test_members_come_back_as_they_went_in_but_for_the_text(home: Path) -> None:
    batch = opening_batch(1)
    with open_writer(private(home)) as writer:
        writer.append(batch)
        article_report = writer.members([batch.incidents[0].incident_id])[batch.incidents[0].incident_id]
        latest = writer.latest_incidents([batch.incidents[0].incident_id, "inc_unknown"])
        articles = writer.known_articles([batch.articles[0].article_id])
        origins = writer.origins([batch.articles[0].article_id])
    assert [item.report for item in article_report] == list(batch.reports)
    assert [item.article for item in article_report] == [replace(batch.articles[0], text="")]
    assert latest == {batch.incidents[0].incident_id: batch.incidents[0]}
    known = articles[batch.articles[0].article_id]
    assert (known.revision, known.is_coded, known.first_seen_at) == (1, True, at(1))
    assert origins == {batch.articles[0].article_id: batch.articles[0].article_id}


def test_a_merged_incident_redirects_for_ever(home: Path) -> None:
    first, second, third = opening_batch(1), opening_batch(2), opening_batch(3)
    a, b, c = (batch.incidents[0] for batch in (first, second, third))
    with open_writer(private(home)) as writer:
        for batch in (first, second, third, merging_batch(4, b, c), merging_batch(5, a, b)):
            writer.append(batch)
        assert writer.resolve_redirects([a.incident_id, b.incident_id, c.incident_id]) == dict.fromkeys(
            [a.incident_id, b.incident_id, c.incident_id], a.incident_id
        )
        writer.publish(published(home))
    with open_snapshot(published(home)) as reader:
        found = reader.incident(c.incident_id)
        assert found is not None and found.incident_id == a.incident_id
        assert len(reader.claims_of(c.incident_id)) == 3
        assert len(reader.articles_of(b.incident_id)) == 3
        assert [row.incident_id for row in reader.new_incidents(at(0))] == [a.incident_id]
        gone = reader.incidents([c.incident_id])[0]
        assert (gone.status, gone.merged_into) == ("merged", b.incident_id)
        assert [change.kind for change in reader.change_log_of(a.incident_id)] == ["opened"] * 3 + ["merged"] * 2


def test_a_circle_of_merges_is_one_merge(home: Path) -> None:
    first, second = opening_batch(1), opening_batch(2)
    a, b = first.incidents[0], second.incidents[0]
    with open_writer(private(home)) as writer:
        for batch in (first, second, merging_batch(3, a, b), merging_batch(4, b, a)):
            writer.append(batch)
        redirects = writer.resolve_redirects([a.incident_id, b.incident_id])
        assert set(redirects.values()) == {a.incident_id}
        assert writer.latest_incidents([a.incident_id])[a.incident_id].status is not IncidentStatus.MERGED


def test_a_new_revision_supersedes_the_reports_of_the_old_one(home: Path) -> None:
    batch = opening_batch(1)
    article = replace(make_article(1000, revision=2, text="Nobody was hurt after all.", hours=1), fetched_at=at(2))
    with open_writer(private(home)) as writer:
        writer.append(batch)
        appended = writer.append(RunBatch(make_run(2), articles=(article,)))
        assert writer.members([batch.incidents[0].incident_id]) == {}
        assert writer.known_articles([article.article_id])[article.article_id].revision == 2
    assert appended.n_rows == {"article": 1, "coding": 1}


def test_a_report_coded_again_keeps_its_incident(home: Path) -> None:
    batch = opening_batch(1)
    again = make_report(batch.articles[0], killed=99)
    with open_writer(private(home)) as writer:
        writer.append(batch)
        writer.append(RunBatch(make_run(2, kind="reprocess"), reports=(again,)))
        article_report = writer.members([batch.incidents[0].incident_id])[batch.incidents[0].incident_id]
    assert [item.report.killed.low for item in article_report] == [99]


def test_a_report_moves_by_a_later_assignment(home: Path) -> None:
    first, second = opening_batch(1), opening_batch(2)
    moved_to = second.incidents[0].incident_id
    resolution = Resolution(
        (Assignment(first.reports[0].report_id, moved_to, False, Explanation(0.9, "decided")),), (), (), (), (), {}, 0
    )
    with open_writer(private(home)) as writer:
        for batch in (first, second, RunBatch(make_run(3), resolution=resolution)):
            writer.append(batch)
        assert {
            key: len(article_report)
            for key, article_report in writer.members([moved_to, first.incidents[0].incident_id]).items()
        } == {moved_to: 2}


def test_memories_are_bounded_to_the_newest_of_an_incident(home: Path) -> None:
    batch = opening_batch(1, n_reports=70)
    assert batch.resolution is not None
    one = batch.incidents[0].incident_id
    resolution = replace(
        batch.resolution,
        assignments=tuple(replace(a, incident_id=one) for a in batch.resolution.assignments),
        memories=tuple(make_memory(r, one, "key") for r in batch.reports),
    )
    with open_writer(private(home)) as writer:
        writer.append(replace(batch, resolution=resolution, incidents=batch.incidents[:1]))
        known = writer.known(Lookup(frozenset({"key"}), frozenset(), frozenset()))
    assert len(known.memories) == 64


def test_feed_states_follow_the_fetches(home: Path) -> None:
    failing = make_fetch("feed0", hours=2, outcome=Outcome.TIMEOUT, n_new=None)
    with open_writer(private(home)) as writer:
        writer.append(opening_batch(1))
        writer.append(RunBatch(make_run(2), fetches=(failing,)))
        states = writer.feed_states(["feed0", "feed1", "never"])
    assert states["feed0"].n_failures == 1
    assert states["feed0"].validators.etag == '"tag"'
    assert states["feed0"].last_success_at == at(1)
    assert states["feed1"].n_failures == 0
    assert states["feed1"].known_guids == {"row-1000"}
    assert states["never"].next_poll_at is None


def test_decisions_hold_until_withdrawn(home: Path) -> None:
    decision = Decision("dec_1", "inc_a", "inc_b", False, "an analyst", at(1), "other town")
    with open_writer(private(home)) as writer:
        writer.add_decision(decision)
        writer.add_decision(decision)
        assert writer.decisions() == (decision,)
        writer.withdraw_decision("dec_1", by="an analyst", at=at(2))
        assert writer.decisions() == ()
        with pytest.raises(ContractError, match="dec_9"):
            writer.withdraw_decision("dec_9", by="an analyst", at=at(2))


def test_a_contradictory_batch_writes_nothing(home: Path) -> None:
    batch = opening_batch(1)
    with open_writer(private(home)) as writer:
        with pytest.raises(ContractError, match="neither stored nor in the batch"):
            writer.append(replace(batch, articles=()))
        assert writer.known_articles([batch.articles[0].article_id]) == {}
        writer.append(batch)
        assert len(writer.known_articles([batch.articles[0].article_id])) == 1


def test_a_prefix_finds_an_incident_if_it_is_the_only_one(home: Path) -> None:
    batch = opening_batch(1, n_reports=3)
    with open_writer(private(home)) as writer:
        writer.append(batch)
        writer.publish(published(home))
    with open_snapshot(published(home)) as reader:
        found = reader.incident(batch.incidents[0].incident_id[:12])
        assert found is not None and found.incident_id == batch.incidents[0].incident_id
        assert reader.incident("inc_none") is None
        with pytest.raises(WarehouseError, match="beginning of several"):
            reader.incident("inc_")


def test_the_contract_is_there_in_the_private_file_too(home: Path) -> None:
    with open_writer(private(home)) as writer:
        writer.append(opening_batch(1, n_reports=2))
    con = duckdb.connect(str(private(home)), read_only=True)
    assert con.execute("SELECT count(*) FROM pub.report WHERE role = 'main'").fetchall() == [(2,)]
    con.close()


def test_lone_surrogates_do_not_stop_a_run(home: Path) -> None:
    batch = opening_batch(1)
    hostile = replace(batch, articles=(replace(batch.articles[0], text="a \ud800 b \x00 c"),))
    with open_writer(private(home)) as writer:
        assert writer.append(hostile).n_rows["article"] == 1


def test_texts_can_be_pruned_and_nothing_else_goes(home: Path) -> None:
    first, second = opening_batch(1), opening_batch(30)
    with open_writer(private(home)) as writer:
        writer.append(first)
        writer.append(second)
        ids = [first.articles[0].article_id, second.articles[0].article_id]
        assert writer.articles(ids) == {a.article_id: a for a in (*first.articles, *second.articles)}
        assert writer.prune_texts(at(20)) == 1
        assert [bool(article.text) for article in writer.articles(ids).values()].count(False) == 1
        writer.publish(published(home))
    with open_snapshot(published(home)) as reader:
        assert [claim.quote for claim in reader.claims_of(first.incidents[0].incident_id)] == [
            first.reports[0].claims[0].quote
        ]


def test_why_and_where_in_doubt(home: Path) -> None:
    first, second = opening_batch(1), opening_batch(2)
    assert second.resolution is not None
    doubt = replace(second.resolution.unsure[0], other_incident_id=first.incidents[0].incident_id)
    with open_writer(private(home)) as writer:
        writer.append(first)
        writer.append(replace(second, resolution=replace(second.resolution, unsure=(doubt,))))
        writer.publish(published(home))
    with open_snapshot(published(home)) as reader:
        (why,) = reader.assignments_of(first.incidents[0].incident_id)
        assert (why.report_id, why.is_new) == (first.reports[0].report_id, True)
        assert doubt.report_id in {pair.report_id for pair in reader.unsure()}


def test_the_moment_of_detection_is_that_of_the_first_version(home: Path) -> None:
    batch = opening_batch(1)
    later = replace(batch.incidents[0], at=at(30), detected_at=at(30), n_articles=2)
    with open_writer(private(home)) as writer:
        writer.append(batch)
        writer.append(RunBatch(make_run(30), incidents=(later,)))
        writer.publish(published(home))
    with open_snapshot(published(home)) as reader:
        article_report = reader.incident(later.incident_id)
        assert (article_report.n_articles, article_report.detected_at, article_report.updated_at) == (
            2,
            batch.run.now,
            at(30),
        )
        asked = "SELECT detected_at FROM pub.incident_asof(TIMESTAMPTZ '2018-02-09 04:00:00Z')"
        assert reader.sql(asked).rows == ((batch.run.now,),)
        assert not reader.new_incidents(at(29))


def test_reports_hang_on_the_newest_revision_even_if_they_say_the_same(home: Path) -> None:
    batch = opening_batch(1)
    revised = replace(make_article(1000, revision=2, hours=1), text="Other words that say the same of it.")
    again = replace(make_report(revised, killed=1))
    with open_writer(private(home)) as writer:
        writer.append(batch)
        second = writer.append(RunBatch(make_run(2), articles=(revised,), reports=(again,)))
        same = writer.append(RunBatch(make_run(3), reports=(again,)))
        retitled = replace(revised, title="Another headline over the same")
        third = writer.append(RunBatch(make_run(4), articles=(retitled,), reports=(again,)))
        writer.publish(published(home))
    assert (second.n_rows["article"], second.n_rows["coding"], second.n_rows["report"]) == (1, 1, 1)
    assert "coding" not in same.n_rows
    assert third.n_rows["coding"] == 1
    with open_snapshot(published(home)) as reader:
        assert reader.sql("SELECT report_id FROM pub.report").rows == ((again.report_id,),)
        assert reader.sql("SELECT revision, title FROM pub.article").rows == ((2, retitled.title),)


def test_what_was_known_when_never_goes_back(home: Path) -> None:
    ahead = opening_batch(1)
    with open_writer(private(home)) as writer:
        writer.append(replace(ahead, run=replace(ahead.run, now=at(9000))))  # a clock that was ahead once
        appended = writer.append(opening_batch(2))
        writer.publish(published(home))
    assert appended.first_change_id == 2
    with open_snapshot(published(home)) as reader:
        runs = reader.sql("SELECT now, known_at FROM pub.run ORDER BY completed_at").rows
        assert sorted(runs) == [(at(2), at(9000)), (at(9000), at(9000))]
        assert reader.about().known_at == at(9000)
        asked = "SELECT count(*) FROM pub.incident_asof(TIMESTAMPTZ '2019-02-17 11:00:00Z')"
        assert reader.sql(asked).rows == ((0,),)  # nobody could know the second before the first was known
        assert [change.change_id for change in reader.changes_after(0)] == [1, 2]
