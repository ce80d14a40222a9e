"""One rule for claims that cannot both be true: the status, the banner of a page and `pub.disputes` follow it.

Two claims of killed are held against each other only where

- both count the same people: the same victims' side, which must be told, and the same group of it ("children" are held
  against "children" only), as a whole toll (no part, no increment) and with a number;
- both are in force: of the claims of one speaker on these people the newest counts, so what a speaker updated,
  corrected or withdrew is no claim any more;
- neither counts the attackers' own dead ("the bomber and 12 others" are two tolls).

They clash where the bounds cannot both hold, by more than `TOLERANCE` and at least `LEAST_GAP`, and the later figure is
the lower, or a party to the fight stands on one side: a toll that only rises is an update. A figure is as old as its
first telling, so an outlet that still repeats yesterday's toll contradicts nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, Protocol, TypeVar

TOLERANCE = 0.25  # share of the greater figure by which two claims may differ and still be rounding
LEAST_GAP = 2
_SIDED = frozenset(("party", "opponent"))
_NEVER = datetime.max.replace(tzinfo=UTC)
_ATTACKERS = re.compile(
    r"\b(?:attackers?|assailants?|(?:suicide )?bombers?|gunm[ae]n|shooters?|hijackers?|perpetrators?)\b", re.IGNORECASE
)
_GROUPS = re.compile(
    r"\b(?:(child|minor|girl|boy|kid)|(wom[ae]n)|(student|pupil|teacher)|(doctor|nurse|medic|aid worker)|(journalist)"
    r"|(police|officer|constable)|(soldier|troop|serviceman|servicemen)|(worker|miner|driver))",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her) ")


class Figure(Protocol):
    """What the rule reads of a claim, be it fresh from the coder or a row of `pub.claim`."""

    @property
    def claim_id(self) -> str:
        """Id of the claim."""

    @property
    def measure(self) -> str:
        """What is counted."""

    @property
    def low(self) -> int | None:
        """Least number; null = open."""

    @property
    def high(self) -> int | None:
        """Greatest number; null = open."""

    @property
    def victims(self) -> str | None:
        """Words for those counted."""

    @property
    def victims_side(self) -> str | None:
        """Whose they are; null = not told."""

    @property
    def speaker(self) -> str | None:
        """Who says so; null = the outlet."""

    @property
    def speaker_side(self) -> str:
        """Where the speaker stands."""

    @property
    def is_increment(self) -> bool:
        """Whether it adds to a toll."""

    @property
    def is_part(self) -> bool:
        """Whether it is a subset of a toll."""


_Claim = TypeVar("_Claim", bound=Figure)


@dataclass(frozen=True, slots=True)
class Said(Generic[_Claim]):
    """A claim with the outlet that carries it and when; `at` is null where the article states no time."""

    claim: _Claim
    outlet: str
    at: datetime | None


def dispute(said: Iterable[Said[_Claim]]) -> tuple[Said[_Claim], Said[_Claim]] | None:
    """Find the two claims that are furthest from being both true, the earlier first; null where all can be.

    Args:
        said: The claims of one incident, of newest revisions only, in any order.
    """
    told = sorted((s for s in said if _is_held(s.claim)), key=_age)
    first_told: dict[tuple[object, ...], datetime] = {}
    newest: dict[tuple[object, ...], Said[_Claim]] = {}
    for one in told:
        first_told.setdefault((_whom(one.claim), one.claim.low, one.claim.high), one.at or _NEVER)
        newest[_whom(one.claim), speaker_key(one.claim.speaker or one.outlet)] = one
    in_force = sorted(newest.values(), key=lambda s: (first_told[_whom(s.claim), s.claim.low, s.claim.high], _age(s)))
    pairs = [
        (_gap(a.claim, b.claim), a, b)
        for i, a in enumerate(in_force)
        for b in in_force[i + 1 :]
        if _whom(a.claim) == _whom(b.claim) and _clash(a.claim, b.claim)
    ]
    widest = max(pairs, key=lambda pair: pair[0], default=None)
    return (widest[1], widest[2]) if widest else None


def speaker_key(name: str) -> str:
    """Give what a speaker is known by: "The U.S. officials" and "US official" are one.

    >>> speaker_key("The U.S. officials") == speaker_key("US official")
    True
    """
    return _ARTICLE.sub("", re.sub(r"[^\w ]", "", name.casefold()).strip()).removesuffix("s")


def _is_held(claim: Figure) -> bool:
    is_whole = claim.measure == "killed" and not claim.is_part and not claim.is_increment
    has_number = claim.low is not None or claim.high is not None
    return is_whole and has_number and claim.victims_side is not None and not _ATTACKERS.search(claim.victims or "")


def _age(said: Said[_Claim]) -> tuple[datetime, str]:
    return said.at or _NEVER, said.claim.claim_id


def _whom(claim: Figure) -> tuple[str | None, frozenset[int | None]]:
    """Say who is counted: the side, and the group where the words name one."""
    return claim.victims_side, frozenset(match.lastindex for match in _GROUPS.finditer(claim.victims or ""))


def _gap(a: Figure, b: Figure) -> int:
    """Give by how many people the bounds miss each other; 0 where both can hold."""
    falls = a.low - b.high if a.low is not None and b.high is not None else 0
    rises = b.low - a.high if b.low is not None and a.high is not None else 0
    return max(0, falls, rises)


def _clash(a: Figure, b: Figure) -> bool:
    gap = _gap(a, b)
    greater = max(n for n in (a.low, a.high, b.low, b.high, 0) if n is not None)
    if gap < LEAST_GAP or gap <= TOLERANCE * greater:
        return False
    falls = a.low is not None and b.high is not None and b.high < a.low
    is_named = a.speaker is not None and b.speaker is not None
    return falls or (is_named and a.speaker_side != b.speaker_side and bool({a.speaker_side, b.speaker_side} & _SIDED))
