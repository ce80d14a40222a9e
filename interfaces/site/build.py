"""Build the site from the published snapshot: incidents first, then the lists that lead to them.

A run rewrites what changed. The same data give the same bytes, whether built at once or run by run: a page of an
incident holds nothing that depends on other incidents' facts or on the day, and takes "data as of" from a script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from interfaces.addresses import incident_path
from interfaces.site.about import about_view
from interfaces.site.feeds import feeds_view
from interfaces.site.incident import incident_json, incident_view
from interfaces.site.lists import FRESH, N_NEW, OTHER, choices, listed, months, row_of, search_data
from interfaces.site.places import places_view
from interfaces.site.render import Status, assets, page, version_of_pages
from interfaces.site.review import N_QUESTIONS, question_view
from interfaces.site.runs import runs_view
from interfaces.site.store import Store
from interfaces.site.trends import trends_view
from interfaces.site.words import count, moment, stamp, tidy
from pipeline.explaining import review
from pipeline.lock import run_lock
from warehouse.reader import Reader, open_snapshot
from warehouse.rows import About, IncidentRow

LOCK = ".deconflict-site.lock"


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What a build did: files written, left as they were, and removed; incidents that have a page."""

    folder: Path
    n_written: int
    n_kept: int
    n_removed: int
    n_incidents: int


def build_site(snapshot: Path, folder: Path) -> BuiltSite:
    """Bring the site in `folder` up to the snapshot.

    Raises:
        WarehouseError: the snapshot cannot be read, or the folder not written. ConfigError: it holds other pages.
        RunLockedError: another build is at work in it.
    """
    with run_lock(folder / LOCK, "site build"), open_snapshot(snapshot) as reader:
        store = Store(folder, f"{version_of_pages()}-{duckdb.__version__}")
        for asset in assets().values():
            store.put(asset.path, asset.content)
        incidents = reader.all_incidents()
        _put_incidents(reader, store, incidents)
        _put_redirects(reader, store, incidents)
        _put_lists(reader, store, incidents)
        store.finish()
    return BuiltSite(folder, store.n_written, store.n_kept, store.n_removed, len(listed(incidents)))


def _put_incidents(reader: Reader, store: Store, incidents: Sequence[IncidentRow]) -> None:
    marks = reader.page_marks()
    stale = [row for row in listed(incidents) if not _is_current(store, row, marks)]
    known = {row.incident_id: row for row in incidents}
    for facts in reader.incident_facts(stale):
        row = facts.incident
        path = incident_path(row.incident_id)
        view = incident_view(facts, known)
        store.put(_json_path(path), incident_json(facts))
        store.put(path, page("incident", path, view.row.title, None, v=view))
        store.mark(row.incident_id, marks.get(row.incident_id, ""))


def _is_current(store: Store, row: IncidentRow, marks: dict[str, str]) -> bool:
    path = incident_path(row.incident_id)
    return store.is_current(row.incident_id, marks.get(row.incident_id, ""), path, _json_path(path))


def _json_path(path: str) -> str:
    return path.removesuffix(".html") + ".json"


def _put_redirects(reader: Reader, store: Store, incidents: Sequence[IncidentRow]) -> None:
    """Let the address of each merged incident lead to the one that it is now."""
    gone = [row for row in incidents if row.status == "merged"]
    final = reader.redirects([row.incident_id for row in gone])
    for row in gone:
        path = incident_path(row.incident_id)
        target = final.get(row.incident_id) or row.merged_into or row.incident_id
        store.put(path, page("moved", path, tidy(row.headline), None, gone=row.incident_id, target=target))


def _put_lists(reader: Reader, store: Store, incidents: Sequence[IncidentRow]) -> None:
    about = reader.about()
    feeds = feeds_view(reader.feed_pulses(), about.known_at)
    as_of = moment(about.known_at) if about.known_at else "no complete run yet"
    status = Status(as_of, stamp(about.known_at), feeds.summary)
    shown = listed(incidents)
    offered = choices(shown)
    by_month = months(shown)
    for month in by_month:
        rows = [row_of(row, None, "../") for row in month.rows]
        told = {"rows": rows, "choices": choices(month.rows)}
        store.put(month.path, page("month", month.path, month.name, None, **told))
    counted = [(month, len(month.rows)) for month in by_month]
    store.put("archive.html", page("archive", "archive.html", "Archive", status, months=counted, n_all=len(shown)))
    store.put("data/incidents.js", search_data(shown))
    store.put("search.html", page("search", "search.html", "Search", status, choices=offered, n_all=len(shown)))
    store.put("feeds.html", page("feeds", "feeds.html", "Feeds", status, v=feeds))
    _put_views(reader, store, shown, about, status)
    _put_new(store, shown, about, status)
    store.put("data/status.svg", status.picture)
    store.put("data/status.js", status.script)


def _put_views(reader: Reader, store: Store, shown: Sequence[IncidentRow], about: About, status: Status) -> None:
    until = about.known_at.date() if about.known_at else None
    asked = [question_view(question, about.known_at) for question in review(reader, N_QUESTIONS)]
    store.put("map.html", page("map", "map.html", "Map", status, v=places_view(shown, about.known_at)))
    store.put("trends.html", page("trends", "trends.html", "Trends", status, v=trends_view(reader, until)))
    store.put("review.html", page("review", "review.html", "Review", status, questions=asked))
    store.put("runs.html", page("runs", "runs.html", "Runs", status, v=runs_view(reader)))
    store.put("about.html", page("about", "about.html", "About", status, v=about_view(about)))


def _put_new(store: Store, shown: Sequence[IncidentRow], about: About, status: Status) -> None:
    """Write the first page: the newest incidents of a type of the tree."""
    typed = [row for row in shown if row.event_type != OTHER]
    newest = typed[:N_NEW]
    known_at = about.known_at
    n_fresh = sum(1 for row in typed if known_at is not None and row.detected_at > known_at - FRESH)
    words = f"{count(n_fresh, 'incident')} first seen in the 24 hours before {status.as_of}." if known_at else ""
    told = {
        "rows": [row_of(row, known_at) for row in newest],
        "choices": choices(newest),
        "fresh_words": words,
        "n_older": len(typed) - len(newest),
        "n_all": len(shown),
        "n_other": len(shown) - len(typed),
    }
    store.put("index.html", page("index", "index.html", "New incidents", status, **told))
