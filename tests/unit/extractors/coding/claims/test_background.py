"""Figures that are no claim of the article's incident, each with its reason. Every sentence is made up."""

import pytest

from extractors.coding.claims import claims_of, find_claims, read_claims, tolls
from tests.support.parsed import make_document, whole_cluster

OPENING = "A bomb killed 12 people in Sampletown on Tuesday. Police closed the market. Nobody claimed the attack. "


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The war has killed at least 250,000 people.", "one incident can have"),
        ("The conflict has killed more than 40,000 people since 2009.", "a figure of a"),
        ("The insurgency has left 900 people dead this year.", "period"),
        ("More than 300 people have been killed in the past month.", "period"),
        ("In 2012, a similar attack killed 14 people.", "another year"),
        ("It resembled the rampage in Paris that killed 130 people.", "compared"),
        ("The ministry denied that 40 people had died.", "denies"),
        ("In January a blast killed 31 people there.", "another month"),
        ("More than 9,000 people have been killed since the war began in 2015.", "period"),
        ("The attack came four months after a bombing that killed 58 people.", "earlier event"),
    ],
)
def test_background_is_refused_with_a_reason(sentence: str, words: str) -> None:
    document = make_document(OPENING + sentence)
    assert [f.claim.low for f in find_claims(document)] == [12]
    assert any(words in loser.reason for loser in read_claims(document)[1])


@pytest.mark.parametrize(
    "sentence",
    [
        "A bomb killed 12 people on Tuesday in the worst attack in the city since 2015.",
        "A court convicted three men over a bombing last month that killed 12 people.",
    ],
)
def test_the_lead_tells_of_its_own_incident(sentence: str) -> None:
    assert 12 in [f.claim.low for f in find_claims(make_document(sentence))]


def test_another_day_at_another_place_is_marked_and_left_out_of_the_toll() -> None:
    document = make_document(OPENING + "On Friday gunmen killed five people in Kabul.")
    own = claims_of(find_claims(document), whole_cluster(document), document)
    assert [(f.claim.low, {"other-day", "other-place"} <= f.marks) for f in own] == [(12, False), (5, True)]
    killed, _ = tolls(own, whole_cluster(document), document)
    assert (killed.low, killed.best, killed.high) == (12, 12, 12)


@pytest.mark.parametrize(
    ("sentence", "is_several"),
    [
        ("Two bombings killed at least 58 people in the province.", True),
        ("At least 30 people have been killed in four days of violence.", True),
        ("The bombing killed 12 people near two schools.", False),
    ],
)
def test_a_total_of_several_attacks_is_marked(sentence: str, is_several: bool) -> None:
    (found,) = find_claims(make_document(sentence))
    assert ("several" in found.marks) is is_several


def test_a_cluster_takes_the_claims_of_its_sentences() -> None:
    document = make_document("A mine killed three men in Alpha. A raid killed nine women in Beta.")
    own = claims_of(find_claims(document), whole_cluster(document, 1), document)
    assert [f.claim.low for f in own] == [9]


@pytest.mark.parametrize(
    ("sentence", "killed"),
    [
        ("Gunmen killed five herders near Gao on Monday, a week after the ambush that killed 22 soldiers.", [5]),
        ("The mayor said, a month after the siege that killed 40, that gunmen had shot dead three traders.", [3]),
        ("The town buried its dead on Monday, a day after the blast that killed 12 people.", [12]),
        ("A tenth man died on Monday, a week after the blast that killed nine people.", [1, 10, 9]),
    ],
)
def test_an_earlier_event_that_dates_the_news_keeps_its_own_toll(sentence: str, killed: list[int]) -> None:
    assert [f.claim.low for f in find_claims(make_document(sentence))] == killed
