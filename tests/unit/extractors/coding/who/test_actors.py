"""Actors found, chosen, and put into their roles."""

from pathlib import Path

import pytest

from extractors.coding.sentences import split_sentences
from extractors.reference.actors import load_actors
from extractors.reference.event_types import load_event_types
from extractors.reference.lexicons import load_lexicons
from extractors.text.phrases import split_words
from extractors.text.segments import Segment
from extractors.what.signals import read_signals
from extractors.who.find import choose_actors, find_actors, is_shouted
from extractors.who.index import ActorIndex
from model.report import ActorRole, Role

SEEDS = Path(__file__).parents[4] / "seeds" / "reference"
ACTORS = load_actors(SEEDS)
INDEX = ActorIndex(ACTORS, {"MM": ["myanmar", "burmese"], "SY": ["syria", "syrian"]})
LEXICONS = load_lexicons(SEEDS, load_event_types(SEEDS))


def ids_in(text: str, *, shouted: bool = False) -> set[str]:
    words = split_words(text)
    company = INDEX.company_of([words], is_shouted=shouted)
    return {hit.payload.actor_id for hit, _ in INDEX.find(words, company, is_shouted=shouted)}


def roles_in(text: str) -> dict[str, ActorRole]:
    sentences = split_sentences(text)
    signals = read_signals("", sentences, LEXICONS)
    found = find_actors(signals, sentences, INDEX, shouted=False)
    segment = Segment(tuple(range(len(sentences))), 0, "", Role.MAIN, is_whole_article=True)
    mentions = choose_actors(found, segment, signals, sentences)
    assert all(m.start_char < 0 or text[m.start_char : m.end_char] == m.text for m in mentions)
    return {m.actor_id or m.name: m.role for m in mentions}


def test_names_and_aliases_are_found_with_their_possessives():
    assert ids_in("The SDF’s fighters and the Wagner Group met Kurdish YPG units.") == {"sdf", "wagner", "ypg"}


def test_an_acronym_needs_its_capitals_unless_the_text_shouts():
    assert "sdf" not in ids_in("He typed sdf on the keyboard.")
    assert "fmln" in ids_in("THE FMLN ATTACKED A POST", shouted=True)


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


def test_shouting():
    assert is_shouted("POLICE SAID TODAY")
    assert not is_shouted("Police in the USA said today")
    assert not is_shouted("")
