"""The flow `maintain`: what is done once a day. Wiring only; the work is in `pipeline.maintaining`."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from flows.reasons import in_one_line
from model.settings import load_settings
from pipeline.maintaining import Maintained
from pipeline.maintaining import maintain as maintain_home

N_RETRIES, RETRY_AFTER_S = 5, 120  # a run of `monitor` may hold the lock, or the disk be full for a while
LONGEST_S = 3600


@task(name="maintain", cache_policy=NO_CACHE, retries=N_RETRIES, retry_delay_seconds=RETRY_AFTER_S)
def prune_and_back_up(now: datetime) -> Maintained:
    """Remove old texts and make the backup of the day; done twice, it does the same."""
    return maintain_home(load_settings(), now)


@flow(name="maintain", timeout_seconds=LONGEST_S, validate_parameters=False)
def maintain(now: datetime | None = None) -> Maintained:
    """Remove texts that are kept no longer, and back up the published file.

    Settings come from the environment. `now` stands for the present in simulated time.
    """
    in_one_line()
    done = prune_and_back_up(now or datetime.now(UTC))
    create_markdown_artifact(f"# Maintained\n\n{done.line}.\n", key="maintain-summary", description=done.line)
    return done
