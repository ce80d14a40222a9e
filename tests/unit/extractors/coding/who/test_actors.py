"""Actors found, chosen, and put into their roles."""

from pathlib import Path

import pytest

from extractors.coding.mentions import find_mentions
from extractors.coding.signals import read_signals
from extractors.coding.types import name_type
from extractors.coding.who import ActorIndex, choose_actors, find_actors
from extractors.coding.who.candidates import Candidate, candidates_of
from extractors.coding.who.index import Nation
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
    assert all(m.start_char < 0 or text[m.start_char : m.end_char] == m.quote for m in chosen)
    return chosen


def candidates_in(text: str, home: Nation | None = None) -> list[Candidate]:
    document = parsed(make_article(text))
    mentions = find_mentions(document, read_signals(document, LEXICONS))
    return candidates_of(find_actors(document, INDEX), cluster_of(document, mentions), document, "bombing", home)


def voted_in(text: str) -> dict[str, ActorRole]:
    """Give the role that the parse gives each candidate, before any weights."""
    return {
        c.party.actor_id or c.name: max(c.votes, key=lambda role: c.votes[role])
        for c in candidates_in(text)
        if any(c.votes.values())
    }


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
    roles = voted_in("Hamas fighters attacked Israeli soldiers on Monday.")
    assert roles == {"hamas": ActorRole.INITIATOR, "mil_il": ActorRole.TARGET}


def test_doer_and_target_of_a_passive_verb():
    roles = voted_in("Israeli soldiers were attacked by Hamas fighters on Monday.")
    assert roles == {"hamas": ActorRole.INITIATOR, "mil_il": ActorRole.TARGET}


def test_whoever_only_tells_is_no_candidate():
    named = {c.party.actor_id or c.name for c in candidates_in("Rebels killed six villagers, police said on Monday.")}
    assert named >= {"rebels", "villagers"}
    assert "police" not in named


def test_role_nouns_stand_in_for_unknown_names():
    roles = voted_in("Gunmen attacked villagers on Monday.")
    assert roles == {"gunmen": ActorRole.INITIATOR, "villagers": ActorRole.TARGET}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Two officers were killed in a car bomb.", {"police": ActorRole.TARGET}),
        ("Police opened fire on students.", {"police": ActorRole.INITIATOR, "students": ActorRole.TARGET}),
        ("Hezbollah's Al Manar reported that a blast killed six worshippers.", {"worshippers": ActorRole.TARGET}),
        ("A bomb killed four miners and police are investigating.", {"miners": ActorRole.TARGET}),
        ("Six people were shot dead by armed men.", {"gunmen": ActorRole.INITIATOR, "civilians": ActorRole.TARGET}),
        ("Gunmen carried out an attack on herders.", {"gunmen": ActorRole.INITIATOR, "herders": ActorRole.TARGET}),
        ("Rebels stormed a camp, killing farmers.", {"rebels": ActorRole.INITIATOR, "farmers": ActorRole.TARGET}),
        ("Nearby, a militia drone hit a bus.", {"militia": ActorRole.INITIATOR, "passengers": ActorRole.TARGET}),
        ("BUNIA, July 27 - Rebels attacked a mosque.", {"rebels": ActorRole.INITIATOR}),
    ],
)
def test_roles_by_the_parse(text: str, roles: dict[str, ActorRole]) -> None:
    assert roles.items() <= voted_in(text).items()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The RSF shelled a market in Sudan.", "Rapid Support Forces (RSF)"),
        ("Egypt mourned on Friday. A bomb killed six soldiers near an Egyptian town.", "Egyptian army"),
        ("Russian jets bombed a town.", "Russian air force"),
        ("Parishioners were killed in a bombing of a church.", "worshippers"),
        ("A bomb exploded in a bus.", "passengers"),
    ],
)
def test_candidates_have_the_names_that_reports_agree_on(text: str, name: str) -> None:
    assert name in {c.name for c in candidates_in(text)}


def test_the_country_of_the_incident_owns_soldiers_without_one() -> None:
    names = {c.name for c in candidates_in("A bomb killed six soldiers on Monday.", INDEX.nation("SO"))}
    assert "Somali army" in names


def test_a_pronoun_is_no_country() -> None:
    found = find_actors(parser().tokenise(make_article("They told us. The US struck Syria.")), INDEX)
    assert [f.name for f in found if f.nation] == ["US", "Syrian"]


def test_nobody_is_made_up_where_the_text_has_fighters() -> None:
    assert "gunmen" not in roles_in("Rebels stormed a hamlet, killing farmers.")


def test_who_claims_an_attack_did_it() -> None:
    roles = voted_in("A bomb killed six shoppers. Al-Shabaab claimed responsibility for the attack.")
    assert roles == {"shabaab": ActorRole.INITIATOR, "shoppers": ActorRole.TARGET}


def test_people_of_whom_no_more_is_told_are_civilians() -> None:
    assert voted_in("Gunmen shot dead nine people.")["civilians"] is ActorRole.TARGET


def test_an_actor_has_one_role_and_tells_its_probability() -> None:
    chosen = actors_in("Gunmen attacked villagers. The gunmen killed six villagers. A gunman was shot dead.")
    assert [m.role for m in chosen] == [ActorRole.INITIATOR, ActorRole.TARGET]
    assert all("probability" in m.why.rule for m in chosen)


def test_armed_forces_are_named_as_the_text_names_them() -> None:
    names = {m.name for m in actors_in("The Malian army killed nine herders on Monday.")}
    assert "Malian army" in names


def test_a_deed_is_no_name_of_an_actor() -> None:
    names = {m.name for m in actors_in("An Israeli air strike killed nine people.")}
    assert not any("strike" in name for name in names)
