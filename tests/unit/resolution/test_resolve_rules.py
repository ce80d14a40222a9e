"""What opens, what attaches, what is forbidden, and what a person's word does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from extractors.coding.when.choose import Scored, _alternative
from model.incident import Decision, Known
from model.report import Role
from resolution import explain, lookup, resolve
from resolution.batch import Readings
from resolution.idf import Idf
from resolution.match_record import make_record, weigh
from resolution.origins import copy_basis, signature, similarities
from resolution.vetoes import incident_vetoes

NOW = datetime(2018, 3, 1, tzinfo=UTC)
STORY = (
    "Two fishermen were killed when raiders attacked the harbour of Varnek on Wednesday, the district office said. "
    "Selma Ordan, 41, and her brother died at the old customs house; the raiders fled by lorry towards the hills. "
    "Harbour master Pelle Brint said that the attack lasted ten minutes and that the boats were set alight afterwards. "
    "Neighbours carried the wounded to the clinic while the church bell rang. "
)


def known_after(resolution, decisions=()):
    return Known(resolution.memories, resolution.term_counts, resolution.n_documents, tuple(decisions))


def test_two_accounts_of_one_incident_are_one(worlds):
    one = worlds.told("a", text=STORY)
    other = worlds.told(
        "b",
        title="Raiders kill fishermen in Varnek harbour",
        text="Raiders killed Selma Ordan, 41, and her brother in the harbour of Varnek, officials said. Boats burnt.",
    )
    result = resolve([one, other], Known(), NOW)
    assert len({a.incident_id for a in result.assignments}) == 1
    assert [a.is_new for a in result.assignments].count(True) == 1


def test_other_people_other_ages_and_no_name_in_common_forbid(worlds):
    one = worlds.told("a", text=STORY)
    other = worlds.told(
        "b",
        title="Raiders kill two in Varnek",
        text="Two people were killed when raiders attacked Varnek on Wednesday, the district office said. Jonas Feld,"
        " 19, and his cousin died near the mill; the raiders fled by lorry towards the hills, neighbours said.",
    )
    assert [v.name for v in explain(one, other).vetoes] == ["people"]
    named = replace(other, article=replace(other.article, text=other.article.text + " Selma Ordan, 41, died too."))
    assert not explain(one, named).vetoes


def chosen_with(article_report, share):
    """The report with a day that the coder chose with this share of the weight, in the coder's own words."""
    best = Scored(article_report.report.date, None, (), 0.0)
    rival = Scored(
        replace(article_report.report.date, start=article_report.report.date.start - timedelta(days=1)), None, (), 0.0
    )
    lost = _alternative(rival, best, {(d.span.start, d.span.end): n for d, n in ((best, share), (rival, 1 - share))})
    return replace(
        article_report, report=replace(article_report.report, date=replace(article_report.report.date, losers=(lost,)))
    )


def vetoes_between(left, right):
    return {v.name for v in explain(left, right).vetoes}


def test_other_firm_days_and_places_forbid_and_no_wording_lifts_them(worlds):
    one = worlds.told("a", text=STORY, kind="bombing")
    days = [timedelta(days=n) for n in (1, 2, 3)]
    later = [
        worlds.told(f"d{n.days}", text=STORY, kind="bombing", day=worlds.START + n, published=worlds.START + n)
        for n in days
    ]
    assert [vetoes_between(one, other) for other in later] == [set(), {"days"}, {"days"}]
    battle = worlds.told("b", text=STORY, day=worlds.START + days[2], published=worlds.START + days[2])
    assert not vetoes_between(worlds.told("a", text=STORY), battle)  # a battle spans days
    far = worlds.told("f", text=STORY, kind="bombing", place=("Tasfir", 38.3, 40.3))
    assert vetoes_between(one, far) == {"places"}
    abroad = worlds.told("c", text=STORY, kind="bombing", place=("Tasfir", 36.2, 40.3), country="TR")
    assert vetoes_between(one, abroad) == {"countries"}


