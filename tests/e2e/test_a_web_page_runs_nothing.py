"""A page of another site, open in the operator's browser while `deconflict up` runs, tries to run a command."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.browser, pytest.mark.server]
READY_S = 180.0
RUN_S = 90.0  # the worker looks every 5 s, and a run takes some seconds to begin
# On Prefect as it comes, this makes a run "attack" with the command, which its worker executes (seen with 3.8.8). It
# knows what a page could learn, and more (the id of the deployment).
ATTACK = """async ([api, deployment, command]) => {
    const told = [];
    const body = {name: "attack", state: {type: "SCHEDULED"}, job_variables: {command: command, env: {X: "1"}}};
    const wanted = [`${api}/deployments/filter`, `${api}/deployments/${deployment}/create_flow_run`];
    for (const url of wanted) {
        for (const mode of ["cors", "no-cors"]) {
            for (const type of ["application/json", "text/plain"]) {
                const asked = {method: "POST", mode: mode, credentials: "omit", headers: {"Content-Type": type},
                               body: JSON.stringify(body)};
                try {
                    const answer = await fetch(url, asked);
                    told.push(`${url} ${mode} ${answer.type} ${answer.status}`);
                } catch (error) { told.push(`${url} ${mode} ${error.name}`); }
            }
        }
    }
    const socket = new WebSocket(api.replace("http", "ws") + "/events/in");
    told.push(await new Promise(done => {
        socket.onopen = () => done("socket open");
        socket.onclose = socket.onerror = () => done("socket closed");
    }));
    return told;
}"""


class Page(BaseHTTPRequestHandler):
    """The hostile site."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>weather</title>")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@dataclass
class Running:
    """`deconflict up`, and the hostile site beside it."""

    api: str
    site: str
    password: tuple[str, str]

    def ask(self, path: str, wanted: object) -> object:
        answer = httpx.post(f"{self.api}/{path}", json=wanted, auth=self.password, timeout=30)
        return answer.raise_for_status().json()

    def deployment(self) -> str:
        return next(one["id"] for one in self.ask("deployments/filter", {}) if one["name"] == "monitor")

    def runs(self) -> dict[str, dict]:
        return {run["name"]: run for run in self.ask("flow_runs/filter", {})}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "feeds.toml").write_text('[feeds.dead]\nurl = "http://127.0.0.1:9/feed.xml"\noutlet = "Dead"\n', "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    dropped = ("DECONFLICT_", "PREFECT_")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    environ |= {"DECONFLICT_HOME": str(folder / "home"), "DECONFLICT_FEEDS": str(folder / "feeds.toml")}
    words = [sys.executable, "-m", "interfaces.cli", "up", "--port", str(port), "--interval", "3600"]
    site = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    with subprocess.Popen(
        words, cwd=folder, env=environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    ) as process:
        watchdog = threading.Timer(READY_S, process.kill)
        watchdog.start()
        said = "".join(iter(lambda: line if "scheduled" not in (line := process.stdout.readline()) else "", ""))
        watchdog.cancel()
        assert process.poll() is None, said
        name, _, word = (folder / "home" / "prefect" / "api.secret").read_text("ascii").partition(":")
        yield Running(f"http://127.0.0.1:{port}/api", f"http://localhost:{site.server_port}/", (name, word))
        process.send_signal(signal.SIGTERM)
        process.stdout.read()
        process.wait(120)
    site.shutdown()


def test_the_page_of_another_site_starts_no_run(running: Running, browser, tmp_path: Path) -> None:
    marker = tmp_path / "executed"
    page = browser.new_page()
    page.goto(running.site)
    output = page.evaluate(ATTACK, [running.api, running.deployment(), f"touch {marker}"])
    page.close()
    assert len(output) == 9
    assert not [one for one in output if " cors basic" in one or " cors cors" in one or one == "socket open"], output
    assert "attack" not in running.runs()
    assert not marker.exists()


def test_who_may_ask_for_a_run_gives_it_no_command(running: Running, tmp_path: Path) -> None:
    """The same with the password: the pool's job has no place for a command, a variable or a folder."""
    marker = tmp_path / "executed"
    wanted = {
        "name": "insider",
        "state": {"type": "SCHEDULED"},
        "job_variables": {"command": f"touch {marker}", "env": {"PATH": str(tmp_path)}, "working_dir": str(tmp_path)},
    }
    deployment = running.deployment()
    answer = httpx.post(
        f"{running.api}/deployments/{deployment}/create_flow_run", json=wanted, auth=running.password, timeout=30
    )
    deadline = time.monotonic() + RUN_S
    while answer.is_success and time.monotonic() < deadline:
        if running.runs()["insider"]["state_type"] not in ("SCHEDULED", "PENDING", "RUNNING"):
            break
        time.sleep(1)
    assert answer.status_code in (201, 409, 422), answer.text
    assert not marker.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example:4200"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    ],
    ids=str,
)
def test_another_name_or_origin_is_refused_with_the_password(running: Running, headers: dict[str, str]) -> None:
    answer = httpx.post(
        f"{running.api}/deployments/filter", json={}, headers=headers, auth=running.password, timeout=30
    )
    assert answer.status_code == 403
    assert answer.text.startswith("refused: ")


@pytest.mark.parametrize("path", ["deployments/filter", "flow_runs/filter", "work_pools/filter", "admin/settings"])
def test_nobody_is_answered_without_the_password(running: Running, path: str) -> None:
    for auth in (None, ("deconflict", "guess"), ("", "")):
        answer = httpx.post(f"{running.api}/{path}", json={}, auth=auth, timeout=30)
        assert answer.status_code == 401, (path, auth, answer.text)


def test_the_password_is_readable_by_its_owner_only_and_in_no_log(running: Running, tmp_path_factory) -> None:
    home = next(tmp_path_factory.getbasetemp().glob("attacked*/home"))
    secret = home / "prefect" / "api.secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700
    logs = "".join(path.read_text("utf-8", "replace") for path in (home / "prefect" / "logs").iterdir())
    assert running.password[1] not in logs
    assert json.dumps(running.password[1]) not in logs
