"""`deconflict incidents --changed`: known incidents whose facts moved, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interfaces.cli.output import Out, Records, fields_of, print_records
from interfaces.cli.render import say
from interfaces.fact_line import fact_line
from interfaces.moves import moves_of
from warehouse.reader import Reader
from warehouse.rows import IncidentRow

CHANGED_PREFIX = "changed."  # so that looking at changes never moves the cursor of what is new
OTHER = "other"  # the type of what has no type in the tree; real feeds are full of it
COLUMNS = ("incident", "changed", "what", "from what to what")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which incidents are listed; null takes all. `other` takes happenings of no type as well."""

    country: str | None = None
    event_type: str | None = None
    status: str | None = None
    other: bool = False

    def takes(self, row: IncidentRow) -> bool:
        """Whether an incident is among them."""
        wanted = ((self.country, row.country_code), (self.event_type, row.event_type), (self.status, row.status))
        is_typed = self.other or self.event_type == OTHER or row.event_type != OTHER
        return is_typed and all(value is None or value == its for value, its in wanted)


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One record of changed/1: an incident, its line of facts now, when it changed, and what, from what to what."""

    incident_id: str
    line: str
    changed_at: datetime
    moves: tuple[str, ...]


def tell_changed(reader: Reader, begin: datetime | int, choice: Choice, out: Out) -> int:
    """Print what changed from an instant or after a change on; returns of how many incidents."""
    changes = reader.changes_after(begin if isinstance(begin, int) else 0)
    moved = moves_of(c for c in changes if isinstance(begin, int) or c.at >= begin)
    rows = {row.incident_id: row for row in reader.incidents(one.incident_id for one in moved)}
    found = [
        ChangedRow(one.incident_id, fact_line(rows[one.incident_id]), one.at, one.words)
        for one in moved
        if one.incident_id in rows and choice.takes(rows[one.incident_id])
    ]
    cells = [(row.incident_id, f"{row.changed_at:%Y-%m-%d %H:%M}", row.line, "; ".join(row.moves)) for row in found]
    around = {"data_as_of": reader.about().known_at}
    print_records(out, Records("changed/1", "changed", found, COLUMNS, cells, fields_of(ChangedRow), around))
    say(f"{len(found)} incidents changed")
    return len(found)
