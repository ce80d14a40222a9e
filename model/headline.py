"""Titles of articles as headlines of incidents: which are round-ups, and which of their parts name the outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ROUND_UP = re.compile(
    r"\b(?:round-?ups?|digest|briefing|sitrep|situation report|live(?=\s*:)|live (?:blog|updates)"
    r"|(?:updates|overnight|today|tonight)(?=\s*:)|week in|at a glance|in brief|headlines|top stories|newsletter"
    r"|news ?wrap|as it happened|recap"
    r"|key (?:events|moments)"
    r"|what we know(?: so far)?|things to know|(?:morning|evening|daily) (?:edition|update|brief)|day \d{2,4} of)\b",
    re.IGNORECASE,
)
# The separators of HEAD and TAIL stand in `warehouse/sql/read_title_affix.sql` as well.
_HEAD = re.compile(r"^(?P<affix>[^|–—:]{2,40}?)\s*(?:\||:|\s[–—-])\s+")
_TAIL = re.compile(r"\s+(?:\||–|—|·|»|-|::)\s+(?P<affix>[^|–—·»]{2,60})$")
_WORD = re.compile(r"[^\W_]+")
MIN_WORDS = 2  # words that stay; a title that is nothing but affixes is kept as it is


def is_round_up(title: str) -> bool:
    """Say whether a title announces a round-up, a live page or a digest: many stories, none of them its own.

    >>> is_round_up("Morning briefing: Syria, trade and the weather"), is_round_up("Strike near Khusham kills 100")
    (True, False)
    """
    return bool(_ROUND_UP.search(title))


@dataclass(frozen=True, slots=True)
class TitleAffixes:
    """Beginnings and ends of titles that recur in an outlet, folded by `fold`, and names of outlets."""

    heads: frozenset[str] = frozenset()
    tails: frozenset[str] = frozenset()

    def without(self, title: str) -> str:
        """Take recurring beginnings and ends off a title, as long as `MIN_WORDS` words of it stay.

        >>> affixes = TitleAffixes(frozenset({"watch"}), frozenset({"the daily news"}))
        >>> affixes.without("WATCH: Strike near Khusham kills 100 | World | The Daily News")
        'Strike near Khusham kills 100 | World'
        """
        kept = title.strip()
        while (cut := _TAIL.search(kept)) and _is_affix(cut, self.tails, kept[: cut.start()]):
            kept = kept[: cut.start()]
        while (cut := _HEAD.match(kept)) and _is_affix(cut, self.heads, kept[cut.end() :]):
            kept = kept[cut.end() :]
        return kept


def affixes_of(heads: Iterable[str], tails: Iterable[str], outlets: Iterable[str]) -> TitleAffixes:
    """Make the affixes to take off: those that recur, and every outlet's name on either side."""
    names = {fold(name) for name in outlets} - {""}
    return TitleAffixes(frozenset({*map(fold, heads), *names}), frozenset({*map(fold, tails), *names}))


def fold(affix: str) -> str:
    """Reduce an affix to its words in lower case.

    >>> fold("The Daily-News!")
    'the daily news'
    """
    return " ".join(_WORD.findall(affix.casefold()))


def _is_affix(cut: re.Match[str], known: frozenset[str], rest: str) -> bool:
    return fold(cut["affix"]) in known and len(_WORD.findall(rest)) >= MIN_WORDS
