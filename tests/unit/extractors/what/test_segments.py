"""How an article is cut into incidents, and how an incident's type is named."""

from pathlib import Path

import pytest

from extractors.coding.sentences import split_sentences
from extractors.reference.event_types import load_event_types
from extractors.reference.lexicons import load_lexicons
from extractors.what.segment import segment_article
from extractors.what.signals import read_signals
from extractors.what.types import name_type
from model.report import Role

SEEDS = Path(__file__).parents[4] / "seeds" / "reference"
LEXICONS = load_lexicons(SEEDS, load_event_types(SEEDS))


def segments(title: str, text: str, places: dict[int, str] | None = None):
    sentences = split_sentences(text)
    signals = read_signals(title, sentences, LEXICONS)
    return segment_article(signals, sentences, 0, "x", places)


def named(title: str, text: str, *kinds: str) -> tuple[str, str]:
    event_type, subtype, _ = name_type(read_signals(title, split_sentences(text), LEXICONS), 0, kinds)
    return event_type, subtype


def test_one_incident_is_the_whole_article():
    (only,) = segments("Bomb kills two", "A bomb exploded on Monday, killing two people. Police closed the road.")
    assert only.is_whole_article
    assert only.sentences == (-1, 0, 1)
    assert only.role is Role.MAIN


def test_a_round_up_with_heads_gives_a_main_segment_each():
    text = (
        "KENYA: Gunmen killed four people in a bus on Monday.\n"
        "PERU: A landslide buried a village on Tuesday, killing nine people.\n"
        "SPORT: The national side won."
    )
    found = segments("World in brief", text)
    assert [s.sentences for s in found] == [(0,), (1,)]
    assert {s.role for s in found} == {Role.MAIN}


def test_a_title_that_names_the_heads_announces_a_round_up():
    text = (
        "KENYA - Gunmen killed four people in a bus on Monday.\n"
        "PERU - A landslide buried a village on Tuesday, killing nine people."
    )
    assert len(segments("Overnight: bus attack in Kenya, landslide in Peru", text)) == 2
    (only,) = segments("Gunmen attack bus", text)
    assert only.is_whole_article


def test_three_different_places_at_the_heads_are_a_round_up_and_one_town_is_not():
    text = (
        "KENYA: Gunmen killed four people in a bus on Monday.\n"
        "PERU: A landslide buried a village on Tuesday, killing nine people.\n"
        "CHAD: A bomb killed six people in a market on Sunday."
    )
    assert len(segments("From our desk", text, {0: "1", 1: "2", 2: "3"})) == 3
    assert len(segments("From our desk", text, {0: "1", 1: "1", 2: "1"})) == 1


@pytest.mark.parametrize("label", ["UPDATE", "PREVIOUS STORY", "Photo", "Reporter", "RELATED", "ORLEN, Ohio"])
def test_updates_captions_and_repeated_datelines_tell_of_one_incident(label):
    text = (
        f"{label}: A man was shot dead outside a bar on Friday, police said.\n"
        f"{label}: Police said on Monday that two people were killed in the shooting.\n"
        f"{label}: Police are looking for a gunman who killed a man on Friday."
    )
    (only,) = segments("Police blotter", text, {0: "1", 1: "2", 2: "3"})
    assert only.is_whole_article


def test_months_are_no_places():
    text = (
        "Two men were convicted. In March, gunmen shot and killed three people in a bar, police said. "
        "In July, gunmen shot and killed a man in his car, police said."
    )
    assert all(s.role is not Role.MAIN or s.is_whole_article or 0 in s.sentences for s in segments("Two men", text))


def test_parallel_sentences_of_an_announced_pair_are_cut():
    text = (
        "Two bombings shook the region on Friday.\n"
        "In Aru, a car bomb killed six people outside a court, police said.\n"
        "In Bela, a suicide bomber killed three people at a bus station, officials said.\n"
        "Nobody claimed the attacks."
    )
    assert [s.sentences for s in segments("Two bombings on one day", text)] == [(1,), (2,)]


def test_an_earlier_attack_is_background():
    text = (
        "A suicide bomber killed nine people at a mosque on Friday. "
        "Police closed the area. "
        "Last month, gunmen killed 12 people at a school in the same city."
    )
    main, earlier = segments("Bomber kills nine at mosque", text)
    assert (main.role, earlier.role) == (Role.MAIN, Role.BACKGROUND)
    assert earlier.sentences == (2,)
    assert 2 not in main.sentences and not main.is_whole_article


@pytest.mark.parametrize(
    ("title", "text", "kinds", "expected"),
    [
        ("", "A suicide bomber blew himself up on Monday, killing three.", (), ("bombing", "suicide_bomb")),
        ("", "A drone strike killed two men in a car.", (), ("air_strike", "drone")),
        ("", "Shelling killed a woman; artillery shells hit a school.", (), ("shelling", "artillery")),
        ("", "A man was stabbed to death in a park.", (), ("attack_on_civilians", "stabbing")),
        ("", "Gunmen kidnapped a priest and demanded a ransom.", (), ("abduction", "kidnapping")),
        ("", "A factory fire killed five workers.", (), ("accident", "fire")),
        ("", "Flash floods killed ten people.", (), ("disaster", "flood")),
        ("", "Six soldiers were killed when rebels attacked a post.", ("state_force", "rebel"), ("battle", "")),
        ("", "An explosion hit a van. No group claimed the bombing.", (), ("bombing", "")),
        ("", "A man was shot dead outside a bar.", ("police",), ("shooting", "")),
    ],
)  # fmt: skip
def test_types(title, text, kinds, expected):
    assert named(title, text, *kinds) == expected


def test_no_trigger_gives_other():
    assert named("", "The orchard was pruned.") == ("other", "")
