"""The flow `reprocess`: everything coded and resolved anew. Wiring only; the work is in `pipeline.reprocess`."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.monitor import SKIPPED
from model.errors import RunLockedError
from model.settings import load_settings
from pipeline.reprocess import Reprocessed
from pipeline.reprocess import reprocess as reprocess_all


@task(name="reprocess", cache_policy=NO_CACHE)
def code_and_resolve(now: datetime) -> Reprocessed:
    """Reprocess the warehouse and publish it; one task, since it is one transaction."""
    return reprocess_all(load_settings(), now)


@flow(name="reprocess", validate_parameters=False)
def reprocess(now: datetime | None = None) -> Reprocessed | State[None]:
    """Code and resolve anew what the warehouse holds; ends as `Skipped` where a run is under way.

    Settings come from the environment. `now` stands for the present in simulated time.
    """
    try:
        done = code_and_resolve(now or datetime.now(UTC))
    except RunLockedError as error:
        return Completed(name=SKIPPED, message=str(error))
    create_markdown_artifact(f"# Reprocessed\n\n{done.line}.\n", key="reprocess-summary", description=done.line)
    return done
