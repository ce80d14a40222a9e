"""Words of a text with offsets, and which of them may be part of a name.

Two ways of writing are told apart: plain sentences, where a capital inside a sentence marks a name; headlines in
title case and texts all in capitals (old wire copy), where only words that are not common English words may be names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.reference.fold import fold
from extractors.text.sentences import Sentence
from extractors.where.cues import common_words

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'`ʿʾ‘][^\W\d_]+)*", re.UNICODE)
_POSSESSIVE = re.compile(r"[’'‘`]s?$|[’'‘`][sS]$")
_ELIDED = re.compile(r"[dl][’'][A-ZÀ-Þ]")  # "Côte d'Ivoire"
_CAPS_SHARE = 0.8  # share of capitalised words from which the capital carries no news
_MOST_WORDS = 6_000  # about 40 kB: what follows in longer texts is not read for places


@dataclass(frozen=True, slots=True)
class Word:
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
    matches = [match for _, match in zip(range(_MOST_WORDS), _WORD.finditer(source), strict=False)]
    capitals_tell = _capitals_tell([match.group() for match in matches])
    words: list[Word] = []
    previous_end, previous_sentence = 0, None
    for match in matches:
        text = match.group()
        possessive = _POSSESSIVE.search(text) if len(text) > 2 else None
        if possessive is not None:
            text = text[: possessive.start()]
        start = match.start()
        sentence = title_index if title_index is not None else bisect_right(starts, start) - 1
        folded = fold(text)
        is_common = folded in common_words() and not (capitals_tell and len(text) > 1 and text.isupper())
        is_first = sentence != previous_sentence
        capital = text[:1].isupper() or _ELIDED.match(text) is not None
        is_name = capital and not (is_common and (is_first or not capitals_tell))
        gap = source[previous_end:start]
        words.append(Word(text, start, start + len(text), folded, gap, sentence, is_name, is_common, capitals_tell))
        previous_end, previous_sentence = start + len(text), sentence
    return words


def _capitals_tell(words: Sequence[str]) -> bool:
    long_words = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return not long_words or sum(word[0].isupper() for word in long_words) < _CAPS_SHARE * len(long_words)
