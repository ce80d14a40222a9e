"""The language of headlines and texts: told by their words, whatever the feed declares."""

import pytest

from extractors.page.language import detect_language

PROSE = (
    "Kwa mujibu wa taarifa ya polisi watu wanane wamefariki dunia baada ya basi kugongana na lori katika barabara kuu "
    "ya kaskazini siku ya Jumatatu, na wengine kumi na wawili wamelazwa katika hospitali ya wilaya."
)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Quatre villageois tués par des hommes armés dans le nord", "fr"),
        ("Deux gendarmes tués à Tillabéri", "fr"),
        ("Cinco policías heridos en una emboscada en el Cauca", "es"),
        ("Homens armados matam seis pessoas em Macomia", "pt"),
        ("Drei Verletzte bei Explosion in einer Fabrik", "de"),
        ("Dua polisi tewas dalam serangan di Papua", "id"),
        ("Autobomba na stadionie, pięć osób nie żyje po ataku", "pl"),
        ("Trois morts", "en"),  # too little to tell: the declaration holds
    ],
)
def test_a_short_text_keeps_no_false_default(title: str, language: str) -> None:
    assert detect_language(title, "", "en") == language


@pytest.mark.parametrize(
    "title",
    [
        "Gunmen kill six in Macomia", "Explosion at Lagos depot", "Tillaberi ambush leaves soldiers dead",
        "Al-Shabaab fighters raid Lamu village", "Landslide buries homes in La Paz, Bolivia",
        "Rockets hit Erbil airport",
        "De Mistura warns of Idlib assault", "Die-hard rebels hold Aleppo", "Sinaloa cartel gunmen attack Culiacan",
    ],
)  # fmt: skip
def test_english_headlines_full_of_foreign_names_are_english(title: str) -> None:
    assert detect_language(title, "", "en") == "en"


def test_long_texts_are_told_by_their_letters_and_words() -> None:
    assert detect_language("", PROSE, "en") == "sw"
    english = (
        "Reporters in Dar es Salaam said that the bus had been on its way from Mbeya to the coast when it hit a lorry. "
    )
    assert detect_language("", english * 3, "sw") == "en"


def test_what_is_declared_holds_for_what_tells_nothing() -> None:
    assert detect_language("Kabul", "", None) is None
    assert detect_language("", "", "fr") == "fr"
    assert detect_language("Bamako: 12", "", "fr") == "fr"
