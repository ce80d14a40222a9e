"""Find the numbers and ages of a sentence by the tokens that they cover."""

from __future__ import annotations

import re

from extractors.coding.claims.numbers import NumberSpan, find_numbers
from extractors.coding.document import Document, Sentence

_MAX_AGE_YEARS = 115
_AGED = re.compile(r"\b(?:aged?|ages)(?: from| of)? ?$")
_AGE = re.compile(
    r"(?P<age>\d{1,3})[- ](?:years?|yrs?|months?)[- ]old|\b(?:aged?|ages) (?P<aged>\d{1,3})\b"
    r"|, (?P<comma>\d{1,3})(?=[,;.)]| and\b|$)"
)


def numbers_by_token(document: Document, sentence: Sentence) -> dict[int, NumberSpan]:
    """Find the numbers of a sentence by the tokens that they cover, hedges included."""
    found: dict[int, NumberSpan] = {}
    tokens = document.tokens_of(sentence)
    if not tokens:
        return found
    at = 0
    for number in find_numbers(sentence.text):
        if _AGED.search(sentence.text, 0, number.start):
            continue  # "aged between 19 and 31"
        start, end = number.start + sentence.start, number.end + sentence.start
        while at < len(tokens) and tokens[at].start < start:
            at += 1
        while at < len(tokens) and tokens[at].end <= end:
            found[tokens[at].index] = number
            at += 1
    for k in range(sentence.first + 2, sentence.last - 1):  # "eleven (11) wounded" is one number
        same = found.get(k - 2)
        is_again = document.tokens[k - 1].text == "(" and document.tokens[k + 1].text == ")" and k in found
        if is_again and same is not None and same.low == found[k].low:
            found |= dict.fromkeys(range(k - 1, k + 2), same)
    return dict(sorted(found.items()))


def ages_by_token(document: Document, sentence: Sentence) -> dict[int, str]:
    """Find the ages told, by the first token of each."""
    found: dict[int, str] = {}
    matches = [(m.start(m.lastgroup or 0), m.group(m.lastgroup or 0)) for m in _AGE.finditer(sentence.text)]
    starts = {t.start - sentence.start: t.index for t in document.tokens_of(sentence)}
    for start, age in matches:
        if start in starts and int(age) <= _MAX_AGE_YEARS:
            found[starts[start]] = age
    return found
