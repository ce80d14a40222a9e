"""Users open the snapshot with the DuckDB that they have: each version named in DECONFLICT_DUCKDB_PYTHONS must do.

`DECONFLICT_DUCKDB_PYTHONS` lists interpreters, parted by colons, whose DuckDB is another than ours (1.4, 1.5, 2.0).
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from warehouse_world import opening_batch

from warehouse import open_writer

PYTHONS = [sys.executable, *filter(None, os.environ.get("DECONFLICT_DUCKDB_PYTHONS", "").split(":"))]
CODE = """
    import sys, duckdb
    con = duckdb.connect(sys.argv[1], read_only=True)
    for query in open(sys.argv[2]).read().split("\\n\\n"):
        if query.startswith("-- ") and "?" in query:
            con.execute(query).fetchall()
    print(con.execute("SELECT count(*) FROM pub.new_incidents('2018-01-01'::TIMESTAMPTZ)").fetchall()[0][0])
"""


@pytest.mark.parametrize("python", PYTHONS, ids=lambda path: Path(path).parts[-3])
def test_the_snapshot_opens_and_answers(tmp_path: Path, python: str) -> None:
    queries = Path(__file__).parents[3] / "docs" / "reference" / "queries.sql"
    with open_writer(tmp_path / "w.duckdb") as writer:
        writer.append(opening_batch(1, n_reports=2))
        published = writer.publish(tmp_path / "published" / "incidents.duckdb")
    arguments = [python, "-c", textwrap.dedent(CODE), str(published), str(queries)]
    assert subprocess.check_output(arguments, text=True) == "2\n"
