"""The type of an incident: what happened to whom, over the loudest verb."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.coding.mentions import find_mentions
from extractors.coding.signals import read_signals
from extractors.coding.types import TYPES, name_type
from extractors.coding.who import ActorIndex, find_actors
from extractors.reference.actors import load_actors
from extractors.reference.event_types import load_event_types
from extractors.reference.lexicons import load_lexicons
from model.report import Rationale
from tests.support.parsed_documents import cluster_of, make_article, mention_at, parsed

SEEDS = Path(__file__).parents[4] / "seeds" / "reference"
TREE = load_event_types(SEEDS)
LEXICONS = load_lexicons(SEEDS, TREE)
INDEX = ActorIndex(load_actors(SEEDS), {}, LEXICONS.roles)


def named(text: str, title: str = "") -> tuple[str, str, Rationale]:
    document = parsed(make_article(text, title=title))
    mentions = find_mentions(document, read_signals(document, LEXICONS))
    return name_type(cluster_of(document, mentions), document, find_actors(document, INDEX))


CASES = [
    ("A suicide bomber blew himself up at a checkpoint, killing six soldiers.", "bombing"),
    ("An air strike by warplanes hit a market, killing nine civilians.", "air_strike"),
    ("Gunmen shot dead four people in a bar on Friday night.", "shooting"),
    ("A bus plunged into a ravine, killing nineteen passengers.", "accident"),
    ("An earthquake of magnitude 6.1 killed forty people and flattened houses.", "disaster"),
    ("Gunmen kidnapped thirty pupils from a school and demanded a ransom.", "abduction"),
    ("Mortar shells fired from the hills hit the town, killing three.", "shelling"),
    ("Soldiers and rebels clashed near the bridge; eleven fighters died.", "battle"),
    ("Thousands marched through the capital in protest against the new tax.", "protest"),
    ("Chlorine gas was dropped on the town and seven people suffocated in the chemical attack.", "chemical_attack"),
]


@pytest.mark.parametrize(("text", "event_type"), CASES, ids=[case[1] for case in CASES])
def test_type_at_the_level_people_mean(text: str, event_type: str) -> None:
    assert named(text)[0] == event_type


def test_types_are_those_of_the_tree() -> None:
    assert all((name, "") in TREE for name in TYPES)


def test_subtype_is_one_of_its_type() -> None:
    event_type, subtype, _ = named("A car bomb exploded outside a barracks, killing two guards.")
    assert (event_type, subtype) in TREE
    assert subtype == "car_bomb"


def test_a_word_of_harm_alone_leaves_the_type_to_the_context() -> None:
    document = parsed(make_article("Nine passengers are dead after the ferry capsized in the strait."))
    cluster = cluster_of(document, [mention_at(document, "dead", "casualty", 2)])
    assert name_type(cluster, document, find_actors(document, INDEX))[0] == "accident"


def test_text_without_a_trigger_is_other() -> None:
    document = parsed(make_article("The council met."))
    cluster = cluster_of(document, [mention_at(document, "met", "other", 1)])
    assert name_type(cluster, document, ())[:2] == ("other", "")


def test_the_choice_is_explained() -> None:
    _, _, why = named("A suicide bomber blew himself up at a checkpoint, killing six soldiers.")
    assert "votes" in why.rule
    assert why.losers
