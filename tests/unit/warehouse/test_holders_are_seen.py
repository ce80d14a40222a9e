"""Whoever has the private file open is named, a reader too: it keeps runs from writing."""

import subprocess
import sys
from pathlib import Path

import pytest
from warehouse_world import opening_batch

from warehouse import open_writer
from warehouse.inspect import inspect_private

HOLD = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "reader")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("how", ["reader", "writer"])
def test_a_client_that_holds_the_file_is_named(tmp_path: Path, how: str) -> None:
    if sys.platform != "linux":
        pytest.skip("asked of Linux only")
    path = tmp_path / "warehouse.duckdb"
    with open_writer(path) as writer:
        writer.append(opening_batch(1))
    assert inspect_private(path).holder_pid is None
    words = [sys.executable, "-c", HOLD, str(path), how]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout.readline() == "held\n"
        seen = inspect_private(path)
        client.stdin.close()
    assert seen.holder_pid == client.pid
    assert (seen.run_id is not None) is (how == "reader")
    assert inspect_private(path).holder_pid is None
