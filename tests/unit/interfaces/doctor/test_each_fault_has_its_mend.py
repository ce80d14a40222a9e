"""Each check alone: from facts in which all is well, one fault is made, and that check and no other speaks up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from interfaces.doctor.checks import CHECKS, examine
from interfaces.doctor.facts import Facts, Files, Machine, Packages, Scheduler, Snapshot
from interfaces.doctor.finding import Verdict
from model.settings import Settings
from warehouse.inspect import PrivateFile
from warehouse.rows import About, FeedHealthRow, RunRow

ROOT = Path(__file__).parents[4]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
AGO = NOW - timedelta(minutes=5)
LONG_AGO = NOW - timedelta(days=60)
WRONG, NOTE = Verdict.WRONG, Verdict.NOTE


def feed(number: int, **facts: Any) -> FeedHealthRow:
    whole = FeedHealthRow(
        f"feed{number}", "Outlet", "https://e.example", "healthy", AGO, AGO, AGO, "ok", None, 0.0, NOW, "hourly", 9
    )
    return replace(whole, **facts)


ABOUT = About("1", 3, "run_1", AGO, AGO, 9, 5, 2_000, 40)
RUN = RunRow("run_1", "monitor", AGO, AGO, AGO, AGO, "0.1.0", "complete", 9, 9, 9, 9, 2, 3, 1, 9, None)
WELL = Facts(
    now=NOW,
    settings=Settings(home=Path("var"), contact="desk@paper.example"),
    machine=Machine((3, 11), 8_000_000_000, 50_000_000_000, True, "utf-8", True, 140, "/usr/bin/chromium"),
    packages=Packages(),
    files=Files(n_feeds=10, place_table="gazetteer-1.sqlite"),
    private=PrivateFile(True, 40_000_000, 3, "run_1", AGO),
    snapshot=Snapshot(True, ABOUT, 40_000_000, feeds=tuple(feed(n) for n in range(10)), last_run=RUN),
    scheduler=Scheduler(True, "http://127.0.0.1:4200/api", None, "READY", False),
    newest_schema=3,
)


def with_(part: str, **facts: Any) -> Facts:
    return replace(WELL, **{part: replace(getattr(WELL, part), **facts)})


def with_feeds(n_bad: int, **facts: Any) -> Facts:
    return with_("snapshot", feeds=tuple(feed(n, **(facts if n < n_bad else {})) for n in range(10)))


UNPUBLISHED = replace(
    with_("private", run_id="run_2", completed_at=NOW),
    snapshot=replace(WELL.snapshot, about=replace(ABOUT, generated_at=NOW - timedelta(minutes=50))),
)
FAULTS = [
    ("python", WRONG, with_("machine", python=(3, 10)), "Python 3.11"),
    ("packages", WRONG, with_("packages", unmet=("duckdb 0.9, wanted <3,>=1.5.5",)), "make install"),
    ("lock", NOTE, with_("packages", unlike_lock=("rich 1.0, tested 13.9",)), "make install"),
    ("memory", NOTE, with_("machine", n_memory=1_000_000_000), "DECONFLICT_N_WORKERS=1"),
    ("home", WRONG, with_("machine", is_home_writable=False), "DECONFLICT_HOME"),
    ("disk", WRONG, with_("machine", n_free=900_000_000), "free 1.0 GB"),
    ("clock", WRONG, replace(WELL, now=AGO - timedelta(minutes=6)), "set the clock"),
    ("time zones", WRONG, with_("machine", has_zones=False), "tzdata"),
    ("encoding", NOTE, with_("machine", encoding="ANSI_X3.4-1968"), "C.UTF-8"),
    ("tls roots", WRONG, with_("machine", n_tls_roots=0), "certifi"),
    ("browser", NOTE, with_("machine", chromium=None), "chromium"),
    ("contact", NOTE, replace(WELL, settings=Settings(contact=" ")), "DECONFLICT_CONTACT"),
    ("environment", NOTE, with_("machine", foreign_settings=("PREFECT_API_URL", ".env")), "own server"),
    ("privacy", NOTE, with_("machine", home_mode=0o755), "chmod 700"),
    ("next polls", WRONG, with_feeds(1, next_poll_at=NOW + timedelta(days=400)), "next run"),
    ("feeds", WRONG, with_("files", feeds_error="there is no feeds file x"), "deconflict init"),
    ("place tables", NOTE, with_("files", is_place_table_built=False), "the next run"),
    ("run lock", WRONG, with_("files", lock_pid=77, locked_since=NOW - timedelta(hours=3)), "kill 77"),
    ("warehouse", WRONG, with_("private", holder_pid=78), "process 78"),
    ("warehouse", WRONG, with_("private", error="torn"), "deconflict restore"),
    ("warehouse", WRONG, replace(WELL, private=PrivateFile()), "deconflict restore"),
    ("schema", WRONG, with_("private", schema_version=4), "install the newer code"),
    ("schema", WRONG, with_("private", schema_version=2), "the next run"),
    ("published", WRONG, UNPUBLISHED, "deconflict run publishes it"),
    ("freshness", WRONG, replace(WELL, now=NOW + timedelta(hours=2)), "deconflict up"),
    ("failing feeds", WRONG, with_feeds(3, n_failures=2.0), "feeds health"),
    ("silent feeds", NOTE, with_feeds(4, last_new_entry_at=LONG_AGO), "feeds check"),
    ("issues", NOTE, with_("snapshot", last_run=replace(RUN, n_issues=60)), "runs show run_1"),
    ("inbox", WRONG, with_("files", inbox_broken=("x.json",)), "remove them"),
    ("inbox", WRONG, with_("files", inbox_waiting=2, inbox_oldest_at=NOW - timedelta(hours=2)), "deconflict run"),
    ("alerts", WRONG, with_("files", alerts_error="not TOML"), "seeds/alerts.toml"),
    ("alerts", WRONG, with_("files", n_channels=1, channel_faults=("desk: no address",)), "alerts test"),
    ("archive", NOTE, with_("files", archive_bytes=20_000_000_000), "DECONFLICT_ARCHIVE_MAX_BYTES"),
    ("size", NOTE, with_("snapshot", n_bytes=900_000_000), "backup.md"),
    ("scheduler", NOTE, replace(WELL, scheduler=Scheduler()), "deconflict up"),
    ("server", WRONG, with_("scheduler", error="ConnectError"), "server.log"),
    ("work pool", WRONG, with_("scheduler", pool_status=None), "makes the pool"),
    ("work pool", WRONG, with_("scheduler", pool_status="PAUSED"), "resume it"),
    ("work pool", WRONG, with_("scheduler", pool_status="NOT_READY"), "start deconflict up again"),
    ("deployment", WRONG, with_("scheduler", is_paused=None), "prefect.yaml"),
    ("deployment", WRONG, with_("scheduler", is_paused=True), "resume it"),
    ("late runs", WRONG, with_("scheduler", n_late=3), "start deconflict up again"),
]  # fmt: skip


def test_runs_that_found_nothing_may_wait_to_be_published() -> None:
    facts = with_("private", run_id="run_2", completed_at=NOW)
    assert [finding for finding in examine(facts) if finding.verdict is not Verdict.OK] == []


def test_nothing_is_said_where_all_is_well() -> None:
    assert [finding for finding in examine(WELL) if finding.verdict is not Verdict.OK or finding.mend] == []
    assert len({finding.what for finding in examine(WELL)}) == len(CHECKS)


@pytest.mark.parametrize(("what", "verdict", "facts", "mend"), FAULTS, ids=lambda value: str(value)[:14])
def test_one_fault_is_told_by_its_own_check_alone(what: str, verdict: Verdict, facts: Facts, mend: str) -> None:
    spoken = [finding for finding in examine(facts) if finding.verdict is not Verdict.OK]
    assert [(finding.what, finding.verdict) for finding in spoken] == [(what, verdict)]
    assert mend in spoken[0].mend
    assert spoken[0].found


def test_a_missing_snapshot_and_a_taken_port_are_told() -> None:
    facts = replace(
        WELL, snapshot=Snapshot(True, error="none", mend="deconflict run"), scheduler=Scheduler(taken_port=4200)
    )
    findings = {f.what: f.mend for f in examine(facts) if f.verdict is not Verdict.OK}
    assert findings["snapshot"] == "deconflict run"
    assert "--port" in findings["port"]
    assert set(findings) == {"snapshot", "freshness", "scheduler", "port"}


def test_a_clock_that_was_lost_is_told() -> None:
    findings = {f.what for f in examine(replace(WELL, now=datetime(1970, 1, 1, tzinfo=UTC))) if f.verdict is WRONG}
    assert "clock" in findings


def test_every_check_has_a_fault_here_and_a_line_on_its_page() -> None:
    page = (ROOT / "docs" / "reference" / "doctor.md").read_text("utf-8")
    names = {finding.what for finding in examine(WELL)}
    assert names - {what for what, *_ in FAULTS} == {"snapshot", "port"}  # these two are made above, with others
    for name in names:
        assert f"| {name} |" in page
