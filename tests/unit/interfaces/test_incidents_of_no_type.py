"""Happenings of no type of the tree are not told, unless asked for, or until a later report gives them a type."""

import json
from dataclasses import replace

import pytest
from warehouse_world import at, make_run, opening_batch

from interfaces.cli.main import run_command
from model.incident import Change, ChangeKind
from warehouse import open_writer


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path))

    def ask(*more: str) -> list[str]:
        assert run_command(["incidents", "--json", *more]) == 0
        return [row["event_type"] for row in json.loads(capsys.readouterr().out)["incidents"]]

    return ask


def test_hidden_asked_for_and_told_once_typed(told, tmp_path) -> None:
    batch = opening_batch(1)
    untyped = replace(batch, incidents=tuple(replace(v, event_type="other") for v in batch.incidents))
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.append(untyped)
        writer.publish(tmp_path / "published" / "incidents.duckdb")
    assert told("--since", "2000-01-01") == []
    assert told("--since", "2000-01-01", "--other") == ["other"]
    assert told("--since", "2000-01-01", "--type", "other") == ["other"]
    assert told("--since", "last") == []

    typed = replace(untyped.incidents[0], event_type="battle", at=at(5))
    detail = json.dumps({"was": {"event_type": "other"}, "is": {"event_type": "battle"}})
    change = Change(typed.incident_id, ChangeKind.REVISED, at(5), detail)
    with open_writer(tmp_path / "warehouse.duckdb") as writer:
        writer.append(
            replace(
                batch,
                run=make_run(2),
                articles=(),
                reports=(),
                resolution=None,
                fetches=(),
                entries=(),
                incidents=(typed,),
                changes=(change,),
                coded_article_ids=(),
            )
        )
        writer.publish(tmp_path / "published" / "incidents.duckdb")
    assert told("--since", "last") == ["battle"]
    assert told("--since", "last") == []
