"""Names that need the rest of the article: rows of states, streets, unknown villages, far-off namesakes."""

from __future__ import annotations

import pytest

from extractors.coding.where import MentionKind, PlaceMention
from tests.support.places import gazetteer, mentions


def _of(text: str, name: str, **more: str | None) -> PlaceMention:
    return next(m for m in mentions(text, **more) if m.place.text == name)


@pytest.mark.parametrize("name", ["New York", "Oklahoma", "Ohio"])
def test_a_row_of_states_names_states(name: str) -> None:
    text = "Cases of the illness were found in Ohio, New York, Oklahoma and Utah, officials said."
    assert _of(text, name).source.kind == "admin1"


def test_two_states_are_a_row_when_the_text_says_so() -> None:
    text = "The company moved its staff to states such as Oregon or Washington."
    assert _of(text, "Washington").source.kind == "admin1"


def test_a_state_beside_its_town_is_the_state_and_alone_it_may_be_the_city() -> None:
    text = "A man was shot in Buffalo, New York, on Monday. His brother lives in New York near Central Park."
    kinds = [m.source.kind for m in mentions(text) if m.place.text == "New York"]
    assert kinds == ["admin1", "town"]


def test_a_row_of_cities_is_no_address() -> None:
    text = "The band played in Washington, New York and Boston before it sailed."
    assert _of(text, "Washington").place.admin1 == "District of Columbia"
    assert _of(text, "Boston").place.admin1 == "Massachusetts"


def test_near_a_country_wants_no_town_of_its_name() -> None:
    assert _of("The ship sank near Mexico, the navy said.", "Mexico").source.kind == "country"


def test_a_great_city_is_not_in_a_state_that_happens_to_be_named() -> None:
    text = "The designer, born in California, is based in London. She moved there last year."
    assert _of(text, "London").place.country_code == "GB"


def test_the_valley_is_no_island() -> None:
    text = "Farmers in the Valley lost their crops near Fresno in California."
    assert not any("Valley" in m.place.text and m.place.country_code == "AI" for m in mentions(text))


def test_a_city_in_the_name_of_a_firm_is_no_person() -> None:
    text = "Chicago Ferries hired ten sailors. Maps of Chicago hang in its office."
    assert _of(text, "Chicago").place.admin1 == "Illinois"


@pytest.mark.parametrize(
    ("text", "name", "town"),
    [
        ("Fire broke out in Mitchelstone near Leeds. Leeds and Bradford sent crews.", "Mitchelstone", "Leeds"),
        ("Two men from Leeds were held in the village of Grendlethorpe.", "Grendlethorpe", "Leeds"),
        ("He was seen in Hull. Police searched Leeds and Grendlethorpe for him.", "Grendlethorpe", "Leeds"),
        ("The road to Grendlethorpe, Bradford, was shut. Leeds was not.", "Grendlethorpe", "Bradford"),
    ],
)
def test_an_unknown_village_is_put_where_the_text_is(text: str, name: str, town: str) -> None:
    found = _of(text, name)
    assert found.kind is MentionKind.UNLISTED
    assert found.place.rule == f"unlisted name, put in {town}"


@pytest.mark.parametrize(
    ("text", "name", "town"),
    [
        ("A nurse of Leeds now works at the Mercy Hospital in Bradford.", "Mercy Hospital", "Bradford"),
        ("A lorry overturned on the A64 near Leeds. Bradford was not affected.", "A64", "Leeds"),
        ("Leeds woke to snow. A bus slid down Harrogate road, said a Bradford driver.", "Harrogate road", "Leeds"),
    ],
)
def test_a_venue_or_road_is_put_into_the_town_beside_it(text: str, name: str, town: str) -> None:
    assert town in _of(text, name).place.rule


def test_names_after_other_words_are_not_places() -> None:
    found = mentions("Police in Leeds thanked Grendlethorpe and said that Mardlock had left.")
    assert [m.place.text for m in found] == ["Leeds"]


def test_a_lone_far_town_is_read_as_an_unknown_name() -> None:
    text = "Walkers love Kemmerer. The council of Newcastle in New South Wales will mend the path to Kemmerer."
    assert all(m.place.country_code == "AU" for m in mentions(text, country="AU"))


def test_a_far_town_with_its_state_stays() -> None:
    text = "A writer from Newcastle in New South Wales moved to Kemmerer, Wyoming."
    assert _of(text, "Kemmerer", country="AU").place.admin1 == "Wyoming"


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("northamptonshire", "GB", 52.3, -0.9),
        ("hebei", "CN", 38.7, 116.4),
        ("lake titicaca", None, -15.8, -69.4),
        ("heathrow", "GB", 51.5, -0.5),
    ],
)
def test_the_tables_know_what_cities_lack(name: str, country: str | None, lat: float, lon: float) -> None:
    found = [p for p in gazetteer().lookup(name) if p.country_code == country and p.kind != "town"]
    assert any(abs(p.lat - lat) < 0.5 and abs(p.lon - lon) < 0.5 for p in found)


def test_a_british_paper_is_at_home_in_britain() -> None:
    found = gazetteer().town_in_label("stokesentinel", 15_000, "GB")
    assert found is not None
    assert found.name == "Stoke-on-Trent"


def test_an_unknown_town_in_the_dateline_is_a_place() -> None:
    text = "QUORNDALE, Mali, July 28 - Gunmen killed nine people here on Monday, the mayor said. Bamako sent troops."
    found = mentions(text)
    dateline = next(m for m in found if m.place.text == "QUORNDALE")
    assert (dateline.kind, dateline.place.name, dateline.place.country_code) == (
        MentionKind.UNLISTED,
        "Quorndale",
        "ML",
    )


def test_an_unknown_village_of_the_text_is_found_in_the_title() -> None:
    text = "Gunmen attacked the village of Quorndale near Bandiagara in Mali on Monday."
    titled = [m for m in mentions(text, title="Quorndale buries its dead") if m.sentence == -1]
    assert [(m.place.name, m.place.start_char) for m in titled] == [("Quorndale", -1)]


def test_two_far_namesakes_bear_no_witness_for_each_other() -> None:
    text = "BAGHDAD, Aug. 7 - Two car bombs went off in Iraq on Wednesday, one in Shaab and one in Jisr, police said."
    assert not any(m.place.country_code == "IL" for m in mentions(text))


def test_the_only_bearer_of_a_name_is_kept_where_no_country_is_known() -> None:
    text = "Four hundred people have walked to Bankass. They camp in a school yard in Bankass, the mayor says."
    assert _of(text, "Bankass").place.country_code == "ML"


def test_the_first_word_of_a_longer_name_is_no_hamlet() -> None:
    text = "The mud in Petrópolis has two colours, they say at the bakery in Alto da Serra."
    assert not any(m.place.country_code == "US" for m in mentions(text))


def test_a_month_is_no_dateline() -> None:
    assert not any(m.place.text == "JUNE" for m in mentions("Nothing new.", title="15 JUNE - BURKINA FASO"))
