"""Where it happened: one sentence of our own for each habit of the press that the chooser must know."""

from __future__ import annotations

import pytest

from extractors.coding.where import MentionKind
from model.report import PlacePrecision
from tests.support.places import mentions, place_of

CASES = {
    "khusham": ("Dozens died in strikes near Khusham, in eastern Syria, on Wednesday.", "Khushām", "SY"),
    "press_spelling": ("A clash eight kilometers east of Khasham in Syria left 21 dead.", "Khushām", "SY"),
    "gas_plant": ("Shells fell on the Conoco gas plant in Syria, officials in Moscow said.", "Conoco gas plant", "SY"),
    "state_abbreviation": ("SPRINGFIELD, Mo. (AP) — Two men were shot on Saturday, police said.", "Springfield", "US"),
    "paris_texas": ("A man was killed in Paris, Texas, on Monday. The victim was a Dallas man.", "Paris", "US"),
    "paris": ("A bomb exploded in Paris on Monday, French police said.", "Paris", "FR"),
    "washington_dc": ("A shooting in Washington, D.C., wounded two people.", "Washington", "US"),
    "tbilisi": ("A bomb exploded in Tbilisi, Georgia, and Georgian police blamed nobody.", "Tbilisi", "GE"),
    "atlanta": ("A deputy was shot in Atlanta, Georgia, the sheriff said.", "Atlanta", "US"),
    "person_like_a_country": ("Jordan Miles, 24, was shot dead in Baltimore. Jordan was a student.", "Baltimore", "US"),
    "person_like_a_town": ("Sydney Smith was injured in an attack in Leeds. Smith is recovering.", "Leeds", "GB"),
    "capitals": (
        "SAN SALVADOR, 3 JAN 90 -- GUERRILLAS ATTACKED A POST NEAR JIQUILISCO IN USULUTAN DEPARTMENT, EL SALVADOR.",
        "Jiquilisco",
        "SV",
    ),
    "bureau_dateline": ("BEIRUT (AP) — Air strikes killed nine people in Douma, Syria, rescuers said.", "Dūmā", "SY"),
    "police_department": (
        "Chicago police said a man was shot in the 6700 block of North Clark Street.",
        "Chicago",
        "US",
    ),
    "far_speaker": ("Shelling in Avdiivka killed two civilians, Kyiv said. Moscow denied it.", "Avdiyivka", "UA"),
    "burial_elsewhere": (
        "A French soldier died when a mine exploded near Gao in Mali. He will be buried in Lyon.",
        "Gao",
        "ML",
    ),
    "neighbourhood": ("Strikes on Shuja'iyya in Gaza City killed 12 people.", "Shuja'iyya", "PS"),
    "dated_dateline": (
        "NAIROBI, June 19 - More than 200 people were killed in Gimbi in Ethiopia on Saturday, witnesses said.",
        "Gimbi",
        "ET",
    ),
    "near_a_larger_town": ("Shells killed 40 people in the town of Jayrud near Damascus on Monday.", "Jayrūd", "SY"),
    "far_from_the_capital": ("A bus fell into a ravine in Tahta, 460 km south of Cairo, killing nine.", "Ţahţā", "EG"),
    "short_name_by_police": (
        "Two men were shot dead in Santiago on Tuesday, Dominican police said.",
        "Santiago de los Caballeros",
        "DO",
    ),
    "other_short_name": ("Six died in a shootout in San Pedro, Honduran police said.", "San Pedro Sula", "HN"),
    "town_of_a_region": ("Rockets killed three people in Marib on Monday, medics said.", "Ma'rib", "YE"),
    "town_and_talks": ("Jets killed seven in Saada on Tuesday as envoys met in Riyadh.", "Sa'dah", "YE"),
    "old_spelling": ("A rocket hit a market in Kharkov, Ukraine, killing three.", "Kharkiv", "UA"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_place_is_where_it_happened(case: str) -> None:
    text, name, country = CASES[case]
    place = place_of(text)
    assert place is not None
    assert (place.name, place.country_code) == (name, country)
    assert text[place.start_char : place.end_char] == place.text


def test_springfield_is_in_the_state_named_beside_it() -> None:
    place = place_of("SPRINGFIELD, Ill. (AP) — Two men were shot on Saturday, police said.")
    assert place is not None
    assert place.admin1 == "Illinois"
    assert any("Missouri" in loser.value for loser in place.losers), "the other Springfields are told as losers"


def test_washington_the_state_is_a_region_and_no_town() -> None:
    found = {
        m.place.text: m.place for m in mentions("Three people were shot in Washington state, police in Spokane said.")
    }
    assert found["Washington state"].admin1 == "Washington"
    assert found["Washington state"].precision is PlacePrecision.REGION


def test_a_province_is_a_region_though_its_town_has_its_name() -> None:
    place = place_of("Gunmen killed ten people in Deir ez-Zor province in Syria on Monday.")
    assert place is not None
    assert place.precision is PlacePrecision.REGION


def test_a_town_called_like_its_region_is_the_town() -> None:
    place = place_of("Gunmen killed ten people near Menaka in Mali on Monday.")
    assert place is not None
    assert place.precision is PlacePrecision.TOWN


def test_a_country_keeps_the_precision_of_a_country() -> None:
    place = place_of("An explosion killed three soldiers in Syria on Monday.")
    assert place is not None
    assert (place.country_code, place.precision) == ("SY", PlacePrecision.COUNTRY)


def test_only_a_demonym_still_tells_the_country() -> None:
    place = place_of("A bomb killed three Iraqi soldiers on Monday.")
    assert place is not None
    assert (place.country_code, place.precision) == ("IQ", PlacePrecision.COUNTRY)


def test_the_outlet_tells_the_town_when_the_text_does_not() -> None:
    text = "Two men were shot late on Friday, the sheriff's office said. Call 911 with tips."
    place = place_of(text, url="http://www.kmov.com/story/1/two-men-shot")
    assert place is not None
    assert (place.name, place.rule) != ("", "")
    assert (place.lat, place.lon) == pytest.approx((38.63, -90.20), abs=0.1)


def test_what_the_text_says_outweighs_the_outlet() -> None:
    text = "A man was shot in Poplar Bluff, Missouri, on Friday, police said."
    place = place_of(text, url="http://www.wbtv.com/story/2")
    assert place is not None
    assert place.name == "Poplar Bluff"


def test_the_outlet_country_settles_an_open_name() -> None:
    text = "A man was stabbed in Newcastle on Friday."
    australian, british = place_of(text, country="AU"), place_of(text, country="GB")
    assert australian is not None
    assert british is not None
    assert (australian.country_code, british.country_code) == ("AU", "GB")


def test_a_title_that_names_the_province_gives_way_to_the_town_of_the_strikes() -> None:
    text = "Warplanes hit a market in Saraqib in Syria on Monday and killed nine people, rescuers in Idlib said."
    place = place_of(text, title="Bloody day in Idlib")
    assert place is not None
    assert place.name == "Saraqib"


def test_what_was_only_near_is_told_so() -> None:
    place = place_of("Dozens died in strikes near Khusham, in eastern Syria, on Wednesday.")
    assert place is not None
    assert "said to be near" in place.rule, "the resolver reads these words"


def test_no_place_gives_none() -> None:
    assert place_of("Two men were hurt when a wall fell on them.") is None


def test_rule_and_losers_are_told_in_words() -> None:
    place = place_of("Two men were shot in Dayton, Ohio. They live in Toledo.")
    assert place is not None
    assert "'in'" in place.rule or "named" in place.rule
    assert any(loser.text == "Toledo" and "share" in loser.reason for loser in place.losers)


def test_the_part_that_a_name_plays_is_told() -> None:
    text = "Dayton police said John Doe, 24, of Lima, was taken to Toledo Hospital."
    kinds = {m.place.text: m.kind for m in mentions(text)}
    assert kinds["Dayton"] is MentionKind.POLICE
    assert kinds["Lima"] is MentionKind.HOMETOWN
    assert kinds["Toledo"] is MentionKind.HOSPITAL


def test_a_street_is_put_into_the_town_named_before_it() -> None:
    found = mentions("A man was shot in Dayton. Police found him on Salem Avenue.")
    street = next(m for m in found if m.kind is MentionKind.FACILITY)
    assert street.place.text == "Salem Avenue"
    assert "Dayton" in street.place.rule


def test_the_title_has_no_offsets() -> None:
    found = mentions("Nobody was hurt.", title="Bomb explodes in Baghdad")
    assert [(m.place.name, m.sentence, m.place.start_char) for m in found] == [("Baghdad", -1, -1)]


def test_a_spelling_that_no_table_has_is_read_within_the_country() -> None:
    text = "Fighting in Syria reached Aleppo and Idlib. Shells fell in the town of Jaraboulus."
    assert any(m.place.text == "Jaraboulus" and m.place.country_code == "SY" for m in mentions(text))


def test_a_township_of_a_named_state_is_no_far_city() -> None:
    place = place_of("A farmer killed two people in Aleppo Township on Monday, Pennsylvania State Police said.")
    assert place is not None
    assert place.country_code == "US"


@pytest.mark.parametrize("name", ["Marib", "Saada", "Hodeidah"])
def test_a_region_is_meant_where_province_is_said(name: str) -> None:
    place = place_of(f"Rockets killed three soldiers in {name} province on Monday, medics said.")
    assert place is not None
    assert place.precision is PlacePrecision.REGION


def test_the_north_of_a_country_is_no_town() -> None:
    place = place_of("Raiders killed eleven farmers in northern Mali on Tuesday, officials said.")
    assert place is not None
    assert place.country_code == "ML"
    assert place.precision in (PlacePrecision.REGION, PlacePrecision.COUNTRY)
