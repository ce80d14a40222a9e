"""Floors of the date resolver on labelled corpora; only figures, never texts, come from them."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("DECONFLICT_EVAL", ROOT.parent / "shared" / "eval")) / "dev"
FLOORS = [
    # corpus, every nth row, least share exact, least share within a day
    ("gva.jsonl.gz", 4, 0.82, 0.89),
    ("airwars.jsonl.gz", 1, 0.94, 0.96),
    ("muc4.jsonl.gz", 1, 0.80, 0.86),
]


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "step", "exact", "within"), FLOORS, ids=[floor[0] for floor in FLOORS])
def test_dates_keep_their_floor(
    name: str, step: int, exact: float, within: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (CORPORA / name).exists():
        pytest.skip(f"no labelled corpus {name} under {CORPORA}; set DECONFLICT_EVAL")
    monkeypatch.syspath_prepend(str(ROOT))  # the benches are no installed package
    bench = import_module("bench.when")
    figures = bench.measure(bench.read_rows(CORPORA / name)[::step])
    assert figures["exact"] >= exact
    assert figures["within_1"] >= within
