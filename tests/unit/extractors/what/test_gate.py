"""The gate on sentences of our own: what happened, what did not, and what came after."""

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


def verdict(title: str, text: str, *, shouted: bool = False, dated: bool = True) -> Verdict:
    signals = read_signals(title, split_sentences(text), LEXICONS, 2024)
    return judge(signals, WEIGHTS, is_shouted=shouted, published_on=date(2024, 5, 6) if dated else None)


CASES = [line.split("\t") for line in (Path(__file__).parent / "gate_cases.tsv").read_text("utf-8").splitlines()]


def cases(kind: str):
    chosen = [(title, text) for name, title, text in CASES if name == kind]
    assert chosen
    return pytest.mark.parametrize(("title", "text"), chosen, ids=[title for title, _ in chosen])


@cases("happened")
def test_what_happened_is_an_incident(title, text):
    assert verdict(title, text).kind in (Kind.INCIDENT, Kind.FOLLOW_UP)


@cases("did_not")
def test_what_did_not_happen_is_none_and_says_why(title, text):
    found = verdict(title, text)
    assert found.kind is Kind.NONE
    assert found.rejected and all(loser.reason for loser in found.rejected)


@cases("afterwards")
def test_what_came_after_is_a_follow_up(title, text):
    assert verdict(title, text).kind is Kind.FOLLOW_UP


def test_an_idiom_is_no_trigger():
    signals = read_signals("", split_sentences("He died of a heart attack in a price war of words."), LEXICONS)
    assert [t.text for t in signals[0].triggers if t.entry.event_type != "other"] == []
    assert signals[0].has_idiom


def test_a_modal_before_or_after_takes_the_assertion_away():
    signals = read_signals(
        "", split_sentences("They may bomb the bridge. The ambush could fail. A bomb exploded."), LEXICONS
    )
    assert [bool(s.asserted) for s in signals] == [False, False, True]


def test_another_concrete_happening_is_other_with_low_confidence():
    found = verdict("Carmaker acquires battery firm", "The carmaker acquired a battery firm on Monday, it said.")
    assert found.kind is Kind.OTHER
    assert found.confidence_0_1 <= 0.3


def test_an_undated_document_is_kept_as_other_and_a_dated_one_is_not():
    text = "The orchard was pruned. The wall was mended. The gate was painted. The well was cleaned. The day was long."
    assert verdict("", text, dated=False).kind is Kind.OTHER
    assert verdict("", text, dated=True).kind is Kind.NONE


@pytest.mark.parametrize("text", ["", " \n ", "\x00\x01", "....", "ÿ" * 5000, "1" * 400])
def test_empty_and_garbage_texts_tell_nothing(text):
    assert verdict("", text).kind is Kind.NONE
    assert verdict("", text, shouted=True).kind is Kind.NONE


def test_text_in_capitals_goes_to_the_learnt_gate():
    news = (
        "BOGOTA, 3 MAY 90 -- THREE PEOPLE WERE KILLED AND NINE WERE INJURED TODAY WHEN A CAR BOMB EXPLODED "
        "IN FRONT OF A BANK. "
        "POLICE SAID THAT THE TERRORIST ATTACK DESTROYED THE BUILDING. UNIDENTIFIED INDIVIDUALS MURDERED A JUDGE."
    )
    speech = (
        "THE PRESIDENT SAID THAT THE ECONOMIC PROGRAM WILL CONTINUE. WE WILL WORK FOR THE DEVELOPMENT OF TRADE. "
        "THE TALKS WITH THE NEIGHBORING COUNTRIES WERE CORDIAL AND FRUITFUL."
    )
    assert verdict("", news, shouted=True).kind is not Kind.NONE
    assert verdict("", speech, shouted=True).kind is Kind.NONE
