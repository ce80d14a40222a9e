"""Find counts of people in English text: digits, number words, vague words, and the hedges around them.

Specification. A number is digits with separators ("1,200", "1 200"), number words ("twenty-one", "two hundred and
five"), or a vague word. Hedges before or after it become its bounds, both inclusive:

| words | low | high | bound |
|---|---|---|---|
| 21, twenty-one, a dozen (12), a couple (2) | n | n | exact |
| at least n, more than n, over n, n or more, no fewer than n | n | open | at_least |
| up to n, as many as n, at most n, no more than n, fewer than n | 0 | n | at_most |
| about n, around n, some n, nearly n, roughly n, an estimated n | n | n | about |
| between n and m, n to m, n-m, n or m | n | m | range |
| several, a few, a handful | 3 | 9 | range |
| dozens | 24 | 99 | range |
| scores | 40 | 199 | range |
| hundreds | 200 | 999 | range |
| thousands | 2000 | 9999 | range |
| multiple, numerous, a number of, many | 2 | open | at_least |
| no, none, nobody, no one, zero | 0 | 0 | exact |

"more than 100" keeps 100 as its low bound, as reporters write it of a round figure, and so that "at least" and "more
than" compare; the vague words follow docs of UCDP and ACLED ("dozens" is at least two dozen). A number over a
thousand million counts no people and is left out. Known false positives: "one" as a pronoun ("one must").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.coding.lowercase import lowercase
from model.report import Bound

MAX_PEOPLE = 10**9  # larger "counts" are ids, sums of money or noise; a claim's bounds must fit a 64-bit column
_MAX_DIGITS = 24  # a longer run of digits is no count; it is not even turned into an integer

_UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {w: n * 10 for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "dozen": 12, "score": 20}

_VAGUE: dict[str, tuple[int, int | None, Bound]] = {
    "several": (3, 9, Bound.RANGE),
    "a few": (3, 9, Bound.RANGE),
    "a handful": (3, 9, Bound.RANGE),
    "a couple": (2, 2, Bound.EXACT),
    "a pair": (2, 2, Bound.EXACT),
    "both": (2, 2, Bound.EXACT),
    "dozens": (24, 99, Bound.RANGE),
    "scores": (40, 199, Bound.RANGE),
    "hundreds": (200, 999, Bound.RANGE),
    "thousands": (2000, 9999, Bound.RANGE),
    "tens of thousands": (20_000, 99_999, Bound.RANGE),
    "hundreds of thousands": (200_000, 999_999, Bound.RANGE),
    "multiple": (2, None, Bound.AT_LEAST),
    "numerous": (2, None, Bound.AT_LEAST),
    "many": (2, None, Bound.AT_LEAST),
    "a number": (2, None, Bound.AT_LEAST),
    **{
        f"{article} {size}number": (2, None, Bound.AT_LEAST)
        for article in ("a", "an")
        for size in ("large ", "small ", "unknown ", "unspecified ", "undisclosed ", "undetermined ", "unconfirmed ")
    },
    "no one": (0, 0, Bound.EXACT),
    "nobody": (0, 0, Bound.EXACT),
    "none": (0, 0, Bound.EXACT),
    "no": (0, 0, Bound.EXACT),
    "half a dozen": (6, 6, Bound.EXACT),
    "half-dozen": (6, 6, Bound.EXACT),
}
VAGUE_RANGES = frozenset(
    (low, high) for low, high, bound in _VAGUE.values() if bound is Bound.RANGE
)  # what "dozens", "scores" … may mean; an exact number within says more

_WORD = "|".join(sorted((*_UNITS, *_TENS), key=len, reverse=True))
_SCALE = "hundred|thousand|million|dozen|score"
_WORDS = rf"(?:(?:an?[ ](?={_SCALE}))?(?:{_WORD}|{_SCALE})(?:(?:[ -]|[ ]and[ ])(?:{_WORD}|{_SCALE}))*)"
_DIGITS = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+|\d+)(?:[ ](?:{_SCALE})\b)?"
_BARE = rf"(?:{_DIGITS}|{_WORDS})"
_VAGUE_RE = "|".join(sorted(_VAGUE, key=len, reverse=True))

_AT_LEAST = (
    r"at least|at the least|(?:no|not) (?:fewer|less) than|(?:slightly |well |many |far )?more than|(?:well )?over"
    r"|upwards? of|a minimum of|minimum of|in excess of|exceed(?:s|ed|ing)?|above"
)
_AT_MOST = (
    r"up to|as many as|as much as|at most|a maximum of|(?:no|not) more than|fewer than|less than|under|a possible"
)
_ABOUT = (
    r"about|around|approximately|approx\.?|some|nearly|almost|roughly|an? (?:estimated|approximate|total of about)"
    r"|estimated|close to|circa|near"
)
_NUMBER = re.compile(
    rf"""(?<![\w$€£.#/:-])(?<!\d,)(?<!\.\d[ ])
    (?:(?:(?P<least>{_AT_LEAST.replace(" ", "[ ]")})|(?P<most>{_AT_MOST.replace(" ", "[ ]")})
       |(?P<about>{_ABOUT.replace(" ", "[ ]")}))[ ](?:an?[ ]total[ ]of[ ]|an?[ ]further[ ])?)?
    (?:(?P<between>(?:anywhere[ ])?(?:between|from)[ ])(?P<blow>{_BARE})[ ](?:and|to)[ ](?P<bhigh>{_BARE})
      |(?P<low>{_BARE})(?:(?<=\d)[ ]?[-–—][ ]?(?=\d)|[ ](?:to|or)[ ])(?P<high>{_BARE})(?![\w-])
      |(?P<vague>{_VAGUE_RE.replace(" ", "[ ]")})
      |(?P<one>{_BARE})
    )(?![\w%]|[.,:/]\d|-(?!\s)(?!strong\b))
    (?P<after>[ ]or[ ](?:more|so)|[ ]at[ ]least|\+)?""",
    re.IGNORECASE | re.VERBOSE,
)


_RUN = re.compile(r"(\w{1,3})\w*")
# The first three letters of every word that the pattern is made of, so of every word that a number may begin with.
_OPENINGS = frozenset(
    word[:3]
    for words in (_AT_LEAST, _AT_MOST, _ABOUT, "anywhere between from", _VAGUE_RE, _WORD, _SCALE, "a")
    for word in re.findall(r"[a-z]+", words)
)


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """One number at `text[start:end]`, hedge included; `low`/`high` inclusive, null is open."""

    start: int
    end: int
    low: int | None
    high: int | None
    bound: Bound


def find_numbers(text: str) -> tuple[NumberSpan, ...]:
    """Find the numbers of `text` that may count people, in order, with the bounds that their hedges set.

    >>> [(n.low, n.high, n.bound.value) for n in find_numbers("at least twenty-one dead, dozens hurt")]
    [(21, None, 'at_least'), (24, 99, 'range')]
    """
    spans = (_read(match) for match in _matches(text))
    return tuple(span for span in spans if span is not None)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Give what `_NUMBER.finditer` gives, trying the pattern only where a word begins that may open a number."""
    end = 0
    for run in _RUN.finditer(lowercase(text)):
        key = run[1]
        if key in _OPENINGS or key[0].isdecimal():
            start = run.start()
            match = _NUMBER.match(text, start) if start >= end else None
            if match is not None:
                yield match
                end = match.end()


def parse_count(words: str) -> int | None:
    """Read digits or number words as an integer; null for what is no number or counts more than `MAX_PEOPLE`.

    >>> parse_count("two hundred and five"), parse_count("1,200"), parse_count("9" * 400)
    (205, 1200, None)
    """
    total = current = 0
    for part in re.split(r"[ -]+|(?<=\d)[\u00a0\u202f]", _join_digits(words.lower())):
        if part in ("and", "a", "an", ""):
            continue
        number = _value(part)
        if number is not None:
            current += number
        elif part not in _SCALES:
            return None
        elif _SCALES[part] >= 1000:
            total, current = total + max(current, 1) * _SCALES[part], 0
        else:
            current = max(current, 1) * _SCALES[part]
    count = total + current
    return count if count <= MAX_PEOPLE else None


def _join_digits(words: str) -> str:
    return re.sub(r"(?<=\d)[, \u00a0\u202f](?=\d{3})", "", words)


def _value(part: str) -> int | None:
    if part.isdecimal():
        return int(part) if len(part) <= _MAX_DIGITS else MAX_PEOPLE + 1
    return _UNITS.get(part, _TENS.get(part))


def _read(match: re.Match[str]) -> NumberSpan | None:
    bounds = _vague(match) if match["vague"] else _pair(match) if match["between"] or match["low"] else _single(match)
    if bounds is None:
        return None
    return NumberSpan(match.start(), match.end(), *bounds)


def _vague(match: re.Match[str]) -> tuple[int | None, int | None, Bound]:
    low, high, bound = _VAGUE[match["vague"].lower()]
    if match["least"]:
        return low, None, Bound.AT_LEAST
    if match["most"]:
        return 0, high, Bound.AT_MOST
    return low, high, bound


def _pair(match: re.Match[str]) -> tuple[int | None, int | None, Bound] | None:
    low = parse_count(match["blow"] or match["low"])
    high = parse_count(match["bhigh"] or match["high"])
    if low is None or high is None:
        return None
    return min(low, high), max(low, high), Bound.RANGE


def _single(match: re.Match[str]) -> tuple[int | None, int | None, Bound] | None:
    count = parse_count(match["one"])
    if count is None:
        return None
    after = (match["after"] or "").strip().lower()
    if match["least"] or after in ("or more", "at least", "+"):
        return count, None, Bound.AT_LEAST
    if match["most"]:
        return 0, count, Bound.AT_MOST
    if match["about"] or after == "or so":
        return count, count, Bound.ABOUT
    return count, count, Bound.EXACT
