"""What `make up` asks of the server: dead runs are buried, missed ones forgotten, nobody else's touched."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.server
NOW = datetime.now(UTC)


@pytest.fixture
def client(prefect_home):
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        yield client


@pytest.fixture
def deployment(client):
    from prefect import flow

    @flow(name="buried")
    def buried() -> None:
        """Do nothing."""

    return client.create_deployment(client.create_flow(buried), name="buried")


def new_run(client, deployment, state):
    return client.create_flow_run_from_deployment(deployment, state=state).id


def test_runs_that_nobody_ends_any_more_are_marked_and_the_rest_is_left(client, deployment):
    from prefect.states import Completed, Running, Scheduled

    from flows import service

    dead = new_run(client, deployment, Running())
    done = new_run(client, deployment, Completed())
    coming = new_run(client, deployment, Scheduled(scheduled_time=NOW + timedelta(days=1)))
    assert service.bury_dead_runs() == 1
    assert service.bury_dead_runs() == 0
    assert [client.read_flow_run(one).state_name for one in (dead, done, coming)] == [
        "Crashed",
        "Completed",
        "Scheduled",
    ]


def test_runs_that_fell_due_meanwhile_are_forgotten_and_coming_ones_are_not(client, deployment):
    from prefect.exceptions import ObjectNotFound
    from prefect.states import Scheduled

    from flows import service

    missed = new_run(client, deployment, Scheduled(scheduled_time=NOW - timedelta(hours=1)))
    coming = new_run(client, deployment, Scheduled(scheduled_time=NOW + timedelta(hours=1)))
    assert service.forget_missed_runs(NOW) >= 1
    with pytest.raises(ObjectNotFound):
        client.read_flow_run(missed)
    assert client.read_flow_run(coming).state_name == "Scheduled"


def test_a_pool_is_made_once(client):
    from flows import service

    service.make_pool("deconflict")
    service.make_pool("deconflict")
    assert client.read_work_pool("deconflict").type == "process"


def test_a_pool_of_an_earlier_release_takes_no_command_any_more(client):
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.workers.process import ProcessJobConfiguration, ProcessWorker

    from flows import service

    open_job = ProcessWorker.get_default_base_job_template()
    assert "command" in open_job["job_configuration"]
    client.create_work_pool(WorkPoolCreate(name="earlier", type="process", base_job_template=open_job))
    service.make_pool("earlier")
    job = client.read_work_pool("earlier").base_job_template
    assert job == service.FIXED_JOB
    asked = {"command": "touch /tmp/x", "env": {"PATH": "."}, "env.LD_PRELOAD": "x", "working_dir": "."}
    made = asyncio.run(ProcessJobConfiguration.from_template_and_values(job, asked))
    assert (made.command, made.env, made.working_dir) == (None, {}, None)


def test_the_deployments_of_the_package_are_made_with_their_schedules(client):
    from flows import service
    from flows.deployments import read_deployments

    service.make_pool("deconflict")
    for one in read_deployments():
        service.deploy(one)
        service.deploy(one, timedelta(minutes=15))  # twice is once, and the last word holds
    monitor = client.read_deployment_by_name("monitor/monitor")
    assert monitor.entrypoint == "flows.monitor.monitor"
    assert [schedule.schedule.interval for schedule in monitor.schedules] == [timedelta(minutes=15)]
    assert monitor.global_concurrency_limit.limit == 1
    assert client.read_deployment_by_name("reprocess/reprocess").schedules == []
