"""The pooled facts of an incident: what a new report is compared with.

Specification. Each *origin* has one voice: a copy adds to the count of reports and to nothing else, so that a
duplicated article cannot move a comparison. Word vectors add up to centroids; days, places, tolls, people, ages and
streets are kept as votes by value. Comparing with pooled facts in place of single reports stops chaining, in which A is
joined to B and B to C though A and C have nothing in common (single link lost five points of precision on GVA).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

from resolution.likeness import Likeness, WordBlock
from resolution.sketch import Sketch

FIRST_NAMES = 4  # names by which a side is known: its first, or those that most of its voices give

_STAMPS = count(1)

DayVote = tuple[int, int, str, bool]  # start, end, precision, weak
PlaceVote = tuple[float | None, float | None, str, int | None, str | None, str | None]
_Vote = TypeVar("_Vote")


@dataclass
class Profile:
    """An incident as the resolver sees it; grows by `add` only."""

    incident_id: str
    likeness: Likeness = field(default_factory=Likeness)  # shared by all the incidents of a run
    members: list[Sketch] = field(default_factory=list)
    voices: list[Sketch] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)
    told_by: set[tuple[str, int]] = field(default_factory=set)  # article ids with their revisions
    days: dict[DayVote, int] = field(default_factory=dict)
    places: dict[PlaceVote, int] = field(default_factory=dict)
    kinds: dict[tuple[str, str | None], int] = field(default_factory=dict)
    killed: dict[int, int] = field(default_factory=dict)
    injured: dict[int, int] = field(default_factory=dict)
    persons: dict[str, set[int]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    ages: dict[int, int] = field(default_factory=dict)
    streets: dict[str, int] = field(default_factory=dict)
    marked_days: dict[str, int] = field(default_factory=dict)
    actors: dict[str, int] = field(default_factory=dict)
    first_published: int | None = None
    last_published: int | None = None
    stamp: int = 0  # another one whenever the facts change, and never the same in two profiles
    _norms: tuple[float, float] | None = None
    _word_block: WordBlock | None = None
    _most_named: list[str] | None = None

    @property
    def most_named(self) -> list[str]:
        """The names that most voices give, at most `FIRST_NAMES`."""
        if self._most_named is None:
            self._most_named = sorted(self.names, key=lambda n: (-self.names[n], n))[:FIRST_NAMES]
        return self._most_named

    @property
    def norms(self) -> tuple[float, float]:
        """Lengths of the two centroids."""
        if self._norms is None and len(self.voices) == 1:
            self._norms = (float(bool(self.voices[0].lead)), float(bool(self.voices[0].body)))
        elif self._norms is None:
            self._norms = self.likeness.lengths(self.word_block)
        return self._norms

    @property
    def word_block(self) -> WordBlock:
        """The word vectors of the voices."""
        if self._word_block is None:
            self._word_block = self.likeness.block(self.voices)
        return self._word_block

    def add(self, sketch: Sketch, origin_id: str) -> None:
        """Add a report; it has a voice only when its origin is new to the incident."""
        self.members.append(sketch)
        self.told_by.add((sketch.article_id, sketch.revision))
        self.stamp = next(_STAMPS)
        is_new = origin_id not in self.origins.values()
        self.origins[sketch.report_id] = origin_id
        if is_new:
            self.voices.append(sketch)
            self._hear(sketch)

    def absorb(self, other: Profile) -> None:
        """Take over the reports of an incident that was merged into this one."""
        for sketch in other.members:
            self.add(sketch, other.origins[sketch.report_id])

    def without(self, report_id: str) -> Profile:
        """The same incident as it was without one of its reports."""
        rest = Profile(self.incident_id, self.likeness)
        for sketch in self.members:
            if sketch.report_id != report_id:
                rest.add(sketch, self.origins[sketch.report_id])
        return rest

    def _hear(self, sketch: Sketch) -> None:
        self._norms = self._word_block = self._most_named = None
        if sketch.start is not None and sketch.end is not None:
            _count(self.days, (sketch.start, sketch.end, sketch.date_precision or "day", sketch.is_weak_date))
        if sketch.place_precision is not None:
            vote = (sketch.lat, sketch.lon, sketch.place_precision, sketch.geoname_id, sketch.admin1, sketch.country)
            _count(self.places, vote)
        _count(self.kinds, (sketch.event_type, sketch.event_subtype))
        for votes, toll in ((self.killed, sketch.killed), (self.injured, sketch.injured)):
            if toll[1] is not None:
                _count(votes, toll[1])
        for name, age in sketch.persons.items():
            self.persons.setdefault(name, set()).add(age)
        counters: tuple[dict[Any, int], ...] = (self.names, self.ages, self.streets, self.marked_days, self.actors)
        told = (sketch.name_set, sketch.ages, sketch.streets, sketch.days, sketch.actors)
        for counter, values in zip(counters, told, strict=True):
            for value in values:
                _count(counter, value)
        if sketch.published is not None:
            first, last = self.first_published, self.last_published
            self.first_published = sketch.published if first is None else min(first, sketch.published)
            self.last_published = sketch.published if last is None else max(last, sketch.published)


def _count(votes: dict[_Vote, int], value: _Vote) -> None:
    """Add a vote; a plain dictionary, since a run holds ten of them for each of many thousand incidents."""
    votes[value] = votes.get(value, 0) + 1
