"""A run goes on its own server whatever the environment and the current folder say of another Prefect."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
RUN_S = 240
NOWHERE = "http://127.0.0.1:9"
pytestmark = pytest.mark.server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the settings of another Prefect, and a feed that does not answer."""
    made = tmp_path / "Büro für Öl & Gas"
    made.mkdir()
    (made / ".env").write_text(f"PREFECT_API_URL={NOWHERE}/api\nPREFECT_API_KEY=pnu_x\n", "utf-8")
    (made / "prefect.toml").write_text(f'[api]\nurl = "{NOWHERE}/api"\n[server.database]\ntimeout = 0.001\n', "utf-8")
    (made / "pyproject.toml").write_text(f'[tool.prefect.api]\nurl = "{NOWHERE}/api"\n', "utf-8")
    (made / "feeds.toml").write_text(f'[feeds.dead]\nurl = "{NOWHERE}/feed.xml"\noutlet = "Dead"\n', "utf-8")
    (made / "deconflict.toml").write_text('home = "Häuser % 1"\nfeeds = "feeds.toml"\n', "utf-8")
    return made


def environment(folder: Path) -> dict[str, str]:
    dropped = ("DECONFLICT_", "PREFECT_", "TMPDIR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    proxies = dict.fromkeys(("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"), NOWHERE)
    foreign = {"PREFECT_API_URL": f"{NOWHERE}/api", "PREFECT_PROFILE": "cloud", "PREFECT_HOME": str(folder / "other")}
    settings = {"PYTHONPATH": str(ROOT), "DECONFLICT_SETTINGS": "deconflict.toml"}
    return kept | proxies | foreign | settings | {"TZ": "Pacific/Apia", "LC_ALL": "C"}


def deconflict(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "interfaces.cli", *words]
    return subprocess.run(
        command, cwd=folder, env=environment(folder), capture_output=True, text=True, timeout=RUN_S, encoding="utf-8"
    )


def test_a_run_goes_on_its_own_server_and_one_dead_feed_is_no_failure(folder: Path) -> None:
    done = deconflict(folder, "run", "-q")
    assert done.returncode == 4, done.stderr
    assert "0 ok, 0 quiet, 1 failing" in done.stdout
    assert "Traceback" not in done.stderr
    home = folder / "Häuser % 1"
    assert (home / "prefect" / "prefect.db").exists()
    assert not (folder / "other").exists()
    loose = [path for path in (home, home / "prefect", home / "warehouse.duckdb") if path.stat().st_mode & 0o077]
    assert loose == []
    output = deconflict(folder, "doctor", "--format", "csv").stdout
    assert "environment" in output
    assert "PREFECT_API_URL" in output


def test_sigterm_is_heard_and_leaves_nothing_behind(folder: Path) -> None:
    command = [sys.executable, "-m", "interfaces.cli", "run", "-q"]
    with subprocess.Popen(
        command, cwd=folder, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        deadline = time.monotonic() + 60
        while not (folder / "Häuser % 1" / "prefect" / "work").exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        time.sleep(1)  # the handlers are set right after the folders are made
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=90)
    assert process.returncode == 143, said
    assert "SIGTERM heard" in said
