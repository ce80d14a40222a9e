"""The facts are gathered from real files, locks and servers with something really wrong with them."""

import fcntl
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import duckdb
import pytest
from warehouse_world import opening_batch

from interfaces.doctor.checks import examine
from interfaces.doctor.finding import Verdict
from interfaces.doctor.gather import gather, gather_packages
from interfaces.doctor.gather_scheduler import ask_server, gather_scheduler
from model.settings import Settings
from warehouse import open_writer

HOLD = """
import sys, duckdb
con = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path / "home", feeds=tmp_path / "feeds.toml", reference=tmp_path / "reference")
    with open_writer(settings.warehouse_path) as writer:
        writer.append(opening_batch(1))
        writer.publish(settings.snapshot_path)
    return settings


def told(settings: Settings, verdict: Verdict = Verdict.WRONG) -> dict[str, str]:
    """What is said to be wrong (or what else the verdict is), with what was found."""
    return {f.what: f.found for f in examine(gather(settings)) if f.verdict is verdict}


def test_feeds_that_are_missing_damaged_or_twice(settings: Settings) -> None:
    assert "no feeds file" in told(settings)["feeds"]
    settings.feeds.write_text("[feeds.a\n", "utf-8")
    assert "not TOML" in told(settings)["feeds"]
    table = '[feeds.{}]\nurl = "https://e.example/rss"\noutlet = "E"\n'
    settings.feeds.write_text(table.format("a") + table.format("b"), "utf-8")
    assert "the same as that of [feeds.a]" in told(settings)["feeds"]
    settings.feeds.write_text(table.format("a"), "utf-8")
    assert "feeds" not in told(settings)


def test_alerts_that_cannot_be_told(settings: Settings, tmp_path: Path) -> None:
    rules = tmp_path / "alerts.toml"
    rules.write_text('[channel.desk]\nkind = "push"\n', "utf-8")
    settings = settings.model_copy(update={"alerts": rules})
    assert "DECONFLICT_ALERT_DESK" in told(settings)["alerts"]
    rules.write_text("[channel", "utf-8")
    assert "Expected" in told(settings)["alerts"]


def test_a_private_file_that_another_program_holds(settings: Settings) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.warehouse_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert f"process {holder.pid}" in told(settings)["warehouse"]
        holder.communicate()
    assert "warehouse" not in told(settings)


def test_a_file_of_newer_code_and_a_torn_one(settings: Settings) -> None:
    with duckdb.connect(str(settings.warehouse_path)) as con:
        con.execute("INSERT INTO schema_migration SELECT 99, 'later', 'x', now()")
    assert "version 99" in told(settings)["schema"]
    settings.warehouse_path.write_bytes(b"torn")
    published = settings.snapshot_path.resolve()
    published.chmod(0o644)
    published.write_bytes(b"torn")
    found = told(settings)
    assert str(settings.warehouse_path) in found["warehouse"]
    assert str(published) in found["snapshot"]


def test_a_run_that_was_not_published(settings: Settings) -> None:
    with open_writer(settings.warehouse_path) as writer:
        writer.append(opening_batch(2))
    assert "run-0002" in told(settings)["published"]


def test_a_run_under_way_holds_its_lock(settings: Settings) -> None:
    path = settings.home / "run.lock"
    with path.open("w") as file:
        file.write("4711")
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        assert gather(settings).files.lock_pid == 4711
    assert gather(settings).files.lock_pid is None


def test_an_empty_home_and_one_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    empty = Settings(home=tmp_path / "nothing", feeds=tmp_path / "none.toml")
    assert "feeds" in told(empty)
    advised = told(empty, Verdict.NOTE)  # nothing is wrong with a home in which no run has begun yet
    assert {"warehouse", "snapshot", "freshness"} <= set(advised)
    assert not {"warehouse", "snapshot", "freshness"} & set(told(empty))
    assert "home" in told(Settings(home=tmp_path / "file" / "under", feeds=tmp_path / "none.toml"))


def test_packages_unlike_the_lock_file(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("rich==0.0.1 \\\n    --hash=sha256:00\nnothing-like-it==1 ; sys_platform == 'win32' \\\n", "utf-8")
    found = gather_packages(lock)
    assert found.unmet == ()
    assert [line.partition(" ")[0] for line in found.unlike_lock] == ["rich"]
    assert not gather_packages(tmp_path / "none.lock").has_lock


@contextmanager
def server(answers: dict[str, object]) -> Iterator[str]:
    """A server that answers as Prefect's does."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(answers.get(self.path.removeprefix("/api/"))).encode()
            self.send_response(200 if self.path.removeprefix("/api/") in answers else 500)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{httpd.server_address[1]}/api"
        finally:
            httpd.shutdown()


WELL: dict[str, object] = {
    "health": True,
    "work_pools/filter": [{"name": "deconflict", "status": "READY"}],
    "deployments/filter": [{"name": "monitor", "paused": False, "schedules": [{"active": True}]}],
    "flow_runs/count": 0,
}


def test_a_scheduler_is_asked_for_pool_deployment_and_late_runs() -> None:
    with server(WELL) as address:
        found = ask_server(address)
    assert (found.error, found.pool_status, found.is_paused, found.n_late) == (None, "READY", False, 0)
    idle = {"name": "monitor", "paused": False, "schedules": [{"active": False}]}
    with server(WELL | {"work_pools/filter": [], "deployments/filter": [idle], "flow_runs/count": 2}) as address:
        found = ask_server(address)
    assert (found.pool_status, found.is_paused, found.n_late) == (None, True, 2)
    with server({}) as address:
        assert "500" in str(ask_server(address).error)
    assert "ConnectError" in str(ask_server(address).error)


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with server(WELL) as address:
        port = int(address.split(":")[2].removesuffix("/api"))
        assert gather_scheduler(Settings(home=tmp_path), port).taken_port == port
    assert gather_scheduler(Settings(home=tmp_path), port).taken_port is None
