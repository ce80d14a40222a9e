"""Feature types: a named number of a comparison, the words that explain it, and the sign that its weight may have.

Specification. A group computes its features for two match records at once and shows both sides' values in words, so
that an explanation reads "another day: 7 Feb 2018 / 10 Feb 2018". Every value is finite; a feature that is absent is
0. All groups are listed in `resolution.registry`, which refuses a weight of any other name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from resolution.idf import Idf
from resolution.match_record import MatchRecord

Features = dict[str, float]

FOR, AGAINST, EITHER = 1, -1, 0  # signs that a weight may have; the fit is bounded by them


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature: its name, its words for people, and the sign that its weight may have."""

    name: str
    words: str
    sign: int = EITHER


@dataclass(frozen=True, slots=True)
class PairContext:
    """What a comparison needs beside the two records: frequencies, and the cosines of their words."""

    idf: Idf
    lead: float
    body: float


@dataclass(frozen=True, slots=True)
class FeatureGroup:
    """Features that are computed together; `compare` adds them to a dictionary, `show` gives both values in words."""

    compare: Callable[[MatchRecord, MatchRecord, PairContext, Features], None]
    show: Callable[[MatchRecord, MatchRecord], str]
    features: tuple[Feature, ...]
