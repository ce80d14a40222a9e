"""Users open the snapshot with the DuckDB that they have: 1.4, 1.5 and 2.0 must give the answers that ours gives.

The other versions are fetched into var/engines once (`support/engines.py`, some ten seconds); where no package index
answers they are skipped, which is told, and with DECONFLICT_ENGINES=ours nothing is fetched.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest
from engines import LINES, LOCKS, NotToBeHadError, engine, run_with
from question_world import QUERIES, QUESTIONS, build

from warehouse import open_snapshot

IS_OURS_ONLY = os.environ.get("DECONFLICT_ENGINES") == "ours"
# Every row of every question, so that a version which answers another way is found out.
ASK = """
import json, sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True, config={"threads": 1})
con.execute("SET TimeZone = 'UTC'")
print(duckdb.__version__)
for part in open(sys.argv[2]).read().split("\\n\\n"):
    if part.startswith("-- ") and "?" in part:
        print(part.split()[1], sorted(json.dumps(row, default=str) for row in con.execute(part).fetchall()))
"""
WRITE = """
import sys
from pathlib import Path
from question_world import build
build(Path(sys.argv[1]))
"""


def folder_of(line: str) -> Path:
    if IS_OURS_ONLY:
        pytest.skip("DECONFLICT_ENGINES=ours")
    try:
        return engine(line)
    except NotToBeHadError as error:
        pytest.skip(f"DuckDB {line} cannot be had here: {error}")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("engines"))


@pytest.fixture(scope="module")
def ours(published: Path) -> list[str]:
    version, *answers = run_with(None, ASK, str(published), str(QUERIES)).splitlines()
    assert version == duckdb.__version__
    assert len(answers) == len(QUESTIONS) == 25
    assert sum(answer.endswith(" []") for answer in answers) <= 2
    return answers


def test_there_are_three_lines_beside_ours() -> None:
    assert LINES == ("1.4", "1.5", "2.0")
    assert not any("://" in lock.read_text("utf-8") for lock in LOCKS.iterdir())  # no index is named


@pytest.mark.parametrize("line", LINES)
def test_another_version_opens_the_snapshot_and_answers_alike(published: Path, ours: list[str], line: str) -> None:
    version, *answers = run_with(folder_of(line), ASK, str(published), str(QUERIES)).splitlines()
    assert version.startswith(f"{line}.")
    assert answers == ours


def test_what_the_newest_version_writes_ours_reads(tmp_path: Path, ours: list[str]) -> None:
    run_with(folder_of(LINES[-1]), WRITE, str(tmp_path))
    with open_snapshot(tmp_path / "published" / "incidents.duckdb") as reader:
        reader.about()
    assert run_with(None, ASK, str(tmp_path / "published" / "incidents.duckdb"), str(QUERIES)).splitlines()[1:] == ours
