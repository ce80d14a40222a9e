"""The look-up of vulnerabilities fails on one, and says so where it could not look."""

import json
import sys
from pathlib import Path

import pytest

from tools import audit


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand for pip-audit: `answer` is what it prints."""
    path = tmp_path / "pip-audit"
    path.write_text(f"#!{sys.executable}\nprint(open({str(tmp_path / 'answer')!r}).read())\n", "utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path / "answer"


def test_a_vulnerable_package_fails_the_check(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vulnerable = {"name": "one", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
    fine = {"name": "two", "version": "2.0", "vulns": []}
    program.write_text(json.dumps({"dependencies": [fine, vulnerable]}), "utf-8")
    assert audit.main([]) == 1
    assert "one 1.0: PYSEC-1, fixed in 1.1" in capsys.readouterr().err
    program.write_text(json.dumps({"dependencies": [fine]}), "utf-8")
    assert audit.main([]) == 0
    assert "1 of 1 packages looked up, 0 known" in capsys.readouterr().err


def test_packages_that_the_service_does_not_know_are_not_called_safe(
    program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unknown = {"name": "one", "skip_reason": "not found"}
    program.write_text(json.dumps({"dependencies": [unknown]}), "utf-8")
    assert audit.main([]) == 0
    output = capsys.readouterr().err
    assert "SKIPPED" in output
    assert "known vulnerabilities" not in output
    program.write_text(json.dumps({"dependencies": [unknown, {"name": "two", "vulns": []}]}), "utf-8")
    assert audit.main([]) == 0
    assert "1 of 2 packages looked up" in capsys.readouterr().err


def test_no_answer_is_told_as_skipped(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program.write_text("", "utf-8")
    assert audit.main([]) == 0
    assert "SKIPPED" in capsys.readouterr().err


def test_a_missing_program_is_told_as_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert audit.main([]) == 0
    assert "pip-audit is not installed" in capsys.readouterr().err
