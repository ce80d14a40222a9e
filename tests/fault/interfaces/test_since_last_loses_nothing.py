"""`incidents --since last`: once through merges, re-polls and re-coding; again after a crash, and never not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from alert_world import joining_batch, revising_batch
from warehouse_world import opening_batch

from interfaces.cli.main import run_command
from model.report import Toll
from model.run import RunBatch
from warehouse import open_writer

COMMAND = [
    sys.executable,
    "-c",
    "from interfaces.cli.main import main; main()",
    "incidents",
    "--since",
    "last",
    "--json",
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path))
    return tmp_path


def buffered() -> dict[str, str]:
    """The environment, but what is printed into a pipe waits in a buffer, as it does for most people."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def append(home: Path, *batches: RunBatch) -> None:
    with open_writer(home / "warehouse.duckdb") as writer:
        for batch in batches:
            writer.append(batch)
        writer.publish(home / "published" / "incidents.duckdb")


def look(capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert run_command(["incidents", "--since", "last", "--json"]) == 0
    return [row["incident_id"] for row in json.loads(capsys.readouterr().out)["incidents"]]


def test_merges_repeated_runs_and_recoding_make_nothing_new(home, capsys) -> None:
    first = opening_batch(1, n_reports=3)
    one, two, three = first.incidents
    append(home, first)
    assert sorted(look(capsys)) == sorted(v.incident_id for v in first.incidents)
    append(home, first)
    assert look(capsys) == []
    append(home, joining_batch(2, one, two))
    assert look(capsys) == []
    recoded, _ = revising_batch(3, three, kind="reprocess", killed=Toll(5, 50, 500))
    append(home, recoded)
    assert look(capsys) == []
    later = opening_batch(4, n_reports=2)
    append(home, later, joining_batch(5, *later.incidents))
    assert look(capsys) == [later.incidents[0].incident_id], "merged before it was told: one"
    assert look(capsys) == []


def test_a_reader_that_went_away_before_it_was_told_is_told_again(home, capsys) -> None:
    append(home, opening_batch(1, n_reports=2))
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(COMMAND, stdout=write_end, env=buffered(), timeout=120, check=False)
    os.close(write_end)
    assert done.returncode == 0
    assert not (home / "cursors").exists()
    assert len(look(capsys)) == 2
    assert look(capsys) == []


def test_a_command_that_is_killed_while_it_tells_tells_again(home, capsys) -> None:
    append(home, opening_batch(1, n_reports=150))  # more than a pipe holds, so that it waits for its reader
    with subprocess.Popen(COMMAND, stdout=subprocess.PIPE, env=buffered()) as process:
        assert process.stdout is not None
        assert process.stdout.read(1) == b"{"
        process.kill()
    assert process.returncode == -9
    assert not (home / "cursors").exists()
    assert len(look(capsys)) == 150
    assert look(capsys) == []
