"""kill -9 at random instants of whole runs, polling to publishing: the next run ends as an undisturbed one would have.

`DECONFLICT_N_KILLS` sets how many (8 by default, fifty take some two minutes).
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from newsroom import RunningNewsroom, running_newsroom

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "seeds" / "newsroom" / "corpus.jsonl"
N_KILLS = int(os.environ.get("DECONFLICT_N_KILLS", "8"))
KILLS_PER_HOME = 8
OUTLETS = ("Continental Press Agency", "Meridian Wire")  # the two with articles that change later
# A first run with a train crash half an hour old, and its revision in the evening.
MOMENTS = (datetime(2018, 2, 12, 17, tzinfo=UTC), datetime(2018, 2, 12, 23, 10, tzinfo=UTC))
KEPT = {
    "entries": "select feed_id, guid, url, article_id, first_seen_at from core.entry",
    "articles": "select article_id, revision, content_sha256, first_seen_at, page_sha256 from core.article",
    "fetches": "select fetch_id, outcome, body_sha256, n_new_entries from core.fetch",
    "feeds": "select * from state.feed",
    "claims": "select report_id, measure, low, high, quote from pub.claim",
    "incidents": "select incident_id, killed_best, injured_best, n_articles, detected_at from pub.incident",
    "boilerplate": "select outlet, line from core.boilerplate",
}


class Worker:
    """The process that runs and kills."""

    def __init__(self, process: subprocess.Popen[str], press: RunningNewsroom, feeds: Path, reference: Path) -> None:
        self._process, self.press = process, press
        self._settings: dict[str, Any] = {
            "feeds": str(feeds),
            "reference": str(reference),
            "allow_hosts": [press.host_port],
            "host_delay_s": 0.0,
            "n_workers": 1,
        }

    def run(self, home: Path, now: datetime, kill_after_s: float | None = None) -> str:
        self.press.move_clock(now)
        asked = {"settings": self._settings | {"home": str(home)}, "now": now.isoformat(), "kill_after_s": kill_after_s}
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    built = ROOT / "var" / "reference"
    reference = built if any(built.glob("*")) else tmp_path / "reference"
    script = ROOT / "tests" / "support" / "monitor_worker.py"
    with running_newsroom(CORPUS, now=MOMENTS[0]) as press:
        feeds = press.write_feeds_file(tmp_path / "feeds.toml")
        tables = feeds.read_text("utf-8").split("\n\n")
        feeds.write_text("\n\n".join(table for table in tables if any(name in table for name in OUTLETS)), "utf-8")
        with subprocess.Popen(
            [sys.executable, str(script), str(reference)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        ) as process:
            yield Worker(process, press, feeds, reference)


def kept(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a home holds in the end, the archive's names included."""
    con = duckdb.connect(str(home / "warehouse.duckdb"), read_only=True)
    found = {name: con.execute(f"{query} order by all").fetchall() for name, query in KEPT.items()}
    con.close()
    return found | {"archive": sorted((path.name,) for path in (home / "archive").rglob("*.zst"))}


def test_killed_runs_leave_no_trace_in_what_is_known(worker: Worker, tmp_path: Path) -> None:
    calm = tmp_path / "calm"
    durations_s = [float(worker.run(calm, now)) for now in MOMENTS]
    calm_end = kept(calm)
    assert {revision for _, revision, *_ in calm_end["articles"]} == {1, 2}
    rng = random.Random(N_KILLS)
    n_killed = 0
    for number in range(0, N_KILLS, KILLS_PER_HOME):
        home = tmp_path / f"harried{number}"
        for now, duration_s in zip(MOMENTS, durations_s, strict=True):
            for _ in range(KILLS_PER_HOME // len(MOMENTS)):
                n_killed += worker.run(home, now, rng.uniform(0, duration_s)) == "killed"
            float(worker.run(home, now))
        harried_end = kept(home)
        for name, rows in calm_end.items():
            assert harried_end[name] == rows, name
    assert n_killed >= N_KILLS // 4  # once a run has come through, what is left of its moment ends before its time
