"""The page about the data states figures of held-out corpora only."""

import json
from pathlib import Path

import pytest

from interfaces.site import about
from interfaces.site.about import HeldOutView, held_out_view
from interfaces.site.build import build_site
from warehouse import open_writer


def test_corpora_that_weights_were_fitted_on_are_left_out(tmp_path: Path) -> None:
    output = {
        "weights": {"fresh": "held out", "seen": "in sample (toll_weights)", "old": "not recorded (toll_weights)"},
        "figures": {name: {"date": [0.8049, 41], "other": [1.0, 1]} for name in ("fresh", "seen", "old")},
    }
    (tmp_path / "held_out.json").write_text(json.dumps(output), "utf-8")
    view = held_out_view(tmp_path / "held_out.json")
    assert view.corpora == ("fresh",)
    assert [(f.words, f.values) for f in view.figures] == [("day is right", ("0.80",))]


def test_a_figure_that_a_key_says_nothing_of_is_a_dash(tmp_path: Path) -> None:
    output = {
        "weights": {"one": "held out", "two": "held out"},
        "figures": {"one": {"date": [1.0, 9]}, "two": {"killed": [0.5, 4]}},
    }
    (tmp_path / "held_out.json").write_text(json.dumps(output), "utf-8")
    assert [f.values for f in held_out_view(tmp_path / "held_out.json").figures] == [("1.00", "–"), ("–", "0.50")]


def test_without_a_measurement_no_figure_is_stated(tmp_path: Path) -> None:
    assert held_out_view(tmp_path / "held_out.json") == HeldOutView()


def test_the_page_prints_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = {"weights": {"fresh": "held out"}, "figures": {"fresh": {"killed": [0.7512, 80]}}}
    (tmp_path / "held_out.json").write_text(json.dumps(output), "utf-8")
    monkeypatch.setattr(about, "files", lambda _package: tmp_path)
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.publish(tmp_path / "incidents.duckdb")
    build_site(tmp_path / "incidents.duckdb", tmp_path / "site")
    page = (tmp_path / "site" / "about.html").read_text("utf-8")
    assert ">fresh</th>" in page
    assert '<th scope="row">number of killed is right</th><td class="n">0.75</td>' in page
