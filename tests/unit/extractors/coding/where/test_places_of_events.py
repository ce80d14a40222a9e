"""Kinds of text that named another place before: towns that lose to talks, namesakes, unknown villages, homonyms."""

from __future__ import annotations

import pytest

from extractors.coding.where import MentionKind, find_places, place_near
from extractors.coding.where.offsets import read_offset
from extractors.reference.spelling import spelling_key
from model.geo import distance_km
from model.report import PlacePrecision
from tests.support.places import events_of, gazetteer, mentions, parsed, place_of


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("A shell killed three people in Kherson on Monday. Talks went on in Riyadh.", "Kherson", "UA"),
        ("Jets bombed a market in Daraa, killing nine, while diplomats met in Geneva.", "Dar\u2018\u0101", "SY"),
        ("Gunmen shot dead four guards in Diffa on Sunday, and Niamey promised revenge.", "Diffa", "NE"),
        ("A mine killed six soldiers near Marib on Friday, the army said in Riyadh.", "Ma'rib", "YE"),
    ],
)
def test_a_town_is_the_town_and_beats_where_people_talk(text: str, name: str, country: str) -> None:
    place = place_of(text)
    assert place is not None
    assert (place.name, place.country_code, place.precision) == (name, country, PlacePrecision.TOWN)


@pytest.mark.parametrize("division", ["Kherson province", "Kherson region", "the province of Kherson"])
def test_a_word_of_division_beside_the_name_means_the_division(division: str) -> None:
    place = place_of(f"Shelling killed three people in {division} on Monday.")
    assert place is not None
    assert (place.country_code, place.precision) == ("UA", PlacePrecision.REGION)


def test_the_police_beside_a_name_tell_its_country() -> None:
    place = place_of("A shootout in Cordoba left three dead on Sunday, Colombian police said.")
    assert place is not None
    assert place.country_code == "CO"


def test_a_government_that_speaks_is_no_place_of_an_attack() -> None:
    place = place_of("Washington said on Monday that a bomb had killed two guards in Erbil.")
    assert place is not None
    assert place.country_code == "IQ"


def test_a_group_and_a_team_are_no_towns() -> None:
    found = mentions("Fighters of al-Shabab killed nine in Mogadishu. A SWAT team came from Wall Street.")
    assert not {m.place.country_code for m in found} & {"IR", "PK"}


def test_an_unknown_village_keeps_its_name_and_takes_the_point_that_a_distance_gives() -> None:
    text = "Raiders burned huts in the village of Bulo Garas, 90 km south-west of Mogadishu, Somalia, killing five."
    place = place_of(text)
    assert place is not None
    assert (place.name, place.place_id, place.precision) == ("Bulo Garas", None, PlacePrecision.DISTRICT)
    assert place.lat is not None
    assert place.lon is not None
    assert 80 < distance_km(place.lat, place.lon, 2.04, 45.34) < 100


def test_an_unknown_village_in_a_province_has_the_precision_of_the_province() -> None:
    place = place_of("Gunmen killed twelve people in the village of Ntoyanga, in North Kivu province, Congo.")
    assert place is not None
    assert (place.name, place.country_code, place.precision) == ("Ntoyanga", "CD", PlacePrecision.REGION)


def test_half_a_name_is_no_place() -> None:
    found = mentions("Gangs attacked Pont-Zelmi in Haiti and killed seventy. Haiti mourned in Port-au-Prince.")
    assert not any(m.place.country_code == "FR" for m in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [("baqouba", "baquba"), ("bani bangou", "banibangou"), ("polampally", "polampalli"), ("al khoms", "khums")],
)
def test_transliterations_share_a_key(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other)


@pytest.mark.parametrize(
    ("before", "km", "bearing"),
    [
        ("Ntoyo, 30 km north of ", 30.0, 0.0),
        ("some ten kilometres from the provincial capital ", 10.0, None),
        ("about 120 km (75 miles) south-west of ", 120.0, 225.0),
    ],
)
def test_distances_are_read(before: str, km: float, bearing: float | None) -> None:
    offset = read_offset(before)
    assert offset is not None
    assert (offset.km, offset.bearing) == (km, bearing)


def test_a_distance_that_ends_elsewhere_is_none() -> None:
    assert read_offset("They walked 30 km north before nightfall and rested in ") is None


def test_the_place_of_a_trigger_is_that_of_its_own_clause() -> None:
    document = parsed("A bomb exploded in Mosul on Monday, and gunmen shot dead two men in Kirkuk on Tuesday.")
    found = find_places(document, gazetteer())
    near = {e.text.split()[-1]: place_near(e, found, document) for e in events_of(document)}
    names = {text: place.place.text for text, place in near.items() if place is not None}
    assert (names["exploded"], names["dead"]) == ("Mosul", "Kirkuk")


def test_losers_tell_their_share() -> None:
    place = place_of("Two bombs exploded, one in Mosul and one in Kirkuk, on Monday.")
    assert place is not None
    assert any("share" in loser.reason for loser in place.losers)


def test_a_reaction_has_the_kind_of_a_speaker() -> None:
    found = mentions("Moscow condemned the attack in Aleppo.")
    assert next(m for m in found if m.place.name == "Moscow").kind is MentionKind.SPEAKER
