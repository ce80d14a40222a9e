"""Whatever the text, places are found without an error, and each span is a slice of the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.coding.sentences import split_sentences
from extractors.text.segments import TITLE, Segment
from extractors.where import choose_place, find_places
from model.report import Role
from tests.support.places import article, gazetteer

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
    *("near", "in", "of", "(AP) —", "U.S.", "al-", "’s", "\n", ",", "Côte d’Ivoire", "9" * 400, "\u202e", "\x00"),
]
_TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_NAMES), max_size=40).map(" ".join))


@settings(max_examples=150)
@given(text=_TEXTS, title=_TEXTS, url=st.one_of(st.none(), st.text(max_size=60), st.just("http://[bad")))
def test_places_of_any_text(text: str, title: str, url: str | None) -> None:
    piece = article(text, title, url)
    sentences = split_sentences(text)
    found = find_places(piece, sentences, gazetteer())
    for mention in found:
        if mention.place.start_char >= 0:
            assert text[mention.place.start_char : mention.place.end_char] == mention.place.text
    segment = Segment((TITLE, *(s.index for s in sentences)), TITLE, "", Role.MAIN, is_whole_article=True)
    assert choose_place(found, segment, sentences, piece) == choose_place(found, segment, sentences, piece)
    assert found == find_places(piece, sentences, gazetteer())
