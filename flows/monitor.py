"""The flow `monitor`: one run of the pipeline as tasks of Prefect. Wiring only; the work is in `pipeline.monitor`.

A task is a batch of feeds or a chunk of articles, so that a run has 20 to 40 of them: each costs Prefect's server about
40 ms and 20 KB. Nothing is cached by Prefect: what was done already, the warehouse knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from flows.notify import begin_alerts, emit_events, send_alerts
from flows.reasons import in_one_line
from flows.summary import incident_rows, summary_page
from interfaces.site.publish import publish_site
from model.article import Article
from model.errors import RunLockedError
from model.feed import Feed
from model.settings import load_settings
from pipeline.check import check_room, check_warehouse
from pipeline.coding import Coded
from pipeline.health import check_health
from pipeline.lock import run_lock
from pipeline.monitor import Concluded, Monitor, PlannedFetch, PolledFeed, ReadPages, RunSummary, chunks_of

N_POLLING = 4  # batches of feeds asked for side by side, so that one slow feed holds up its own batch only
_Kind = TypeVar("_Kind")
SKIPPED = "Skipped"  # the name of the state in which a run ends that found another one under way


@task(name="poll", cache_policy=NO_CACHE)
def poll(stages: Monitor, feeds: Sequence[Feed]) -> tuple[PolledFeed, ...]:
    """Ask for a batch of feeds."""
    return stages.poll(feeds)


@task(name="conclude", cache_policy=NO_CACHE)
def conclude(stages: Monitor, polled: Sequence[PolledFeed]) -> Concluded:
    """Plan the next polls and find what is new."""
    return stages.conclude(polled)


@task(name="read", cache_policy=NO_CACHE)
def read(stages: Monitor, wanted: Sequence[PlannedFetch]) -> ReadPages:
    """Fetch and extract a chunk of articles."""
    return stages.read(wanted)


@task(name="code", cache_policy=NO_CACHE)
def code(stages: Monitor, articles: Sequence[Article]) -> Coded:
    """Code a chunk of articles into reports."""
    return stages.code(articles)


@task(name="append", cache_policy=NO_CACHE)
def append(stages: Monitor, concluded: Concluded, pages: Sequence[ReadPages], coded: Sequence[Coded]) -> RunSummary:
    """Resolve the reports and append the run, in one transaction."""
    return stages.append(concluded, pages, coded)


@task(name="publish", cache_policy=NO_CACHE)
def publish(stages: Monitor, summary: RunSummary) -> None:
    """Publish the snapshot, the site and the feeds where anything has changed, and say in Prefect what the run did."""
    if stages.publish():
        publish_site(stages.settings, summary.run_id)
    create_markdown_artifact(summary_page(summary), key="run-summary", description=summary.line)
    create_table_artifact(incident_rows(stages.settings, summary), key="new-incidents", description=summary.line)


@task(name="alert", cache_policy=NO_CACHE)
def alert(stages: Monitor, summary: RunSummary) -> None:
    """Send alerts and emit events; no receiver fails the run."""
    send_alerts(stages.settings, stages.now)
    emit_events(stages.settings, summary)


@flow(
    name="monitor",
    task_runner=ThreadPoolTaskRunner[Any](max_workers=N_POLLING),  # type: ignore[arg-type]  # invariant by oversight
    validate_parameters=False,
)
def monitor(now: datetime | None = None, feed_ids: list[str] | None = None) -> RunSummary | State[None]:
    """Poll, read, code, resolve, append and publish, once; a run that finds another under way ends as `Skipped`.

    Settings come from the environment. `now` stands for the present in simulated time; `feed_ids` are polled, due or
    not, and no others.
    """
    in_one_line()
    settings = load_settings()
    try:
        with run_lock(settings.home / "run.lock"):
            check_room(settings)
            check_warehouse(settings)
            return walk(Monitor(settings, now or datetime.now(UTC), feed_ids or ()))
    except RunLockedError as error:
        return Completed(name=SKIPPED, message=str(error))


def walk(stages: Monitor) -> RunSummary:
    """Walk the stages of a run as tasks."""
    begin_alerts(stages.settings, stages.now)
    polls = [poll.submit(stages, _whole(batch)) for batch in stages.due()]
    polled = tuple(one for batch in polls for one in batch.result())
    concluded = conclude(stages, _whole(polled))
    pages = tuple(read(stages, _whole(chunk)) for chunk in chunks_of(concluded.fetches_planned))
    coded = tuple(code(stages, _whole(chunk.articles)) for chunk in pages if chunk.articles)
    summary = append(stages, _whole(concluded), _whole(pages), _whole(coded))
    publish(stages, _whole(summary))
    alert(stages, _whole(summary))
    check_health(stages.settings, summary)
    return summary


def _whole(value: _Kind) -> _Kind:
    """Hand a value to a task as it is: Prefect would search every article in it for results of other tasks."""
    return cast("_Kind", quote(value))
