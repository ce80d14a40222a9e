"""The second look at the end of a run, the mean over voices, and which id a merge keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from model.incident import Explanation, Known
from resolution import resolve
from resolution.batch import lone_reports, signatures
from resolution.reasons import WORDS
from resolution.resolver import Resolver
from resolution.settle import settle
from resolution.weights import load_weights

NOW = datetime(2018, 3, 1, tzinfo=UTC)
HARBOUR = (
    "Two fishermen were killed when raiders attacked the harbour of Varnek on Wednesday, the district office said. "
    "Selma Ordan, 41, and her brother died at the old customs house; the raiders fled by lorry towards the hills. "
)
MILL = (
    "A boiler burst in the paper mill of Osterlo and scalded eleven workers on the night shift, the owners said. "
    "Foreman Jarek Tolm, 52, shut the valves; the fire brigade pumped out the cellar until dawn. "
)


def sketched(resolver, *told):
    alone, signed = lone_reports(told), signatures(told)
    return [resolver.sketch(t, alone[t.report.report_id], signed[t.article.article_id]) for t in told]


def accounts(worlds):
    harbour = [worlds.told(n, text=HARBOUR, title=f"Raid on Varnek harbour, {n}") for n in ("a", "b", "c")]
    mill = worlds.told(
        "m", text=MILL, title="Boiler bursts in Osterlo mill", place=("Osterlo", 36.0, 41.0), kind="accident"
    )
    return harbour, mill


def test_a_report_that_was_put_to_the_wrong_incident_moves_before_anything_is_public(worlds):
    harbour, mill = accounts(worlds)
    resolver = Resolver(Known())
    sketches = sketched(resolver, *harbour, mill)
    for told, sketch in zip((*harbour, mill), sketches, strict=True):
        resolver.place(told, sketch)
    home = resolver.state.home(sketches[0].report_id)
    resolver.move(sketches[2], resolver.state.home(sketches[3].report_id), resolver.compare(sketches[2], home))
    assert resolver.state.home(sketches[2].report_id) != home
    settle(resolver, sketches)
    assert [resolver.state.home(s.report_id) for s in sketches[:3]] == [home] * 3
    assert resolver.state.home(sketches[3].report_id) != home


def test_the_first_report_left_gives_the_incident_its_id(worlds):
    harbour, mill = accounts(worlds)
    resolver = Resolver(Known())
    sketches = sketched(resolver, *harbour, mill)
    for told, sketch in zip((*harbour, mill), sketches, strict=True):
        resolver.place(told, sketch)
    resolver.move(sketches[0], None, resolver.compare(sketches[0], resolver.state.home(sketches[1].report_id)))
    made = {a.report_id: a for a in resolver.result().assignments}
    first, second, third = (made[s.report_id] for s in sketches[:3])
    assert first.is_new
    assert second.is_new
    assert first.incident_id != second.incident_id == third.incident_id
    assert "went elsewhere" in second.explanation.rule


def test_one_odd_voice_among_many_does_not_outweigh_the_others(worlds):
    harbour, mill = accounts(worlds)
    resolver = Resolver(Known())
    *voices, odd, asking = sketched(resolver, *harbour[:2], mill, harbour[2])
    resolver.state.add(voices[0], "inc_h", "o1", ())
    resolver.state.add(voices[1], "inc_h", "o2", ())
    pure = resolver.pairs.mean(asking, resolver.state.profile("inc_h"))
    resolver.state.add(odd, "inc_h", "o3", ())
    mixed = resolver.pairs.mean(asking, resolver.state.profile("inc_h"))
    assert pure > mixed > 0 > resolver.pairs.odds(asking, odd)


def test_of_two_incidents_of_one_day_the_one_published_first_keeps_its_id(worlds):
    harbour, mill = accounts(worlds)
    early, late = (
        replace(t, article=replace(t.article, published_at=datetime(2018, 2, 1, hour, tzinfo=UTC)))
        for t, hour in ((mill, 6), (harbour[0], 18))
    )
    for known, fresh in ((early, late), (late, early)):
        first = resolve([known], Known(), NOW)
        resolver = Resolver(Known(first.memories, first.term_counts, first.n_documents))
        (sketch,) = sketched(resolver, fresh)
        resolver.place(fresh, sketch)
        old, new = first.assignments[0].incident_id, resolver.state.home(sketch.report_id)
        resolver.merge(new, old, Explanation(1.0, "test"))
        assert resolver.state.current(new) == old  # detected by an earlier run, whenever it was published
        assert resolver.result().assignments[0].incident_id == old
    both = resolve([early, late], Known(), NOW)
    resolver = Resolver(Known(both.memories, both.term_counts, both.n_documents))
    of = {a.report_id: a.incident_id for a in both.assignments}
    older, younger = of[early.report.report_id], of[late.report.report_id]
    resolver.merge(younger, older, Explanation(1.0, "test"))
    (merge,) = resolver.result().merges
    assert (merge.kept_id, merge.gone_id) == (older, younger)


def test_a_merge_of_two_incidents_that_nobody_has_seen_is_not_told(worlds):
    harbour, mill = accounts(worlds)
    resolver = Resolver(Known())
    sketches = sketched(resolver, harbour[0], mill)
    for told, sketch in zip((harbour[0], mill), sketches, strict=True):
        resolver.place(told, sketch)
    resolver.merge(*(resolver.state.home(s.report_id) for s in sketches), Explanation(1.0, "test"))
    result = resolver.result()
    assert result.merges == ()
    assert len({a.incident_id for a in result.assignments}) == 1
    assert [a.is_new for a in result.assignments] == [True, False]


def test_a_later_day_does_not_matter_to_the_second_look_of_an_earlier_run(worlds):
    harbour, _ = accounts(worlds)
    first = resolve(harbour[:1], Known(), NOW)
    later = worlds.told("z", text=HARBOUR, published=worlds.START + timedelta(days=2), day=worlds.START)
    second = resolve([later], Known(first.memories, first.term_counts, first.n_documents), NOW)
    assert {a.report_id for a in second.assignments} == {later.report.report_id}


def test_every_feature_that_counts_has_a_name_in_words():
    weights = load_weights()
    assert {*weights.by_feature} <= {*WORDS}
