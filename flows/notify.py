"""What a run tells at its end: alerts to people and programs, and Prefect's events to hang automations on.

Nothing here fails a run: what came in is appended and published by then; what could not be sent waits in the outbox.
"""

from __future__ import annotations

import os
from datetime import datetime

from prefect.events import emit_event
from prefect.logging import get_run_logger

from interfaces.alerts.deliver import AlertsDone, begin_rules, run_alerts
from interfaces.alerts.health import dying_feeds
from interfaces.alerts.rules import load_rules
from interfaces.fact_line import fact_line
from interfaces.plaintext import one_line
from model.errors import DeconflictError
from model.settings import Settings
from pipeline.monitor import RunSummary
from warehouse import open_snapshot

MAX_NAME_CHARS = 150


def begin_alerts(settings: Settings, now: datetime) -> None:
    """Let new rules begin with this run."""
    try:
        begin_rules(settings, load_rules(settings.alerts), now)
    except DeconflictError as error:
        get_run_logger().error("alerts.not_begun: %s", error)


def send_alerts(settings: Settings, now: datetime) -> AlertsDone | None:
    """Tell who wants to be told; null where that could not even begin."""
    try:
        done = run_alerts(settings, load_rules(settings.alerts), now, os.environ)
    except DeconflictError as error:
        get_run_logger().error("alerts.failed: %s", error)
        return None
    for problem in done.problems:
        get_run_logger().warning("alerts.problem: %s", problem)
    return done


def emit_events(settings: Settings, summary: RunSummary) -> None:
    """Emit `incident.detected` for each incident that the run opened, and `feed.dying` for feeds that fail for long."""
    with open_snapshot(settings.snapshot_path) as reader:
        opened = reader.incidents(summary.opened) if summary.opened else ()
        dying = dying_feeds(reader.feed_health(), summary.now)
    for row in opened:
        name = one_line(fact_line(row), MAX_NAME_CHARS)
        resource = {"prefect.resource.id": f"deconflict.incident.{row.incident_id}", "prefect.resource.name": name}
        facts = {"event_type": row.event_type, "country_code": row.country_code, "killed_best": row.killed_best}
        emit_event("incident.detected", resource=resource, payload=facts | {"run_id": summary.run_id})
    for feed in dying:
        resource = {"prefect.resource.id": f"deconflict.feed.{feed.feed_id}", "prefect.resource.name": feed.feed_id}
        since = feed.last_success_at.isoformat() if feed.last_success_at else None
        fault = {"last_success_at": since, "last_outcome": feed.last_outcome, "n_failures": feed.n_failures}
        emit_event("feed.dying", resource=resource, payload=fault)
