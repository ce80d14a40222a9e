"""Words of a text with offsets, and which of them may be part of a name.

Two ways of writing are told apart: plain sentences, where a capital inside a sentence marks a name; headlines in
title case and texts all in capitals (old wire copy), where only words that are not common English words may be names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from extractors.coding.document import Sentence
from extractors.reference.fold import fold
from extractors.where.cues import common_words

# "U.S." or a word. Both begin with a letter or digit, said first so that the search leaps from one to the next.
_WORD = re.compile(r"[^\W_](?:(?<=\D)(?:\.[^\W\d_])+\.|[^\W_]*(?:[’'`ʿʾ‘][^\W\d_]+)*)")
_POSSESSIVE = re.compile(r"[’'‘`]s?$|[’'‘`][sS]$")
_ELIDED = re.compile(r"[dl][’'][A-ZÀ-Þ]")  # "Côte d'Ivoire"
_CAPS_SHARE = 0.8  # share of capitalised words from which the capital carries no news
_MOST_WORDS = 6_000  # about 40 kB: what follows in longer texts is not read for places


class Word(NamedTuple):  # not a dataclass: a thousand are made for each article, and these cost a third
    """One word: `text` is `source[start:end]` without a possessive; `gap` stands between it and the one before."""

    text: str
    start: int
    end: int
    folded: str
    gap: str
    sentence: int
    is_name: bool
    is_common: bool
    capital_tells: bool


def split_words(source: str, sentences: Sequence[Sentence], title_index: int | None = None) -> list[Word]:
    """Split `source` into words. With `title_index` all words carry that sentence index, else the one they stand in."""
    starts = [sentence.start for sentence in sentences]
    matches = list(islice(_WORD.finditer(source), _MOST_WORDS))
    tells = _capitals_tell([match.group() for match in matches])
    common, make = common_words(), tuple.__new__  # past the named tuple's own constructor, which costs three times more
    words: list[Word] = []
    previous_end, previous_sentence = 0, None
    for match in matches:
        text, start = match.group(), match.start()
        sentence = title_index if title_index is not None else bisect_right(starts, start) - 1
        gap = source[previous_end:start]
        if text.isalpha() and text.islower() and text.isascii():
            previous_end = match.end()
            words.append(make(Word, (text, start, previous_end, text, gap, sentence, False, text in common, tells)))
        else:
            words.append(_name_or_number(text, start, gap, sentence, sentence != previous_sentence, tells))
            previous_end = words[-1].end
        previous_sentence = sentence
    return words


def _name_or_number(text: str, start: int, gap: str, sentence: int, is_first: bool, tells: bool) -> Word:
    possessive = _POSSESSIVE.search(text) if len(text) > 2 else None
    if possessive is not None:
        text = text[: possessive.start()]
    folded = fold(text)
    is_common = folded in common_words() and not (tells and len(text) > 1 and text.isupper())
    capital = text[:1].isupper() or _ELIDED.match(text) is not None
    is_name = capital and not (is_common and (is_first or not tells))
    return Word(text, start, start + len(text), folded, gap, sentence, is_name, is_common, tells)


def _capitals_tell(words: Sequence[str]) -> bool:
    long_words = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return not long_words or sum(word[0].isupper() for word in long_words) < _CAPS_SHARE * len(long_words)
