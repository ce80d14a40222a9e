"""Undo what a decision did: what it merged is parted again, what it split off goes back.

Ids are never used twice, so of a merge that is undone the part that leaves gets a new id, as every split does. Where a
later decision keeps two sides apart or moved the reports on, nothing is done for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from model.incident import Change, Explanation, IncidentVersion, Merge, Resolution
from pipeline.regrouping import assign, new_incident_id, regroup, split_changes
from pipeline.subject import marks_of
from resolution.decisions import Verdicts
from warehouse import Writer

RULE = "a person's decision was taken back"
Undone = tuple[Resolution, tuple[IncidentVersion, ...], tuple[Change, ...]]


def undo(writer: Writer, group_ids: Iterable[str], now: datetime) -> Undone:
    """Work out what follows when decisions that were withdrawn are undone; writes nothing.

    Args:
        writer: The warehouse; the decisions are withdrawn already.
        group_ids: Ids of the decisions; those of a split by the beginning that they share.
        now: The moment of the new versions.
    """
    effects = [effect for group_id in group_ids for effect in writer.effects_of(group_id)]
    moves, changes, assignments = dict[str, str](), list[Change](), []
    for gone_id in (e.incident_id for e in effects if e.is_merge):
        reports = writer.led_through(gone_id)
        home = writer.redirects([gone_id])[gone_id]
        if not reports or not set(_members(writer, home)) - set(reports) or moves.keys() & set(reports):
            continue
        new_id = new_incident_id(writer, reports)
        moves |= dict.fromkeys(reports, new_id)
        assignments.append((home, assign(reports, new_id, f"{RULE}: parted from {home}", is_new=True)))
        changes += split_changes(home, new_id, reports, RULE, now)
    merges = tuple(m for e in effects if not e.is_merge for m in _back(writer, e.kept_id, e.incident_id))
    found = regroup(moves, merges, writer, now)
    after = dict(found.after) | {
        rows[0].incident_id: replace(found.after[rows[0].incident_id], detected_at=found.before[home].detected_at)
        for home, rows in assignments  # what leaves was told of before the merge: it is not new
    }
    placed = tuple(row for _, rows in assignments for row in rows)
    batch = Resolution(placed, merges, (), (), (), {}, 0)
    return batch, tuple(after.values()), (*changes, *found.changes)


def _back(writer: Writer, kept_id: str, opened_id: str) -> tuple[Merge, ...]:
    """Merge what was split off into what it left; nothing where it went elsewhere or a decision forbids it."""
    kept_id = writer.redirects([kept_id])[kept_id]
    here, there = _members(writer, kept_id), _members(writer, opened_id)
    if kept_id == opened_id or not here or not there:
        return ()
    word = Verdicts(writer.decisions()).between(marks_of(here) | {kept_id}, marks_of(there) | {opened_id})
    return () if word is not None and not word.is_same else (Merge(kept_id, opened_id, Explanation(1.0, RULE)),)


def _members(writer: Writer, incident_id: str) -> tuple[str, ...]:
    return tuple(home.report_id for home in writer.homes(incident_ids=[incident_id]))
