"""An outlet that means harm cannot pull incidents together, nor move a fact that others agree on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import process_time

import pytest

from model.incident import IncidentStatus, Known
from resolution import consolidate, resolve
from resolution.scorer import Scorer

NOW = datetime(2018, 3, 1, tzinfo=UTC)
STORY = (
    "A car bomb tore through the bus garage of {town} on Wednesday morning, killing {killed}, the ministry said. "
    "Witness {name} said that the blast threw a minibus against the wall of the bakery. No group claimed the attack. "
    "Ambulances took the wounded to the clinic while soldiers closed the ring road and searched for a second device."
)
NAMES = (
    "Selma Ordan,Pelle Brint,Jarek Tolm,Ilva Senn,Moro Kesh,Tana Villo,Desh Orrin,Kali Brand,Nuri Stam,Orla Fenn".split(
        ","
    )
)


def story(worlds, name, number, *, day=0, lat=35.3, lon=40.3, killed=12, town="Varnek", outlet=None, published=None):
    happened = worlds.START + timedelta(days=day)
    return worlds.told(
        name,
        title=f"{killed} killed in {town} garage blast",
        text=STORY.format(town=town, killed=killed, name=NAMES[number % 10]),
        day=happened,
        published=published or happened,
        place=(town, lat, lon),
        killed=killed,
        kind="bombing",
        outlet=outlet,
    )


def known_after(made):
    return Known(made.memories, made.term_counts, made.n_documents)


def incident_of(made, article_report):
    return next(a.incident_id for a in made.assignments if a.report_id == article_report.report.report_id)


@pytest.mark.parametrize(
    "moved",
    [{"lat": 16.3, "lon": 0.0, "town": "Kidal"}, {"day": 21}, {"day": 3}, {"day": -9}],
    ids=["place", "day by weeks", "day by days", "earlier day"],
)
def test_a_copy_with_another_place_or_day_joins_nothing(worlds, moved):
    first = resolve([story(worlds, n, 0) for n in ("a", "b", "c")], Known(), NOW)
    assert len({a.incident_id for a in first.assignments}) == 1
    copy = story(worlds, "x", 0, **moved)
    second = resolve([copy], known_after(first), NOW)
    assert incident_of(second, copy) != first.assignments[0].incident_id
    assert second.merges == ()


def test_a_copy_with_another_toll_joins_no_other_incident_to_the_first(worlds):
    towns = [story(worlds, f"t{n}", n, lat=30.0 + 3 * n, town=f"Town{chr(97 + n)}", killed=5 + n) for n in range(4)]
    first = resolve(towns, Known(), NOW)
    assert len({a.incident_id for a in first.assignments}) == 4
    second = resolve([story(worlds, "x", 0, lat=30.0, town="Towna", killed=300)], known_after(first), NOW)
    assert second.merges == ()


def test_an_article_that_repeats_the_words_of_fifty_incidents_joins_none_to_another(worlds):
    incidents = [
        story(
            worlds,
            f"i{n}",
            n,
            day=(3 * n) % 40,
            lat=10.0 + n % 7 * 5,
            lon=20.0 + n // 7 * 4,
            town=f"Town{n}",
            killed=3 + n,
        )
        for n in range(50)
    ]
    first = resolve(incidents, Known(), NOW)
    homes = {a.report_id: a.incident_id for a in first.assignments}
    assert len(set(homes.values())) == 50
    text = " ".join(t.article.text for t in incidents)
    for place, day in ((None, None), (("Town3", 25.0, 20.0), worlds.START + timedelta(days=9))):
        round_up = worlds.told(
            f"x{bool(place)}",
            title="All the blasts",
            text=text,
            place=place,
            day=day,
            kind="bombing",
            published=worlds.START,
        )
        second = resolve([round_up], known_after(first), NOW)
        assert second.merges == ()
        assert second.splits == ()


def test_attacks_on_successive_days_in_one_town_stay_apart(worlds):
    article_report = [story(worlds, f"d{n}{o}", n, day=2 * n, killed=4 + 3 * n) for n in range(4) for o in "ab"]
    made = resolve(article_report, Known(), NOW)
    days = {}
    for one in article_report:
        days.setdefault(incident_of(made, one), set()).add(one.report.date.start)
    assert all(len(found) == 1 for found in days.values())


def test_two_reports_of_one_article_part_the_two_incidents_for_good(worlds):
    one = story(worlds, "a", 0)
    other = replace(story(worlds, "a", 0, killed=9), report=story(worlds, "b", 0, killed=9).report)
    other = replace(other, report=replace(other.report, article_id=one.article.article_id))
    first = resolve([one, other], Known(), NOW)
    assert len({a.incident_id for a in first.assignments}) == 2
    second = resolve([story(worlds, "c", 0), story(worlds, "d", 0, killed=9)], known_after(first), NOW)
    assert second.merges == ()


def test_one_outlet_does_not_corroborate_itself_nor_move_the_record(worlds):
    honest = [story(worlds, n, 0, outlet=n) for n in ("a", "b")]
    pieces = [
        story(
            worlds,
            f"x{n}",
            n,
            killed=300,
            lat=36.4,
            town="Osterlo",
            outlet="rant",
            published=worlds.START + timedelta(days=1),
        )
        for n in range(6)
    ]
    alone = consolidate("inc_x", pieces, {}, None, NOW)
    assert (alone.status, alone.n_origins, alone.n_outlets) == (IncidentStatus.NEW, 1, 1)
    version = consolidate("inc_x", [*honest, *pieces], {}, None, NOW)
    assert (version.place_name, version.killed.best) == ("Varnek", 12)
    assert version.headline == honest[0].article.title
    assert version.killed.high == 300


def test_a_copy_by_another_outlet_does_not_speak_for_the_origin(worlds):
    wire, copy = story(worlds, "a", 0, outlet="wire"), story(worlds, "b", 0, outlet="copier", killed=300, lat=36.4)
    copy = replace(copy, article=replace(copy.article, published_at=copy.article.published_at + timedelta(hours=20)))
    origins = {t.article.article_id: "one" for t in (wire, copy)}
    version = consolidate("inc_x", [wire, copy], origins, None, NOW)
    assert (version.place_name, version.killed.best, version.headline) == ("Varnek", 12, wire.article.title)


def test_the_headline_is_no_round_up(worlds):
    digest = replace(
        story(worlds, "a", 0),
        article=replace(story(worlds, "a", 0).article, title="Morning briefing: the week in blasts"),
    )
    plain = story(worlds, "b", 0)
    assert consolidate("inc_x", [digest, plain], {}, None, NOW).headline == plain.article.title


def test_the_work_per_report_is_bounded_in_a_crowd_of_templated_stories(worlds, monkeypatch):
    n_scored = Counter()
    score = Scorer._score_missing

    def counted(self, left, missing):
        n_scored[left.report_id] += len(missing)
        score(self, left, missing)

    monkeypatch.setattr(Scorer, "_score_missing", counted)
    spent = []
    for size in (150, 600):
        n_scored.clear()
        crowd = [
            story(
                worlds,
                f"c{size}-{n}",
                n,
                lat=35.0 + n % 30 * 0.02,
                town=f"Town{n % 30}",
                killed=1 + n % 5,
                outlet=f"o{n % 9}",
            )
            for n in range(size)
        ]
        begin = process_time()
        resolve(crowd, Known(), NOW)
        spent.append((process_time() - begin) / size)
        assert max(n_scored.values()) <= 16 * 8 * 8
    assert spent[1] < 4 * spent[0], spent
