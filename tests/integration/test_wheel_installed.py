"""The wheel in a fresh environment, walked as somebody without a checkout would: demo, init, run, site build, up.

The environment sees the packages of the one that runs the tests, since nothing is fetched; of Deconflict it has the
wheel only, and works in a folder without a checkout.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer

import pytest

from newsroom import running_newsroom
from tests.support.wheels import build_wheel

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "seeds" / "newsroom" / "corpus.jsonl"
WALK_S = 900  # the demo takes one minute alone, and several where others work
pytestmark = pytest.mark.server
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command that the wheel installs."""
    wheel = build_wheel(ROOT, tmp_path_factory.mktemp("built"))
    place = tmp_path_factory.mktemp("fresh") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True, timeout=WALK_S)
    python = place / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True, timeout=WALK_S)
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return place / "bin" / "deconflict"


@pytest.fixture
def environ() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DECONFLICT_", "PREFECT_"))}
    kept.pop("PYTHONPATH", None)
    reference = os.environ.get("DECONFLICT_REFERENCE")
    return kept | ({"DECONFLICT_REFERENCE": reference} if reference else {})


@pytest.fixture
def run(command: Path, environ: dict[str, str], tmp_path: Path) -> Run:
    def started(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [str(command), *words], cwd=tmp_path, env=environ | more, capture_output=True, text=True, timeout=WALK_S
        )
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return started


def test_the_modules_are_the_wheels(command: Path, environ: dict[str, str], tmp_path: Path) -> None:
    words = [
        str(command.with_name("python")),
        "-c",
        "import interfaces, seeds; print(interfaces.__file__, seeds.__file__)",
    ]
    output = subprocess.run(words, cwd=tmp_path, env=environ, capture_output=True, text=True, check=True).stdout
    assert all(Path(name).is_relative_to(command.parents[1]) for name in output.split())


def test_the_demo_tells_in_order_and_has_the_incident_that_the_readme_names(
    command: Path, environ: dict[str, str], run: Run, tmp_path: Path
) -> None:
    (named,) = set(re.findall(r"\binc_[0-9a-f]+\b", (ROOT / "README.md").read_text("utf-8")))
    with (tmp_path / "told.txt").open("w+") as both:  # both streams into one file, as by `> told.txt 2>&1`
        done = subprocess.run(
            [str(command), "demo"], cwd=tmp_path, env=environ, stdout=both, stderr=both, timeout=WALK_S, check=False
        )
    output = (tmp_path / "told.txt").read_text("utf-8")
    assert done.returncode == 0, output
    steps = ("a newsroom of", "== Tuesday 06", "== Thursday 08", "== Saturday 09", "nothing new was", "Ask more")
    assert sorted(steps, key=output.index) == list(steps)
    if "is taken" not in output:  # by somebody else on this machine
        assert run("show", named, DECONFLICT_HOME="var/demo").stdout.startswith("inc_")
    assert (tmp_path / "var" / "demo" / "site" / "index.html").is_file()


def test_init_run_and_site_build(run: Run, tmp_path: Path) -> None:
    assert "feeds.toml" in run("init", "--country", "ML").stdout
    with running_newsroom(CORPUS, now=datetime(2018, 2, 8, 20, tzinfo=UTC)) as press:
        press.write_feeds_file(tmp_path / "feeds.toml")
        allowed = {"DECONFLICT_ALLOW_HOSTS": f'["{press.host_port}"]', "DECONFLICT_HOST_DELAY_S": "0"}
        assert "incidents opened" in run("run", "--now", "2018-02-08T20:00:00Z", **allowed).stdout
    assert "inc_" in run("incidents", "--since", "500w").stdout
    assert "files written" in run("site", "build", "--to", "pages").stderr
    assert (tmp_path / "pages" / "index.html").is_file()


def test_up_runs_on_its_schedule_until_it_is_told_to_end(
    command: Path, environ: dict[str, str], run: Run, tmp_path: Path
) -> None:
    run("init")
    with running_newsroom(CORPUS, now=datetime.now(UTC)) as press:
        press.write_feeds_file(tmp_path / "feeds.toml")
        more = {"DECONFLICT_ALLOW_HOSTS": f'["{press.host_port}"]', "DECONFLICT_HOST_DELAY_S": "0"}
        process = subprocess.Popen(
            [str(command), "up", "--interval", "15", "--port", str(free_port())],
            cwd=tmp_path, env=environ | more, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert process.stdout is not None
            ended = Timer(WALK_S, process.kill)
            ended.start()
            ends = (line for line in iter(process.stdout.readline, "") if "Completed" in line or "Failed" in line)
            assert "Completed" in next(ends, "nothing was told")
            ended.cancel()
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(90) == 0
    assert (tmp_path / "var" / "published" / "incidents.duckdb").exists()
