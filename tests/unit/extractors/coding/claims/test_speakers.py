"""Who says a figure, cut clean, and whose the victims are. Every sentence is made up."""

import pytest

from extractors.coding.claims import find_claims
from model.report import SpeakerSide
from tests.support.parsed import make_document


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("NAIROBI, June 9 (Courier) - Ten people were killed, the interior ministry said.", "interior ministry"),
        ("08:25 - Medics: 14 dead in Sampletown.", "Medics"),
        ("The Valley Observatory for Human Rights has thirteen dead.", "Valley Observatory for Human Rights"),
        ("A hospital source said twelve people were killed.", "hospital source"),
        ("Five people were killed, according to the provincial health directorate.", "provincial health directorate"),
        ("The governor's office raised the toll to 33 people.", "governor's office"),
    ],
)
def test_the_speaker_is_named_clean(text: str, speaker: str) -> None:
    assert find_claims(make_document(text))[0].claim.speaker == speaker


def test_it_is_the_body_named_before_and_not_one_named_later() -> None:
    text = (
        "The rescue agency said five people were killed. It said nine people were hurt. "
        "The army said that two people were missing."
    )
    assert [f.claim.speaker for f in find_claims(make_document(text))] == ["rescue agency", "rescue agency", "army"]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Three villagers were killed.", "civilians"),
        ("Three people were killed.", "civilians"),
        ("Police shot dead two gunmen.", "suspects"),
        ("The Syrian army said two soldiers were killed.", "mil_sy"),
        ("Four Israeli soldiers were killed.", "mil_il"),
    ],
)
def test_whose_the_victims_are(text: str, side: str) -> None:
    (found,) = find_claims(make_document(text))
    assert found.claim.victims_side == side


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The Israeli army said two Israeli soldiers were killed.", SpeakerSide.PARTY),
        ("The Israeli army said five Palestinian fighters were killed.", SpeakerSide.OPPONENT),
        ("The Israeli army said five villagers were killed.", SpeakerSide.OFFICIAL),
    ],
)
def test_a_party_speaks_of_its_own_dead(text: str, side: SpeakerSide) -> None:
    assert find_claims(make_document(text))[0].claim.speaker_side is side
