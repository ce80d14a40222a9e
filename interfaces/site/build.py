"""Build the site from the published snapshot: incidents first, then the lists that lead to them.

A run rewrites what changed. The same data give the same bytes, whether built at once or run by run: a page of an
incident holds nothing that depends on other incidents' facts or on the day, and takes "data as of" from a script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import duckdb

from interfaces.addresses import incident_path
from interfaces.site.about import about_view
from interfaces.site.batch import json_path, put_incidents
from interfaces.site.changed import N_LOOKED_AT, changed_views
from interfaces.site.feeds import feeds_view
from interfaces.site.lists import (
    FRESH,
    N_ACTORS_OFFERED,
    N_NEW,
    OTHER,
    Month,
    all_choices,
    choices,
    fresh_words,
    months,
    row_of,
    search_data,
    search_line,
    search_lines,
)
from interfaces.site.places import N_ON_MAP, places_view
from interfaces.site.render import Status, assets, page, printed_row, printed_rows, version_of_pages
from interfaces.site.review import N_QUESTIONS, question_view
from interfaces.site.runs import runs_view
from interfaces.site.store import Store
from interfaces.site.trends import trends_view
from interfaces.site.words import moment, stamp
from model.gc_pause import gc_paused
from pipeline.explaining import review
from pipeline.lock import run_lock
from warehouse.pages import IncidentHead
from warehouse.reader import Reader, open_snapshot
from warehouse.rows import IncidentRow

LOCK = ".deconflict-site.lock"
SEARCH = "data/incidents.js"
N_UNCOLLECTED = 500  # pages: printing more leaves so much garbage that it has to be looked for


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What a build did: files written, left as they were, and removed; incidents that have a page."""

    folder: Path
    n_written: int
    n_kept: int
    n_removed: int
    n_incidents: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done: the incidents of all lists, and which pages are not as their marks want them.

    `unchanged` are incidents of which an earlier build told the same; `rows` holds the facts of every incident that
    anything still to be written needs.
    """

    shown: tuple[IncidentHead, ...]
    gone: tuple[str, ...]
    marks: Mapping[str, str]
    stale: tuple[str, ...]
    months: tuple[Month, ...]
    stale_months: tuple[Month, ...]
    unchanged: frozenset[str]
    kept_lines: Mapping[str, str]
    rows: Mapping[str, IncidentRow]


def build_site(snapshot: Path, folder: Path) -> BuiltSite:
    """Bring the site in `folder` up to the snapshot.

    Raises:
        WarehouseError: the snapshot cannot be read, or the folder not written. ConfigError: it holds other pages.
        RunLockedError: another build is at work in it.
    """
    with run_lock(folder / LOCK, "site build"), open_snapshot(snapshot) as reader, gc_paused() as wake:
        store = Store(folder, f"{version_of_pages()}-{duckdb.__version__}-{reader.title_mark}")
        for asset in assets().values():
            store.put(asset.path, asset.content)
        plan = _plan(reader, store)
        if len(plan.stale) > N_UNCOLLECTED:
            wake()
        put_incidents(reader, store, snapshot, plan.stale)
        for incident_id in plan.stale:
            store.mark(incident_id, plan.marks.get(incident_id, ""))
        _put_redirects(reader, store, plan)
        _put_archive(reader, store, plan)
        _put_pages(reader, store, plan)
        store.finish()
    return BuiltSite(folder, store.n_written, store.n_kept, store.n_removed, len(plan.shown))


def _plan(reader: Reader, store: Store) -> _Plan:
    heads, marks = reader.incident_heads(), reader.page_marks()
    shown = tuple(head for head in heads if head.status != "merged")
    unchanged = frozenset(i for i, mark in marks.items() if store.was(i) == mark)
    kept_lines = {i: line for i, line in search_lines(store.text(SEARCH)).items() if i in unchanged}
    stale = tuple(head.incident_id for head in shown if not _is_current(store, head.incident_id, marks))
    by_month = months(shown)
    stale_months = tuple(m for m in by_month if not store.is_current(m.path, _mark_of(m, marks), m.path))
    unsearched = [head.incident_id for head in shown if head.incident_id not in kept_lines]
    wanted = {
        *unsearched,
        *(i for month in stale_months for i in month.incident_ids),
        *(head.incident_id for head in shown[:N_ON_MAP]),
        *(head.incident_id for head in _typed(shown)[:N_NEW]),
    }
    return _Plan(
        shown=shown,
        gone=tuple(head.incident_id for head in heads if head.status == "merged"),
        marks=marks,
        stale=stale,
        months=by_month,
        stale_months=stale_months,
        unchanged=unchanged,
        kept_lines=kept_lines,
        rows={row.incident_id: row for row in reader.incidents(wanted)},
    )


def _typed(shown: Sequence[IncidentHead]) -> list[IncidentHead]:
    return [head for head in shown if head.event_type != OTHER]


def _is_current(store: Store, incident_id: str, marks: Mapping[str, str]) -> bool:
    path = incident_path(incident_id)
    return store.is_current(incident_id, marks.get(incident_id, ""), path, json_path(incident_id))


def _mark_of(month: Month, marks: Mapping[str, str]) -> str:
    contents = "".join(f"{i}{marks.get(i)}" for i in month.incident_ids)
    return blake2b(f"{month.name}{contents}".encode(), digest_size=12).hexdigest()


def _put_redirects(reader: Reader, store: Store, plan: _Plan) -> None:
    """Let the address of each merged incident lead to the one that it is now."""
    final = reader.redirects(plan.gone)
    for incident_id in plan.gone:
        path = incident_path(incident_id)
        target = final.get(incident_id, incident_id)
        store.put(path, page("moved", path, "Merged", None, gone=incident_id, target=target))


def _put_archive(reader: Reader, store: Store, plan: _Plan) -> None:
    """Write the months that changed, and the data of the search; what an earlier build printed is taken over."""
    for month in plan.stale_months:
        incidents = [plan.rows[i] for i in month.incident_ids]
        before = printed_rows(store.text(month.path))
        kept = {i: before.get(f"../{incident_path(i)}") for i in month.incident_ids if i in plan.unchanged}
        rows = [kept.get(row.incident_id) or printed_row(row_of(row, None, "../")) for row in incidents]
        store.put(month.path, page("month", month.path, month.name, None, rows=rows, choices=choices(incidents)))
        store.mark(month.path, _mark_of(month, plan.marks))
    ids = [head.incident_id for head in plan.shown]
    told = reader.incident_words(i for i in ids if i not in plan.kept_lines)
    lines = (plan.kept_lines.get(i) or search_line(plan.rows[i], told.get(i, ())) for i in ids)
    store.put(SEARCH, search_data(lines))


def _put_pages(reader: Reader, store: Store, plan: _Plan) -> None:
    about = reader.about()
    known_at, n_all = about.known_at, len(plan.shown)
    feeds = feeds_view(reader.feed_pulses(), known_at)
    status = Status(moment(known_at) if known_at else "no complete run yet", stamp(known_at), feeds.summary)
    offered = all_choices(plan.shown, reader.frequent_actors(N_ACTORS_OFFERED))
    counted = [(month, len(month.incident_ids)) for month in plan.months]
    on_map = [plan.rows[head.incident_id] for head in plan.shown[:N_ON_MAP]]
    asked = [question_view(question, known_at) for question in review(reader, N_QUESTIONS)]

    def put(name: str, title: str, **view: object) -> None:
        store.put(f"{name}.html", page(name, f"{name}.html", title, status, **view))

    put("archive", "Archive", months=counted, n_all=n_all)
    put("search", "Search", choices=offered, n_all=n_all)
    put("feeds", "Feeds", v=feeds)
    put("map", "Map", v=places_view(on_map, n_all, known_at))
    put("trends", "Trends", v=trends_view(reader, known_at.date() if known_at else None))
    put("review", "Review", questions=asked)
    put("runs", "Runs", v=runs_view(reader))
    put("about", "About", v=about_view(about))
    typed = _typed(plan.shown)
    newest = [plan.rows[head.incident_id] for head in typed[:N_NEW]]
    put(
        "index",
        "New incidents",
        rows=[row_of(row, known_at) for row in newest],
        changed=changed_views(reader.revised(N_LOOKED_AT, 0)),
        choices=choices(newest),
        fresh_words=fresh_words(reader.n_fresh(known_at - FRESH, other=OTHER), status.as_of) if known_at else "",
        n_older=len(typed) - len(newest),
        n_all=n_all,
        n_other=n_all - len(typed),
    )
    store.put("data/status.svg", status.picture)
    store.put("data/status.js", status.script)
