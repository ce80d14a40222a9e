"""Readers in a loop while runs append and publish: no error, no half run, no waiting."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from warehouse_world import opening_batch

from warehouse import open_writer

READERS = Path(__file__).parents[2] / "support" / "warehouse_readers.py"
N_READERS = int(os.environ.get("DECONFLICT_READERS", "6"))  # 20 before a release
N_RUNS = int(os.environ.get("DECONFLICT_RUNS", "8"))  # 50 before a release


def test_readers_see_whole_runs_only(tmp_path: Path) -> None:
    published = tmp_path / "published" / "incidents.duckdb"
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.append(opening_batch(1, n_reports=5))
        writer.publish(published)
        arguments = [sys.executable, str(READERS), str(published), str(N_READERS)]
        with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as readers:
            assert readers.stdout is not None and readers.stdin is not None
            assert readers.stdout.readline() == "reading\n"
            for number in range(2, 2 + N_RUNS):
                writer.append(opening_batch(number, n_reports=5))
                writer.publish(published)
            output = readers.communicate(timeout=120)[0].splitlines()
    assert output[1:] == []
    assert int(output[0]) >= N_READERS