def test_a_fact_that_is_not_firm_forbids_nothing(worlds):
    one = worlds.told("a", text=STORY, kind="bombing")
    week = {"day": worlds.START + timedelta(days=7), "published": worlds.START + timedelta(days=7), "kind": "bombing"}
    assert "days" in vetoes_between(one, worlds.told("b", text=STORY, **week))
    assert not vetoes_between(one, worlds.told("b", text=STORY, rule="published", **week))
    for share, follow_up, is_firm in ((0.7, False, True), (0.7, True, False), (0.9, True, True), (0.5, False, False)):
        article_report = chosen_with(worlds.told("b", text=STORY, follow_up=follow_up, **week), share)
        assert ("days" in vetoes_between(one, article_report)) is is_firm
    old = worlds.told(
        "b",
        text=STORY,
        day=worlds.START + timedelta(days=7),
        published=worlds.START + timedelta(days=20),
        kind="bombing",
    )
    assert not vetoes_between(one, old)  # told so much later, the day is often that of another event


def test_a_place_that_was_a_close_call_forbids_nothing(worlds):
    one = worlds.told("a", text=STORY, kind="bombing")
    far = worlds.told("f", text=STORY, kind="bombing", place=("Tasfir", 38.3, 40.3))
    close = replace(far.report, place=replace(far.report.place, rule="close call: named in the title"))
    assert "places" in vetoes_between(one, far)
    assert not vetoes_between(one, replace(far, report=close))


def test_quakes_of_two_days_are_two_and_days_of_one_flood_are_one(worlds):
    def article_report(name, subtype, days):
        day = worlds.START + timedelta(days=days)
        made = worlds.told(name, text=STORY, kind="disaster", day=day, published=day)
        return replace(made, report=replace(made.report, event_subtype=subtype))

    assert vetoes_between(article_report("a", "earthquake", 0), article_report("b", "earthquake", 5)) == {"days"}
    assert not vetoes_between(article_report("a", "flood", 0), article_report("b", "flood", 5))


def test_most_outlets_of_an_incident_decide_on_a_veto(worlds):
    week = worlds.START + timedelta(days=7)
    right = [worlds.told(n, text=STORY, kind="bombing", outlet=n) for n in "ab"]
    wrong = [worlds.told(f"w{n}", text=STORY, kind="bombing", day=week, published=week, outlet="one") for n in range(5)]
    readings = Readings([*right, *wrong])
    asked, *others = (weigh(readings[t], Idf({}, 0)) for t in (*right, *wrong))
    assert incident_vetoes(asked, others, [1.0, *[0.2] * 5]) == ()
    assert incident_vetoes(asked, others, [1.0] * 6) == ("days",)


def test_an_opening_says_that_nothing_matched_and_why_the_nearest_was_rejected(worlds):
    one = worlds.told("a", text=STORY)
    alone = resolve([one], Known(), NOW)
    assert "nothing known shares" in alone.assignments[0].explanation.rule
    far_off = {"place": ("Tasfir", -10.0, 100.0), "country": "ID", "kind": "accident"}
    far = worlds.told("b", title="Ferry sinks at the harbour", text="A ferry sank at the harbour.", **far_off)
    rule = resolve([far], known_after(alone), NOW).assignments[0].explanation.rule
    assert rule.startswith("opened: no incident is like it; the nearest, inc_")
    assert "rejected: " in rule


def test_a_later_run_finds_the_incident_in_memory(worlds):
    first = resolve([worlds.told("a", text=STORY)], Known(), NOW)
    again = worlds.told("b", text=STORY.replace("raiders", "attackers"), published=worlds.START + timedelta(days=1))
    assert lookup([again]).keys & set(first.memories[0].keys)
    second = resolve([again], known_after(first), NOW)
    assert second.assignments[0].incident_id == first.assignments[0].incident_id
    assert not second.assignments[0].is_new


