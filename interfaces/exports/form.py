"""What every form of one file is made of, and what it is told besides the incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from warehouse.export import Exported, Scope


@dataclass(frozen=True, slots=True)
class Context:
    """What is exported: which incidents, up to which change and moment, and where merged ids lead."""

    scope: Scope
    last_change_id: int
    known_at: datetime | None
    kept_ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of export that is one file.

    `takes` says whether an incident has a place in the form; `render` gives the file in pieces.
    """

    name: str
    render: Callable[[Iterable[Exported], Context], Iterator[str]]
    takes: Callable[[Exported], bool]


def takes_all(_: Exported) -> bool:
    """Take every incident."""
    return True


def is_merged(item: Exported) -> bool:
    """Whether nothing is left of the incident but its redirect."""
    return item.incident.status == "merged"
