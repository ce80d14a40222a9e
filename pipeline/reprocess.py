"""Code and resolve anew everything that the warehouse holds, as if today's code had always run; ids and decisions stay.

Specification. (1) Every article whose text is stored is coded again, in order of publication, and resolved into a
scratch warehouse that knows the decisions that hold. (2) The groups found there get the ids of the incidents that they
were (`pipeline.reconcile`). (3) What differs is appended to the warehouse in one run of kind `reprocess`: codings that
changed, reports that moved, incidents that merged (`merged`), were split (`split`), lost all their reports
(`retracted`) or changed their facts (`revised`). Nothing is told twice as newly detected: `opened` only tells of
incidents that rest on reports which nobody had, and a split-off keeps the moment at which its reports were detected.

Articles whose texts were pruned keep their coding and their place. A second reprocess with the same code adds nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from model import ids
from model.article import Article
from model.errors import WarehouseError
from model.incident import (
    ArticleReport,
    Assignment,
    Change,
    Decision,
    Explanation,
    Merge,
    OriginAssignment,
    Resolution,
    StoredMatch,
    UnsurePair,
)
from model.report import Coding
from model.run import AppendedRun, Issue, Run, RunBatch
from model.settings import Settings
from pipeline.coding import Coded, code_articles, coding_pool
from pipeline.lock import run_lock
from pipeline.reconcile import Reconciled, reconcile
from pipeline.regrouping import (
    Recoded,
    Regrouped,
    attached_changes,
    follow,
    new_incident_id,
    opened_change,
    regroup,
    split_changes,
)
from pipeline.resolving import place_reports
from warehouse import Writer, open_writer
from warehouse.columns import coding_sha256

CHUNK = 256  # articles coded and resolved at a time, as in a replay
INCIDENTS_AT_A_TIME = 2_000  # incidents whose facts are derived at a time: their reports are in memory together
RULE = "reprocess: coded and resolved anew"

Progress = Callable[[int, int], None]
Code = Callable[[Sequence[Article], Settings, Executor | None], Coded]


@dataclass(frozen=True, slots=True)
class Reprocessed:
    """What a reprocess did; `n_pruned` articles had no text any more and stayed as they were."""

    n_articles: int
    n_pruned: int
    n_recoded: int
    n_moved: int
    n_merged: int
    n_split: int
    n_opened: int
    appended: AppendedRun

    @property
    def line(self) -> str:
        """The closing line of a reprocess."""
        return (
            f"{self.n_articles} articles coded and resolved anew, {self.n_pruned} without a text left as they were; "
            f"{self.n_recoded} codings changed, {self.n_moved} reports moved; {self.n_merged} incidents merged, "
            f"{self.n_split} split off, {self.n_opened} opened"
        )


@dataclass(slots=True)
class _Anew:
    """What the scratch warehouse came to."""

    article_reports: dict[str, ArticleReport] = field(default_factory=dict)  # reports of articles whose coding changed
    recoded: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    report_ids: list[str] = field(default_factory=list)
    origins: dict[str, OriginAssignment] = field(default_factory=dict)
    memories: dict[str, StoredMatch] = field(default_factory=dict)
    unsure: list[UnsurePair] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    group_of: dict[str, str] = field(default_factory=dict)
    n_pruned: int = 0


def reprocess(
    settings: Settings, now: datetime, progress: Progress = lambda done, of: None, code: Code = code_articles
) -> Reprocessed:
    """Reprocess the warehouse of this home and publish it.

    Args:
        settings: Where things are, and the number of workers.
        now: The moment of the run.
        progress: Told how many articles are done, of how many.
        code: The coder; another one than today's is for trying out.

    Raises:
        RunLockedError: a run is under way. WarehouseError: there is no warehouse, or it cannot be written.
        ContractError: the outcome would break the contract; nothing was published.
    """
    if not settings.warehouse_path.exists():
        raise WarehouseError(f"there is no warehouse at {settings.warehouse_path}", next_step="deconflict run")
    with (
        run_lock(settings.home / "run.lock"),
        tempfile.TemporaryDirectory(prefix="reprocess-", dir=settings.home) as folder,
        open_writer(settings.warehouse_path) as writer,
    ):
        anew = _resolve_anew(writer, Path(folder) / "scratch.duckdb", settings, progress, code)
        done = _append(writer, anew, now)
        writer.publish(settings.snapshot_path)
    return done


def _resolve_anew(writer: Writer, scratch_path: Path, settings: Settings, progress: Progress, code: Code) -> _Anew:
    anew = _Anew()
    stored = writer.coded_articles()
    hashes = {one.article_id: one.coding_sha256 for one in stored}
    wanted = [one.article_id for one in stored if one.has_text]
    anew.n_pruned = len(stored) - len(wanted)
    with open_writer(scratch_path) as scratch, coding_pool(settings) as pool:
        for decision in _translated(writer):
            scratch.add_decision(decision)
        for start in range(0, len(wanted), CHUNK):
            chunk = wanted[start : start + CHUNK]
            by_id = writer.articles(chunk)
            articles = [by_id[article_id] for article_id in chunk]
            coded = code(articles, settings, pool)
            anew.issues += coded.issues
            _place_chunk(scratch, anew, articles, coded.codings, hashes, start)
            progress(start + len(chunk), len(wanted))
        anew.group_of = {h.report_id: h.incident_id for h in scratch.homes(anew.report_ids) if h.incident_id}
        moved = scratch.redirects({i for u in anew.unsure for i in (u.incident_id, u.other_incident_id)})
        anew.unsure = [
            replace(u, incident_id=moved[u.incident_id], other_incident_id=moved[u.other_incident_id])
            for u in anew.unsure
        ]
        _join_decided(scratch, anew)
    return anew


def _place_chunk(
    scratch: Writer,
    anew: _Anew,
    articles: Sequence[Article],
    codings: Sequence[Coding],
    hashes: Mapping[str, str | None],
    number: int,
) -> None:
    now = max(article.first_seen_at for article in articles)
    placed = place_reports(articles, codings, scratch, now)
    reports = tuple(report for coding in codings for report in coding.reports)
    scratch.append(
        RunBatch(
            Run(ids.make_id("run", "scratch", number), "reprocess", now, now, now, version("deconflict")),
            articles=tuple(articles),
            reports=reports,
            resolution=placed.resolution if placed else None,
            incidents=placed.incidents if placed else (),
        )
    )
    by_id = {article.article_id: article for article in articles}
    changed = {c.article_id for c in codings if coding_sha256(list(c.reports)) != hashes[c.article_id]}
    anew.seen += [coding.article_id for coding in codings]
    anew.recoded += sorted(changed)
    anew.report_ids += [report.report_id for report in reports]
    anew.article_reports |= {
        r.report_id: ArticleReport(by_id[r.article_id], r) for r in reports if r.article_id in changed
    }
    if placed:
        anew.origins |= {o.article_id: o for o in placed.resolution.origins}
        anew.memories |= {m.report_id: m for m in placed.resolution.memories if m.article_id in changed}
        anew.unsure += placed.resolution.unsure


def _translated(writer: Writer) -> list[Decision]:
    """The decisions that hold, each side that is an incident named by a report that it is known by."""
    made = []
    for number, decision in enumerate(writer.standing_decisions()):
        sides = [_known_by(writer, side) for side in (decision.left_id, decision.right_id)]
        if None not in sides and sides[0] != sides[1]:
            named = {"decision_id": f"{decision.decision_id}.{number}", "left_id": sides[0], "right_id": sides[1]}
            made.append(replace(decision, **named))  # type: ignore[arg-type]  # nulls are ruled out above
    return made


def _known_by(writer: Writer, named_id: str) -> str | None:
    """A report that stands for what a decision names: its opener where it still counts, else the oldest."""
    if named_id.startswith("rep_"):
        return named_id
    through = writer.led_through(named_id) or [h.report_id for h in writer.homes(incident_ids=[named_id])]
    return next((r for r in through if ids.incident_id(r) == named_id), next(iter(through), None))


def _join_decided(scratch: Writer, anew: _Anew) -> None:
    """Put together what a person called the same and the scratch runs, chunk by chunk, never saw together.

    Whole groups are joined, unless that would bring together what is different; then the report alone changes sides.
    """
    standing = scratch.decisions()
    apart = [(d.left_id, d.right_id) for d in standing if not d.is_same]
    for decision in (d for d in standing if d.is_same):
        left, right = (anew.group_of.get(i) for i in (decision.left_id, decision.right_id))
        if left is None or right is None or left == right:
            continue
        groups = {g: {r for r, its in anew.group_of.items() if its == g} for g in (left, right)}
        ways = ((left, groups[right]), (left, {decision.right_id}), (right, {decision.left_id}))
        for home, movers in ways:
            if not _is_forbidden(movers, groups[home] - movers, apart):
                anew.group_of |= dict.fromkeys(movers, home)
                break


def _is_forbidden(movers: set[str], others: set[str], apart: Sequence[tuple[str, str]]) -> bool:
    return any((a in movers and b in others) or (b in movers and a in others) for a, b in apart)


def _append(writer: Writer, anew: _Anew, now: datetime) -> Reprocessed:
    was_in, staying = _before(writer, anew)
    age = {incident_id: n for n, incident_id in enumerate(writer.live_incidents())}
    found = reconcile(anew.group_of, was_in, age, staying)
    home_of_group = _homes(writer, anew, found)
    merges = tuple(Merge(home_of_group[group], gone, Explanation(1.0, RULE)) for gone, group in found.merged.items())
    redirect = {merge.gone_id: merge.kept_id for merge in merges}
    homes = {r: home_of_group[g] for r, g in anew.group_of.items()}
    stored = {home.report_id: home.incident_id for home in writer.homes(anew.report_ids)}
    moves = {r: i for r, i in homes.items() if follow(stored.get(r) or "", redirect) != i}
    # A background report that found no incident this time stays where it was.
    placed = homes | {r: i for r, i in stored.items() if i and r not in homes and r in anew.article_reports}
    recoded = Recoded(
        frozenset(anew.recoded),
        tuple(anew.article_reports.values()),
        {o.article_id: o.origin_id for o in anew.origins.values()},
    )
    regrouped = _derive(
        writer, {r: placed[r] for r in (*moves, *anew.article_reports) if r in placed}, merges, recoded, now
    )
    assignments, changes = _tell(regrouped, moves, anew, found, home_of_group, now)
    unsure = tuple(
        replace(u, incident_id=home_of_group[u.incident_id], other_incident_id=home_of_group[u.other_incident_id])
        for u in anew.unsure
        if u.incident_id in home_of_group and u.other_incident_id in home_of_group
    )
    resolution = Resolution(
        assignments, merges, tuple(anew.origins.values()), unsure, tuple(anew.memories.values()), {}, 0
    )
    started_at = datetime.now(UTC)
    run_id = ids.make_id("run", "reprocess", now.isoformat(), started_at.isoformat())
    appended = writer.append(
        RunBatch(
            Run(run_id, "reprocess", started_at, datetime.now(UTC), now, version("deconflict")),
            reports=tuple(article_report.report for article_report in anew.article_reports.values()),
            resolution=resolution,
            incidents=tuple(regrouped.after.values()),
            changes=changes,
            issues=tuple(anew.issues),
            coded_article_ids=tuple(anew.recoded),
        )
    )
    n_split = len(found.split_from)
    n_new = len(set(home_of_group.values()) - regrouped.before.keys() - set(found.kept.values())) - n_split
    n_seen = len(anew.seen)
    return Reprocessed(n_seen, anew.n_pruned, len(anew.recoded), len(moves), len(merges), n_split, n_new, appended)


def _before(writer: Writer, anew: _Anew) -> tuple[dict[str, str], set[str]]:
    """Where the reports were, by themselves or by their article; and the incidents that keep other reports."""
    live = writer.homes(incident_ids=writer.live_incidents())
    by_report = {h.report_id: str(h.incident_id) for h in live}
    by_article = {h.article_id: str(h.incident_id) for h in reversed(live)}
    article_of = {r: article_report.article.article_id for r, article_report in anew.article_reports.items()}
    was_in = {}
    for report_id in anew.group_of:
        home = by_report.get(report_id) or by_article.get(article_of.get(report_id, ""))
        if home is not None:
            was_in[report_id] = home
    made, seen = set(anew.report_ids), set(anew.seen)
    staying = {
        str(h.incident_id)
        for h in live
        if h.article_id not in seen or (h.report_id in made and h.report_id not in anew.group_of)
    }
    return was_in, staying


def _homes(writer: Writer, anew: _Anew, found: Reconciled) -> dict[str, str]:
    """The incident id of each new group: the one it keeps, or a new one."""
    reports: dict[str, list[str]] = {}
    for report_id, group in anew.group_of.items():
        reports.setdefault(group, []).append(report_id)
    live = writer.live_incidents()
    empty = set(live) - {h.incident_id for h in writer.homes(incident_ids=live)}
    homes = dict(found.kept)
    for group in sorted(reports.keys() - homes.keys()):
        # An incident that lost all its reports to an earlier coder is found again, not detected again.
        again = next((i for r in reports[group] if (i := ids.incident_id(r)) in empty), None)
        homes[group] = again or new_incident_id(writer, reports[group])
    return homes


def _derive(
    writer: Writer, moves: Mapping[str, str], merges: Sequence[Merge], recoded: Recoded, now: datetime
) -> Regrouped:
    """Derive every incident anew; those that reports or merges touch together, the others a few at a time."""
    old = {h.incident_id for h in writer.homes(moves)} | _incidents_reported_by(writer, recoded.article_ids)
    first = regroup(moves, merges, writer, now, also=sorted(i for i in old if i), recoded=recoded)
    before, after, changes = dict(first.before), dict(first.after), list(first.changes)
    others = [i for i in writer.live_incidents() if i not in after]
    for start in range(0, len(others), INCIDENTS_AT_A_TIME):
        chunk = others[start : start + INCIDENTS_AT_A_TIME]
        more = regroup({}, (), writer, now, also=chunk)
        news = [i for i, version in more.after.items() if replace(version, at=more.before[i].at) != more.before[i]]
        before |= {i: more.before[i] for i in news}
        after |= {i: more.after[i] for i in news}
        changes += [change for change in more.changes if change.incident_id in news]
    return Regrouped(before, after, tuple(changes))


def _incidents_reported_by(writer: Writer, article_ids: Collection[str]) -> set[str | None]:
    """The incidents that some articles tell of now."""
    wanted = set(article_ids)
    return {h.incident_id for h in writer.homes(incident_ids=writer.live_incidents()) if h.article_id in wanted}


def _tell(
    regrouped: Regrouped,
    moves: Mapping[str, str],
    anew: _Anew,
    found: Reconciled,
    home_of_group: Mapping[str, str],
    now: datetime,
) -> tuple[tuple[Assignment, ...], tuple[Change, ...]]:
    """Make the assignments of moved reports, and tell of new, split and grown incidents before all that follows."""
    opened: set[str] = set()
    assignments, changes = [], []
    for report_id, incident_id in moves.items():
        is_new = incident_id not in regrouped.before and incident_id not in opened
        assignment = Assignment(report_id, incident_id, is_new, Explanation(1.0, RULE))
        assignments.append(assignment)
        source = found.split_from.get(anew.group_of[report_id])
        if is_new:
            opened.add(incident_id)
            changes += _new_incident(regrouped, assignment, source, moves, now)
        elif incident_id in regrouped.before:
            changes += attached_changes(regrouped, assignment, now)
    return tuple(assignments), (*changes, *regrouped.changes)


def _new_incident(
    regrouped: Regrouped, assignment: Assignment, source: str | None, moves: Mapping[str, str], now: datetime
) -> list[Change]:
    """Tell of an incident with a new id: as split off another, or as newly detected where nobody had its reports."""
    incident_id = assignment.incident_id
    if source is None:
        return [opened_change(regrouped.after[incident_id], assignment, now)]
    since = regrouped.before[source].detected_at
    regrouped.after[incident_id] = replace(regrouped.after[incident_id], detected_at=since)  # type: ignore[index]
    return list(split_changes(source, incident_id, [r for r, i in moves.items() if i == incident_id], RULE, now))