def test_the_same_town_another_day_and_other_people_stay_apart(worlds):
    one = worlds.told("a", text=STORY)
    other = worlds.told(
        "b",
        title="Bus overturns near Varnek",
        text="A bus overturned on the mountain road near Varnek on Friday; Jonas Feld, 19, was hurt, rescuers said.",
        day=worlds.START + timedelta(days=9),
        published=worlds.START + timedelta(days=9),
        kind="accident",
    )
    result = resolve([one, other], Known(), NOW)
    assert len({a.incident_id for a in result.assignments}) == 2


def test_a_background_report_opens_nothing_but_attaches(worlds):
    alone = resolve([worlds.told("a", text=STORY, role=Role.BACKGROUND)], Known(), NOW)
    assert alone.assignments == ()
    first = worlds.told("b", text=STORY)
    later = worlds.told("c", text=STORY, role=Role.BACKGROUND, published=worlds.START + timedelta(days=2))
    both = resolve([first, later], Known(), NOW)
    assert {a.incident_id for a in both.assignments} == {both.assignments[0].incident_id}
    assert len(both.assignments) == 2


def test_a_trial_months_later_finds_its_incident_by_names(worlds):
    first = resolve([worlds.told("a", text=STORY)], Known(), NOW)
    trial = worlds.told(
        "b",
        title="Man charged over Varnek harbour raid",
        text="A man was charged with killing Selma Ordan, 41, and her brother at the customs house in Varnek harbour.",
        published=worlds.START + timedelta(days=160),
        follow_up=True,
    )
    second = resolve([trial], known_after(first), NOW)
    assert second.assignments[0].incident_id == first.assignments[0].incident_id


def test_a_follow_up_of_an_unseen_incident_opens_one_and_says_so(worlds):
    result = resolve([worlds.told("a", text=STORY, follow_up=True)], Known(), NOW)
    assert result.assignments[0].is_new
    assert "follow-up" in result.assignments[0].explanation.rule


def test_two_reports_of_one_article_are_two_incidents(worlds):
    one = worlds.told("a", text=STORY)
    two = worlds.told("a", text=STORY, ordinal=1, place=("Osterlo", 36.0, 41.0))
    result = resolve([one, two], Known(), NOW)
    assert len({a.incident_id for a in result.assignments}) == 2


def test_a_new_revision_stays_where_the_article_is(worlds):
    first = resolve([worlds.told("a", text=STORY)], Known(), NOW)
    revised = worlds.told(
        "a", text="Correction: nothing of the kind.", title="Corrected", revision=2, day=None, place=None
    )
    second = resolve([revised], known_after(first), NOW)
    assert second.assignments[0].incident_id == first.assignments[0].incident_id
    assert "revision" in second.assignments[0].explanation.rule


def test_a_decision_outranks_the_score_both_ways(worlds):
    one = worlds.told("a", text=STORY)
    first = resolve([one], Known(), NOW)
    incident = first.assignments[0].incident_id
    copy = worlds.told("b", text=STORY)
    apart = Decision("d1", copy.report.report_id, incident, False, "ann", NOW)
    second = resolve([copy], known_after(first, [apart]), NOW)
    assert second.assignments[0].incident_id != incident
    other = worlds.told("c", title="Harvest fails", text="The harvest failed.", day=None, place=None)
    same = Decision("d2", one.report.report_id, other.report.report_id, True, "ann", NOW)
    third = resolve([other, one], Known(decisions=(same,)), NOW)
    assert len({a.incident_id for a in third.assignments}) == 1


def test_the_later_decision_counts(worlds):
    one, two = worlds.told("a", text=STORY), worlds.told("b", text=STORY)
    pair = (one.report.report_id, two.report.report_id)
    decisions = (
        Decision("d1", *pair, False, "ann", NOW),
        Decision("d2", *pair, True, "ann", NOW + timedelta(hours=1)),
    )
    result = resolve([one, two], Known(decisions=decisions), NOW)
    assert len({a.incident_id for a in result.assignments}) == 1


