"""The verb: only what changed, whole writes, one clear line when the place is wrong."""

import csv
import errno
import json
import os
from pathlib import Path

import pytest
from export_world import build_warehouse, opened
from warehouse_world import at, opening_batch

from interfaces.cli.main import run_command
from interfaces.exports import ndjson, write
from interfaces.exports.form import Form, takes_all
from interfaces.exports.write import FORMS, export_to
from warehouse import open_writer
from warehouse.export import Scope

ALL_FORMS = ("parquet", "csv", *FORMS)
IDS = [version.incident_id for version in opened().incidents]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    build_warehouse(tmp_path / "var")
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path / "var"))
    return tmp_path / "var"


def append(home: Path, number: int) -> str:
    with open_writer(home / "warehouse.duckdb") as writer:
        batch = opening_batch(number)
        writer.append(batch)
        writer.publish(home / "published" / "incidents.duckdb")
    return batch.incidents[0].incident_id


def roll_back(home: Path, number: int) -> None:
    with open_writer(home / "warehouse.duckdb") as writer:
        writer.roll_back(f"run-{number:04d}", by="a person", at=at(number + 1), reason="a test")
        writer.publish(home / "published" / "incidents.duckdb")


def ids(path: Path) -> list[str]:
    return [json.loads(line)["incident_id"] for line in path.read_text("utf-8").splitlines()]


def withdrawn(path: Path) -> dict[str, str]:
    with path.with_name(f"{path.name}.withdrawn.csv").open(encoding="utf-8", newline="") as file:
        return {row["incident_id"]: row["reason"] for row in csv.DictReader(file)}


