"""The words of a document that may be part of a name: its tokens without punctuation, folded, with the gaps between.

Two ways of writing are told apart: plain sentences, where a capital inside a sentence marks a name; headlines in
title case and texts all in capitals (old wire copy), where only words that are not common English words may be names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.coding.document import Document, Token
from extractors.coding.where.cues import common_words
from extractors.reference.fold import fold

_ELIDED = re.compile(r"[dl][’'][A-ZÀ-Þ]")  # "Côte d'Ivoire"
_CAPS_SHARE = 0.8  # share of capitalised words from which the capital carries no news
_MOST_WORDS = 6_000  # about 40 kB: what follows in longer texts is not read for places
_SILENT = frozenset(("'s", "’s", "'", "’"))


class Word(NamedTuple):  # not a dataclass: a thousand are made for each article, and these cost a third
    """One token that is a word: `gap` is the text between it and the one before, `token` its index in the document."""

    text: str
    start: int
    end: int
    folded: str
    gap: str
    sentence: int
    is_name: bool
    is_common: bool
    capital_tells: bool
    token: int


def words_of(document: Document, tokens: Sequence[Token]) -> list[Word]:
    """Take the words among `tokens`, which are all of the title or all of the text."""
    kept = [t for t in tokens if any(c.isalnum() for c in t.text) and t.lower not in _SILENT][:_MOST_WORDS]
    if not kept:
        return []
    source = document.source_of(kept[0])
    tells = _capitals_tell(kept)
    words: list[Word] = []
    end, sentence = 0, None
    for token in kept:
        gap = source[end : token.start] if token.start >= end else " "
        words.append(_word(token, gap, is_first=token.sentence != sentence, tells=tells))
        end, sentence = token.end, token.sentence
    return words


def _word(token: Token, gap: str, *, is_first: bool, tells: bool) -> Word:
    text = token.text
    folded = text if text.isalpha() and text.islower() and text.isascii() else fold(text)
    is_common = folded in common_words() and not (tells and len(text) > 1 and text.isupper())
    capital = text[:1].isupper() or _ELIDED.match(text) is not None
    is_name = capital and not (is_common and (is_first or not tells))
    return Word(text, token.start, token.end, folded, gap, token.sentence, is_name, is_common, tells, token.index)


def _capitals_tell(tokens: Sequence[Token]) -> bool:
    long_words = [t.text for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
    return not long_words or sum(word[0].isupper() for word in long_words) < _CAPS_SHARE * len(long_words)
