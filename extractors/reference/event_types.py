"""Load the type tree: `seeds/reference/event_types.csv`, small and ACLED-like, with its crosswalks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractors.reference.tables import Row, read_table

_COLUMNS = (
    "event_type event_subtype words kin acled_event acled_sub_event plover_event plover_mode ucdp_type_of_violence "
    "is_violent"
).split()


@dataclass(frozen=True, slots=True)
class EventType:
    """One node of the tree; `event_subtype` is empty for a top-level type, crosswalk fields where there is none."""

    event_type: str
    event_subtype: str
    words: str
    family: str
    acled_event: str
    acled_sub_event: str
    plover_event: str
    plover_mode: str
    ucdp_type_of_violence: int | None
    is_violent: bool


EventTree = Mapping[tuple[str, str], EventType]


def load_event_types(folder: Path) -> EventTree:
    """Read the tree, by (type, subtype).

    Raises:
        ConfigError: the table is malformed, a node stands twice, or a subtype lacks its top-level type.
    """
    tree: dict[tuple[str, str], EventType] = {}
    for row in read_table(folder / "event_types.csv", _COLUMNS):
        node = _node(row)
        key = (node.event_type, node.event_subtype)
        if key in tree:
            raise row.wrong("event_subtype", "stands twice")
        if node.event_subtype and (node.event_type, "") not in tree:
            raise row.wrong("event_type", "its own row must come before its subtypes")
        tree[key] = node
    return tree


def _node(row: Row) -> EventType:
    if row["ucdp_type_of_violence"] not in ("", "1", "2", "3"):
        raise row.wrong("ucdp_type_of_violence", "is not 1, 2, 3 or empty")
    if row["is_violent"] not in ("true", "false"):
        raise row.wrong("is_violent", "is not true or false")
    return EventType(
        event_type=row.need("event_type"),
        event_subtype=row["event_subtype"],
        words=row.need("words"),
        family=row.need("kin"),
        acled_event=row["acled_event"],
        acled_sub_event=row["acled_sub_event"],
        plover_event=row["plover_event"],
        plover_mode=row["plover_mode"],
        ucdp_type_of_violence=int(row["ucdp_type_of_violence"]) if row["ucdp_type_of_violence"] else None,
        is_violent=row["is_violent"] == "true",
    )