def test_a_cursor_exports_each_change_once(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "x.ndjson"
    words = ["export", "--format", "ndjson", "--to", str(target), "--cursor", "desk"]
    assert run_command([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["result"] == {"n_incidents": 5, "n_withdrawn": 1, "last_change_id": 8}
    assert ids(target) == sorted(IDS)
    assert run_command(words) == 0
    assert ids(target) == []
    new = append(home, 3)
    assert run_command(words) == 0
    assert ids(target) == [new]
    assert "changes 9 to 9" in capsys.readouterr().err


def test_an_export_moves_no_cursor_of_the_list(home: Path, tmp_path: Path) -> None:
    assert run_command(["export", "--format", "ndjson", "--to", str(tmp_path / "x"), "--cursor", "default"]) == 0
    assert [path.name for path in (home / "cursors").iterdir()] == ["export.default.json"]


def test_after_a_change_a_merge_brings_both_of_its_sides(home: Path, tmp_path: Path) -> None:
    export_to(home / "published" / "incidents.duckdb", "ndjson", tmp_path / "x", Scope(after_change_id=6))
    assert ids(tmp_path / "x") == sorted([IDS[0], IDS[5]])
    assert withdrawn(tmp_path / "x") == {IDS[5]: "merged"}


def test_what_a_rollback_took_is_withdrawn(home: Path, tmp_path: Path) -> None:
    new = append(home, 3)
    roll_back(home, 3)
    export_to(home / "published" / "incidents.duckdb", "ndjson", tmp_path / "x", Scope(after_change_id=8))
    assert ids(tmp_path / "x") == []
    assert withdrawn(tmp_path / "x") == {new: "taken_back"}


def test_a_country_that_it_left_and_a_form_that_it_left_withdraw_it(home: Path, tmp_path: Path) -> None:
    snapshot = home / "published" / "incidents.duckdb"
    export_to(snapshot, "acled", tmp_path / "x", Scope(after_change_id=2, country="SY"))
    assert withdrawn(tmp_path / "x") == {
        IDS[2]: "other_country", IDS[4]: "other_country", IDS[3]: "retracted", IDS[5]: "merged",
    }  # fmt: skip
    export_to(snapshot, "acled", tmp_path / "x", Scope(after_change_id=1))
    assert withdrawn(tmp_path / "x")[IDS[1]] == "out_of_scope"


@pytest.mark.parametrize("form", ALL_FORMS)
def test_a_second_export_replaces_the_first_and_leaves_nothing_beside(home: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / "out" / "x"
    target.parent.mkdir()
    for _ in range(2):
        assert run_command(["export", "--format", form, "--to", str(target), "--country", "sy"]) == 0
    beside = {"x"} if form in ("csv", "parquet") else {"x", "x.withdrawn.csv"}
    assert {path.name for path in target.parent.iterdir()} == beside


@pytest.mark.parametrize("form", ALL_FORMS)
def test_a_place_that_cannot_be_written_is_told_in_one_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    (tmp_path / "file").write_text("mine")
    is_folder = form in ("csv", "parquet")
    taken = tmp_path / "file" if is_folder else tmp_path
    for target in (tmp_path / "no" / "x", tmp_path / "file" / "x", taken, Path("/")):
        assert run_command(["export", "--format", form, "--to", str(target)]) == 2
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1)
        assert str(target) in said.err
    assert (tmp_path / "file").read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"var", "file"}


def test_a_folder_of_somebody_else_is_not_replaced(home: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "datapackage.json").write_text('{"name": "another"}')
    assert run_command(["export", "--format", "csv", "--to", str(tmp_path / "mine")]) == 2
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["datapackage.json"]


@pytest.mark.parametrize("form", ["csv", "parquet", "stix"])
def test_a_full_disk_leaves_the_earlier_export(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    target = tmp_path / "out" / "x"
    target.parent.mkdir()
    words = ["export", "--format", form, "--to", str(target)]
    assert run_command(words) == 0
    before = {path: path.read_bytes() for path in target.parent.rglob("*") if path.is_file()}

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert run_command([*words, "--country", "CL"]) == 1
    assert "No space left" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in target.parent.rglob("*") if path.is_file()} == before


def test_a_fault_while_rendering_leaves_the_earlier_file(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(items, context):
        yield from list(ndjson.render(items, context))[:2]
        raise RuntimeError("midway")

    snapshot = home / "published" / "incidents.duckdb"
    export_to(snapshot, "ndjson", tmp_path / "x", Scope())
    monkeypatch.setitem(write.FORMS, "ndjson", Form("ndjson", breaks, takes_all))
    with pytest.raises(RuntimeError, match="midway"):
        export_to(snapshot, "ndjson", tmp_path / "x", Scope())
    assert ids(tmp_path / "x") == sorted(IDS)
    assert {path.name for path in tmp_path.iterdir()} == {"var", "x", "x.withdrawn.csv"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--since-change", "3", "--cursor", "a"], "both"),
        (["--since-change", "-1"], "below 0"),
        (["--cursor", "../x"], "no name"),
    ],
)
def test_wrong_words(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert run_command(["export", "--format", "ndjson", "--to", str(tmp_path / "x"), *words]) == 2
    assert told in capsys.readouterr().err


def test_without_a_snapshot_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path / "none"))
    assert run_command(["export", "--format", "csv", "--to", str(tmp_path / "x")]) == 3
    assert "published" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_empty_warehouse_exports_well_formed_nothing(tmp_path: Path) -> None:
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        snapshot = writer.publish(tmp_path / "published" / "incidents.duckdb")
    for form in ALL_FORMS:
        assert export_to(snapshot, form, tmp_path / form, Scope()).n_incidents == 0
    assert json.loads((tmp_path / "geojson").read_text("utf-8"))["features"] == []
    assert [item["type"] for item in json.loads((tmp_path / "stix").read_text("utf-8"))["objects"]] == ["identity"]
    assert (tmp_path / "ndjson").read_text("utf-8") == ""


def test_doctor_tells_schema_and_size(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_command(["doctor", "--json"])
    findings = {f["what"]: f for f in json.loads(capsys.readouterr().out)["findings"]}
    assert findings["schema"]["verdict"] == "ok"
    assert findings["schema"]["found"].startswith("version ")
    assert findings["size"]["found"].endswith("MB per 1,000 articles")
