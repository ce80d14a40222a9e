"""Rewrite the case of headlines and of text in capitals, so that a parser trained on running text can read it.

No character moves: the result has the length of the source. A word of a headline in Title Case is lowered where the
body has it in lower case, or where it is a common English word; a text in capitals is lowered except for words listed
as names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from importlib import resources

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MIN_LETTERS = 12  # a shorter text in capitals is an acronym or a label
_CAPITAL_SHARE = 0.9
_TITLE_CASE_SHARE = 0.6  # of the words of a headline: above it case tells nothing about names


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    text = resources.files("seeds").joinpath("reference", "common_words.txt").read_text("utf-8")
    return frozenset(text.split())


def is_all_caps(text: str) -> bool:
    """Say whether the letters of a text are nearly all capitals."""
    n_upper = sum(map(str.isupper, text))
    n_lower = sum(map(str.islower, text))
    return n_upper + n_lower >= _MIN_LETTERS and n_upper >= _CAPITAL_SHARE * (n_upper + n_lower)


def lower_headline(title: str, text: str) -> str:
    """Lower the words of a Title Case headline that are no names, by the case that the body gives them."""
    words = _WORD.findall(title)
    n_capital = sum(word[0].isupper() for word in words[1:])
    if len(words) < 3 or n_capital < _TITLE_CASE_SHARE * (len(words) - 1):
        return title
    in_body = frozenset(_WORD.findall(text))
    common = _common_words()

    def lowered(match: re.Match[str]) -> str:
        word = match.group()
        lowered_word = word.lower()
        if len(lowered_word) != len(word) or (word.isupper() and len(word) > 1 and not is_all_caps(title)):
            return word
        is_common = lowered_word in in_body or (lowered_word in common and word.capitalize() not in in_body)
        return lowered_word if is_common else word.capitalize()

    return _sub(lowered, title)


def lower_capitals(text: str, is_name: Callable[[str], bool]) -> str:
    """Lower a text in capitals; words for which `is_name` holds keep their first capital, and so do sentence starts."""

    def lowered(match: re.Match[str]) -> str:
        word = match.group()
        lowered_word = word.lower()
        if len(lowered_word) != len(word):
            return word
        before = text[: match.start()].rstrip()[-1:]
        return word.capitalize() if is_name(lowered_word) or before in ("", ".", "?", "!") else lowered_word

    return _sub(lowered, text)


def _sub(change: Callable[[re.Match[str]], str], text: str) -> str:
    return _WORD.sub(change, text)
