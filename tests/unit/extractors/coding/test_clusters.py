"""Which mentions of an article are one incident, and which sentences tell of it."""

from __future__ import annotations

from extractors.coding.cluster import Realis
from extractors.coding.clusters import Bound, Group, bind, conflict, group_mentions
from extractors.coding.document import Document
from extractors.coding.layout import item_of_sentences
from extractors.coding.mentions import find_mentions
from extractors.coding.ownership import nearest_heads, sentences_of
from extractors.coding.scope import read_scopes
from extractors.coding.signals import read_signals
from extractors.coding.when import date_near, find_dates
from extractors.coding.where import find_places, place_near
from tests.support.places import gazetteer, lexicons, parsed


def grouped(text: str, title: str = "") -> tuple[Document, list[Group]]:
    """Group the mentions of a text as the coder does."""
    document = parsed(text, title)
    mentions = find_mentions(document, read_signals(document, lexicons()))
    dates, places = find_dates(document), find_places(document, gazetteer())
    days = {m: date_near(m, dates, document) for m in mentions}
    spots = {m: place_near(m, places, document) for m in mentions}
    items, scopes = item_of_sentences(document), read_scopes(document, dates, places)
    return document, group_mentions([bind(document, m, days, spots, items, scopes.get(m.sentence)) for m in mentions])


def sentences_by_group(document: Document, groups: list[Group]) -> list[tuple[int, ...]]:
    return [own for own, _ in sentences_of(document, groups, item_of_sentences(document))]


def words(group: Group) -> list[str]:
    return [b.mention.text for b in group.members]


TWINS = (
    "A car bomb exploded in Baghdad on Monday, killing twelve people. In Mosul, a suicide bomber killed nine soldiers "
    "at a checkpoint the same day. Police in Mosul said the attack was the first there in a month."
)


def test_bombs_in_two_cities_in_flowing_prose_are_two_clusters() -> None:
    document, groups = grouped(TWINS)
    assert len(groups) == 2
    assert "exploded" in words(groups[0])
    assert "suicide bomber" in words(groups[1])
    assert sentences_by_group(document, groups) == [(0,), (1, 2)]


def test_the_attack_named_later_joins_the_cluster_of_its_place() -> None:
    _, groups = grouped(TWINS)
    assert "attack" in words(groups[1])
    assert "attack" not in words(groups[0])


def test_the_attack_without_place_or_day_joins_what_the_text_speaks_of() -> None:
    document, (group,) = grouped(
        "A car bomb exploded in Baghdad on Monday, killing twelve people. Ambulances took the wounded to two "
        "hospitals. No group has claimed the attack."
    )
    assert words(group)[-1] == "attack"
    assert sentences_by_group(document, [group]) == [(0, 1, 2)]


def test_a_recalled_attack_of_another_year_stands_apart() -> None:
    document, groups = grouped(
        "A car bomb exploded in Kabul on Monday, killing twelve people. In May 2015, gunmen killed forty people at a "
        "mosque in Herat."
    )
    assert [g.is_recalled for g in groups] == [False, True]
    assert sentences_by_group(document, groups) == [(0,), (1,)]


def test_a_recalled_attack_in_the_same_town_stands_apart_too() -> None:
    _, groups = grouped(
        "A car bomb exploded in Kabul on Monday, killing twelve people. A suicide bomber had killed thirty people in "
        "Kabul in May 2015."
    )
    assert [g.is_recalled for g in groups] == [False, True]


def test_each_item_of_a_list_stands_for_itself() -> None:
    document, groups = grouped(
        "- Gunmen killed four people in Garissa on Monday.\n- A bomb killed nine people in Mosul on Monday.\n"
        "- Gunmen killed two people in Garissa on Monday.\n"
    )
    assert len(groups) == 3
    assert sentences_by_group(document, groups) == [(0,), (1,), (2,)]


def test_words_that_announce_another_event_found_a_cluster() -> None:
    _, groups = grouped(
        "A bomb exploded at a market in Kabul on Monday, killing two people. Hours later, a second bomb exploded."
    )
    assert len(groups) == 2


def test_what_is_only_threatened_founds_no_cluster() -> None:
    _, groups = grouped("The group threatened to attack Kabul. It will bomb the palace, it said.")
    assert groups == []


def test_a_sentence_of_two_clusters_is_shared_by_the_parse() -> None:
    document, groups = grouped(
        "A bomb killed twelve people in Baghdad on Monday and gunmen killed nine soldiers in Mosul on Tuesday."
    )
    assert len(groups) == 2
    (_, first), (_, second) = sentences_of(document, groups, {})
    twelve, nine = (next(t.index for t in document.tokens if t.text == word) for word in ("twelve", "nine"))
    assert twelve in first[0] and twelve not in second[0]
    assert nine in second[0] and nine not in first[0]
    assert first[0] | second[0] == {t.index for t in document.tokens}


def test_every_token_has_an_owner_even_where_the_parse_does_not_reach() -> None:
    document = parsed("A bomb exploded in Kabul. Gunmen attacked.")
    sentence = document.sentence(0)
    owners = nearest_heads(document, 0, [(sentence.first, 7)])
    assert {owners[t.index] for t in document.tokens_of(sentence)} == {7}


def test_the_reason_of_a_conflict_is_named() -> None:
    _, groups = grouped(TWINS)
    first_of_second: Bound = groups[1].members[0]
    assert first_of_second.mention.realis is Realis.ACTUAL
    assert conflict(first_of_second, groups[0]) == "other places"
    assert conflict(first_of_second, groups[1]) == ""


def test_a_paragraph_stays_in_the_town_that_it_opened_with() -> None:
    document, groups = grouped(
        "A car bomb exploded in Baghdad on Monday, killing twelve people.\n\nIn Mosul, shells landed on a market. Nine "
        "people were killed, a doctor said."
    )
    assert sentences_by_group(document, groups) == [(0,), (1, 2)]


def test_words_of_another_event_hold_for_the_trigger_behind_a_weaker_one() -> None:
    _, groups = grouped(
        "A suicide bomber blew himself up at a checkpoint on Friday and killed thirty soldiers. Three hours later "
        "gunmen opened fire on a patrol and shot dead three officers."
    )
    assert len(groups) == 2
    assert words(groups[1]) == ["gunmen opened fire", "shot dead"]


def test_a_counted_toll_of_another_day_is_another_incident() -> None:
    document, groups = grouped(
        "A car bomb exploded in Baghdad on Monday, killing twelve people. On Tuesday in Mosul there were nine dead."
    )
    assert sentences_by_group(document, groups) == [(0,), (1,)]


def test_the_strikes_on_the_town_are_those_before_whatever_region_is_named() -> None:
    _, groups = grouped(
        "Warplanes bombed a market in Mosul on Monday. The air strikes in Baghdad's neighbourhood killed 37 people."
    )
    assert len(groups) == 1
