"""How near two types of incident stand to each other in the type tree, by depth of agreement.

Specification. The tree is `seeds/reference/event_types.csv`: subtype, type and family (`kin`). One clash is told as an
"air strike" by one outlet and an "attack" by another, so a disagreement below the family costs little, and only
families that no reporter mistakes for each other forbid a merge.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from importlib import resources


class Depth(IntEnum):
    """How deep two types agree."""

    APART = 0
    OPEN = 1  # families that reports of one incident do mix, or one side is unknown
    FAMILY = 2
    TYPE = 3
    SUBTYPE = 4


_APART = frozenset(
    frozenset(pair)
    for pair in (
        ("accident_disaster", "law_enforcement"),
        ("accident_disaster", "political"),
        ("accident_disaster", "political_violence"),
        ("accident_disaster", "civil_unrest"),
        ("armed_conflict", "political"),
    )
)  # a bomb is first told as an explosion and an arrest as a shooting: those pairs stay open


@cache
def families() -> Mapping[str, str]:
    """Read the family of each type."""
    source = resources.files("seeds") / "reference" / "event_types.csv"
    return {row["event_type"]: row["kin"] for row in csv.DictReader(source.read_text("utf-8").splitlines())}


@cache
def depth(left: tuple[str, str | None], right: tuple[str, str | None]) -> Depth:
    """Depth of agreement of two (type, subtype).

    >>> depth(("battle", None), ("air_strike", "drone")).name
    'FAMILY'
    """
    if left[0] == right[0]:
        return Depth.SUBTYPE if left[1] == right[1] and left[1] else Depth.TYPE
    mine, theirs = families().get(left[0]), families().get(right[0])
    if mine is None or theirs is None:
        return Depth.OPEN
    if mine == theirs and mine != "other":
        return Depth.FAMILY
    return Depth.APART if frozenset((mine, theirs)) in _APART else Depth.OPEN
