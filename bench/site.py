"""Measure the site at size: `python bench/site.py [--incidents 10000] [--folder DIR] [--no-browser]`.

Makes a warehouse of N incidents and 5 N articles by SQL, then prints what a full build takes, what a run that touches
50 incidents costs, how large the first page is, and, in Chromium, how soon index and incident pages paint, beside
Datasette on the same data in the same run. Targets stand beside the figures; processor time tells what an idle machine
would take.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support"), str(ROOT / "bench" / "support")]

from site_paint import line, measure_browser  # noqa: E402 - after the path is set
from warehouse_world import make_article, make_report  # noqa: E402

from interfaces.site.build import build_site  # noqa: E402
from model.incident import Assignment, Change, ChangeKind, Explanation, OriginAssignment, Resolution  # noqa: E402
from model.run import Run, RunBatch  # noqa: E402
from warehouse import Writer, open_snapshot, open_writer  # noqa: E402
from warehouse.rollback import rebuild_state  # noqa: E402

N_TOUCHED = 50


def build_warehouse(path: Path, n_incidents: int) -> None:
    """Make a warehouse of `n_incidents` incidents with five articles each."""
    shared = (ROOT / "bench" / "warehouse.sql").read_text("utf-8")
    text = shared.replace("range * 2 // 5", "range // 5").replace("$n_reports", str(5 * n_incidents))
    with open_writer(path) as writer:
        con = writer._con
        con.execute(text)
        con.execute(Path(__file__).with_suffix(".sql").read_text("utf-8"))
        con.execute("BEGIN")
        rebuild_state(con)
        con.execute("COMMIT")
        con.execute("CHECKPOINT warehouse")


def touching_batch(writer: Writer, incident_ids: list[str]) -> RunBatch:
    """A run whose new articles each tell of one of these incidents once more."""
    moment = writer._con.execute("SELECT max(known_at) FROM core.run").fetchall()[0][0] + timedelta(hours=1)
    articles = tuple(
        replace(make_article(int(moment.timestamp()) + i), published_at=moment) for i in range(len(incident_ids))
    )
    reports = tuple(make_report(article, killed=i) for i, article in enumerate(articles))
    latest = writer.latest_incidents(incident_ids)
    why = Explanation(0.9, "the facts agree")
    return RunBatch(
        run=Run(f"bench-touching-{moment:%Y%m%d%H}", "monitor", moment, moment, moment, "bench"),
        articles=articles,
        reports=reports,
        resolution=Resolution(
            assignments=tuple(
                Assignment(report.report_id, i, False, why) for report, i in zip(reports, incident_ids, strict=True)
            ),
            merges=(),
            origins=tuple(OriginAssignment(a.article_id, a.article_id, "own") for a in articles),
            unsure=(),
            memories=(),
            term_counts={},
            n_documents=0,
        ),
        incidents=tuple(replace(latest[i], at=moment, n_articles=latest[i].n_articles + 1) for i in incident_ids),
        changes=tuple(Change(i, ChangeKind.ATTACHED, moment, '{"why": ["the facts agree"]}') for i in incident_ids),
    )


def touched_ids(snapshot: Path) -> list[str]:
    """Forty of the newest incidents and ten from anywhere: news, and late revisions."""
    with open_snapshot(snapshot) as reader:
        ids = [row.incident_id for row in reader.incident_heads()]
    return [*ids[:40], *ids[1000 :: max(1, (len(ids) - 1000) // 10)][:10]]


def timed(work: Callable[[], object]) -> tuple[float, float, object]:
    """Do it, and return wall seconds, processor seconds, and what it gave."""
    wall, processor = time.perf_counter(), time.process_time()
    given = work()
    return time.perf_counter() - wall, time.process_time() - processor, given


def measure_builds(home: Path, folder: Path) -> None:
    """Print what building costs, first all of it, then what a run changed."""
    snapshot = home / "published" / "incidents.duckdb"
    wall, processor, built = timed(lambda: build_site(snapshot, folder))
    line("full build", f"{wall:.1f} s", "<= 20 s", f"processor {processor:.1f} s; {built}")
    with open_writer(home / "warehouse.duckdb") as writer:
        writer.append(touching_batch(writer, touched_ids(snapshot)))
        writer.publish(snapshot)
    wall, processor, built = timed(lambda: build_site(snapshot, folder))
    line(f"run that touches {N_TOUCHED} incidents", f"{wall:.2f} s", "<= 1 s", f"processor {processor:.2f} s; {built}")
    wall, processor, _ = timed(lambda: build_site(snapshot, folder))
    line("build that finds nothing new", f"{wall:.2f} s", "", f"processor {processor:.2f} s")
    first = [folder / "index.html", folder / "data" / "status.js", *sorted((folder / "assets").iterdir())]
    size = sum(len(gzip.compress(path.read_bytes(), 6)) for path in first)
    line("first page with style and scripts, gzip", f"{size / 1000:.0f} kB", "<= 150 kB")
    searched = len(gzip.compress((folder / "data" / "incidents.js").read_bytes(), 6))
    line("data of the search page, gzip", f"{searched / 1000:.0f} kB", "")


def run(work: Path, n_incidents: int, *, with_browser: bool) -> None:
    """Build what is not there yet, measure, print."""
    home = work / "home"
    if not (home / "published").exists():
        wall, _, _ = timed(lambda: build_warehouse(home / "warehouse.duckdb", n_incidents))
        with open_writer(home / "warehouse.duckdb") as writer:
            writer.publish(home / "published" / "incidents.duckdb")
        print(f"a warehouse of {n_incidents:,} incidents, made in {wall:.0f} s")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with open_snapshot(home / "published" / "incidents.duckdb") as reader:
        print(json.dumps({"incidents": reader.about().n_incidents, "articles": reader.about().n_articles}))
    measure_builds(home, work / "site")
    if with_browser:
        measure_browser(home / "published" / "incidents.duckdb", work / "site", work)


def main() -> None:
    """Read the options; a folder that is named is kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--incidents", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = options.folder or Path(name)
        work.mkdir(parents=True, exist_ok=True)
        run(work, options.incidents, with_browser=not options.no_browser)


if __name__ == "__main__":
    main()
