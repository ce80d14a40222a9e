"""prefect.yaml is read for what it says, and a fault in it is named."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from flows.deployments import Deployment, read_deployments
from flows.up import interval_of
from model.errors import ConfigError

ROOT = Path(__file__).parents[3]
BROKEN = """
deployments:
  - name: monitor
    entrypoint: flows/monitor.py:monitor
    description: x
    work_pool: {name: p}
    schedules: [{interval: often, anchor_date: "2026-01-01T00:00:00+00:00"}]
    concurrency_limit: {limit: 1, collision_strategy: CANCEL_NEW}
"""


def test_the_package_deploys_the_monitor_every_five_minutes_and_maintain_every_day() -> None:
    monitor, reprocess, maintain = read_deployments()
    assert (monitor.entrypoint, monitor.flow_name, monitor.pool) == ("flows.monitor.monitor", "monitor", "deconflict")
    assert monitor.interval == timedelta(minutes=5)
    assert monitor.anchor is not None
    assert (monitor.max_runs, monitor.on_collision) == (1, "CANCEL_NEW")
    assert reprocess.interval is None
    assert maintain.interval == timedelta(days=1)


def test_an_interval_that_is_asked_for_changes_the_monitor_only() -> None:
    asked = timedelta(seconds=900)
    assert [interval_of(one, asked) for one in read_deployments()] == [asked, None, None]


@pytest.mark.parametrize("deployment", read_deployments(), ids=lambda one: one.name)
def test_what_is_deployed_is_there_described_and_never_runs_twice_at_once(deployment: Deployment) -> None:
    module, _, function = deployment.entrypoint.rpartition(".")
    asked = f"import flows.in_process; import {module} as m; print(m.{function}.name)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == deployment.flow_name
    assert deployment.description
    assert (deployment.max_runs, deployment.on_collision) == (1, "CANCEL_NEW")


@pytest.mark.parametrize("text", [BROKEN, BROKEN.replace("    work_pool: {name: p}\n", ""), "deployments: [x]"])
def test_a_fault_is_named(text: str) -> None:
    with pytest.raises(ConfigError, match="deployment"):
        read_deployments(text)
