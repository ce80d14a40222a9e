"""`deconflict alerts`: what is in the outbox, a test message, sending by hand, and what is told when it cannot."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from alert_receivers import running_webhook
from alert_world import HOOK, SECRET, append, queue, settings_of
from envelopes import read_envelope
from jsonschema import validate
from warehouse_world import opening_batch

from interfaces.cli.main import run_command
from pipeline.lock import run_lock


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings_of(tmp_path, HOOK)
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path))
    monkeypatch.setenv("DECONFLICT_ALERTS", str(tmp_path / "alerts.toml"))
    monkeypatch.delenv("DECONFLICT_ALERT_SYSTEM", raising=False)
    return tmp_path


def test_a_waiting_alert_is_listed_sent_by_hand_and_listed_as_sent(home, monkeypatch, capsys) -> None:
    settings = settings_of(home, HOOK)
    append(settings, opening_batch(1))
    queue(settings, opening_batch(1).run.now)
    assert run_command(["alerts", "list"]) == 0
    assert "queued" in capsys.readouterr().out
    with running_webhook() as hook:
        monkeypatch.setenv("DECONFLICT_ALERT_SYSTEM", hook.url)
        monkeypatch.setenv("DECONFLICT_ALERT_SYSTEM_SECRET", SECRET)
        assert run_command(["alerts", "send", "--now", "2018-02-07T14:00"]) == 0
        assert capsys.readouterr().out.startswith("0 alerts queued, 1 sent in 1 messages")
        assert run_command(["alerts", "send", "--now", "2018-02-07T14:00", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["alerts"]["n_sent"] == 0
    assert len(hook.keys) == 1
    assert run_command(["alerts", "list", "--json"]) == 0
    output = json.loads(capsys.readouterr().out)
    row = {"type": "object", "required": ["delivery_id", "incident_id", "revision", "channel", "state", "attempts"]}
    validate(output, {"required": ["schema", "deliveries"], "properties": {"deliveries": {"items": row}}})
    assert [(d["state"], d["attempts"], d["delivery_id"]) for d in output["deliveries"]] == [("sent", 1, hook.keys[0])]


def test_the_outbox_is_listed_in_every_form(home, capsys) -> None:
    settings = settings_of(home, HOOK)
    append(settings, opening_batch(1))
    queue(settings, opening_batch(1).run.now)
    output = {}
    for form in ("table", "ndjson", "csv", "md"):
        assert run_command(["alerts", "list", "--format", form]) == 0
        output[form] = capsys.readouterr().out.splitlines()
    (record,) = map(json.loads, output["ndjson"])
    assert record["state"] == "queued"
    (row,) = csv.DictReader(output["csv"])
    assert (row["delivery_id"], row["revision"], list(row)) == (record["delivery_id"], "1", list(record))
    assert output["md"][0].startswith("| delivery | incident |")
    assert record["delivery_id"].replace("_", "\\_") in output["md"][2]
    assert record["delivery_id"] in output["table"][1]
    assert run_command(["alerts", "test", "--format", "csv"]) == 1
    header, answer = capsys.readouterr().out.splitlines()
    assert header.startswith("channel,is_taken,reason")
    assert answer.startswith("system,")
    assert run_command(["alerts", "send", "--format", "csv"]) == 2
    assert "alerts send has no form csv" in capsys.readouterr().err


def test_a_test_message_is_sent_and_recorded_nowhere(home, monkeypatch, capsys) -> None:
    with running_webhook() as hook:
        monkeypatch.setenv("DECONFLICT_ALERT_SYSTEM", hook.url)
        monkeypatch.setenv("DECONFLICT_ALERT_SYSTEM_SECRET", SECRET)
        assert run_command(["alerts", "test", "system"]) == 0
        hook.status = 500
        assert run_command(["alerts", "test", "--json"]) == 1
    assert [one.told["kind"] for one in hook.taken] == ["test", "test"]
    assert not (home / "warehouse.duckdb").exists()
    printed = capsys.readouterr().out
    assert "status 500" in json.dumps(read_envelope(printed[printed.index("{") :]))


def test_what_is_missing_is_told(home, capsys) -> None:
    assert run_command(["alerts", "test"]) == 1
    assert "DECONFLICT_ALERT_SYSTEM is not set" in capsys.readouterr().out
    assert run_command(["alerts", "test", "nobody"]) == 2
    assert run_command(["alerts", "list"]) == 3
    assert run_command(["alerts", "send"]) == 3
    settings = settings_of(home, HOOK)
    append(settings, opening_batch(1))
    assert run_command(["alerts", "send", "--now", "2018-02-07T14:00"]) == 4
    assert "DECONFLICT_ALERT_SYSTEM is not set" in capsys.readouterr().err
    with run_lock(home / "run.lock"):
        assert run_command(["alerts", "send"]) not in (0, 4)
    (home / "alerts.toml").write_text("[[rule]]\nname = 3\n", "utf-8")
    assert run_command(["alerts", "send"]) == 2
