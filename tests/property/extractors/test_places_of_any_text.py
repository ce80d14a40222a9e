"""Whatever the text, places are found without an error, and each span is a slice of the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.coding.where import choose_place, find_places, place_near
from tests.support.places import article, events_of, gazetteer, parser, whole

_NAMES = [
    *(
        "Khusham",
        "Paris, Texas",
        "St. Louis, Mo.",
        "DEIR EZ-ZOR",
        "الرقة",
        "Deir\u200eez-Zor",
        "Jordan",
        "police",
        "Mr.",
    ),
    *(
        "near",
        "in",
        "of",
        "(AP) —",
        "U.S.",
        "al-",
        "’s",
        "\n",
        ",",
        "Pont-Sondé",
        "30 km north of",
        "the village of",
        "Ouo",
        "province",
        "Côte d’Ivoire",
        "9" * 400,
        "\u202e",
        "\x00",
    ),
]
_TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_NAMES), max_size=40).map(" ".join))


@settings(max_examples=150)
@given(text=_TEXTS, title=_TEXTS, url=st.one_of(st.none(), st.text(max_size=60), st.just("http://[bad")))
def test_places_of_any_text(text: str, title: str, url: str | None) -> None:
    document = parser().parse(parser().tokenise(article(text, title, url)))
    found = find_places(document, gazetteer())
    for mention in found:
        if mention.place.start_char >= 0:
            source = document.article.text
            assert source[mention.place.start_char : mention.place.end_char] == mention.place.text
    for event in events_of(document):
        near = place_near(event, found, document)
        assert near is None or near in found
    cluster = whole(document)
    assert choose_place(found, cluster, document) == choose_place(found, cluster, document)
    assert found == find_places(document, gazetteer())


@settings(max_examples=40)
@given(text=_TEXTS, title=_TEXTS)
def test_places_of_a_text_that_was_not_parsed(text: str, title: str) -> None:
    document = parser().tokenise(article(text, title))
    found = find_places(document, gazetteer())
    assert all(m.token < len(document.tokens) for m in found)
    choose_place(found, whole(document), document)
