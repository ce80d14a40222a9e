"""The figures of the list are the same from the script beside the corpora, from a warehouse, and from memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.evaluate import evaluate_incidents

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "seeds" / "newsroom" / "corpus.jsonl"
SCRIPT = Path(os.environ.get("DECONFLICT_EVAL", ROOT.parent / "shared" / "eval")) / "score_incidents.py"
COUNTS = {"gold_pairs": "pair_f1", "gold_incidents": "list_recall", "incidents_listed": "list_precision"}


@pytest.fixture(scope="module")
def measured(newsroom_warehouse: Path) -> dict[str, tuple[float, int]]:
    return {f.name: (f.value, f.n) for f in evaluate_incidents(CORPUS, newsroom_warehouse).figures}


@pytest.mark.corpus
@pytest.mark.skipif(not SCRIPT.exists(), reason=f"the judge's script is not part of the project; looked for {SCRIPT}")
def test_as_the_script_judges(newsroom_warehouse: Path, measured: dict[str, tuple[float, int]]) -> None:
    argv = [sys.executable, SCRIPT, CORPUS, newsroom_warehouse, "--json"]
    wanted = json.loads(subprocess.run(argv, capture_output=True, check=True, timeout=120).stdout)
    assert wanted.pop("articles") == 114
    for name, value in wanted.items():
        if name in COUNTS:
            assert measured[COUNTS[name]][1] == value, name
        elif name.endswith("_n"):
            assert measured[name.removesuffix("_n")][1] == value, name
        elif value is None:
            assert name not in measured
        else:
            assert measured[name][0] == pytest.approx(value, abs=1e-12), name
    assert set(measured) <= set(wanted)


def test_as_the_bench_measures_without_a_warehouse(measured: dict[str, tuple[float, int]]) -> None:
    argv = [sys.executable, "bench/accuracy.py", "--only", "newsroom", "--json"]
    ran = subprocess.run(argv, cwd=ROOT, capture_output=True, check=True, timeout=300)
    output = json.loads(ran.stdout)
    assert output["figures"]["newsroom"] == {name: [value, n] for name, (value, n) in measured.items()}
    assert output["weights"]["newsroom"].startswith("in sample (")
