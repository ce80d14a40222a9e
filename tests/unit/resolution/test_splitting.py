"""An incident whose reports tell of two events is split, reports of earlier runs among them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from model.incident import Decision, Explanation, Known
from resolution import resolve
from resolution.batch import Readings
from resolution.match_record import weigh
from resolution.merging import merge
from resolution.place import place
from resolution.result import result
from resolution.run import Run
from resolution.scorer import Scorer
from resolution.splitting import LEAST_SPLIT, grouped, split_all

NOW = datetime(2018, 3, 1, tzinfo=UTC)
HARBOUR = (
    "Two fishermen were killed when raiders attacked the harbour of Varnek, the district office said. "
    "Selma Ordan, 41, and her brother died at the old customs house; the raiders fled by lorry towards the hills. "
)
MILL = (
    "A boiler burst in the paper mill of Osterlo and scalded eleven workers on the night shift, the owners said. "
    "Foreman Jarek Tolm, 52, shut the valves; the fire brigade pumped out the cellar until dawn. "
)


def accounts(worlds):
    raid = [worlds.told(f"r{n}", text=HARBOUR, title=f"Raid on Varnek harbour, account {n}") for n in range(3)]
    mill = [
        worlds.told(
            f"m{n}",
            text=MILL,
            title=f"Boiler bursts in mill, account {n}",
            place=("Osterlo", 36.0, 41.0),
            kind="accident",
        )
        for n in range(3)
    ]
    return raid, mill


def placed(run, article_report):
    readings, records = Readings(article_report), []
    for one in article_report:
        records.append(run.count(weigh(readings[one], run.idf)))
        place(run, one, records[-1], readings.wanted(one.report.report_id))
    return records


def join(run, left, right):
    """Put two incidents together, as a wrong first report does, whose followers were compared with both."""
    homes = [run.index.home(r.report_id) for r in (left, right)]
    run.scorer.pairs(left, [right])
    merge(run, *homes, Explanation(1.0, "test"))
    assert run.index.home(left.report_id) == run.index.home(right.report_id)


def homes_of(run, records):
    return {run.index.home(r.report_id) for r in records}


def known_after(made):
    return Known(made.memories, made.term_counts, made.n_documents)


def test_two_stories_in_one_incident_are_split_before_anything_is_public(worlds):
    raid, mill = accounts(worlds)
    run = Run(Known())
    records = placed(run, [*raid, *mill])
    join(run, records[0], records[3])
    split_all(run)
    assert len(homes_of(run, records[:3])) == len(homes_of(run, records[3:])) == 1
    assert homes_of(run, records[:3]) != homes_of(run, records[3:])
    made = result(run)
    assert sum(a.is_new for a in made.assignments) == 2
    assert any("tell of two" in a.explanation.rule for a in made.assignments)
    assert made.splits == ()


def test_one_story_is_left_alone(worlds):
    raid, mill = accounts(worlds)
    run = Run(Known())
    records = placed(run, [*raid, *mill])
    before = [run.index.home(r.report_id) for r in records]
    split_all(run)
    assert [run.index.home(r.report_id) for r in records] == before


def test_two_odd_reports_are_no_second_story(worlds):
    raid, mill = accounts(worlds)
    run = Run(Known())
    records = placed(run, [*raid, worlds.told("r9", text=HARBOUR, title="Raid on Varnek, in short"), *mill[:2]])
    join(run, records[0], records[4])
    split_all(run)
    assert len(homes_of(run, records)) == 1


def test_one_outlet_cannot_take_an_incident_apart(worlds):
    raid, mill = accounts(worlds)
    mill = [
        worlds.told(f"m{n}", text=MILL, title=f"Boiler, {n}", place=("Osterlo", 36.0, 41.0), outlet="one")
        for n in range(3)
    ]
    run = Run(Known())
    records = placed(run, [*raid, *mill])
    join(run, records[0], records[3])
    split_all(run)
    assert len(homes_of(run, records)) == 1


@pytest.fixture
def joined(worlds):
    """A published incident in which a raid and a burst boiler were joined by mistake, and a run that brings more."""
    raid, mill = accounts(worlds)
    raid += [worlds.told(f"r{n}", text=HARBOUR, title=f"Raid on Varnek harbour, account {n}") for n in (3, 4)]
    first = Run(Known())
    records = placed(first, [*raid, *mill])
    join(first, records[0], records[-1])
    made = result(first)
    assert len({a.incident_id for a in made.assignments}) == 1
    run = Run(known_after(made))
    (later,) = placed(
        run, [worlds.told("m9", text=MILL, title="Boiler of Osterlo mill burst", place=("Osterlo", 36.0, 41.0))]
    )
    return run, made, later, mill


def test_reports_of_earlier_runs_leave_by_a_split_which_is_new_once(joined):
    run, before, later, mill = joined
    old = before.assignments[0].incident_id
    incident = run.index.incident(old)
    if run.index.home(later.report_id) != old:
        merge(run, old, run.index.home(later.report_id), Explanation(1.0, "test"))
    run.scorer.pairs(later, [r for r in incident.independent if r is not later])
    split_all(run)
    made = result(run)
    (split,) = made.splits
    assert split.kept_id == old
    assert set(split.report_ids) == {t.report.report_id for t in mill}
    assert split.opened_id != old
    moved = [a for a in made.assignments if a.report_id in split.report_ids]
    assert {a.incident_id for a in moved} == {split.opened_id}
    assert [a.is_new for a in moved].count(True) == 1
    assert {a.incident_id for a in made.assignments if a.report_id == later.report_id} == {split.opened_id}


def test_a_persons_word_keeps_them_together(worlds):
    raid, mill = accounts(worlds)
    word = Decision("dec_1", raid[0].report.report_id, mill[0].report.report_id, is_same=True, by="ann", at=NOW)
    run = Run(Known(decisions=(word,)))
    records = placed(run, [*raid, *mill])
    if len(homes_of(run, records)) > 1:
        join(run, records[0], records[3])
    split_all(run)
    assert len(homes_of(run, records)) == 1


def test_groups_are_those_of_average_link(worlds):
    raid, mill = accounts(worlds)
    run = Run(Known())
    records = placed(run, [raid[0], mill[0], raid[1], mill[1], raid[2], mill[2]])
    article_report = sorted(sorted(r.report_id for r in group) for group in grouped(records, run.scorer))
    wanted = sorted(sorted(t.report.report_id for t in side) for side in (raid, mill))
    assert article_report == wanted
    assert all(len(group) == LEAST_SPLIT for group in article_report)


def test_an_incident_that_falls_to_small_pieces_is_left_whole(worlds, monkeypatch):
    raid, mill = accounts(worlds)
    run = Run(Known())
    records = placed(run, [*raid, *mill])
    join(run, records[0], records[3])
    monkeypatch.setattr(Scorer, "odds", lambda *_: -1.0)
    split_all(run)
    assert len(homes_of(run, records)) == 1


def test_a_report_of_an_earlier_run_stays_without_new_evidence(worlds):
    raid, _ = accounts(worlds)
    first = resolve(raid, Known())
    second = resolve([worlds.told("r7", text=HARBOUR, title="Raid on Varnek harbour, once more")], known_after(first))
    assert second.splits == ()
    assert {a.incident_id for a in second.assignments} == {a.incident_id for a in first.assignments}
