"""Appending what the resolver says: assignments, merges, unsure pairs, memories, incident versions and changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from model.errors import ContractError
from model.incident import Assignment, Change, ChangeKind, IncidentStatus, IncidentVersion, Resolution, StoredMatch
from warehouse.columns import Columns, change_columns, columns_of, explanation_json, incident_columns, key_hash
from warehouse.decode import incident_version
from warehouse.query import insert, rows, run

if TYPE_CHECKING:
    from warehouse.append import Progress

_EMPTY = Resolution((), (), (), (), (), {}, 0)
# Changes that say what a person or the resolver did to the log itself; they need no new facts beside them.
_ALWAYS_KEPT = frozenset({ChangeKind.DECIDED, ChangeKind.SPLIT, ChangeKind.RETRACTED})


def append(progress: Progress) -> None:
    """Insert all that concerns incidents, except the changes."""
    resolution = progress.batch.resolution or _EMPTY
    wanted = {a.report_id for a in resolution.assignments} | {m.report_id for m in resolution.memories}
    members = {row[0]: (row[1], row[2]) for row in rows(progress.con, "select_member", report_ids=sorted(wanted))}
    _append_merges(progress, resolution)
    _append_assignments(progress, resolution, members)
    _append_memories(progress, resolution, members)
    _append_unsure(progress, resolution)
    _append_versions(progress)


def append_changes(progress: Progress) -> tuple[int | None, int | None]:
    """Number and insert the changes that stand for something new; returns the first and the last number."""
    changes = [change for change in progress.batch.changes if _is_news(progress, change)]
    if not changes:
        return None, None
    first = progress.numbers.take("change_id", len(changes))
    columns = change_columns(first, changes)
    progress.count("change", insert(progress.con, "change", columns, run_no=progress.numbers.run_no))
    progress.count("opened", sum(change.kind is ChangeKind.OPENED for change in changes))
    return first, first + len(changes) - 1


def _is_news(progress: Progress, change: Change) -> bool:
    return change.kind in _ALWAYS_KEPT or change.incident_id in progress.touched_incident_ids


def _append_merges(progress: Progress, resolution: Resolution) -> None:
    """Insert merges and follow all chains, so that `state.redirect` and `state.member` hold final ids only."""
    if not resolution.merges:
        return
    ids = sorted({merge.kept_id for merge in resolution.merges} | {merge.gone_id for merge in resolution.merges})
    redirect = dict(rows(progress.con, "select_redirect", incident_ids=ids))
    gone_to: dict[str, str] = {}
    new = []
    for merge in resolution.merges:
        kept, gone = _follow(merge.kept_id, redirect, gone_to), _follow(merge.gone_id, redirect, gone_to)
        if kept == gone:
            continue
        gone_to[gone] = kept
        progress.merged[gone] = kept
        number = progress.numbers.take("merge_no")
        new.append((number, kept, gone, explanation_json(merge.explanation)))
        progress.touched_incident_ids |= {kept, gone, merge.kept_id, merge.gone_id}
    columns = columns_of(("merge_no", "kept_id", "gone_id", "explanation"), new)
    progress.count("incident_merge", insert(progress.con, "incident_merge", columns, run_no=progress.numbers.run_no))
    final = {gone: _follow(gone, {}, gone_to) for gone in gone_to}
    if final:
        moved: Columns = {"gone_id": list(final), "final_id": list(final.values())}
        run(progress.con, "update_redirect_merged", **moved)
        run(progress.con, "update_member_merged", **moved)
        insert(progress.con, "state.redirect", moved)


def _follow(incident_id: str, redirect: dict[str, str], gone_to: dict[str, str]) -> str:
    """Follow stored redirects (already final), then those of this batch."""
    incident_id = redirect.get(incident_id, incident_id)
    while incident_id in gone_to:
        incident_id = gone_to[incident_id]
    return incident_id


def _append_assignments(progress: Progress, resolution: Resolution, members: dict[str, tuple[int, str | None]]) -> None:
    """Insert assignments that put a report elsewhere than it is; the incident may have been merged meanwhile."""
    ids = sorted({assignment.incident_id for assignment in resolution.assignments})
    redirect = dict(rows(progress.con, "select_redirect", incident_ids=ids)) if ids else {}
    moves: list[tuple[Assignment, int, str]] = []
    for assignment in resolution.assignments:
        if assignment.report_id not in members:
            raise ContractError(
                f"report {assignment.report_id} is assigned but is neither stored nor in the batch",
                unchanged="nothing was written",
            )
        report_no, incident_id = members[assignment.report_id]
        final_id = redirect.get(assignment.incident_id, assignment.incident_id)
        if incident_id != final_id:
            moves.append((assignment, report_no, final_id))
            progress.touched_incident_ids |= {final_id, *([incident_id] if incident_id else [])}
        elif assignment.report_id in progress.new_report_nos:
            progress.touched_incident_ids.add(final_id)
    columns = columns_of(
        ("assignment_no", "report_id", "incident_id", "is_new", "explanation"),
        (
            (
                progress.numbers.take("assignment_no"),
                a.report_id,
                a.incident_id,
                a.is_new,
                explanation_json(a.explanation),
            )
            for a, _, _ in moves
        ),
    )
    progress.count("assignment", insert(progress.con, "assignment", columns, run_no=progress.numbers.run_no))
    if moves:
        moved = columns_of(("report_no", "incident_id"), ((number, final_id) for _, number, final_id in moves))
        run(progress.con, "update_member_incident", **moved)


def _append_memories(progress: Progress, resolution: Resolution, members: dict[str, tuple[int, str | None]]) -> None:
    old = [members[m.report_id][0] for m in resolution.memories if _is_old(progress, m) and m.report_id in members]
    stored = {row[0]: (row[1], set(row[2])) for row in rows(progress.con, "select_memory_payload", report_nos=old)}
    new: list[tuple[int, StoredMatch]] = []
    new_keys: list[tuple[int, int]] = []
    for memory in resolution.memories:
        if memory.report_id not in members:
            raise ContractError(f"memory of an unknown report {memory.report_id}", unchanged="nothing was written")
        report_no = members[memory.report_id][0]
        payload, keys = stored.get(report_no, (None, set()))
        if payload == memory.payload and keys == set(memory.keys):
            continue
        new.append((report_no, memory))
        new_keys += [(key_hash(key), report_no) for key in sorted(set(memory.keys) - keys)]
    columns = columns_of(
        ("report_no", "origin_id", "keys", "payload", "published_at"),
        ((number, m.origin_id, list(m.keys), m.payload, m.published_at) for number, m in new),
    )
    progress.count("memory", insert(progress.con, "memory", columns, run_no=progress.numbers.run_no))
    insert(progress.con, "memory_key", columns_of(("key_hash", "report_no"), new_keys))


def _is_old(progress: Progress, memory: StoredMatch) -> bool:
    return memory.report_id not in progress.new_report_nos


def _append_unsure(progress: Progress, resolution: Resolution) -> None:
    report_ids = sorted({pair.report_id for pair in resolution.unsure})
    if not report_ids:
        return
    stored = set(rows(progress.con, "select_unsure_pair", report_ids=report_ids))
    columns = columns_of(
        ("report_id", "incident_id", "other_incident_id", "explanation"),
        (
            (pair.report_id, pair.incident_id, pair.other_incident_id, explanation_json(pair.explanation))
            for pair in resolution.unsure
            if (pair.report_id, pair.other_incident_id) not in stored
        ),
    )
    progress.count("unsure_pair", insert(progress.con, "unsure_pair", columns, run_no=progress.numbers.run_no))


def _append_versions(progress: Progress) -> None:
    """Insert versions whose facts differ from the newest; a merged incident gets its last version here if need be."""
    ids = sorted({version.incident_id for version in progress.batch.incidents} | set(progress.merged))
    if not ids:
        return
    known = {row[0]: incident_version(row) for row in rows(progress.con, "select_latest_incident", incident_ids=ids)}
    new: dict[str, IncidentVersion] = {}
    for version in progress.batch.incidents:
        before = new.get(version.incident_id) or known.get(version.incident_id)
        if before is None:
            new[version.incident_id] = version
            continue
        now = replace(version, detected_at=before.detected_at)  # the first acceptance holds for ever
        if replace(now, at=before.at) != before:
            new[version.incident_id] = now
    for gone_id, kept_id in progress.merged.items():
        last = new.get(gone_id) or known.get(gone_id)
        if last and last.status is not IncidentStatus.MERGED:
            at = progress.batch.run.now
            new[gone_id] = replace(last, at=at, status=IncidentStatus.MERGED, merged_into=kept_id)
    _insert_versions(progress, list(new.values()), {i for i in new if i in known})


def _insert_versions(progress: Progress, versions: list[IncidentVersion], stored_ids: set[str]) -> None:
    numbered = [(progress.numbers.take("version_no"), version) for version in versions]
    n_rows = insert(progress.con, "incident_version", incident_columns(numbered), run_no=progress.numbers.run_no)
    progress.count("incident_version", n_rows)
    progress.touched_incident_ids |= {version.incident_id for version in versions}
    if stored_ids:
        run(progress.con, "delete_state_incident", incident_ids=sorted(stored_ids))
    names = ("incident_id", "version_no", "detected_at")
    insert(progress.con, "state.incident", columns_of(names, ((v.incident_id, n, v.detected_at) for n, v in numbered)))
