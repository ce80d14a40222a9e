"""The second pass at the end of a run, the mean over reports, and which id a merge keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from model.incident import Explanation, Known
from resolution import resolve
from resolution.batch import Readings
from resolution.match_record import weigh
from resolution.merging import merge
from resolution.place import place
from resolution.result import result
from resolution.run import Run
from resolution.second_pass import move, second_pass

NOW = datetime(2018, 3, 1, tzinfo=UTC)
HARBOUR = (
    "Two fishermen were killed when raiders attacked the harbour of Varnek on Wednesday, the district office said. "
    "Selma Ordan, 41, and her brother died at the old customs house; the raiders fled by lorry towards the hills. "
)
MILL = (
    "A boiler burst in the paper mill of Osterlo and scalded eleven workers on the night shift, the owners said. "
    "Foreman Jarek Tolm, 52, shut the valves; the fire brigade pumped out the cellar until dawn. "
)


def placed(run, article_report):
    readings, records = Readings(article_report), []
    for one in article_report:
        records.append(run.count(weigh(readings[one], run.idf)))
        place(run, one, records[-1], readings.wanted(one.report.report_id))
        run.doubtful.setdefault(records[-1].report_id, (records[-1], readings.wanted(one.report.report_id)))
    return records


def accounts(worlds):
    harbour = [worlds.told(n, text=HARBOUR, title=f"Raid on Varnek harbour, {n}") for n in ("a", "b", "c")]
    mill = worlds.told(
        "m", text=MILL, title="Boiler bursts in Osterlo mill", place=("Osterlo", 36.0, 41.0), kind="accident"
    )
    return harbour, mill


def test_a_report_that_was_put_to_the_wrong_incident_moves_before_anything_is_public(worlds):
    harbour, mill = accounts(worlds)
    run = Run(Known())
    records = placed(run, [*harbour, mill])
    home = run.index.home(records[0].report_id)
    (candidate,) = run.scored(records[2], [run.index.incident(home)])
    move(run, records[2], run.index.home(records[3].report_id), candidate, "test")
    assert run.index.home(records[2].report_id) != home
    second_pass(run)
    assert [run.index.home(r.report_id) for r in records[:3]] == [home] * 3
    assert run.index.home(records[3].report_id) != home


def test_the_first_report_left_gives_the_incident_its_id(worlds):
    harbour, mill = accounts(worlds)
    run = Run(Known())
    records = placed(run, [*harbour, mill])
    (candidate,) = run.scored(records[0], [run.index.incident(run.index.home(records[1].report_id))])
    move(run, records[0], f"alone:{records[0].report_id}:0", candidate, "opened: test")
    made = {a.report_id: a for a in result(run).assignments}
    first, second, third = (made[r.report_id] for r in records[:3])
    assert first.is_new
    assert second.is_new
    assert first.incident_id != second.incident_id == third.incident_id
    assert "went elsewhere" in second.explanation.rule


def test_one_odd_report_among_many_does_not_outweigh_the_others(worlds):
    harbour, _ = accounts(worlds)
    odd = worlds.told("m", text=MILL, title="Boiler bursts in mill", kind="battle")
    run, readings = Run(Known()), Readings([*harbour, odd])
    first, second, asking, other = (run.count(weigh(readings[t], run.idf)) for t in (*harbour, odd))
    for record, origin in ((first, "o1"), (second, "o2")):
        run.index.add(record, "inc_h", origin, ())
    (pure,) = run.scorer.compare(asking, [run.index.incident("inc_h")])
    run.index.add(other, "inc_h", "o3", ())
    (mixed,) = run.scorer.compare(asking, [run.index.incident("inc_h")])
    assert pure.mean > mixed.mean > 0 > run.scorer.odds(asking, other)


def test_reports_of_one_outlet_weigh_together_as_one(worlds):
    harbour, _ = accounts(worlds)
    odd = [worlds.told(f"m{n}", text=MILL, title=f"Boiler, {n}", outlet="one", kind="battle") for n in range(3)]
    run, readings = Run(Known()), Readings([*harbour, *odd])
    records = {t.report.report_id: run.count(weigh(readings[t], run.idf)) for t in (*harbour, *odd)}
    for t in (*harbour[:2], *odd):
        run.index.add(records[t.report.report_id], "inc_h", t.article.article_id, ())
    compared = run.index.incident("inc_h").representatives()
    assert sorted(round(w, 2) for w in compared.weights) == [0.33, 0.33, 0.33, 1.0, 1.0]


def test_of_two_incidents_of_one_day_the_one_published_first_keeps_its_id(worlds):
    harbour, mill = accounts(worlds)
    early, late = (
        replace(t, article=replace(t.article, published_at=datetime(2018, 2, 1, hour, tzinfo=UTC)))
        for t, hour in ((mill, 6), (harbour[0], 18))
    )
    for known, fresh in ((early, late), (late, early)):
        first = resolve([known], Known(), NOW)
        run = Run(Known(first.memories, first.term_counts, first.n_documents))
        (record,) = placed(run, [fresh])
        old, new = first.assignments[0].incident_id, run.index.home(record.report_id)
        merge(run, new, old, Explanation(1.0, "test"))
        assert run.index.current(new) == old  # detected by an earlier run, whenever it was published
        assert result(run).assignments[0].incident_id == old
    both = resolve([early, late], Known(), NOW)
    run = Run(Known(both.memories, both.term_counts, both.n_documents))
    of = {a.report_id: a.incident_id for a in both.assignments}
    older, younger = of[early.report.report_id], of[late.report.report_id]
    merge(run, younger, older, Explanation(1.0, "test"))
    (made,) = result(run).merges
    assert (made.kept_id, made.gone_id) == (older, younger)


def test_a_merge_of_two_incidents_that_nobody_has_seen_is_not_told(worlds):
    harbour, mill = accounts(worlds)
    run = Run(Known())
    records = placed(run, [harbour[0], mill])
    merge(run, *(run.index.home(r.report_id) for r in records), Explanation(1.0, "test"))
    made = result(run)
    assert made.merges == ()
    assert len({a.incident_id for a in made.assignments}) == 1
    assert [a.is_new for a in made.assignments] == [True, False]


def test_a_later_day_does_not_matter_to_the_second_pass_of_an_earlier_run(worlds):
    harbour, _ = accounts(worlds)
    first = resolve(harbour[:1], Known(), NOW)
    later = worlds.told("z", text=HARBOUR, published=worlds.START + timedelta(days=2), day=worlds.START)
    second = resolve([later], Known(first.memories, first.term_counts, first.n_documents), NOW)
    assert {a.report_id for a in second.assignments} == {later.report.report_id}
