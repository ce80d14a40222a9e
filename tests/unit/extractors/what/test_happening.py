"""Happenings of another kind: what is kept as `other`, and what is not, on sentences of our own."""

from datetime import date
from pathlib import Path

import pytest

from extractors.coding.sentences import split_sentences
from extractors.reference.event_types import load_event_types
from extractors.reference.gate_weights import load_gate_weights
from extractors.reference.lexicons import load_lexicons
from extractors.what.gate import Kind, Verdict, judge
from extractors.what.signals import read_signals

SEEDS = Path(__file__).parents[4] / "seeds" / "reference"
LEXICONS = load_lexicons(SEEDS, load_event_types(SEEDS))
WEIGHTS = load_gate_weights(SEEDS)
ORCHARD = "The wall was mended. The gate was painted. The well was cleaned. The day was long. "


def verdict(title: str, text: str, *, dated: bool = True) -> Verdict:
    signals = read_signals(title, split_sentences(text), LEXICONS, 2024)
    return judge(signals, WEIGHTS, is_shouted=False, published_on=date(2024, 5, 6) if dated else None)


def test_news_that_comes_back_to_a_name_of_its_title_is_another_happening():
    text = ORCHARD + "Norbeck says it will pay. Clients of Norbeck are angry. The shares of Norbeck rose again."
    assert verdict("How much will Norbeck pay?", text).kind is Kind.OTHER
    assert verdict("How much will Norbeck pay?", ORCHARD + "Norbeck says nothing.").kind is Kind.NONE


def test_a_common_word_of_the_title_must_come_back_more_often_than_a_name():
    thrice = ORCHARD + "The comet is green. The comet has a tail. Few have seen the comet."
    assert verdict("A comet over the bay", thrice).kind is Kind.NONE
    assert verdict("A comet over the bay", thrice + " The comet is far away.").kind is Kind.OTHER


def test_a_word_of_violence_is_no_subject():
    text = ORCHARD + "Attack is the best defence. Attack is an art. An attack takes two. No attack is free."
    assert verdict("On attack", text).kind is Kind.NONE


def test_a_genre_that_borrows_words_of_violence_asks_for_more():
    text = (
        "Harbour clashed with Hill in the league on Saturday. Harbour scored in the first half and the striker of "
        "Harbour fired wide. The goalkeeper had a quiet match. The coach praised the fans. Harbour are third."
    )
    assert verdict("Harbour clash with Hill ends in draw", text).kind is Kind.NONE


def test_a_race_that_tells_of_crashes_is_another_happening():
    text = (
        "The race was stopped twice on a wet track. The champion's team mate crashed into the wall on lap nine. "
        "The driver in third place crashed at the same corner, and the season leader took the podium and the title."
    )
    assert verdict("Rain rules the race", text).kind is Kind.OTHER


@pytest.mark.parametrize(
    "text", ["The council debated a drill. " * 3, "A fire drill was held in the school on Monday."]
)
def test_a_drill_is_never_another_happening(text):
    title = "Fire drill: school holds drill, and the drill is a mock exercise"
    assert verdict(title, text + " The drill was a simulated exercise.", dated=False).kind is Kind.NONE


def test_theft_beside_another_happening_is_kept_and_an_old_robbery_in_court_is_not():
    assert verdict("Airline apologises", "The airline apologised after a false report of theft.").kind is Kind.OTHER
    text = "Jurors took their seats in the trial of a man who was accused of a bank robbery in 1991."
    assert verdict("Jury seated", text).kind is Kind.NONE


def test_a_short_undated_document_is_kept_where_it_asserts_something():
    assert verdict("Diamonds gone", "Diamonds were stolen from a shop.", dated=False).kind is Kind.OTHER
    assert verdict("Fine weather", "The sky is blue.", dated=False).kind is Kind.NONE
