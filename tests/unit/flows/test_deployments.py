"""prefect.yaml is read for what it says, and a fault in it is named."""

from datetime import timedelta

import pytest

from flows.deployments import read_deployments
from model.errors import ConfigError

BROKEN = """
deployments:
  - name: monitor
    entrypoint: flows/monitor.py:monitor
    description: x
    work_pool: {name: p}
    schedules: [{interval: often, anchor_date: "2026-01-01T00:00:00+00:00"}]
    concurrency_limit: {limit: 1, collision_strategy: CANCEL_NEW}
"""


def test_the_package_deploys_the_monitor_every_five_minutes_and_the_rest_by_hand() -> None:
    monitor, reprocess = read_deployments()
    assert (monitor.entrypoint, monitor.flow_name, monitor.pool) == ("flows.monitor.monitor", "monitor", "deconflict")
    assert monitor.interval == timedelta(minutes=5)
    assert monitor.anchor is not None
    assert (monitor.max_runs, monitor.on_collision) == (1, "CANCEL_NEW")
    assert reprocess.interval is None


@pytest.mark.parametrize("text", [BROKEN, BROKEN.replace("    work_pool: {name: p}\n", ""), "deployments: [x]"])
def test_a_fault_is_named(text: str) -> None:
    with pytest.raises(ConfigError, match="deployment"):
        read_deployments(text)
