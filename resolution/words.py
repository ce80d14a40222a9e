"""Words of a text, folded so that equal words compare equal.

Specification. Letters are stripped of accents and case; a possessive 's and a plural s fall away; words of the stop
list, single letters and bare numbers of one digit are dropped. No dictionary and no language model: the resolver must
treat unseen names like any other word. Known false positives: "news" and "new" stay apart, "James" loses its s in
both texts alike, which does no harm.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’][^\W_]+)?")

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below between
    both but by can cannot could day days did do does doing down during each few for from further get got had has have
    having he her here hers herself him himself his how i if in into is it its itself just like made make many may me
    mr mrs ms might more most much must my myself new no nor not now of off on once one only or other our ours out over
    own per said same say saying says she should since so some still such than that the their theirs them themselves
    then there these they this those though through time to told too two under until up us very via was way we well
    were what when where whether which while who whom whose why will with within without would year years yet you your
    yours monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december jan feb mar apr jun jul aug sept sep oct nov dec today yesterday tonight
    according report reported reports including include back last next first week month morning afternoon evening night
    http https www com html photo video image copyright right reserved click here email subscribe newsletter
    advertisement story share facebook twitter comment read""".split()
)


@lru_cache(maxsize=200_000)
def fold(token: str) -> str:
    """Fold one token: no accents, no case, no possessive, no plural s.

    >>> fold("Shootings"), fold("Khushām’s")
    ('shooting', 'khusham')
    """
    plain = token if token.isascii() else unicodedata.normalize("NFKD", token)
    if plain is not token:
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    low = plain.lower().replace("’", "'")
    if low.endswith("'s"):
        low = low[:-2]
    low = low.replace("'", "")
    if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-1]
    return low


@lru_cache(maxsize=200_000)
def _content_word(token: str) -> str:
    """Fold a token that says something; empty for stop words and single characters."""
    if len(token) < 2 or token.lower() in STOP_WORDS:
        return ""
    word = fold(token)
    return word if len(word) > 1 and word not in STOP_WORDS else ""


def content_words(text: str) -> list[str]:
    """List the folded words of `text` in order, stop words and single characters left out.

    >>> content_words("Two of the gunmen were shot")
    ['gunmen', 'shot']
    """
    return [word for word in map(_content_word, _TOKEN.findall(text)) if word]


def counts(text: str) -> Counter[str]:
    """Count the folded words of `text`."""
    return Counter(content_words(text))


def shingles(text: str, size: int) -> set[str]:
    """Runs of `size` neighbouring words, every word kept, for telling copies.

    >>> sorted(shingles("a b c d", 3))
    ['a b c', 'b c d']
    """
    tokens = [t.lower() for t in _TOKEN.findall(text)]
    if len(tokens) < size:
        return {" ".join(tokens)} if tokens else set()
    return set(map(" ".join, zip(*(tokens[i:] for i in range(size)), strict=False)))
