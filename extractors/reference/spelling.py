"""Key under which the press's transliterations of one name meet.

Arabic, Persian, Pashto, Cyrillic and African names reach English by several roads: "Baquba", "Baqouba" and "Baqubah",
"Banibangou" and "Bani-Bangou", "Polampalli" and "Polampally". The key writes each group of letters that these roads
exchange as one letter: q, k, c and kh; ou, oo, u and o; ee, i, y, ei and ie; e and a; w and v; a doubled letter as one.
It drops the Arabic article, a final h and all spaces. It is meant to be compared inside one country, where few towns
share a key.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.reference.fold import strip_article

# English, French, Spanish, German and Portuguese names are settled: near spellings there are streets and persons.
SETTLED_COUNTRIES = frozenset(
    "US CA GB AU NZ IE FR DE AT CH BE NL LU IT ES PT DK NO SE FI PL CZ JP MX BR AR CL CO PE EC VE BO PY UY CU".split()
)
SHORTEST_KEY = 4  # letters; shorter keys are shared by too many towns
_GROUPS = (
    ("sch", "s"), ("tch", "c"), ("tsh", "c"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("sh", "s"), ("ch", "s"),
    ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("x", "ks"),
    ("ou", "u"), ("oo", "u"), ("ow", "u"), ("aw", "u"), ("au", "u"), ("o", "u"), ("w", "v"),
    ("ay", "i"), ("ai", "i"), ("ey", "i"), ("ei", "i"), ("ie", "i"), ("iy", "i"), ("ee", "i"), ("y", "i"), ("e", "a"),
)  # fmt: skip
_SOFT = re.compile(r"c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=16_384)
def spelling_key(folded: str) -> str:
    """Make the key of a folded name.

    >>> spelling_key("bani bangou") == spelling_key("banibangu")
    True
    >>> spelling_key("khan sheikhoun") == spelling_key("khan shaykhun")
    True
    """
    key = strip_article(folded).replace(" ", "")
    key = _SOFT.sub("s", key)
    for group, letter in _GROUPS:
        if group in key:
            key = key.replace(group, letter)
    key = _DOUBLED.sub(r"\1", key.replace("c", "k"))
    return key[:-1] if len(key) > SHORTEST_KEY and key.endswith("h") else key
