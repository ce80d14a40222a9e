"""All checks, in the order in which they are told: what others rest on comes first."""

from __future__ import annotations

from collections.abc import Callable

from interfaces.doctor import data, machine, schedule
from interfaces.doctor.facts import Facts
from interfaces.doctor.finding import Finding

Check = Callable[[Facts], Finding]
CHECKS: tuple[Check, ...] = (
    machine.python,
    machine.packages,
    machine.lock,
    machine.memory,
    machine.home,
    machine.disk,
    machine.clock,
    machine.time_zones,
    machine.encoding,
    machine.tls,
    machine.browser,
    machine.contact,
    machine.environment,
    machine.privacy,
    data.feeds,
    data.place_tables,
    data.run_lock,
    data.warehouse,
    data.schema,
    data.snapshot,
    data.published,
    data.freshness,
    data.next_polls,
    data.failing_feeds,
    data.silent_feeds,
    data.issues,
    data.inbox,
    data.alerts,
    data.archive,
    data.size,
    schedule.scheduled,
    schedule.server,
    schedule.work_pool,
    schedule.deployment,
    schedule.late_runs,
    schedule.port,
)


def examine(facts: Facts) -> tuple[Finding, ...]:
    """Make every check."""
    return tuple(check(facts) for check in CHECKS)
