"""Every error of ours leaves with its own code and one line on stderr; stdout stays empty."""

import json
from pathlib import Path

import pytest

from interfaces.cli.exit_codes import ExitCode, exit_code_of
from interfaces.cli.main import run_command
from model import errors
from model.settings import Settings

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ConfigError, 2),
        (errors.WarehouseError, 3),
        (errors.WarehouseLockedError, 3),
        (errors.ContractError, 5),
        (errors.TransientError, 1),
        (errors.RunLockedError, 1),
        (errors.SourceError, 1),
    ],
)
def test_code_of_each_error(error, code) -> None:
    assert exit_code_of(error("x")) == code


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nonsense"], 2, "nonsense"),
        (["incidents", "--no-such-option"], 2, "no-such-option"),
        (["incidents"], 3, "published"),
        (["incidents", "--since", "soon"], 3, "published"),
        (["show", "inc_x"], 3, "published"),
        (["sql", "select 1"], 3, "published"),
        (["code", "no-such-file.txt"], 2, "no-such-file.txt"),
        (["code", __file__, "--timezone", "Mars/Olympus"], 2, "Mars/Olympus"),
        (["code", __file__, "--published", "soon"], 2, "soon"),
        (["replay", "no-such-corpus.jsonl", "--warehouse", "w.duckdb"], 2, "no-such-corpus.jsonl"),
        (["run", "--feeds", "no-such-feeds.toml", "--now", "soon"], 2, "soon"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path, monkeypatch, capsys, arguments, code, words) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path / "var"))
    assert run_command(arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert said.err.count("\n") == 1


def test_wrong_settings_are_all_told_at_once(monkeypatch, capsys) -> None:
    monkeypatch.setenv("DECONFLICT_N_WORKERS", "many")
    monkeypatch.setenv("DECONFLICT_HTTP_TIMEOUT_S", "-1")
    assert run_command(["doctor"]) == ExitCode.USAGE
    said = capsys.readouterr().err
    assert "DECONFLICT_N_WORKERS" in said
    assert "DECONFLICT_HTTP_TIMEOUT_S" in said


def test_the_page_of_the_command_line_names_every_verb_code_and_setting() -> None:
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text("utf-8")
    for code in ExitCode:
        assert f"| {code.value} |" in page
    for name in Settings.model_fields:
        assert f"`DECONFLICT_{name.upper()}`" in page
    from interfaces.cli.main import VERBS

    for verb, *_ in VERBS:
        assert f"| `{verb}" in page


def test_doctor_tells_what_is_missing(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path / "var"))
    assert run_command(["doctor", "--json"]) == ExitCode.FAILED
    findings = {f["what"]: f for f in json.loads(capsys.readouterr().out)["findings"]}
    assert findings["feeds"]["verdict"] == "wrong"
    assert [findings[name]["verdict"] for name in ("warehouse", "snapshot", "freshness")] == ["note"] * 3
    assert findings["home"]["verdict"] == "ok"
    assert all(f["mend"] for f in findings.values() if f["verdict"] != "ok")


def test_a_text_is_read_from_standard_input(monkeypatch, capsys) -> None:
    import io
    import sys

    built = ROOT / "var" / "reference"
    if any(built.glob("*")):
        monkeypatch.setenv("DECONFLICT_REFERENCE", str(built))
    text = b"Gardeners should water their beans in the morning and feed them once a week."
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert run_command(["code", "-", "--published", "2018-02-07", "--json"]) == 0
    output = json.loads(capsys.readouterr().out)
    assert (output["schema"], output["reports"], output["article"]["n_chars"]) == ("reports/1", [], len(text))
