"""A pattern behind a screen: it is tried only on texts that hold one of the words which every match of it holds.

Looking for a plain word costs a twentieth of trying a pattern at each character, and most texts hold none of them.
The words are given by hand; `tests/property/extractors/test_screens_lose_nothing.py` draws matches from each pattern
and finds that the screen lets them through.
"""

from __future__ import annotations

import re


class PrefilteredPattern:
    r"""A pattern for text in small letters, and the words of which each of its matches holds at least one.

    >>> Screened(r"\bkill(?:s|ed)?\b", "kill").is_in("two were killed")
    True
    """

    __slots__ = ("needs", "pattern")

    def __init__(self, pattern: str, needs: str, between: str = " ", flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern = re.compile(pattern, flags)
        self.needs = tuple(needs.split(between))

    def may_match(self, lowered: str) -> bool:
        """Return whether the text holds a word that every match needs."""
        for word in self.needs:  # noqa: SIM110 - a generator costs as much again, and this runs for each sentence
            if word in lowered:
                return True
        return False

    def is_in(self, lowered: str) -> bool:
        """Return whether the pattern matches anywhere in `lowered`, which is in small letters."""
        return self.may_match(lowered) and self.pattern.search(lowered) is not None
