"""People decide: `same` and `different`, splits, and taking a decision back.

Specification. A decision is a row that outranks the resolver until it is withdrawn. It is stored first and applied at
once, by a run of kind `decide`; if that is interrupted, the same command again completes it.

- `same` merges the incidents of both sides: the one detected first keeps its id, the other redirects to it for ever.
- `different` keeps both sides apart in every later resolution. Where they sit in one incident, it is split: of two
  reports the later one leaves with its copies (the reports of its origin); of an incident that was merged into the
  other, the reports leave that came through it. The older id keeps the remainder, the others get a new one.
- `split` moves named reports to a new incident and stores `different` for each pair of a report that moved and one
  that stayed, so that it survives a reprocess. Such decisions share the beginning of their ids and go together.
- A later word overrules earlier ones that contradict it: those are withdrawn, and named in the `decided` change.
- Withdrawing undoes what the decision did (`undoing`); the resolver is free the next time that the question comes up.

A split-off incident is told once as new (`opened`, after `split` on both), since nobody was told of it under its id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product

from model import ids
from model.errors import ConfigError
from model.incident import Change, ChangeKind, Decision, Explanation, IncidentVersion, Merge, Resolution
from model.run import Run, RunBatch
from pipeline.regrouping import assign, new_incident_id, opened_change, regroup, split_changes
from pipeline.subject import Subject, find_subject, full_id, marks_of
from pipeline.undoing import undo
from warehouse import Writer

MAX_PAIRS = 2_000  # decisions of one split; each is asked for at every later comparison of its reports


class DecidedAlreadyError(ConfigError):
    """There is nothing to do: the same word holds already."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who decides, when, and in which words."""

    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision; ids that do not apply are null or empty.

    `kept_id` lives on; `gone_id` was merged into it; `opened_id` was split off it with `moved`. `overruled` were
    withdrawn since they contradict the new word.
    """

    run_id: str
    decision_ids: tuple[str, ...]
    is_same: bool
    kept_id: str
    gone_id: str | None = None
    opened_id: str | None = None
    moved: tuple[str, ...] = ()
    overruled: tuple[str, ...] = ()

    @property
    def group_id(self) -> str:
        """The id by which the whole is withdrawn: the beginning that the decisions of a split share."""
        return self.decision_ids[0].partition("-")[0]


def decide(writer: Writer, left: str, right: str, *, is_same: bool, author: Author) -> Decided:
    """Store a person's word on two incidents or reports and apply it.

    Raises:
        ConfigError: an id is unknown or ambiguous, both name one thing, or there is nothing to do.
    """
    one, other = find_subject(writer, left), find_subject(writer, right)
    if one.named_id == other.named_id:
        raise ConfigError(f"both sides are {one.named_id}", unchanged="nothing was written", next_step="name two ids")
    if is_same:
        return _join(writer, one, other, author)
    if one.incident_id == other.incident_id:
        return _part(writer, one, other, author)
    return _keep_apart(writer, one, other, author)


def split(writer: Writer, incident: str, reports: Sequence[str], author: Author) -> Decided:
    """Move reports of an incident to a new one, for good.

    Raises:
        ConfigError: an id is unknown or ambiguous, a report is elsewhere, nothing would stay, or there are too many.
    """
    whole = find_subject(writer, incident)
    if whole.is_report:
        raise ConfigError(
            f"{whole.named_id} is a report", unchanged="nothing was written", next_step="name an incident"
        )
    moved = tuple(dict.fromkeys(find_subject(writer, text).named_id for text in reports))
    stay = _members(writer, whole.incident_id)
    strange = [report_id for report_id in moved if report_id not in stay]
    if strange or not moved:
        raise ConfigError(
            f"not of {whole.incident_id}: {', '.join(strange)}" if strange else "no report was named",
            unchanged="nothing was written",
            next_step=f"its reports are in deconflict show {whole.incident_id} --json",
        )
    return _split_off(writer, whole.incident_id, moved, author)


def withdraw(writer: Writer, decision: str, author: Author) -> tuple[str, ...]:
    """Take a decision back, or all decisions of a split by the beginning that they share, and undo what they did.

    Raises:
        ConfigError: no decision that holds begins so, or several that were not made together.
    """
    standing = {d.decision_id: d for d in writer.decisions()}
    found = [i for i in sorted(standing) if decision and i.startswith(decision)]
    together = sorted({i.partition("-")[0] for i in found})
    if decision not in found and len(together) != 1:
        full_id(decision, tuple(together), "decision that holds")
    taken = [decision] if decision in found else found
    for decision_id in taken:
        writer.withdraw_decision(decision_id, by=author.by, at=author.at, note=author.note)
    named = {i for taken_id in taken for i in (standing[taken_id].left_id, standing[taken_id].right_id)}
    detail = {"withdrawn": taken, "by": author.by, "why": author.note or f"taken back by {author.by}"}
    batch, incidents, changes = undo(writer, together, author.at)
    decided = _decided_changes(_homes_of(writer, named), detail, author.at)
    _append(writer, author, (*decided, *changes), batch, incidents, key=taken[0])
    return tuple(taken)


def _join(writer: Writer, one: Subject, other: Subject, author: Author) -> Decided:
    here, there = _members(writer, one.incident_id), _members(writer, other.incident_id)
    is_done = one.incident_id == other.incident_id
    decision = _store(writer, one, other, author, is_same=True, is_done=is_done)
    if is_done:
        overruled = _overrule(writer, marks_of(one.report_ids), marks_of(other.report_ids), author, is_same=True)
        detail = _detail(decision, author, overruled)
        run_id = _append(
            writer, author, _decided_changes([one.incident_id], detail, author.at), key=decision.decision_id
        )
        return Decided(run_id, (decision.decision_id,), True, one.incident_id, overruled=overruled)
    sides = (marks_of(here) | {one.incident_id}, marks_of(there) | {other.incident_id})
    overruled = _overrule(writer, *sides, author, is_same=True)
    kept_id, gone_id = _by_age(writer, one.incident_id, other.incident_id)
    merge = Merge(kept_id, gone_id, Explanation(1.0, "a person's decision"))
    found = regroup({}, (merge,), writer, author.at)
    detail = _detail(decision, author, overruled)
    changes = (*_decided_changes((kept_id, gone_id), detail, author.at), *found.changes)
    batch = Resolution((), (merge,), (), (), (), {}, 0)
    run_id = _append(writer, author, changes, batch, tuple(found.after.values()), key=decision.decision_id)
    return Decided(run_id, (decision.decision_id,), True, kept_id, gone_id, overruled=overruled)


def _keep_apart(writer: Writer, one: Subject, other: Subject, author: Author) -> Decided:
    decision = _store(writer, one, other, author, is_same=False, is_done=True)
    left, right = (marks_of(s.report_ids) | {s.named_id if s.is_report else s.incident_id} for s in (one, other))
    overruled = _overrule(writer, left, right, author, is_same=False)
    detail = _detail(decision, author, overruled)
    homes = (one.incident_id, other.incident_id)
    run_id = _append(writer, author, _decided_changes(homes, detail, author.at), key=decision.decision_id)
    kept_id = _by_age(writer, *homes)[0]
    return Decided(run_id, (decision.decision_id,), False, kept_id, overruled=overruled)


def _part(writer: Writer, one: Subject, other: Subject, author: Author) -> Decided:
    """Split an incident in which both sides sit."""
    if one.is_report and other.is_report:
        homes = {home.report_id: home for home in writer.homes(incident_ids=[one.incident_id])}
        first, later = sorted((one.named_id, other.named_id), key=list(homes).index)  # oldest publication first
        origin = homes[later].origin_id
        if origin == homes[first].origin_id:
            return _split_off(writer, one.incident_id, (later,), author, against=(first,))
        leaving, staying = (
            tuple(r for r, home in homes.items() if home.origin_id == wanted)
            for wanted in (origin, homes[first].origin_id)
        )
        return _split_off(writer, one.incident_id, leaving, author, against=staying)
    if not (one.is_merged or other.is_merged):
        raise ConfigError(
            f"{one.named_id} and {other.named_id} name one incident and a report of it",
            unchanged="nothing was written",
            next_step=f"deconflict split {one.incident_id} --reports REPORT,…",
        )
    merged = one if one.is_merged else other
    return _split_off(writer, one.incident_id, merged.report_ids, author)


def _split_off(
    writer: Writer, kept_id: str, moved: tuple[str, ...], author: Author, against: tuple[str, ...] | None = None
) -> Decided:
    """Move reports to a new incident; `against` are those that they are declared different from, else all that stay."""
    stay = tuple(r for r in _members(writer, kept_id) if r not in moved)
    pairs = list(product(moved, against or stay))
    if not stay or len(pairs) > MAX_PAIRS:
        why = "nothing would stay" if not stay else f"{len(pairs)} pairs would be declared different, over {MAX_PAIRS}"
        raise ConfigError(f"cannot split {kept_id}: {why}", unchanged="nothing was written", next_step="move fewer")
    group = ids.make_id("dec", "split", kept_id, *sorted(moved), author.by, author.at.isoformat())
    decisions = [
        Decision(f"{group}-{n}" if len(pairs) > 1 else group, left, right, False, author.by, author.at, author.note)
        for n, (left, right) in enumerate(pairs, start=1)
    ]
    overruled = _overrule(writer, marks_of(moved), marks_of(stay) | {kept_id}, author, is_same=False)
    for decision in decisions:
        writer.add_decision(decision)
    opened_id = new_incident_id(writer, moved)
    rule = f"a person's decision: split off {kept_id}"
    assignments = assign(moved, opened_id, rule, is_new=True)
    found = regroup(dict.fromkeys(moved, opened_id), (), writer, author.at)
    detail = {"decisions": [group], "verdict": "different", "by": author.by, "overruled": list(overruled)}
    detail["why"] = author.note or f"split by {author.by}"
    changes = (
        *_decided_changes((kept_id, opened_id), detail, author.at),
        *split_changes(kept_id, opened_id, moved, str(detail["why"]), author.at),
        opened_change(found.after[opened_id], assignments[0], author.at, split_from=kept_id),
        *found.changes,
    )
    batch = Resolution(assignments, (), (), (), (), {}, 0)
    run_id = _append(writer, author, changes, batch, tuple(found.after.values()), key=group)
    named = tuple(decision.decision_id for decision in decisions)
    return Decided(run_id, named, False, kept_id, None, opened_id, moved, overruled)


def _members(writer: Writer, incident_id: str) -> tuple[str, ...]:
    return tuple(home.report_id for home in writer.homes(incident_ids=[incident_id]))


def _by_age(writer: Writer, *incident_ids: str) -> tuple[str, ...]:
    """Order incidents by their age to us: by detection, then first publication, then id."""
    versions = writer.latest_incidents(incident_ids)

    def age(incident_id: str) -> tuple[datetime, datetime, str]:
        version = versions[incident_id]
        return (version.detected_at, version.first_published_at or datetime.max.replace(tzinfo=UTC), incident_id)

    return tuple(sorted(incident_ids, key=age))


def _store(writer: Writer, one: Subject, other: Subject, author: Author, *, is_same: bool, is_done: bool) -> Decision:
    """Store a decision, or find it where it is stored already and was not applied.

    Raises:
        DecidedAlreadyError: it is stored and holds (`is_done`).
    """
    is_one = one.incident_id == other.incident_id
    left, right = (s.named_id if s.is_report or is_one else s.incident_id for s in (one, other))
    stored = [d for d in writer.decisions() if {d.left_id, d.right_id} == {left, right} and d.is_same == is_same]
    if stored and is_done:
        raise DecidedAlreadyError(
            f"nothing to do: decision {stored[-1].decision_id} says so already", unchanged="nothing was written"
        )
    if stored:
        return stored[-1]
    decision_id = ids.make_id("dec", left, right, is_same, author.by, author.at.isoformat())
    decision = Decision(decision_id, left, right, is_same, author.by, author.at, author.note)
    writer.add_decision(decision)
    return decision


def _overrule(
    writer: Writer, left: frozenset[str], right: frozenset[str], author: Author, *, is_same: bool
) -> tuple[str, ...]:
    """Withdraw the decisions that say the opposite of two sides; an id that could mean either is left out."""
    mine, theirs = left - right, right - left
    against = {
        d.decision_id
        for d in writer.standing_decisions()
        if d.is_same != is_same
        and ((d.left_id in mine and d.right_id in theirs) or (d.left_id in theirs and d.right_id in mine))
    }
    for decision_id in sorted(against):
        writer.withdraw_decision(decision_id, by=author.by, at=author.at, note="overruled by a later decision")
    return tuple(sorted(against))


def _detail(decision: Decision, author: Author, overruled: tuple[str, ...]) -> dict[str, object]:
    verdict = "same" if decision.is_same else "different"
    return {
        "decisions": [decision.decision_id],
        "verdict": verdict,
        "left": decision.left_id,
        "right": decision.right_id,
        "by": author.by,
        "why": author.note or f"{verdict}, says {author.by}",
        "overruled": list(overruled),
    }


def _homes_of(writer: Writer, named: Iterable[str]) -> tuple[str, ...]:
    """The incidents that reports and incidents named by a decision are in now."""
    named = sorted(named)
    incidents = writer.redirects([i for i in named if i.startswith("inc_")]).values()
    return tuple(sorted({*incidents, *(h.incident_id for h in writer.homes(named) if h.incident_id)}))


def _decided_changes(incident_ids: Iterable[str], facts: Mapping[str, object], now: datetime) -> tuple[Change, ...]:
    detail = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return tuple(Change(i, ChangeKind.DECIDED, now, detail) for i in dict.fromkeys(incident_ids))


def _append(
    writer: Writer,
    author: Author,
    changes: tuple[Change, ...],
    resolution: Resolution | None = None,
    incidents: tuple[IncidentVersion, ...] = (),
    *,
    key: str,
) -> str:
    run_id = ids.make_id("run", "decide", key, author.at.isoformat(), datetime.now(UTC).isoformat())
    started_at = datetime.now(UTC)
    run = Run(run_id, "decide", started_at, started_at, author.at, version("deconflict"))
    writer.append(RunBatch(run, resolution=resolution, incidents=incidents, changes=changes))
    return run_id
