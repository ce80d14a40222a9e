"""What the verbs that run something print with --json is what their JSON Schemas say."""

from datetime import datetime
from pathlib import Path

import pytest
from envelopes import read_envelope

from interfaces.cli.main import run_command
from interfaces.cli.render import print_json

NOW = "2018-02-08T20:00:00+00:00"


@pytest.fixture
def ask(settings, monkeypatch, capsys):
    monkeypatch.setenv("DECONFLICT_HOME", str(settings.home))
    monkeypatch.setenv("DECONFLICT_FEEDS", str(settings.feeds))
    monkeypatch.setenv("DECONFLICT_REFERENCE", str(settings.reference))
    monkeypatch.setenv("DECONFLICT_ALLOW_HOSTS", f'["{settings.allow_hosts[0]}"]')

    def run(*words: str) -> tuple[int, dict]:
        code = run_command([*words, "--json"])
        return code, read_envelope(capsys.readouterr().out)

    return run


def test_a_rehearsal_stores_nothing_and_keeps_its_schema(ask, settings) -> None:
    code, output = ask("run", "--dry-run", "--now", NOW)
    assert (code, output["schema"]) == (0, "rehearsal/1")
    assert output["rehearsal"]["would_read"]
    assert not settings.warehouse_path.exists()


def test_a_run_is_told_in_the_form_of_its_schema(settings, walk, capsys) -> None:
    summary = walk(settings, datetime.fromisoformat(NOW))
    print_json("run_summary/1", line=summary.line, summary=summary)
    output = read_envelope(capsys.readouterr().out)
    assert output["summary"]["n_articles"] == summary.n_articles > 0


def test_an_evaluation_keeps_its_schema(ask, tmp_path: Path) -> None:
    lines = (Path(__file__).parents[3] / "seeds" / "newsroom" / "corpus.jsonl").read_text("utf-8").splitlines()
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join(lines[:8]), "utf-8")
    code, output = ask("evaluate", str(few), "--errors", "2")
    assert (code, output["schema"]) == (0, "evaluation/1")
    assert {one["name"] for one in output["figures"]} >= {"pair_f1", "detected"}
