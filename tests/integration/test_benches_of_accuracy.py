"""`bench/accuracy.py` and `bench/oracle.py` on a small corpus made up here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOMS, MOSUL = [34.73, 36.72], [36.34, 43.13]


def article(name: str, published: str, title: str, text: str, *golds: dict[str, object]) -> dict[str, object]:
    return {
        "id": name,
        "outlet": f"Outlet {name}",
        "title": title,
        "text": text,
        "published": published,
        "incident_ids": [gold["incident_id"] for gold in golds],
        "incidents": list(golds),
        "claims": [],
        "has_key": True,
    }


def gold(name: str, day: str, latlon: list[float], place: str, killed: int) -> dict[str, object]:
    facts = {"date": day, "latlon": latlon, "place": place, "killed_range": [killed, killed], "country_code": None}
    return {"incident_id": name, "type": "bombing", **facts}


MARKET = gold("I1", "2021-03-03", HOMS, "Homs", 5)
CONVOY = gold("I2", "2021-03-03", MOSUL, "Mosul", 4)
ROWS = [
    article(
        "a",
        "2021-03-04",
        "Car bomb kills five in Homs",
        "A car bomb exploded at a market in Homs on Wednesday, killing five people and wounding nine, police said.",
        MARKET,
    ),
    article(
        "b",
        "2021-03-04",
        "Two blasts shake the region",
        "A car bomb killed five people at a market in Homs on Wednesday. In Mosul, a roadside bomb hit a convoy the "
        "same day; four soldiers died.",
        MARKET,
        CONVOY,
    ),
    article(
        "c", "2021-03-05", "Choir wins a prize", "The choir of the town won the first prize and a trip to the sea."
    ),
]


@pytest.fixture
def eval_folder(tmp_path: Path) -> Path:
    (tmp_path / "dev").mkdir()
    lines = "".join(json.dumps(row) + "\n" for row in ROWS)
    for name in ("wire-small", "wire-mixed"):
        (tmp_path / "dev" / f"{name}.jsonl").write_text(lines, "utf-8")
    return tmp_path


def ran(folder: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DECONFLICT_EVAL": str(folder)}
    command = [sys.executable, *argv]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_the_table_names_its_weights(eval_folder: Path) -> None:
    weights = eval_folder / "held" / "wire-small"
    weights.mkdir(parents=True)
    reviewed = json.loads((ROOT / "seeds" / "reference" / "toll_weights.json").read_text("utf-8"))
    (weights / "toll_weights.json").write_text(json.dumps(reviewed | {"fitted_on": ["wire-small"]}), "utf-8")
    cache = eval_folder / "cache"
    argv = ("bench/accuracy.py", "--only", "wire-small", "--cache", str(cache))
    first, again = ran(eval_folder, *argv), ran(eval_folder, *argv)
    assert first.returncode == 0, first.stderr
    assert first.stdout == again.stdout
    assert "| weights | held out |" in first.stdout
    assert "| labelled pairs | 3 |" in first.stdout
    assert len(list(cache.iterdir())) == 1
    other = ran(eval_folder, *argv, "--weights-dir", str(weights.parent))
    assert "| weights | in sample (toll_weights) |" in other.stdout
    assert len(list(cache.iterdir())) == 2, "codings with other weights are kept apart"


def test_errors_of_a_validation_set_are_refused(eval_folder: Path) -> None:
    refused = ran(eval_folder, "bench/accuracy.py", "--only", "wire-mixed", "--errors", "list", "5")
    assert refused.returncode != 0
    assert "wire-mixed: for validation" in refused.stderr
    assert "Homs" not in refused.stdout + refused.stderr
    shown = ran(eval_folder, "bench/accuracy.py", "--only", "wire-small", "--errors", "report_recall", "5")
    assert "wire-small: " in shown.stdout


def test_with_all_of_the_key_the_facts_are_right(eval_folder: Path) -> None:
    done = ran(eval_folder, "bench/oracle.py", "--only", "wire-small", "--json")
    assert done.returncode == 0, done.stderr
    steps = json.loads(done.stdout)["wire-small"]
    assert list(steps) == ["coded", "gate", "segments", "day", "place", "type", "tolls"]
    assert steps["tolls"]["report_recall"] == steps["tolls"]["report_precision"] == 1.0
    assert steps["tolls"]["list_f1"] == steps["tolls"]["list_f1_loose"] > steps["coded"]["list_f1"]
