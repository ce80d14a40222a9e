"""kill -9 and a full disk while old texts are removed: all are still there or the old ones are gone, and no third."""

from __future__ import annotations

import os
import random
import select
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from warehouse_world import at, opening_batch

from warehouse import open_writer
from warehouse.publish import check_contract

WORKER = Path(__file__).parents[2] / "support" / "prune_worker.py"
N_KILLS = int(os.environ.get("DECONFLICT_KILLS", "4"))  # 100 before a release
N_EACH = 60


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two runs of sixty articles with long texts, an hour apart."""
    path, rng = tmp_path / "warehouse.duckdb", random.Random(7)
    with open_writer(path) as writer:
        for number in (1, 3):
            batch = opening_batch(number, n_reports=N_EACH)
            long = [replace(a, text=rng.randbytes(20_000).hex()) for a in batch.articles]
            writer.append(replace(batch, articles=tuple(long)))
    return path


def check_texts(path: Path) -> int:
    """Check that the young texts are there, and all or none of the old ones; returns how many texts there are."""
    with open_writer(path) as writer:
        con = writer._con
        check_contract(con)
        assert con.execute("SELECT count(*) FROM pub.claim").fetchall() == [(2 * N_EACH,)]
        assert con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'kept_text'").fetchall() == [(0,)]
        counts = con.execute("SELECT count(*), count(DISTINCT article_no) FROM core.article_text").fetchall()
        n_old, n_all = writer.count_texts(at(2))
    assert counts == [(n_all, n_all)]
    assert n_all - n_old == N_EACH
    assert n_old in (0, N_EACH)
    return int(n_all)


def test_kill_9_while_texts_are_removed(path: Path) -> None:
    rng = random.Random(20180207)
    for _ in range(N_KILLS):
        with subprocess.Popen([sys.executable, str(WORKER), str(path)], stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "open\n"
            # The instant is the random thing here; nothing is waited for.
            select.select([], [], [], rng.uniform(0, 0.4))
            worker.kill()
        check_texts(path)
    with open_writer(path) as writer:
        writer.prune_texts(at(2))
        writer.append(opening_batch(4, n_reports=1))
        assert writer.count_texts(at(2)) == (0, N_EACH + 1)


def test_a_full_disk_is_told_and_mended_by_the_next_time(path: Path) -> None:
    limit = str(path.stat().st_size + 300_000)
    arguments = [sys.executable, str(WORKER), str(path), limit]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("refused "), done.stdout
    assert "free some space" in done.stdout
    check_texts(path)
    with open_writer(path) as writer:
        writer.prune_texts(at(2))
        writer.publish(path.parent / "published" / "incidents.duckdb")
    assert check_texts(path) == N_EACH
