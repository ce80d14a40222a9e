"""Each figure once for each speaker. Every sentence is made up."""

from extractors.coding.claims import dedupe, find_claims
from tests.support.parsed import make_document


def kept(text: str, title: str = "") -> list[tuple[str, int | None, str | None]]:
    found = dedupe(find_claims(make_document(text, title)))
    return [(f.claim.measure.value, f.claim.low, f.claim.speaker) for f in found]


def test_the_title_does_not_repeat_the_text() -> None:
    assert kept("Six people were killed, the interior ministry said.", "Blast kills six") == [
        ("killed", 6, "interior ministry")
    ]


def test_the_title_alone_is_kept() -> None:
    assert kept("Shops were shut.", "Blast kills six") == [("killed", 6, None)]


def test_speakers_who_disagree_are_all_kept() -> None:
    text = "The army said six fighters were killed. Rebels said nine fighters were killed."
    assert kept(text) == [("killed", 6, "army"), ("killed", 9, "Rebels")]


def test_a_figure_goes_with_its_speaker() -> None:
    assert kept("Six people were killed. Police said six people were killed.") == [("killed", 6, "Police")]


def test_single_persons_count_once_and_yield_to_a_figure() -> None:
    assert kept("A man was killed. The man died at noon.") == [("killed", 1, None)]
    assert kept("Six people were killed. An old man died at noon.") == [("killed", 6, None)]


def test_a_plural_without_number_yields_to_a_figure() -> None:
    assert kept("Villagers were killed. Four villagers were killed.") == [("killed", 4, None)]


def test_a_short_name_means_the_full_one() -> None:
    text = "The Valley interior ministry said four men were killed. Ten were hurt, the ministry said."
    assert kept(text)[1] == ("injured", 10, "Valley interior ministry")


def test_single_arrests_and_shots_are_no_rows() -> None:
    assert kept("A man was arrested. A woman was shot and is in stable condition.") == [("injured", 1, None)]


def test_a_wound_of_one_who_died_is_no_row() -> None:
    assert kept("A man who had been wounded died in the night.") == [("killed", 1, None)]
    assert kept("A woman died of her burns.", "Woman hurt in fire") == [("killed", 1, None)]


def test_the_title_is_vague_where_the_text_counts() -> None:
    assert kept("Thirty-one men were missing, police said.", "Dozens missing in flood") == [("missing", 31, "police")]


def test_the_death_of_the_attacker_is_a_row_of_its_own() -> None:
    assert kept("Four people were killed. The gunman also died.") == [("killed", 4, None), ("killed", 1, None)]


def test_vague_parts_are_no_rows() -> None:
    assert kept("More than 40 people were wounded, many of them traders.") == [("injured", 40, None)]
