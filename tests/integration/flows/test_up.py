"""`make up` on a real server and worker: a schedule fires, readers read, and Ctrl-C leaves nothing behind."""

import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import httpx
import pytest

from flows.environment import settings_variables
from model.settings import load_settings
from newsroom import running_newsroom
from newsroom.corpus import CorpusRow

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.server

FIRE = """QUETTA, Pakistan - Gunmen opened fire on a bus near Quetta on Monday, killing nine passengers, police said.

Four other people were wounded in the attack, which took place on a highway east of the city, an official said."""
PERIOD_S = 15
LONGEST_S = 600.0  # of one `up`; a line that never comes must not hold the tests


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return port_of(probe)


def port_of(listener):
    return listener.getsockname()[1]


@pytest.fixture
def settings(tmp_path):
    rows = [CorpusRow("fire", "Gunmen kill nine on bus", FIRE, "2021-03-08T15:00:00+00:00", outlet="Delta Times")]
    home = tmp_path / "home"
    with running_newsroom(rows, now=datetime(2021, 3, 9, tzinfo=UTC)) as press:
        yield load_settings().model_copy(
            update={
                "home": home,
                "feeds": press.write_feeds_file(home / "feeds.toml"),
                "allow_hosts": (press.host_port,),
                "host_delay_s": 0.0,
                "reference": load_settings().reference or ROOT / "var" / "reference",
            }
        )


@contextmanager
def up(settings, marked, *arguments):
    variables = {name: value for name, value in settings_variables(settings).items() if value is not None}
    process = subprocess.Popen(
        [sys.executable, "-m", "interfaces.cli", "up", *map(str, arguments)],
        cwd=ROOT,
        env=marked.environ | variables | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    watchdog = threading.Timer(LONGEST_S, process.kill)
    watchdog.start()
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(90)
        watchdog.cancel()


def password(settings):
    return tuple(settings.api_secret_path.read_text("ascii").split(":"))


def runs(settings, port, state):
    wanted = {"flow_runs": {"state": {"type": {"any_": [state]}}}}
    address = f"http://127.0.0.1:{port}/api/flow_runs/filter"
    return httpx.post(address, json=wanted, timeout=30, auth=password(settings)).json()


def scheduled_runs(settings, port):
    return [
        run for run in runs(settings, port, "COMPLETED") if run["auto_scheduled"] and run["state_name"] == "Completed"
    ]


def states_left(settings):
    with closing(sqlite3.connect(settings.prefect_path / "prefect.db")) as database:
        return {state for (state,) in database.execute("SELECT state_type FROM flow_run")}


def test_a_schedule_fires_readers_read_and_ctrl_c_leaves_nothing(settings, marked, port):
    with up(settings, marked, "--interval", PERIOD_S, "--port", port) as process:
        lines = iter(process.stdout.readline, "")
        assert any(f"http://127.0.0.1:{port}" in line for line in lines)
        assert "1 ok, 0 quiet, 0 failing; 1 entries, 1 new, 1 incidents opened" in next(
            line for line in lines if "Completed" in line
        )
        with duckdb.connect(settings.snapshot_path, read_only=True) as snapshot:
            assert snapshot.sql("SELECT count(*) FROM pub.article").fetchone() == (1,)
        marked.wait_for(lambda: len(scheduled_runs(settings, port)) >= 2, seconds=240)
        again = [sys.executable, "-m", "interfaces.cli", "up", "--port", str(port)]
        variables = {name: value for name, value in settings_variables(settings).items() if value is not None}
        second = subprocess.run(again, cwd=ROOT, env=marked.environ | variables, capture_output=True, text=True)
        assert (second.returncode, second.stdout) == (1, "")
        assert "another `up` has" in second.stderr
        assert "<html" in httpx.get(f"http://127.0.0.1:{port}/", follow_redirects=True).text
        marked.wait_for(lambda: runs(settings, port, "RUNNING"), seconds=120)  # the end comes while a flow is at work
        process.send_signal(signal.SIGINT)
        process.wait(90)
        assert process.returncode == 0
        assert process.stderr.read() == ""
    assert marked.processes() == []
    with duckdb.connect(settings.warehouse_path, read_only=True) as warehouse:
        assert warehouse.sql("SELECT count(*) FROM pub.incident").fetchone() == (1,)
    assert "RUNNING" not in states_left(settings)
    assert not (settings.prefect_path / "up.address").exists()


def test_an_end_while_the_server_starts_leaves_nothing(settings, marked, port):
    with up(settings, marked, "--port", port) as process:
        assert "Starting" in process.stdout.readline()
        marked.wait_for(lambda: any("flows.server" in words for words in marked.processes()))
        process.send_signal(signal.SIGTERM)
        process.wait(90)
        assert process.returncode == 0
    assert marked.processes() == []


def test_a_taken_port_is_one_clear_line(settings, marked):
    with socket.create_server(("127.0.0.1", 0)) as taken, up(settings, marked, "--port", port_of(taken)) as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert "choose another with --port" in err
