"""The outbox of alerts: what is news for the rules, what was told before, and the events of each delivery.

Events are appended and never changed; a delivery is the fold of its events. Marks and deliveries that follow from the
same news are written in one transaction, so that a crash asks the same news again and finds the same answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from model.alert import Delivery, DeliveryState
from model.errors import WarehouseError
from warehouse.columns import columns_of
from warehouse.decode import incident_row
from warehouse.query import insert, one, rows, transaction
from warehouse.rows import IncidentRow

# Rows are spread over the fields, which stand in the order of the columns; a type checker cannot count them.
_make_delivery: Callable[..., Delivery] = Delivery
_NAMES = (
    "event_no", "delivery_id", "incident_id", "revision", "channel", "state", "attempts", "next_try_at", "happened_at",
    "reason", "rules", "facts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class News:
    """An incident whose facts changed: as it stands, which runs changed it, when it was last written about.

    `family` are the ids that were merged into it. `is_gone`: the run that opened it was taken back.
    """

    incident: IncidentRow
    revision: int
    last_change_id: int
    run_kinds: frozenset[str]
    newest_published_at: datetime | None
    family: tuple[str, ...]
    is_gone: bool


@dataclass(frozen=True, slots=True)
class ChannelRecord:
    """What a channel knows of an incident: told (`is_told`), or passed over with these facts (JSON)."""

    incident_id: str
    channel: str
    revision: int
    was_sent: bool
    facts: str
    rules: tuple[str, ...]


_make_channel_record: Callable[..., ChannelRecord] = ChannelRecord


class Outbox:
    """What alerts ask of the private file and append to it."""

    _con: duckdb.DuckDBPyConnection

    def alert_marks(self) -> dict[str, int]:
        """Return up to which change each rule has been asked."""
        return dict(rows(self._con, "select_alert_mark"))

    def mark_alerts(self, rules: Collection[str], at: datetime) -> None:
        """Begin rules that have no mark yet at the end of the change log: what came before them is no news."""
        new = sorted(set(rules) - self.alert_marks().keys())
        if new:
            self._append_marks(new, self._numbers()[1], at)

    def alert_news(self, after_change_id: int) -> tuple[News, ...]:
        """Return the incidents whose facts changed after a change, in the order of their latest change."""
        found = rows(self._con, "select_alert_news", after_change_id=after_change_id)
        return tuple(News(incident_row(r[6:]), r[0], r[1], frozenset(r[2]), r[3], tuple(r[4]), r[5]) for r in found)

    def channel_records(self, incident_ids: Iterable[str]) -> tuple[ChannelRecord, ...]:
        """Return what was told, or passed over, of these incidents, the oldest first."""
        found = rows(self._con, "select_channel_record", incident_ids=sorted(set(incident_ids)))
        return tuple(_make_channel_record(*row[:5], tuple(json.loads(row[5]))) for row in found)

    def deliveries(self, limit: int, *, open_only: bool = False) -> tuple[Delivery, ...]:
        """Return deliveries: those to be tried with the oldest first, or all with the newest first."""
        found = rows(self._con, "select_delivery", open_only=open_only, n=limit)
        return tuple(
            _make_delivery(*r[:4], DeliveryState(r[4]), *r[5:10], tuple(json.loads(r[10])), r[11]) for r in found
        )

    def last_sent_at(self) -> dict[str, datetime]:
        """Return when each channel was last told something."""
        return dict(rows(self._con, "select_alert_sent"))

    def queue_alerts(self, deliveries: Sequence[Delivery], rules: Collection[str], at: datetime) -> None:
        """Append the first events of new deliveries, and mark the rules as asked up to the end of the log; at once.

        Raises:
            WarehouseError: the disk failed; nothing was written.
        """
        try:
            with transaction(self._con):
                last_event_no, last_change_id = self._numbers()
                self._append_events(last_event_no, deliveries, is_first=True)
                marks = self.alert_marks()
                self._append_marks([r for r in sorted(rules) if marks.get(r) != last_change_id], last_change_id, at)
        except duckdb.Error as error:
            raise _unwritten(error) from error

    def record_alerts(self, deliveries: Sequence[Delivery]) -> None:
        """Append the state that each delivery is in now.

        Raises:
            WarehouseError: the disk failed; nothing was written.
        """
        try:
            with transaction(self._con):
                self._append_events(self._numbers()[0], deliveries, is_first=False)
        except duckdb.Error as error:
            raise _unwritten(error) from error

    def _numbers(self) -> tuple[int, int]:
        last_event_no, last_change_id = one(self._con, "select_alert_number")
        return last_event_no, last_change_id

    def _append_events(self, last_no: int, deliveries: Sequence[Delivery], *, is_first: bool) -> None:
        events = (
            (
                number, d.delivery_id, d.incident_id, d.revision, d.channel, d.state.value, d.attempts, d.next_try_at,
                d.updated_at, d.reason, json.dumps(d.rules) if is_first else None, d.facts if is_first else None,
            )
            for number, d in enumerate(deliveries, start=last_no + 1)
        )  # fmt: skip
        insert(self._con, "alert_delivery", columns_of(_NAMES, events))

    def _append_marks(self, rules: Sequence[str], change_id: int, at: datetime) -> None:
        columns = columns_of(("rule", "change_id"), [(rule, change_id) for rule in rules])
        insert(self._con, "alert_mark", columns, marked_at=at)


def _unwritten(error: duckdb.Error) -> WarehouseError:
    return WarehouseError(
        f"alerts were not recorded: {str(error).splitlines()[0]}",
        unchanged="nothing of it was written",
        next_step="free some space or mend the folder; the next run tries again",
    )
