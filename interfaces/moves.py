"""What changed of incidents, from what to what, in words: tolls, days, places, types, statuses, merges and splits.

Several changes of one incident are folded into one: "killed 80 → 100 → 120" is told as 80 → 120, and what returned to
where it was is not told. Names of actors, counts of articles and headlines move with every report and are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from interfaces.fact_line import people
from interfaces.plaintext import one_line
from interfaces.site.words import type_name
from warehouse.rows import ChangeRow

MAX_CHARS = 120  # of one value: places have names of any length
# Facts whose change is told, in this order, with their names.
_FACTS = {"killed": "killed", "injured": "injured", "place_name": "place", "country_code": "country",
          "date_start": "first day", "date_end": "last day", "event_type": "type", "status": "status"}  # fmt: skip
_KINDS = frozenset({"revised", "retracted", "merged", "split"})


@dataclass(slots=True)
class Moved:
    """What became of one incident: values before and after by fact, other happenings in words, the newest instant."""

    incident_id: str
    at: datetime
    was: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)
    happened: list[str] = field(default_factory=list)

    @property
    def words(self) -> tuple[str, ...]:
        """Say what changed, a line for each fact; empty where all is as it was."""
        return (*self.happened, *fact_moves(self.was, self.now))


def moves_of(changes: Iterable[ChangeRow]) -> list[Moved]:
    """Fold changes in their order into one for each incident, the newest first; incidents opened among them are new.

    Returns: only incidents of which something material moved.
    """
    moved: dict[str, Moved] = {}
    opened: set[str] = set()
    for change in changes:
        if change.kind == "opened":
            opened.add(change.incident_id)
        elif change.kind in _KINDS:
            _fold(moved.setdefault(change.incident_id, Moved(change.incident_id, change.at)), change)
    told = [one for one in moved.values() if one.incident_id not in opened and one.words]
    return sorted(told, key=lambda one: (one.at, one.incident_id), reverse=True)


def words_of_change(kind: str, detail: str) -> tuple[str, ...]:
    """Say what one change moved, from what to what; empty where nothing material did, or in an older run's words."""
    told = _read(detail)
    return (*_happened(kind, told), *fact_moves(_part(told, "was"), _part(told, "is")))


def fact_moves(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Say which facts are others now.

    >>> fact_moves({"killed": {"low": 80, "best": 80, "high": 80}}, {"killed": {"low": 80, "best": 90, "high": 100}})
    ('killed 80 → 80 to 100',)
    """
    moved = [fact for fact in _FACTS if fact in now]
    pairs = ((_FACTS[fact], _shown(fact, was.get(fact)), _shown(fact, now[fact])) for fact in moved)
    return tuple(f"{name} {before} → {after}" for name, before, after in pairs if before != after)


def _fold(moved: Moved, change: ChangeRow) -> None:
    told = _read(change.detail)
    moved.at = max(moved.at, change.at)
    moved.was = _part(told, "was") | moved.was  # the oldest value counts
    moved.now |= _part(told, "is")
    moved.happened += _happened(change.kind, told)


def _happened(kind: str, told: Mapping[str, Any]) -> Iterator[str]:
    if kind == "merged" and "merged_into" in told:
        yield f"merged into {told['merged_into']}"
    elif kind == "merged" and "took_over" in told:
        yield f"took over {told['took_over']}"
    elif kind == "split":
        yield f"split from {told['kept']}" if "kept" in told else f"split: {told.get('split_off', 'a part')} left"


def _read(detail: str) -> Mapping[str, Any]:
    try:
        told = json.loads(detail)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _part(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = told.get(name)
    return dict(found) if isinstance(found, dict) else {}


def _shown(fact: str, value: object) -> str:
    if isinstance(value, dict):
        return people(value.get("low"), value.get("best"), value.get("high")) or "no claim"
    if value is None:
        return "no claim" if fact in ("killed", "injured") else "not known"
    return type_name(str(value)) if fact == "event_type" else one_line(str(value), MAX_CHARS)
