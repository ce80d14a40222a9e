"""An incident's facts from its reports, and the change log that follows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from model.incident import Assignment, ChangeKind, Explanation, IncidentStatus, Known, Split
from model.report import DatePrecision, PlacePrecision, Rationale, Role, Toll
from resolution import changes, consolidate, merged_version, resolve
from resolution.tolls import weighted_median

NOW = datetime(2018, 3, 1, tzinfo=UTC)


def make(members, origins=None, previous=None):
    return consolidate("inc_x", members, origins or {}, previous, NOW)


def test_the_majority_of_origins_tells_the_day(worlds):
    late = worlds.START + timedelta(days=3)
    members = [worlds.told("a"), worlds.told("b"), worlds.told("c", day=late)]
    assert make(members).date_start == worlds.START
    copies = [worlds.told("a"), *(worlds.told(n, day=late) for n in "bcd"), worlds.told("e")]
    same = {worlds.told(n).article.article_id: "one" for n in "bcd"}
    assert make(copies, same).date_start == worlds.START
    assert make(copies, same).n_origins == 3


def test_a_day_that_only_repeats_publication_weighs_less(worlds):
    published = worlds.START + timedelta(days=1)
    guessed = [worlds.told(n, day=published, rule="published") for n in "abc"]
    assert make([*guessed, worlds.told("d")]).date_start == worlds.START


def test_an_exact_day_beats_a_month(worlds):
    vague = worlds.told("a")
    span = replace(vague.report.date, start=worlds.START - timedelta(days=10), precision=DatePrecision.MONTH)
    vague = replace(vague, report=replace(vague.report, date=span))
    version = make([vague, worlds.told("b")])
    assert (version.date_start, version.date_precision) == (worlds.START, DatePrecision.DAY)


def test_neighbouring_places_support_each_other(worlds):
    members = [
        worlds.told("a", place=("Far", 10.0, 10.0)),
        worlds.told("b", place=("Varnek", 35.3, 40.3)),
        worlds.told("c", place=("Varnek Mill", 35.33, 40.32), precision=PlacePrecision.SITE),
    ]
    version = make(members)
    assert version.place_name == "Varnek Mill"
    assert make([worlds.told("a", place=None)]).place_name is None


def test_the_toll_follows_the_newest_and_spans_all_claims(worlds):
    members = [
        worlds.told("a", killed=3),
        worlds.told("b", killed=12, published=worlds.START + timedelta(days=4)),
        worlds.told("c", killed=12, published=worlds.START + timedelta(days=4)),
    ]
    killed = make(members).killed
    assert (killed.low, killed.best, killed.high) == (3, 12, 12)
    assert make([worlds.told("a")]).killed.best is None


def test_one_late_account_does_not_outvote_a_dozen(worlds):
    first = [worlds.told(f"early{n}", killed=k) for n, k in enumerate((90, 95, *[100] * 8, 105, 110))]
    inquiry = worlds.told("inquiry", killed=250, published=worlds.START + timedelta(days=90))
    killed = make([*first, inquiry]).killed
    assert (killed.low, killed.best, killed.high) == (90, 100, 250)


def test_a_late_and_lower_count_of_one_side_does_not_replace_the_toll(worlds):
    first = [worlds.told(f"early{n}", killed=k) for n, k in enumerate((25, 25, 30))]
    one_side = worlds.told("late", killed=1, published=worlds.START + timedelta(days=90))
    assert make([*first, one_side]).killed.best == 25
    corrected = worlds.told("late", killed=1, published=worlds.START + timedelta(days=90), title="Correction: Varnek")
    assert make([*first, corrected]).killed.best == 1


def test_a_party_to_the_fight_weighs_half(worlds):
    sided = worlds.told("a", killed=200, claims=(worlds.claim(200, 200, "the rebels", "opponent"),))
    assert make([sided, worlds.told("b", killed=40)]).killed.best == 40
    assert weighted_median([(40, 1.0), (200, 2.5)]) == 200


def test_a_correction_outweighs(worlds):
    members = [
        worlds.told("a", killed=30),
        worlds.told("b", killed=30),
        worlds.told("c", killed=13, title="Correction: clash near Varnek"),
    ]
    assert make(members).killed.best == 13


def test_statuses(worlds):
    one, two = worlds.told("a"), worlds.told("b")
    assert make([one]).status is IncidentStatus.NEW
    assert make([one, two]).status is IncidentStatus.CORROBORATED
    copies = {one.article.article_id: "o", two.article.article_id: "o"}
    assert make([one, two], copies).status is IncidentStatus.NEW
    elsewhere = worlds.told("c", place=("Far", 10.0, 10.0))
    assert make([one, elsewhere]).status is IncidentStatus.DEVELOPING
    denied = worlds.told("a", revision=2, denial=True)
    assert make([one, denied]).status is IncidentStatus.RETRACTED


def test_claims_that_cannot_all_hold_are_disputed_and_a_rise_is_not(worlds):
    next_day = worlds.START + timedelta(days=1)
    monitor = worlds.told("a", claims=(worlds.claim(21, 21, "the observatory", "monitor"),))
    army = worlds.told("b", claims=(worlds.claim(100, None, "the army", "opponent"),), published=next_day)
    assert make([monitor, army]).status is IncidentStatus.DISPUTED
    rising = [
        worlds.told("a", claims=(worlds.claim(3, 3, "police", "official"),)),
        worlds.told("b", claims=(worlds.claim(12, 12, "police", "official"),), published=next_day),
    ]
    assert make(rising).status is IncidentStatus.CORROBORATED
    parts = worlds.told("c", claims=(worlds.claim(2, 2, "police", "official", is_part=True),), published=next_day)
    assert make([*rising, parts]).status is IncidentStatus.CORROBORATED


def test_a_zero_of_one_side_is_no_figure_of_the_incident(worlds):
    """Khusham: "no American troops were killed" beside a hundred dead of the other side."""
    none_of_ours = worlds.claim(0, 0, "the coalition", "party", "American troops", "mil_us")
    told_apart = worlds.told("a", killed=0, claims=(none_of_ours,))
    killed = make([told_apart, worlds.told("b", killed=100), worlds.told("c", killed=68)]).killed
    assert (killed.low, killed.best, killed.high) == (68, 68, 100)
    assert make([told_apart]).killed == Toll()
    nobody = worlds.told("d", killed=0, claims=(worlds.claim(0, 0, "police", "official", "people"),))
    assert make([nobody]).killed == Toll(0, 0, 0)
    open_high = replace(told_apart, report=replace(told_apart.report, killed=Toll(0, None, 100)))
    assert make([open_high, worlds.told("b", killed=80)]).killed == Toll(80, 80, 100)


def test_two_outlets_with_texts_of_their_own_corroborate_and_two_texts_of_one_do_not(worlds):
    one_outlet = [worlds.told(n, outlet="The Herald") for n in "abc"]
    assert make(one_outlet).n_origins == 1
    assert make(one_outlet).status is IncidentStatus.NEW
    assert make([*one_outlet, worlds.told("d")]).status is IncidentStatus.CORROBORATED


def test_the_headline_comes_from_a_main_report_that_is_no_follow_up(worlds):
    members = [
        worlds.told("a", title="Funeral held for the fishermen of Varnek", follow_up=True),
        worlds.told("b", title="Raiders kill two in Varnek harbour"),
        worlds.told("c", title="A year of raids in Varnek", role=Role.BACKGROUND),
    ]
    assert make(members).headline == "Raiders kill two in Varnek harbour"
    assert make([members[0]]).confidence_0_1 <= 0.4


def test_detected_at_is_kept_and_an_empty_incident_is_refused(worlds):
    first = make([worlds.told("a")])
    later = consolidate("inc_x", [worlds.told("a")], {}, first, NOW + timedelta(days=1))
    assert later.detected_at == NOW
    assert later.at == NOW + timedelta(days=1)
    with pytest.raises(ValueError, match="inc_x"):
        make([])


def test_members_in_any_order_give_the_same_facts(worlds):
    members = [
        worlds.told(n, killed=k, day=worlds.START + timedelta(days=k % 2))
        for n, k in zip("abcd", range(4), strict=True)
    ]
    assert make(members) == make(members[::-1])


def run_of(worlds, article_report, known=None):
    result = resolve(article_report, known or Known(), NOW)
    where = {a.report_id: a.incident_id for a in result.assignments}
    groups = {}
    for one in article_report:
        groups.setdefault(where[one.report.report_id], []).append(one)
    return result, {i: consolidate(i, g, {}, None, NOW) for i, g in groups.items()}


def test_changes_tell_opened_attached_and_revised(worlds):
    article_report = [worlds.told("a"), worlds.told("b")]
    result, after = run_of(worlds, article_report)
    log = changes({}, after, result, NOW)
    assert [c.kind for c in log] == [ChangeKind.OPENED, ChangeKind.ATTACHED]
    assert json.loads(log[0].detail)["is"]["place_name"] == "Varnek"
    (incident_id,) = after
    same = replace(after[incident_id], n_articles=9, confidence_0_1=0.1)
    assert changes(after, {incident_id: same}, resolve([], Known(), NOW), NOW) == ()
    named = {incident_id: replace(after[incident_id], actors=("a", "b"))}
    swapped = {incident_id: replace(after[incident_id], actors=("b", "a"))}
    assert changes(named, swapped, resolve([], Known(), NOW), NOW) == ()
    moved = replace(after[incident_id], place_name="Osterlo")
    (revised,) = changes(after, {incident_id: moved}, resolve([], Known(), NOW), NOW)
    assert revised.kind is ChangeKind.REVISED
    detail = json.loads(revised.detail)
    assert (detail["was"], detail["is"]) == ({"place_name": "Varnek"}, {"place_name": "Osterlo"})
    risen = replace(after[incident_id], killed=Toll(4, 5, 9, Rationale("five", "a rule")))
    (revised,) = changes(after, {incident_id: risen}, resolve([], Known(), NOW), NOW)
    assert json.loads(revised.detail)["is"] == {"killed": {"low": 4, "best": 5, "high": 9}}


def test_changes_tell_a_merge_on_both_sides_and_a_retraction(worlds):
    one, other = (
        worlds.told("a"),
        worlds.told("b", title="Harvest fails", text="The harvest failed.", place=None, day=None),
    )
    first, versions = run_of(worlds, [one, other])
    assert len(versions) == 2
    from model.incident import Decision

    word = Decision("d", one.report.report_id, other.report.report_id, True, "ann", NOW)
    again = resolve([], Known(first.memories, decisions=(word,)), NOW)
    (merge,) = again.merges
    gone = merged_version(versions[merge.gone_id], merge.kept_id, NOW)
    assert (gone.status, gone.merged_into) == (IncidentStatus.MERGED, merge.kept_id)
    log = changes(versions, {merge.gone_id: gone}, again, NOW)
    assert [(c.kind, c.incident_id) for c in log] == [
        (ChangeKind.MERGED, merge.gone_id),
        (ChangeKind.MERGED, merge.kept_id),
    ]
    kept = versions[merge.kept_id]
    retracted = replace(kept, status=IncidentStatus.RETRACTED)
    (change,) = changes(versions, {merge.kept_id: retracted}, resolve([], Known(), NOW), NOW)
    assert change.kind is ChangeKind.RETRACTED


def test_changes_tell_a_split_on_both_sides_and_the_part_that_leaves_as_new_once(worlds):
    stays, leaves, also = (
        worlds.told("a"),
        worlds.told("b", title="Boiler bursts"),
        worlds.told("c", title="Boiler, again"),
    )
    why = Explanation(1.0, "opened: its reports and the others tell of two")
    gone = tuple(t.report.report_id for t in (leaves, also))
    split = Split("inc_old", "inc_new", gone, why)
    moved = tuple(Assignment(r, "inc_new", n == 0, why) for n, r in enumerate(gone))
    found = replace(resolve([], Known(), NOW), splits=(split,), assignments=moved)
    before = {"inc_old": consolidate("inc_old", [stays, leaves, also], {}, None, NOW)}
    after = {
        "inc_old": consolidate("inc_old", [stays], {}, before["inc_old"], NOW),
        "inc_new": consolidate("inc_new", [leaves, also], {}, None, NOW),
    }
    log = changes(before, after, found, NOW)
    assert [(c.kind, c.incident_id) for c in log[:3]] == [
        (ChangeKind.SPLIT, "inc_old"),
        (ChangeKind.SPLIT, "inc_new"),
        (ChangeKind.OPENED, "inc_new"),
    ]
    assert [c.kind for c in log].count(ChangeKind.OPENED) == 1
    assert json.loads(log[0].detail)["reports"] == sorted(gone)


def test_of_the_articles_of_one_origin_the_newest_of_its_first_outlet_speaks(worlds):
    first, later = (
        worlds.told("a", killed=3, outlet="A"),
        worlds.told("b", killed=9, outlet="A", published=worlds.START + timedelta(days=1)),
    )
    other = worlds.told("c", killed=30, outlet="C", published=worlds.START + timedelta(days=2))
    one_origin = {article_report.article.article_id: "one" for article_report in (first, later, other)}
    version = make([first, later, other], one_origin)
    assert version.killed.best == 9  # neither the oldest of its own outlet nor the newest of another, which copies it
    assert make([later, other, first], one_origin).killed.best == 9
    assert version.n_origins == 1


def test_a_new_version_keeps_the_moment_of_the_first(worlds):
    first = make([worlds.told("a")])
    later = consolidate("inc_x", [worlds.told("a"), worlds.told("b")], {}, first, NOW + timedelta(days=5))
    assert (later.detected_at, later.at) == (first.detected_at, NOW + timedelta(days=5))
