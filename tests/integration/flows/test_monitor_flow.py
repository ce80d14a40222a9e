"""The flow `monitor` through Prefect, on a server that ends with the tests' process."""

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alert_receivers import running_webhook
from alert_world import HOOK, SECRET

from flows.environment import settings_variables
from flows.in_process import run_once
from model.errors import ConfigError, RunLockedError, TransientError
from model.settings import load_settings
from newsroom import running_newsroom
from newsroom.corpus import CorpusRow
from pipeline.lock import run_lock

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.server

BLAST = """ALEPPO, Syria - A car bomb exploded at a market in the city of Aleppo on Monday, killing 14, police said.

The bomb went off at about noon, when the market was crowded, and wounded 31 others, a hospital director said.

No group has claimed responsibility for the attack on the market."""
BEANS = """Gardeners with a sunny wall should sow now, and cover young plants with fleece on cold nights.

Water in the morning, never at noon, and feed once a week. A layer of straw will keep the roots cool in summer."""
ROWS = (
    CorpusRow("blast", "Car bomb kills 14 at Aleppo market", BLAST, "2021-03-08T15:00:00+00:00", outlet="Delta Times"),
    CorpusRow("beans", "The gardener: what to sow this week", BEANS, "2021-03-08T22:00:00+00:00", outlet="World Wire"),
    CorpusRow("later", "Toll of Aleppo market bomb", BLAST, "2021-03-09T09:00:00+00:00", outlet="World Wire"),
)
MOMENT = datetime(2021, 3, 8, 23, tzinfo=UTC)


@pytest.fixture
def press():
    with running_newsroom(ROWS, now=MOMENT) as running:
        yield running


@pytest.fixture
def settings(press, tmp_path):
    home = tmp_path / "home"
    return load_settings().model_copy(
        update={
            "home": home,
            "feeds": press.write_feeds_file(home / "feeds.toml"),
            "allow_hosts": (press.host_port,),
            "host_delay_s": 0.0,
            "reference": load_settings().reference or ROOT / "var" / "reference",
        }
    )


def artifacts(run_name_key):
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey

    with get_client(sync_client=True) as client:
        return client.read_artifacts(
            artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[run_name_key])), limit=200
        )


def task_names(flow_run_id):
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

    with get_client(sync_client=True) as client:
        runs = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_id])))
    return sorted(run.name.rpartition("-")[0] for run in runs)


def test_a_run_polls_codes_appends_and_tells_prefect(settings, press):
    first = run_once(settings, MOMENT)
    assert (first.n_feeds, first.n_failed_feeds, first.n_new_entries, first.n_articles) == (2, 0, 2, 2)
    assert first.n_opened == 1
    page = next(one for one in artifacts("run-summary") if first.run_id in one.data)
    assert page.description == first.line
    table = next(one for one in artifacts("new-incidents") if first.opened[0] in one.data)
    assert table.flow_run_id == page.flow_run_id
    assert task_names(page.flow_run_id) == ["alert", "append", "code", "conclude", "poll", "publish", "read"]

    press.move_clock(MOMENT + timedelta(days=1))
    second = run_once(settings, MOMENT + timedelta(days=1))
    assert (second.n_new_entries, second.n_opened, second.n_attached) == (1, 0, 1)


def test_a_run_alerts_emits_events_and_survives_a_receiver_that_is_down(settings, press, monkeypatch):
    (settings.home / "alerts.toml").write_text(HOOK, "utf-8")
    output = settings.model_copy(update={"alerts": settings.home / "alerts.toml"})
    monkeypatch.setenv("DECONFLICT_ALERT_SYSTEM_SECRET", SECRET)
    with running_webhook() as hook:
        monkeypatch.setenv("DECONFLICT_ALERT_SYSTEM", hook.url)
        hook.status = 503
        first = run_once(output, MOMENT)
        hook.status = 200
        run_once(output, MOMENT + timedelta(minutes=5))
        run_once(output, MOMENT + timedelta(minutes=10))
    assert [one.status for one in hook.taken] == [503, 200]
    assert [one.told["incident"]["incident_id"] for one in hook.taken] == [*first.opened] * 2
    assert len({one.headers["idempotency-key"] for one in hook.taken}) == 1
    assert (settings.home / "site" / "feeds" / "incidents.atom").exists()
    wait_for(lambda: events("incident.detected", f"deconflict.incident.{first.opened[0]}"))


def test_automations_are_applied_twice_and_are_there_once(settings):
    from prefect.blocks.notifications import CustomWebhookNotificationBlock
    from prefect.client.orchestration import get_client

    from flows.automate import apply

    with pytest.raises(ConfigError, match="no block custom-webhook/nobody"):
        apply("custom-webhook/nobody")
    block = CustomWebhookNotificationBlock(name="desk", url="http://127.0.0.1:9/", json_data={"text": "{{body}}"})
    block_id = block.save("desk", overwrite=True)
    names = apply("custom-webhook/desk")
    assert apply("custom-webhook/desk") == names
    with get_client(sync_client=True) as client:
        found = [one for one in client.read_automations() if one.name in names]
    assert sorted(one.name for one in found) == sorted(names)
    assert {action.block_document_id for one in found for action in one.actions} == {block_id}


def events(name, resource_id):
    from prefect.client.orchestration import get_client
    from prefect.events.filters import EventFilter, EventNameFilter, EventResourceFilter

    wanted = EventFilter(event=EventNameFilter(name=[name]), resource=EventResourceFilter(id=[resource_id]))
    with get_client(sync_client=True) as client:
        return client.read_events(wanted, limit=50).events


def wait_for(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_a_run_that_finds_another_is_skipped_and_says_whose(settings):
    with run_lock(settings.home / "run.lock"), pytest.raises(RunLockedError, match=r"another run has .*run\.lock"):
        run_once(settings, MOMENT)
    assert not settings.warehouse_path.exists()


def test_what_a_stage_raises_comes_through_as_it_is(settings):
    dead = "".join(f'[feeds.dead{n}]\nurl = "http://127.0.0.1:9/{n}.xml"\noutlet = "Dead"\n' for n in range(6))
    settings.feeds.write_text(dead + settings.feeds.read_text("utf-8"), "utf-8")
    strict = settings.model_copy(
        update={"max_failing_share_0_1": 0.1, "allow_hosts": (*settings.allow_hosts, "127.0.0.1:9")}
    )
    with pytest.raises(TransientError, match="6 of 8 feeds failed"):
        run_once(strict, MOMENT)
    assert settings.snapshot_path.exists()


def test_a_run_that_is_ended_leaves_no_process(settings, marked):
    variables = {name: value for name, value in settings_variables(settings).items() if value is not None}
    command = [sys.executable, "-c", "from interfaces.cli.main import main; main()", "run", "--now", MOMENT.isoformat()]
    with subprocess.Popen(command, cwd=ROOT, env=marked.environ | variables, stderr=subprocess.PIPE) as process:
        marked.wait_for(lambda: any("uvicorn" in words for words in marked.processes()))
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    assert process.returncode != 0
    marked.wait_for(lambda: not marked.processes())


def test_a_child_that_nobody_has_taken_note_of_ends_as_well(marked):
    script = (
        "import os, signal, subprocess, sys; from flows.in_process import _orderly_end\n"
        "with _orderly_end():\n"
        "    subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=marked.environ, timeout=60)
    assert ended.returncode == 128 + signal.SIGTERM
    marked.wait_for(lambda: not marked.processes())
