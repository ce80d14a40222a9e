"""What the parser does with text that no library takes as it is."""

from __future__ import annotations

from tests.support.parsed import make_document


def test_half_characters_are_replaced_one_for_one() -> None:
    document = make_document("A bomb\ud800 exploded in \udfffKabul.", "\ud800 Bomb")
    (kabul,) = (t for t in document.tokens if "Kabul" in t.text)
    assert document.article.text[kabul.start : kabul.end] == kabul.text
    assert len(document.article.text) == len("A bomb\ud800 exploded in \udfffKabul.")
    assert document.is_parsed
