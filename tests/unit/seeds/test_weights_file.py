"""Fitted weights: each file names its corpora, and a folder can stand in for the reviewed ones."""

import json
from pathlib import Path

import pytest

from extractors.coding.linear import read_models
from resolution.weights import read_weights
from seeds import WEIGHTS_VARIABLE, weights_file

REVIEWED = Path(__file__).parents[3] / "seeds" / "reference"
FITTED = sorted(p for pattern in ("*_weights.json", "*_ranker.json") for p in REVIEWED.glob(pattern))


@pytest.mark.parametrize("path", FITTED, ids=lambda path: path.stem)
def test_a_file_of_weights_names_the_corpora_it_was_fitted_on(path: Path) -> None:
    names = json.loads(path.read_text("utf-8"))["fitted_on"]
    assert names
    assert all(isinstance(name, str) and "." not in name for name in names)


def test_a_folder_stands_in_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reviewed = json.loads((REVIEWED / "report_weights.json").read_text("utf-8"))
    (tmp_path / "report_weights.json").write_text(json.dumps(reviewed | {"further_bar": 0.9}), "utf-8")
    assert read_models("report_weights.json")["further_bar"] == reviewed["further_bar"]
    monkeypatch.setenv(WEIGHTS_VARIABLE, str(tmp_path))
    read_models.cache_clear()
    assert read_models("report_weights.json")["further_bar"] == 0.9
    monkeypatch.delenv(WEIGHTS_VARIABLE)
    read_models.cache_clear()
    stored = json.loads((REVIEWED / "resolution_weights.json").read_text("utf-8"))
    assert read_weights(weights_file("resolution_weights.json")).pair_intercept == stored["pair_intercept"]
