"""kill -9 at random instants, a full disk, a torn copy: complete runs are all there, and the next run goes on."""

from __future__ import annotations

import ctypes
import os
import random
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
from warehouse_world import opening_batch

from model.errors import WarehouseError
from warehouse import open_snapshot, open_writer
from warehouse.publish import check_contract

WORKER = Path(__file__).parents[2] / "support" / "warehouse_worker.py"
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2  # linux/prctl.h, linux/capability.h
N_KILLS = int(os.environ.get("DECONFLICT_KILLS", "4"))  # 100 before a release


def start(home: Path, first: int, *more: str) -> subprocess.Popen[str]:
    arguments = [sys.executable, str(WORKER), str(home), str(first), *more]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def acked(lines: list[str]) -> list[int]:
    return [int(line.split()[1]) for line in lines if line.startswith("acked") and line.endswith("\n")]


def check_whole(home: Path, acknowledged: list[int]) -> int:
    """Check that all acknowledged runs are there as a whole and return the number of the newest run."""
    with open_writer(home / "warehouse.duckdb") as writer:
        con = writer._con
        check_contract(con)
        runs = {row[0] for row in con.execute("SELECT run_id FROM pub.run").fetchall()}
        assert {f"run-{number:04d}" for number in acknowledged} <= runs
        n_runs = len(runs)
        for what in ("incident", "report", "change", "claim"):
            assert con.execute(f"SELECT count(*) FROM pub.{what}").fetchall() == [(5 * n_runs,)]  # noqa: S608 - fixed
        return max((int(run[4:]) for run in runs), default=0)


def test_kill_9_at_random_instants(tmp_path: Path) -> None:
    rng = random.Random(20180207)
    acknowledged: list[int] = []
    first = 1
    for _ in range(N_KILLS):
        worker = start(tmp_path, first)
        assert worker.stdout is not None
        assert worker.stdout.readline() == "open\n"
        # The instant is the random thing here; nothing is waited for.
        select.select([], [], [], rng.uniform(0, 0.6))
        worker.kill()
        acknowledged += acked(worker.stdout.readlines())
        worker.stdout.close()
        worker.wait()
        first = check_whole(tmp_path, acknowledged) + 1
        if (tmp_path / "published" / "incidents.duckdb").exists():
            with open_snapshot(tmp_path / "published" / "incidents.duckdb") as reader:
                assert reader.sql("SELECT count(*) FROM pub.change").rows[0][0] % 5 == 0
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.append(opening_batch(first, n_reports=5))
        writer.publish(tmp_path / "published" / "incidents.duckdb")
    assert check_whole(tmp_path, [*acknowledged, first]) == first
    assert not list((tmp_path / "published").glob(".*"))


def test_a_full_disk_keeps_every_complete_run(tmp_path: Path) -> None:
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.append(opening_batch(1, n_reports=5))
        writer.publish(tmp_path / "published" / "incidents.duckdb")
    limit = (tmp_path / "warehouse.duckdb").stat().st_size + 3_000_000
    worker = start(tmp_path, 2, str(limit))
    lines = worker.communicate(timeout=120)[0].splitlines(keepends=True)
    newest = check_whole(tmp_path, [1, *acked(lines)])
    assert newest < 10_000, "the limit was never reached"
    with open_snapshot(tmp_path / "published" / "incidents.duckdb") as reader:
        assert reader.sql("SELECT count(*) FROM pub.change").rows[0][0] % 5 == 0
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.append(opening_batch(newest + 1, n_reports=5))
        writer.publish(tmp_path / "published" / "incidents.duckdb")
    assert check_whole(tmp_path, [newest + 1]) == newest + 1


@pytest.mark.parametrize("kept_0_1", [0.0, 0.1, 0.5, 0.9])
def test_a_torn_snapshot_is_told_and_mended_by_the_next_publish(tmp_path: Path, kept_0_1: float) -> None:
    published = tmp_path / "published" / "incidents.duckdb"
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.append(opening_batch(1, n_reports=5))
        torn = writer.publish(published)
    torn.chmod(0o644)
    os.truncate(torn, int(torn.stat().st_size * kept_0_1))
    with pytest.raises(WarehouseError), open_snapshot(published) as reader:
        reader.sql("SELECT sum(length(quote)) FROM pub.claim")
        reader.sql("SELECT sum(length(text)) FROM core.article_text")
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.publish(published)
    with open_snapshot(published) as reader:
        assert reader.about().n_incidents == 5


def obey_modes() -> None:
    """Take from a child that is root the right to write where a mode forbids it (prctl: drop from the bounding set)."""
    if os.geteuid() == 0:
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            if ctypes.CDLL(None, use_errno=True).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "prctl")


@pytest.mark.skipif(os.geteuid() == 0 and sys.platform != "linux", reason="root obeys no mode here")
@pytest.mark.parametrize(
    ("modes", "told"),
    [
        ({"published": 0o555}, "cannot publish"),
        ({".": 0o555}, "was not appended"),
        ({"warehouse.duckdb": 0o444}, "cannot write"),
        ({".": 0o555, "published": 0o555, "warehouse.duckdb": 0o444}, "cannot write"),
    ],
    ids=["published", "home", "file", "all"],
)
def test_what_is_read_only_is_told_and_loses_nothing(tmp_path: Path, modes: dict[str, int], told: str) -> None:
    published = tmp_path / "published" / "incidents.duckdb"
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.append(opening_batch(1, n_reports=5))
        writer.publish(published)
    before = {name: (tmp_path / name).stat().st_mode for name in modes}
    for name, mode in modes.items():
        (tmp_path / name).chmod(mode)
    try:
        arguments = [sys.executable, str(WORKER), str(tmp_path), "2"]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False, preexec_fn=obey_modes)
        with open_snapshot(published) as reader:
            assert reader.about().n_incidents == 5
    finally:
        for name, mode in before.items():
            (tmp_path / name).chmod(mode)
    assert done.returncode == 0, done.stderr
    *lines, last = done.stdout.splitlines(keepends=True)
    assert re.match(f"refused .*({told})", last), done.stdout
    newest = check_whole(tmp_path, [1, *acked(lines)])
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.append(opening_batch(newest + 1, n_reports=5))
        writer.publish(published)
    assert check_whole(tmp_path, [newest + 1]) == newest + 1
