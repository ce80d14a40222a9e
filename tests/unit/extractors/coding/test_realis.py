"""Whether a sentence presents its event as one that took place: one sentence for each kind of wording."""

from __future__ import annotations

import pytest

from extractors.coding.cluster import EventMention, Realis
from extractors.coding.mentions import find_mentions
from extractors.coding.signals import read_signals
from tests.support.places import lexicons, parsed

CASES = [
    # sentence, a word of the trigger, realis
    ("A bomb exploded near the station on Monday.", "exploded", Realis.ACTUAL),
    ("Two people were shot dead, police said.", "shot", Realis.ACTUAL),
    ("Jets bombed the market and shelled a school.", "shelled", Realis.ACTUAL),
    ("The minister is said to have bombed the village.", "bombed", Realis.ACTUAL),
    ("The army will attack the town next week.", "attack", Realis.FUTURE),
    ("The bomb exploded as he was going to attack the post.", "attack", Realis.FUTURE),
    ("Police foiled an attack on the airport.", "attack", Realis.DENIED),
    ("A foiled attack on the airport worried officials.", "attack", Realis.DENIED),
    ("No attack was reported on Friday.", "attack", Realis.DENIED),
    ("The army was not attacked on Monday.", "attacked", Realis.DENIED),
    ("The army denied that it had bombed the hospital.", "bombed", Realis.DENIED),
    ("The soldiers left without attacking the town.", "attacking", Realis.DENIED),
    ("The group threatened to attack the capital.", "attack", Realis.HYPOTHETICAL),
    ("The commander vowed an attack on the capital.", "attack", Realis.HYPOTHETICAL),
    ("Officials warned of a possible attack on the embassy.", "attack", Realis.HYPOTHETICAL),
    ("If rebels attack the town, the army may respond.", "attack", Realis.HYPOTHETICAL),
    ("The militia could attack the convoy.", "attack", Realis.HYPOTHETICAL),
    ("The threat of an airstrike kept the families away.", "airstrike", Realis.HYPOTHETICAL),
    ("Rebels often kill villagers.", "kill", Realis.GENERAL),
    ("Soldiers took part in a drill of an attack on the airport.", "attack", Realis.FIGURATIVE),
]


def mention_of(sentence: str, word: str) -> EventMention:
    """Find the one mention whose trigger holds `word`."""
    document = parsed(sentence)
    found = find_mentions(document, read_signals(document, lexicons()))
    (mention,) = (m for m in found if word in m.text.split())
    return mention


@pytest.mark.parametrize(("sentence", "word", "realis"), CASES)
def test_a_trigger_is_judged_by_what_governs_it(sentence: str, word: str, realis: Realis) -> None:
    mention = mention_of(sentence, word)
    assert mention.realis is realis, mention.reason
    assert mention.reason


@pytest.mark.parametrize(
    ("sentence", "word", "is_recalled"),
    [
        ("The same group had attacked the base in March.", "attacked", True),
        ("The city marked the anniversary of the bombing.", "bombing", True),
        ("Gunmen attacked the village on Sunday.", "attacked", False),
        (
            "A former officer pleaded guilty on Tuesday in Manhattan to a shooting in which two people died.",
            "shooting",
            True,
        ),
        ("He was convicted of the bombing of a market.", "bombing", True),
        ("A court sentenced two men on Monday for an attack on a bus.", "attack", True),
        ("A man was charged on Monday over a stabbing in the town.", "stabbing", False),
    ],
)
def test_an_event_of_earlier_times_is_recalled(sentence: str, word: str, is_recalled: bool) -> None:
    assert mention_of(sentence, word).is_recalled is is_recalled


@pytest.mark.parametrize(
    ("sentence", "word", "is_tried"),
    [
        ("A nurse pleaded guilty on Monday in Boston to a stabbing in which three people died.", "stabbing", True),
        ("Two men were jailed for life on Friday for the bombing of a bank in Lima that killed nine.", "killed", True),
        ("A driver was charged on Friday with murder over a crash in Perth that killed four.", "crash", True),
        ("The gunman who killed six shoppers in Graz was sentenced to life on Friday.", "killed", True),
        ("Five officers were convicted of shooting dead twelve farmers near Jos.", "shooting", True),
        ("A jury found him guilty of the bombing of a ferry.", "bombing", True),
        ("The inquiry into the wildfire that burned a village near Faro published its report.", "wildfire", True),
        ("Villagers marked the anniversary of the massacre that emptied their valley.", "massacre", True),
        ("A man was charged with murder after gunmen shot three people in Leeds on Saturday.", "shot", False),
        ("Riot police charged the crowd in Lima, killing two people.", "killing", False),
        ("A trader jailed for fraud was killed when gunmen stormed the prison.", "killed", False),
        ("A bomb exploded outside a court in Quetta before a hearing.", "exploded", False),
        ("Police shot a man dead on Tuesday during the trial of his brother.", "shot", False),
    ],
)
def test_what_a_court_or_a_memorial_is_about_is_no_news(sentence: str, word: str, is_tried: bool) -> None:
    assert mention_of(sentence, word).is_tried is is_tried
