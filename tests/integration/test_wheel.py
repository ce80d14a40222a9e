"""The wheel, built from what git knows and walked in an empty folder: nothing of the checkout is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.wheels import build_wheel

ROOT = Path(__file__).parents[2]
ROOMS = set("acquisition extractors flows interfaces model newsroom pipeline resolution seeds warehouse".split())
RUN_S = 120
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files, as they lie in site-packages."""
    into = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(build_wheel(ROOT, tmp_path_factory.mktemp("built"))) as packed:
        packed.extractall(into)
    return into


@pytest.fixture
def run(unpacked: Path, tmp_path: Path) -> Run:
    """Run Python with the wheel's packages in an empty folder whose name has spaces and umlauts."""
    folder = tmp_path / "ein Büro für Öl"
    folder.mkdir()
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("DECONFLICT_", "PREFECT_"))}
    environ |= {"PYTHONPATH": str(unpacked), "LC_ALL": "C", "TZ": "Pacific/Apia"}

    def started(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, *words], cwd=folder, env=environ, capture_output=True, text=True, timeout=RUN_S
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return started


def test_it_installs_the_rooms_and_nothing_else(unpacked: Path) -> None:
    names = {path.name for path in unpacked.iterdir() if path.suffix != ".dist-info"}
    assert names == ROOMS
    output = (next(unpacked.glob("*.dist-info")) / "entry_points.txt").read_text("utf-8")
    assert "deconflict = interfaces.cli.main:main" in output


@pytest.mark.parametrize(
    "path",
    [
        "flows/prefect.yaml",
        "flows/automations/no_runs.yaml",
        "seeds/feeds.toml",
        "seeds/newsroom/corpus.jsonl",
        "warehouse/sql/pub/01_support.sql",
        "interfaces/site/templates/base.html.j2",
    ],
)
def test_data_files_are_in_it(unpacked: Path, path: str) -> None:
    assert (unpacked / path).is_file()


def test_its_modules_are_its_own_and_find_their_data(unpacked: Path, run: Run) -> None:
    code = (
        "import flows.deployments as d, interfaces.cli.demo as m, json;"
        "print(json.dumps([d.__file__, str(m.CORPUS), [o.entrypoint for o in d.read_deployments()]]))"
    )
    module, corpus, entrypoints = json.loads(run("-c", code).stdout)
    assert Path(module).is_relative_to(unpacked)
    assert Path(corpus).is_relative_to(unpacked)
    assert Path(corpus).is_file()
    assert entrypoints == ["flows.monitor.monitor", "flows.reprocess.reprocess", "flows.maintain.maintain"]


def test_a_first_walk_in_an_empty_folder(run: Run, tmp_path: Path) -> None:
    assert "feeds.toml" in run("-m", "interfaces.cli", "init", "--country", "ML").stdout
    findings = json.loads(run("-m", "interfaces.cli", "doctor", "--json", code=0).stdout)["findings"]
    assert [one for one in findings if one["verdict"] == "wrong"] == []
    assert "no site" in run("-m", "interfaces.cli", "site", "serve", code=2).stderr
    assert "published" in run("-m", "interfaces.cli", "incidents", code=3).stderr
    assert "at least one second" in run("-m", "interfaces.cli", "up", "--interval", "0", code=2).stderr
