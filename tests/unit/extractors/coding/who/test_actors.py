"""Actors found, chosen, and put into their roles."""

from pathlib import Path

import pytest

from extractors.coding.mentions import find_mentions
from extractors.coding.signals import read_signals
from extractors.coding.types import name_type
from extractors.coding.who import ActorIndex, choose_actors, find_actors
from extractors.reference.actors import load_actors
from extractors.reference.event_types import load_event_types
from extractors.reference.lexicons import load_lexicons
from model.report import ActorMention, ActorRole
from tests.support.parsed_documents import cluster_of, make_article, parsed, parser

SEEDS = Path(__file__).parents[5] / "seeds" / "reference"
ACTORS = load_actors(SEEDS)
LEXICONS = load_lexicons(SEEDS, load_event_types(SEEDS))
INDEX = ActorIndex(ACTORS, {"MM": ["myanmar", "burmese"], "SY": ["syria", "syrian"]}, LEXICONS.roles)


def ids_in(text: str) -> set[str]:
    found = find_actors(parser().tokenise(make_article(text)), INDEX)
    return {f.actor.actor_id for f in found if f.actor}


def actors_in(text: str) -> tuple[ActorMention, ...]:
    document = parsed(make_article(text))
    mentions = find_mentions(document, read_signals(document, LEXICONS))
    found, cluster = find_actors(document, INDEX), cluster_of(document, mentions)
    chosen = choose_actors(found, cluster, document, name_type(cluster, document, found)[0])
    assert all(m.start_char < 0 or text[m.start_char : m.end_char] == m.text for m in chosen)
    return chosen


def roles_in(text: str) -> dict[str, ActorRole]:
    return {m.actor_id or m.name: m.role for m in actors_in(text)}


def test_names_and_aliases_are_found_with_their_possessives():
    assert ids_in("The SDF’s fighters and the Wagner Group met Kurdish YPG units.") == {"sdf", "wagner", "ypg"}


def test_an_acronym_needs_its_capitals_unless_the_text_shouts():
    assert "sdf" not in ids_in("He typed sdf on the keyboard.")
    assert "fmln" in ids_in("THE FMLN ATTACKED A POST IN THE HILLS")


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("The AA seized a base in Myanmar.", True),
        ("The AA sent a tow truck to the motorway.", False),
        ("The Arakan Army advanced. The AA seized a base.", True),
        ("An opera by Wagner was sung in Bayreuth.", False),
    ],
)
def test_a_weak_alias_needs_company(text, is_found):
    assert bool({"arakan_army", "wagner"} & ids_in(text)) is is_found


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [("the Syrian Observatory for Human Rights", "sohr"), ("CENTCOM", "centcom"), ("isis", "isis"), ("Aunt May", None)],
)
def test_find_actor_by_name(name, actor_id):
    actor = INDEX.find_actor(name)
    assert (actor.actor_id if actor else None) == actor_id


def test_doer_and_target_of_an_active_verb():
    roles = roles_in("Hamas fighters attacked Israeli soldiers on Monday.")
    assert roles == {"hamas": ActorRole.INITIATOR, "mil_il": ActorRole.TARGET}


def test_doer_and_target_of_a_passive_verb():
    roles = roles_in("Israeli soldiers were attacked by Hamas fighters on Monday.")
    assert roles == {"hamas": ActorRole.INITIATOR, "mil_il": ActorRole.TARGET}


def test_two_who_clash_take_part():
    roles = roles_in("The Sudanese army clashed with the Rapid Support Forces on Monday.")
    assert roles["rsf"] is ActorRole.PARTICIPANT


def test_whoever_only_tells_takes_no_part():
    roles = roles_in("Al-Shabaab killed six villagers, Human Rights Watch said on Monday.")
    assert set(roles) == {"shabaab", "villagers"}
    assert roles["shabaab"] is ActorRole.INITIATOR
    assert roles["villagers"] is ActorRole.TARGET


def test_role_nouns_stand_in_for_unknown_names():
    roles = roles_in("Gunmen attacked villagers on Monday.")
    assert roles == {"gunmen": ActorRole.INITIATOR, "villagers": ActorRole.TARGET}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Two officers were killed in a car bomb.", {"officers": ActorRole.TARGET}),
        ("Police opened fire on students.", {"police": ActorRole.INITIATOR, "students": ActorRole.TARGET}),
        ("Hezbollah's Al Manar reported that a blast killed six worshippers.", {"worshippers": ActorRole.TARGET}),
        ("A bomb killed four miners and police are investigating.", {"miners": ActorRole.TARGET}),
        (
            "Six ferry passengers were shot dead by armed men.",
            {"gunmen": ActorRole.INITIATOR, "ferry passengers": ActorRole.TARGET},
        ),
        ("Gunmen carried out an attack on herders.", {"gunmen": ActorRole.INITIATOR, "herders": ActorRole.TARGET}),
        ("Rebels stormed a hamlet, killing farmers.", {"rebels": ActorRole.INITIATOR, "farmers": ActorRole.TARGET}),
    ],
)  # fmt: skip
def test_roles_by_the_parse(text: str, roles: dict[str, ActorRole]) -> None:
    assert roles_in(text) == roles


def test_who_claims_an_attack_did_it_where_nobody_else_is_named() -> None:
    roles = roles_in("A bomb killed six shoppers. Al-Shabaab claimed responsibility for the attack.")
    assert roles == {"shabaab": ActorRole.INITIATOR, "shoppers": ActorRole.TARGET}


def test_people_of_whom_no_more_is_told_are_civilians() -> None:
    assert roles_in("Gunmen shot dead nine people.")["civilians"] is ActorRole.TARGET


def test_an_actor_has_one_role_and_tells_the_votes() -> None:
    chosen = actors_in("Gunmen attacked villagers. The gunmen killed six villagers. A gunman was shot dead.")
    assert [m.role for m in chosen] == [ActorRole.INITIATOR, ActorRole.TARGET]
    assert all("votes" in m.why.rule for m in chosen)


def test_armed_forces_are_named_as_the_text_names_them() -> None:
    names = {m.name for m in actors_in("The Malian army killed nine herders on Monday.")}
    assert "Malian army" in names


def test_a_deed_is_no_name_of_an_actor() -> None:
    names = {m.name for m in actors_in("An Israeli air strike killed nine people.")}
    assert not any("strike" in name for name in names)
