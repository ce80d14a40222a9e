"""What changed lately of known incidents, from what to what, for the first page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interfaces.addresses import incident_path
from interfaces.fact_line import fact_line
from interfaces.moves import words_of_change
from interfaces.site.words import moment, stamp
from warehouse.revisions import Revised

N_LOOKED_AT = 60  # newest revisions: most move something material
N_CHANGED = 6  # told on the first page; the feed of revisions has all


@dataclass(frozen=True, slots=True)
class ChangedView:
    """An incident that changed: its line of facts now, where it leads, the moves in words, and when."""

    href: str
    line: str
    moves: tuple[str, ...]
    at: str
    at_stamp: str


def changed_views(revised: Iterable[Revised]) -> tuple[ChangedView, ...]:
    """Tell the newest material revision of each incident, the newest first; a merged one leads to what it became."""
    told: dict[str, ChangedView] = {}
    for one in revised:
        moves, target = words_of_change(one.kind, one.detail), one.incident.merged_into or one.incident.incident_id
        if moves and target not in told:
            told[target] = ChangedView(
                incident_path(target), fact_line(one.incident), moves, moment(one.at), stamp(one.at)
            )
    return tuple(told.values())[:N_CHANGED]
