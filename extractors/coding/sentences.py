"""Split English news text into sentences that keep their offsets.

Rule-based: a sentence ends at `.`, `!` or `?` (with closing quotes) before white space and a capital, digit or opening
quote, unless the full stop belongs to an abbreviation or an initial; a line break always ends one. Known false
positives: an abbreviation that is not listed before a name ("Brgy. San Roque").
"""

from __future__ import annotations

import re

from extractors.coding.document import Sentence

_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof rev gen lt col maj capt cmdr adm sgt cpl pvt sen rep gov pres supt det insp st ft mt no vs
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn
    tex vt va wash wis wyo inc ltd corp co dept ave blvd rd hwy approx est u.s u.k u.n e.g i.e a.m p.m""".split()
)
_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s+[\"“‘'(\[]*[A-Z0-9À-Þ])|\n+")
_LAST_WORD = re.compile(r"([\w.]+)\.$")


def split_sentences(source: str) -> tuple[Sentence, ...]:
    """Split `source` into sentences; white space at their edges is left out, nothing else is.

    >>> [s.text for s in split_sentences("Gen. Ali spoke on Feb. 7. Two died.")]
    ['Gen. Ali spoke on Feb. 7.', 'Two died.']
    """
    sentences: list[Sentence] = []
    begin = 0
    for match in _END.finditer(source):
        if match.group()[0] == "." and _is_abbreviation(source, begin, match.start()):
            continue
        _add(sentences, source, begin, match.end())
        begin = match.end()
    _add(sentences, source, begin, len(source))
    return tuple(sentences)


def _is_abbreviation(source: str, begin: int, dot: int) -> bool:
    last = _LAST_WORD.search(source, max(begin, dot - 20), dot + 1)
    if last is None:
        return False
    word = last.group(1)
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    return is_initial or word.lower() in _ABBREVIATIONS


def _add(sentences: list[Sentence], source: str, start: int, end: int) -> None:
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    if start < end:
        sentences.append(Sentence(len(sentences), start, end, source[start:end]))
