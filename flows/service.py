"""What we ask of a running Prefect server, through Prefect's own client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
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
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.schedules import IntervalSchedule
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectAlreadyExists
from prefect.states import Crashed
from prefect.workers.process import ProcessWorker

ENDED = (StateType.COMPLETED, StateType.FAILED, StateType.CRASHED, StateType.CANCELLED)


@dataclass(frozen=True, slots=True)
class EndedRun:
    """A flow run that has ended: how, when, and what its summary says (null where it left none)."""

    flow_run_id: UUID
    name: str
    state: str
    ended_at: datetime
    duration_s: float
    summary: str | None


def is_healthy() -> bool:
    """Tell whether the server answers."""
    with get_client(sync_client=True) as client:
        return client.api_healthcheck() is None


def make_pool(name: str) -> None:
    """Make the pool of processes, if there is none of that name."""
    pool = WorkPoolCreate(name=name, type="process", base_job_template=ProcessWorker.get_default_base_job_template())
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(pool)
        except ObjectAlreadyExists:
            return


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

    Only for the holder of the lock of `make up`, before it starts a worker: no other can be at such a run.
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


def set_interval(deployment: str, interval: timedelta) -> None:
    """Have the deployment's schedule fire at another interval, until it is deployed again."""
    with get_client(sync_client=True) as client:
        found = client.read_deployment_by_name(deployment)
        for schedule in found.schedules:
            client.update_deployment_schedule(found.id, schedule.id, schedule=IntervalSchedule(interval=interval))


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
    )