def test_a_copy_shares_its_origin_and_a_rewritten_report_does_not(worlds):
    one = worlds.told("a", text=STORY)
    copy = worlds.told("b", text=STORY + "Copyright the wire.", published=worlds.START + timedelta(days=1))
    fresh = worlds.told(
        "c",
        text="Selma Ordan, 41, was one of two people who died when armed men came to Varnek by lorry. " * 3,
        published=worlds.START + timedelta(days=1),
    )
    result = resolve([one, copy, fresh], Known(), NOW)
    origin = {o.article_id: o.origin_id for o in result.origins}
    assert origin[copy.article.article_id] == origin[one.article.article_id] == one.article.article_id
    assert origin[fresh.article.article_id] == fresh.article.article_id


def test_a_short_piece_that_quotes_an_outlet_takes_its_origin(worlds):
    one = worlds.told("a", text=STORY, outlet="Varnek Herald")
    quoting = worlds.told(
        "b",
        text="Raiders killed Selma Ordan, 41, in the harbour of Varnek, as first reported by the Varnek Herald.",
        published=worlds.START + timedelta(days=1),
    )
    result = resolve([one, quoting], Known(), NOW)
    basis = {o.article_id: o.basis for o in result.origins}[quoting.article.article_id]
    assert basis == "quoted from Varnek Herald"


def test_log_in_forms_are_no_copies(worlds):
    form = "We have sent you a mail. Please click the link to log in. "
    left, right = (
        make_record(worlds.told(n, title=t, text=form), True, Idf({}, 0), signature(form))
        for n, t in (("a", "Mill burns in Osterlo"), ("b", "Ferry sinks off Tasfir"))
    )
    assert copy_basis(left, right) is None


@pytest.mark.parametrize(
    ("alike", "right_title", "is_copy"),
    [
        (0.95, "Ferry sinks off Tasfir", True),  # so near that no title is needed
        (0.80, "Ferry sinks off Tasfir", False),  # nearly the same form, filled in for another event
        (0.80, "Mill in Osterlo burns for hours", True),
        (0.50, "Flames in a mill of Osterlo district", False),
        (0.50, "Mill burns in Osterlo", True),
        (0.30, "Mill burns in Osterlo", False),
    ],
)
def test_a_near_copy_needs_a_title_that_is_somewhat_alike(worlds, alike, right_title, is_copy):
    left, right = (
        make_record(worlds.told(n, title=t), True, Idf({}, 0), "")
        for n, t in (("a", "Mill burns in Osterlo"), ("b", right_title))
    )
    assert (copy_basis(left, right, alike) is not None) is is_copy


def test_similarity_of_signatures_follows_the_texts():
    text = " ".join(f"word{n}" for n in range(200))
    half = " ".join(f"word{n}" for n in range(100)) + " " + " ".join(f"other{n}" for n in range(100))
    assert similarities(signature(text), [signature(text)]) == [1.0]
    assert 0.1 < similarities(signature(text), [signature(half)])[0] < 0.6
    assert signature("too short") == ""


def test_explain_names_features_and_vetoes(worlds):
    one = worlds.told("a", text=STORY)
    like = explain(one, worlds.told("b", text=STORY))
    assert like.probability_0_1 > 0.9
    words = " ".join(f.words for f in like.features)
    assert "Varnek (SY) / Varnek (SY), 0 km" in words
    far = worlds.told(
        "c", title="Ferry sinks off Tasfir", text="A ferry sank.", place=("Tasfir", -10.0, 100.0),
        day=worlds.START + timedelta(days=30), country="ID",
    )  # fmt: skip
    unlike = explain(one, far)
    assert {v.name for v in unlike.vetoes} == {"places", "countries", "days"}
    assert unlike.rule.startswith("vetoed")
