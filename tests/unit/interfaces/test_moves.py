"""Changes since the last look are told from what to what, once, and what is new is not told as changed."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warehouse_world import at, make_run, opening_batch

from interfaces.cli.main import run_command
from interfaces.moves import moves_of, words_of_change
from interfaces.site.changed import changed_views
from model.incident import Change, ChangeKind, IncidentStatus
from model.report import Toll
from model.run import RunBatch
from warehouse import open_writer
from warehouse.reader import open_snapshot
from warehouse.rows import ChangeRow

AT = datetime(2018, 2, 8, tzinfo=UTC)


def change(number: int, kind: str, detail: dict[str, object], incident: str = "inc_1") -> ChangeRow:
    return ChangeRow(number, incident, kind, AT + timedelta(hours=number), "run_1", json.dumps(detail))


def killed(best: int) -> dict[str, object]:
    return {"killed": {"low": best, "best": best, "high": best}}


def test_several_changes_are_folded_into_one() -> None:
    rows = [
        change(1, "revised", {"was": killed(80), "is": killed(90)}),
        change(2, "revised", {"was": {**killed(90), "status": "new"}, "is": {**killed(100), "status": "disputed"}}),
    ]
    (moved,) = moves_of(rows)
    assert moved.words == ("killed 80 → 100", "status new → disputed") and moved.at == rows[1].at


def test_what_returned_to_where_it_was_is_not_told() -> None:
    rows = [change(1, "revised", {"was": killed(80), "is": killed(90)}),
            change(2, "revised", {"was": killed(90), "is": killed(80)})]  # fmt: skip
    assert moves_of(rows) == []


def test_what_is_new_since_is_not_told_as_changed() -> None:
    assert moves_of([change(1, "opened", {}), change(2, "revised", {"was": killed(1), "is": killed(2)})]) == []


def test_actors_and_headlines_alone_are_no_change() -> None:
    detail = {"was": {"actors": ["a"], "headline": "x"}, "is": {"actors": ["b"], "headline": "y"}}
    assert moves_of([change(1, "revised", detail)]) == []


@pytest.mark.parametrize(
    ("kind", "detail", "words"),
    [
        ("merged", {"merged_into": "inc_2"}, ("merged into inc_2",)),
        ("merged", {"took_over": "inc_2"}, ("took over inc_2",)),
        ("retracted", {"was": {"status": "new"}, "is": {"status": "retracted"}}, ("status new → retracted",)),
        ("revised", {"was": {"place_name": None}, "is": {"place_name": "Khushām"}}, ("place not known → Khushām",)),
        ("revised", {"why": "words of an older run"}, ()),
    ],
)
def test_each_kind_is_told_in_words(kind: str, detail: dict[str, object], words: tuple[str, ...]) -> None:
    assert words_of_change(kind, json.dumps(detail)) == words


def test_the_command_tells_each_change_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path))
    batch = opening_batch(1, n_reports=2)
    kept = batch.incidents[0]
    asked = ["incidents", "--changed", "--since", "last", "--format", "ndjson"]
    _append(tmp_path, batch)
    assert run_command(asked) == 0 and capsys.readouterr().out == ""
    output = replace(kept, at=at(2), killed=Toll(5, 9, 12), status=IncidentStatus.DEVELOPING)
    detail = json.dumps({"was": killed(21), "is": {"killed": {"low": 5, "best": 9, "high": 12}}})
    _append(
        tmp_path,
        RunBatch(
            make_run(2), incidents=(output,), changes=(Change(kept.incident_id, ChangeKind.REVISED, at(2), detail),)
        ),
    )
    assert run_command([*asked, "--exit-code"]) == 10
    record = json.loads(capsys.readouterr().out)
    assert record["incident_id"] == kept.incident_id and record["moves"] == ["killed 21 → 5 to 12"]
    assert run_command(asked) == 0 and capsys.readouterr().out == ""
    assert run_command(["incidents", "--since", "last", "--format", "ndjson"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2, "looking at changes leaves what is new untold"


def _append(home: Path, batch: RunBatch) -> None:
    with open_writer(home / "warehouse.duckdb") as writer:
        writer.append(batch)
        writer.publish(home / "published" / "incidents.duckdb")


def test_the_first_page_tells_the_newest_change_of_each_incident(tmp_path: Path) -> None:
    batch = opening_batch(1, n_reports=2)
    kept = batch.incidents[0]
    _append(tmp_path, batch)
    for number, (was, now) in enumerate(((21, 30), (30, 40)), start=2):
        output = replace(kept, at=at(number), killed=Toll(now, now, now))
        detail = json.dumps({"was": killed(was), "is": killed(now)})
        revised = Change(kept.incident_id, ChangeKind.REVISED, at(number), detail)
        _append(tmp_path, RunBatch(make_run(number), incidents=(output,), changes=(revised,)))
    with open_snapshot(tmp_path / "published" / "incidents.duckdb") as reader:
        (view,) = changed_views(reader.revised(10, 0))
    assert view.moves == ("killed 30 → 40",) and kept.incident_id in view.href and view.line.endswith(": 40 killed")
