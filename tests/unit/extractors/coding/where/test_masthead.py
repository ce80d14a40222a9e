"""What an outlet that is called after its town or country tells of a place, and when it tells nothing."""

from __future__ import annotations

import pytest

from extractors.coding.where import MentionKind
from tests.support.places import mentions, place_of

NAMESAKES = {  # the name, an outlet, the country that it is in
    "a_town_in_the_name": ("Songo", "Maputo Evening Post", "MZ"),
    "a_country_in_the_name": ("Mbale", "Times of Kenya", "KE"),
    "a_people_in_the_name": ("Kita", "The Malian Observer", "ML"),
    "no_place_in_the_name": ("Kita", "The Morning Observer", "JP"),
}


@pytest.mark.parametrize("case", NAMESAKES)
def test_a_name_of_several_countries_is_read_in_that_of_the_paper(case: str) -> None:
    name, outlet, country = NAMESAKES[case]
    place = place_of(f"Gunmen killed nine people in {name} on Monday.", outlet=outlet)
    assert place is not None
    assert place.country_code == country


def test_the_town_of_the_paper_is_a_candidate_where_the_text_names_none() -> None:
    text = "A bus fell off the bridge on Monday. Nigerian police counted nine dead."
    hints = [m.place.name for m in mentions(text, outlet="Lagos Morning Post") if m.kind is MentionKind.HINT]
    assert hints == ["Lagos"]


def test_a_spot_that_the_text_names_keeps_the_town_of_the_paper_out() -> None:
    names = {m.place.name for m in mentions("A bus fell off a bridge in Abuja on Monday.", outlet="Lagos Morning Post")}
    assert "Abuja" in names
    assert "Lagos" not in names


def test_a_paper_whose_country_nothing_bears_out_tells_nothing() -> None:
    assert place_of("A bus fell off the bridge on Monday and nine people died.", outlet="Lagos Morning Post") is None


def test_an_american_town_in_a_name_is_left_to_the_rules_of_american_papers() -> None:
    names = {m.place.name for m in mentions("A bus fell off a bridge near Kano.", outlet="Savannah Courts")}
    assert "Kano" in names
    assert "Savannah" not in names


def test_the_feed_says_more_than_the_name() -> None:
    place = place_of("Gunmen killed nine people in Songo on Monday.", outlet="Maputo Evening Post", country="AO")
    assert place is not None
    assert place.country_code == "AO"
