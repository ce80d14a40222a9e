"""Alerts over real sockets: once when nothing fails; after a kill, an outage or a repeated run once more, one key."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alert_receivers import Mailbox, Webhook, running_mailbox, running_webhook
from alert_world import (
    ALL,
    HOOK,
    SECRET,
    append,
    at,
    environment,
    joining_batch,
    queue,
    revising_batch,
    settings_of,
    tell,
)
from warehouse_world import opening_batch

from model.report import Toll
from warehouse import open_writer

WORKER = Path(__file__).parents[2] / "support" / "alert_worker.py"
KEY = re.compile(r"alr_[0-9a-f]{20}")


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with running_webhook() as running:
        yield running


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with running_mailbox() as running:
        yield running


def keys_of(box: Mailbox) -> list[str]:
    return [key for text in box.texts for key in KEY.findall(text)]


def states(settings) -> Counter[str]:
    with open_writer(settings.warehouse_path) as writer:
        return Counter(delivery.state.value for delivery in writer.deliveries(1000))


def test_each_revision_arrives_once_when_nothing_fails_however_often_runs_repeat(tmp_path, hook, box) -> None:
    settings, environ = settings_of(tmp_path), environment(box.url, hook.url)
    first = opening_batch(1, n_reports=3)
    append(settings, first)
    for hours in (1, 1, 2):  # the same run's end again, and a run that brings nothing
        tell(settings, at(hours), environ)
    batch, _ = revising_batch(3, first.incidents[0], killed=Toll(20, 30, 40))
    append(settings, batch, batch)
    for hours in (3, 3, 4):
        assert tell(settings, at(hours), environ).problems == ()
    sent = [(one.told["incident"]["incident_id"], one.told["incident"]["revision"]) for one in hook.taken]
    assert Counter(sent) == Counter(
        [*((v.incident_id, 1) for v in first.incidents), (first.incidents[0].incident_id, 2)]
    )
    assert len(set(hook.keys)) == len(hook.keys) == 4
    assert len(set(keys_of(box))) == len(keys_of(box)) == 4, "under the channel's own keys"
    assert [mail["subject"] for mail in box.mails] == ["Deconflict: 3 new incidents", box.mails[1]["subject"]]
    assert "killed 1-? -> 20-40" in box.texts[1]
    assert states(settings) == {"sent": 8}


def test_a_webhook_is_signed_and_its_bytes_are_the_same_at_every_attempt(tmp_path, hook) -> None:
    settings, environ = settings_of(tmp_path, HOOK), environment(hook=hook.url)
    append(settings, opening_batch(1))
    hook.status = 500
    tell(settings, at(1), environ)
    hook.status = 204
    tell(settings, at(2), environ)
    one, two = hook.taken
    assert (one.body, one.headers["idempotency-key"]) == (two.body, two.headers["idempotency-key"])
    assert one.told["delivery_id"] == one.headers["idempotency-key"]
    stamp, _, digest = two.headers["deconflict-signature"].partition(",v1=")
    signed = stamp.removeprefix("t=").encode() + b"." + two.body
    assert hmac.compare_digest(digest, hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest())
    assert states(settings) == {"sent": 1}


@pytest.mark.parametrize("kind", ["webhook", "mail"])
def test_kill_9_between_the_sending_and_the_record_tells_again_under_the_same_key(tmp_path, kind, hook, box) -> None:
    settings, environ = settings_of(tmp_path, ALL), environment(box.url, hook.url)
    append(settings, opening_batch(1, n_reports=3))
    queue(settings, at(1))
    worker = subprocess.Popen([sys.executable, str(WORKER), str(tmp_path), "1"], env=environ, stdout=subprocess.PIPE)
    receiver = hook if kind == "webhook" else box
    receiver.before_answer = lambda: os.kill(worker.pid, signal.SIGKILL)
    output, _ = worker.communicate(timeout=120)
    assert (worker.returncode, output) == (-signal.SIGKILL, b"ready\n")
    receiver.before_answer = lambda: None
    assert states(settings)["attempted"] == (1 if kind == "webhook" else 3)
    assert tell(settings, at(1), environ).problems == ()
    assert states(settings) == {"sent": 6}
    for found in (hook.keys, keys_of(box)):
        assert len(set(found)) == 3
    counts = Counter(hook.keys if kind == "webhook" else keys_of(box))
    assert sorted(counts.values()) == ([1, 1, 2] if kind == "webhook" else [2, 2, 2])


def test_a_receiver_that_is_down_for_an_hour_hears_of_everything_once(tmp_path, hook, box) -> None:
    settings, environ = settings_of(tmp_path), environment(box.url, hook.url)
    hook.status, box.refuses = 503, True
    batch = opening_batch(1, n_reports=2)
    append(settings, batch)
    for minutes in range(0, 60, 15):
        done = tell(settings, at(1 + minutes / 60), environ)
        assert done.n_sent == 0
    assert states(settings)["sent"] == 0
    hook.status, box.refuses = 200, False
    for minutes in range(60, 180, 40):
        tell(settings, at(1 + minutes / 60), environ)
    assert Counter(hook.keys).most_common(1)[0][1] == 1
    assert len(hook.keys) == 2
    assert len(keys_of(box)) == len(set(keys_of(box))) == 2
    assert states(settings) == {"sent": 4}
    attempts = [one for one in hook.taken if one.status == 503]
    assert 3 <= len(attempts) <= 4, "at most one a run"


def test_a_receiver_that_stays_down_is_given_up_after_three_days_and_one_that_is_gone_at_once(tmp_path, hook) -> None:
    settings, environ = settings_of(tmp_path, HOOK), environment(hook=hook.url)
    append(settings, opening_batch(1))
    hook.status = 500
    for hours in range(1, 80, 12):
        tell(settings, at(hours), environ)
    assert states(settings) == {"given_up": 1}
    assert len(hook.taken) == 7
    append(settings, opening_batch(81))
    hook.status = 410
    tell(settings, at(81), environ)
    tell(settings, at(200), environ)
    assert states(settings) == {"given_up": 2}


def test_redirects_are_not_followed_and_a_refused_message_holds_up_no_other(tmp_path, hook) -> None:
    settings, environ = settings_of(tmp_path, HOOK), environment(hook=hook.url)
    append(settings, opening_batch(1, n_reports=3))
    with running_webhook() as elsewhere:
        hook.status, hook.answer_headers = 307, {"location": elsewhere.url}
        done = tell(settings, at(1), environ)
        assert elsewhere.taken == []
    assert (len(hook.taken), done.n_failed) == (3, 3)
    assert "a redirect, which is not followed" in done.problems[0]


def test_merged_recoded_and_repeated_incidents_are_not_told_again(tmp_path, hook) -> None:
    settings, environ = settings_of(tmp_path, HOOK), environment(hook=hook.url)
    first = opening_batch(1, n_reports=2)
    kept, gone = first.incidents
    append(settings, first)
    tell(settings, at(1), environ)
    append(settings, joining_batch(2, kept, gone))
    tell(settings, at(2), environ)
    recoded, after = revising_batch(3, replace(kept, n_articles=2), kind="reprocess", killed=Toll(50, 60, 70))
    append(settings, recoded)
    tell(settings, at(3), environ)
    small, after = revising_batch(4, after, killed=Toll(50, 61, 72), headline="Another headline")
    append(settings, small)
    tell(settings, at(4), environ)
    assert len(hook.keys) == 2
    large, _ = revising_batch(5, after, killed=Toll(50, 90, 120))
    append(settings, large)
    tell(settings, at(5), environ)
    assert len(hook.keys) == 3
    assert (hook.taken[2].told["kind"], hook.taken[2].told["why"]) == ("revised", "material/1: killed 50-70 -> 50-120")


def test_what_was_queued_and_merged_before_it_was_sent_is_dropped_where_the_other_is_told(tmp_path, hook) -> None:
    settings, environ = settings_of(tmp_path, HOOK), environment(hook=hook.url)
    first = opening_batch(1, n_reports=2)
    append(settings, first)
    queue(settings, at(1))
    append(settings, joining_batch(2, *first.incidents))
    tell(settings, at(2), environ)
    assert [one.told["incident"]["incident_id"] for one in hook.taken] == [first.incidents[0].incident_id]
    assert states(settings) == {"sent": 1, "given_up": 1}


def test_a_run_that_is_taken_back_is_told_as_a_retraction(tmp_path, hook) -> None:
    settings, environ = settings_of(tmp_path, HOOK), environment(hook=hook.url)
    append(settings, opening_batch(1))
    tell(settings, at(1), environ)
    with open_writer(settings.warehouse_path) as writer:
        writer.roll_back("run-0001", by="desk", at=at(2), reason="a test feed")
    tell(settings, at(2), environ)
    tell(settings, at(3), environ)
    assert [one.told["kind"] for one in hook.taken] == ["new", "retracted"]


def test_rules_that_are_new_are_not_asked_about_the_past(tmp_path, hook) -> None:
    settings, environ = settings_of(tmp_path, ""), environment(hook=hook.url)
    append(settings, opening_batch(1, n_reports=3))
    settings = settings_of(tmp_path, HOOK)
    append(settings, opening_batch(2))
    tell(settings, at(2), environ)
    assert len(hook.taken) == 1


def test_a_crash_between_a_run_and_its_alerts_loses_none(tmp_path, hook) -> None:
    settings, environ = settings_of(tmp_path, HOOK), environment(hook=hook.url)
    append(settings, opening_batch(1, n_reports=2))  # and nothing is told: the process ended here
    append(settings, opening_batch(2))
    tell(settings, at(2), environ)
    assert len(hook.keys) == 3


def test_hostile_text_changes_no_header_and_steers_nothing(tmp_path, hook, box) -> None:
    rules = ALL.replace('name = "all"', 'name = "all"\nimmediate = true')
    settings, environ = settings_of(tmp_path, rules), environment(box.url, hook.url)
    evil = "x\r\nBcc: evil@example.org\r\n\r\n<b>\x1b[31m\u202e @everyone \x00" + "y" * 100_000
    batch = opening_batch(1)
    version = replace(batch.incidents[0], headline=evil, place_name=evil, actors=(evil,))
    append(settings, replace(batch, incidents=(version,)))
    assert tell(settings, at(1), environ).problems == ()
    (mail,) = box.mails
    assert mail["bcc"] is None
    assert box.recipients == [["desk@news.example"]]
    assert len(mail["subject"]) < 200
    incident = hook.taken[0].told["incident"]
    for text in (mail["subject"], box.texts[0], incident["headline"], incident["place"]["name"], *incident["actors"]):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text.replace("\r\n", "\n"))
    assert "@" not in box.texts[0]
    assert len(box.texts[0]) < 2000


def test_secrets_are_in_no_record_message_or_log(tmp_path, capsys, caplog, hook) -> None:
    settings = settings_of(tmp_path)
    mail = "mailto://bobuser:tigerpass@127.0.0.1:1?from=a@hidden.example&to=b@hidden.example&mode=insecure"
    environ = environment(mail, hook.url.replace("/hook", "/token-of-the-hook"))
    caplog.set_level(0)
    hook.status = 401
    append(settings, opening_batch(1))
    done = tell(settings, at(1), environ)
    assert len(done.problems) == 2
    with open_writer(settings.warehouse_path) as writer:
        stored = repr(writer.deliveries(100))
    said = "".join((*done.problems, stored, caplog.text, *capsys.readouterr()))
    for secret in ("bobuser", "tigerpass", "hidden", "token-of-the-hook", SECRET):
        assert secret not in said


def test_a_channel_without_an_address_is_told_and_waits(tmp_path, hook) -> None:
    settings = settings_of(tmp_path, HOOK)
    append(settings, opening_batch(1))
    done = tell(settings, at(1), {})
    assert done.problems == ("channel system: DECONFLICT_ALERT_SYSTEM is not set",)
    assert states(settings) == {"queued": 1}
    done = tell(settings, at(1), {"DECONFLICT_ALERT_SYSTEM": hook.url, "DECONFLICT_ALERT_SYSTEM_SECRET": "short"})
    assert "at least 16 characters" in done.problems[0]
    assert tell(settings, at(2), environment(hook=hook.url)).n_sent == 1
    assert json.loads(hook.taken[0].body)["queued_at"] == "2018-02-07T13:00:00Z"
