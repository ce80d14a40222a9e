"""An incident whose reports tell of two stories is parted at the end of a run."""

from __future__ import annotations

from datetime import UTC, datetime

from model.incident import Decision, Explanation, Known
from resolution import resolve
from resolution.batch import lone_reports, signatures
from resolution.parting import LEAST_PART, grouped, part
from resolution.resolver import Resolver

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


def placed(resolver, told):
    alone, signed = lone_reports(told), signatures(told)
    sketches = [resolver.sketch(t, alone[t.report.report_id], signed[t.article.article_id]) for t in told]
    for one, sketch in zip(told, sketches, strict=True):
        resolver.place(one, sketch)
    return sketches


def join(resolver, left, right):
    """Put two incidents together, as a wrong first report does, whose followers were compared with both."""
    homes = [resolver.state.home(s.report_id) for s in (left, right)]
    resolver.pairs.between(*(resolver.state.profile(h) for h in homes))
    resolver.merge(*homes, Explanation(1.0, "test"))
    assert resolver.state.home(left.report_id) == resolver.state.home(right.report_id)


def homes_of(resolver, sketches):
    return {resolver.state.home(s.report_id) for s in sketches}


def test_two_stories_in_one_incident_are_parted_before_anything_is_public(worlds):
    raid, mill = accounts(worlds)
    resolver = Resolver(Known())
    sketches = placed(resolver, [*raid, *mill])
    join(resolver, sketches[0], sketches[3])
    concerned = part(resolver)
    assert {s.report_id for s in concerned} == {s.report_id for s in sketches}
    assert len(homes_of(resolver, sketches[:3])) == len(homes_of(resolver, sketches[3:])) == 1
    assert homes_of(resolver, sketches[:3]) != homes_of(resolver, sketches[3:])
    made = {a.report_id: a for a in resolver.result().assignments}
    assert sum(a.is_new for a in made.values()) == 2
    assert any("tell of two" in a.explanation.rule for a in made.values())


def test_one_story_is_left_alone(worlds):
    raid, mill = accounts(worlds)
    resolver = Resolver(Known())
    sketches = placed(resolver, [*raid, *mill])
    assert part(resolver) == []
    assert len(homes_of(resolver, sketches)) == 2


def test_two_odd_voices_are_no_second_story(worlds):
    raid, mill = accounts(worlds)
    resolver = Resolver(Known())
    sketches = placed(resolver, [*raid, worlds.told("r9", text=HARBOUR, title="Raid on Varnek, in short"), *mill[:2]])
    join(resolver, sketches[0], sketches[4])
    part(resolver)
    assert len(homes_of(resolver, sketches)) == 1


def test_reports_of_earlier_runs_stay_and_those_of_this_run_leave(worlds):
    raid, mill = accounts(worlds)
    first = resolve(raid, Known())
    resolver = Resolver(Known(first.memories, first.term_counts, first.n_documents))
    sketches = placed(resolver, mill)
    old = first.assignments[0].incident_id
    resolver.pairs.between(resolver.state.profile(old), resolver.state.profile(homes_of(resolver, sketches).pop()))
    resolver.merge(old, resolver.state.home(sketches[0].report_id), Explanation(1.0, "test"))
    assert homes_of(resolver, sketches) == {old}
    part(resolver)
    assert old not in homes_of(resolver, sketches)
    assert resolver.state.home(raid[0].report.report_id) == old


def test_a_persons_word_keeps_them_together(worlds):
    raid, mill = accounts(worlds)
    word = Decision("dec_1", raid[0].report.report_id, mill[0].report.report_id, is_same=True, by="ann", at=NOW)
    resolver = Resolver(Known(decisions=(word,)))
    sketches = placed(resolver, [*raid, *mill])
    if len(homes_of(resolver, sketches)) > 1:
        join(resolver, sketches[0], sketches[3])
    part(resolver)
    assert len(homes_of(resolver, sketches)) == 1


def test_groups_are_those_of_average_link(worlds):
    raid, mill = accounts(worlds)
    resolver = Resolver(Known())
    sketches = placed(resolver, [raid[0], mill[0], raid[1], mill[1], raid[2], mill[2]])
    told = sorted(sorted(v.report_id for v in group) for group in grouped(sketches, resolver.pairs))
    wanted = sorted(sorted(t.report.report_id for t in side) for side in (raid, mill))
    assert told == wanted
    assert all(len(group) == LEAST_PART for group in told)


def test_an_incident_that_falls_to_small_pieces_is_left_whole(worlds, monkeypatch):
    raid, mill = accounts(worlds)
    resolver = Resolver(Known())
    sketches = placed(resolver, [*raid, *mill])
    join(resolver, sketches[0], sketches[3])
    monkeypatch.setattr(resolver.pairs, "odds", lambda left, right, *_: -1.0)
    assert part(resolver) == []
    assert len(homes_of(resolver, sketches)) == 1
