"""What we ask of a running Prefect server, through Prefect's own client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    ArtifactFilterKey,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import ConcurrencyLimitStrategy, ConcurrencyOptions, FlowRun, StateType
from prefect.client.schemas.schedules import IntervalSchedule
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectAlreadyExists
from prefect.states import Crashed

from flows.deployments import Deployment
from interfaces.plaintext import one_line

# No `command`, `env` or `working_dir`, and no variable that could bring one: whoever can ask for a run chooses its
# parameters and nothing else. The worker then runs Prefect's own engine, in its own environment and folder.
FIXED_JOB = {
    "job_configuration": {"stream_output": True},
    "variables": {"type": "object", "properties": {}, "additionalProperties": False},
}
ENDED = (StateType.COMPLETED, StateType.FAILED, StateType.CRASHED, StateType.CANCELLED)


MAX_REASON_CHARS = 500


@dataclass(frozen=True, slots=True)
class EndedRun:
    """A flow run that has ended: how, when, and what its summary says (null where it left none).

    `message` is the reason of a run that did not end well, in one line.
    """

    flow_run_id: UUID
    name: str
    state: str
    ended_at: datetime
    duration_s: float
    summary: str | None
    message: str = ""


def is_healthy() -> bool:
    """Tell whether the server answers."""
    with get_client(sync_client=True) as client:
        return client.api_healthcheck() is None


def make_pool(name: str) -> None:
    """Make the pool of processes whose runs can be given no command, environment or folder; mend one that is there."""
    pool = WorkPoolCreate(name=name, type="process", base_job_template=FIXED_JOB)
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(pool)
        except ObjectAlreadyExists:
            client.update_work_pool(name, WorkPoolUpdate(base_job_template=FIXED_JOB))


def deploy(one: Deployment, interval: timedelta | None = None) -> UUID:
    """Make or update a deployment, with its schedule or one of another interval."""
    every = one.interval and (interval or one.interval)
    schedules = []
    if every is not None and one.anchor is not None:
        schedule = IntervalSchedule(interval=every, anchor_date=one.anchor)
        schedules = [DeploymentScheduleCreate(schedule=schedule, active=True)]
    with get_client(sync_client=True) as client:
        return client.create_deployment(
            flow_id=client.create_flow_from_name(one.flow_name),
            name=one.name,
            description=one.description,
            entrypoint=one.entrypoint,
            work_pool_name=one.pool,
            schedules=schedules,
            concurrency_limit=one.max_runs,
            concurrency_options=ConcurrencyOptions(collision_strategy=ConcurrencyLimitStrategy(one.on_collision)),
            enforce_parameter_schema=False,
            job_variables={},
        )


def forget_missed_runs(now: datetime) -> int:
    """Delete the runs that fell due while nothing ran, and count them: one run makes up for all of them."""
    missed = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        next_scheduled_start_time=FlowRunFilterNextScheduledStartTime.model_validate({"before_": now}),
    )
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(flow_run_filter=missed)
        for run in runs:
            client.delete_flow_run(run.id)
    return len(runs)


def bury_dead_runs() -> int:
    """Mark the runs as crashed that a worker of ours began and never ended, and count them; their slots are free then.

    Only for the holder of the lock of `deconflict up`, before it starts a worker: no other can be at such a run.
    """
    begun = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING])),
        deployment_id=FlowRunFilterDeploymentId(is_null_=False),
    )
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(flow_run_filter=begun)
        for run in runs:
            client.set_flow_run_state(run.id, Crashed(message="Its worker was killed."))
    return len(runs)


def start_run(deployment: str) -> None:
    """Ask for a run of the deployment at once."""
    with get_client(sync_client=True) as client:
        client.create_flow_run_from_deployment(client.read_deployment_by_name(deployment).id)


def ended_runs(seen: set[UUID]) -> Iterator[EndedRun]:
    """Give the runs that have ended and are not in `seen`, the oldest first; put them there."""
    with get_client(sync_client=True) as client:
        recent = client.read_flow_runs(
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(ENDED)))),
            sort=FlowRunSort.END_TIME_DESC,
            limit=20,
        )
        for run in reversed([run for run in recent if run.id not in seen]):
            seen.add(run.id)
            yield _ended(client, run)


def _ended(client: SyncPrefectClient, run: FlowRun) -> EndedRun:
    artifacts = client.read_artifacts(
        artifact_filter=ArtifactFilter(
            flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]), key=ArtifactFilterKey(any_=["run-summary"])
        )
    )
    return EndedRun(
        flow_run_id=run.id,
        name=run.name,
        state=run.state_name or "Unknown",
        ended_at=run.end_time or run.created or datetime.now().astimezone(),
        duration_s=run.total_run_time.total_seconds(),
        summary=artifacts[0].description if artifacts else None,
        message=one_line((run.state.message if run.state else None) or "", MAX_REASON_CHARS),
    )
