"""Take the newest run back, with the decisions that it applied, and publish what is left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from model.errors import WarehouseError
from model.settings import Settings
from pipeline.subject import full_id
from warehouse import Writer, open_writer


@dataclass(frozen=True, slots=True)
class RolledBack:
    """The run that was taken back, the run that says so, and the decisions that went with it."""

    run_id: str
    rollback_run_id: str
    withdrawn: tuple[str, ...]


def roll_back(settings: Settings, run: str, *, by: str, at: datetime, reason: str) -> RolledBack:
    """Take the newest run back; a decision that it applied would otherwise be applied again by the next one.

    Raises:
        ConfigError: no run, or several, begin as `run` does. ContractError: later runs build on it.
        WarehouseError: there is no warehouse, or it cannot be written.
    """
    if not settings.warehouse_path.exists():
        raise WarehouseError(f"there is no warehouse at {settings.warehouse_path}", next_step="deconflict run")
    with open_writer(settings.warehouse_path) as writer:
        run_id = full_id(run, writer.run_ids_beginning(run), "run")
        done = writer.roll_back(run_id, by=by, at=at, reason=reason)
        withdrawn = _withdraw(writer, run_id, by, at)
        writer.publish(settings.snapshot_path)
    return RolledBack(run_id, done.run_id, withdrawn)


def _withdraw(writer: Writer, run_id: str, by: str, at: datetime) -> tuple[str, ...]:
    """Withdraw what the `decided` changes of the run name: decisions, or all of a split by their common beginning."""
    named = {i for detail in writer.decided_by(run_id) for i in json.loads(detail).get("decisions", ())}
    taken = [d.decision_id for d in writer.decisions() if d.decision_id.partition("-")[0] in named]
    for decision_id in taken:
        writer.withdraw_decision(decision_id, by=by, at=at, note="its run was taken back")
    return tuple(taken)
