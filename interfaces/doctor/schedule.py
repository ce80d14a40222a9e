"""Checks of the scheduler: Prefect's server, its work pool, the deployment, and the port that they need."""

from __future__ import annotations

from interfaces.doctor.facts import Facts
from interfaces.doctor.finding import Finding, note, well, wrong

NOT_UP = "deconflict up is not running"


def scheduled(facts: Facts) -> Finding:
    """Somebody starts the runs."""
    if not facts.scheduler.is_up:
        mend = "deconflict up runs them on schedule; a timer or cron with deconflict run does, too"
        return note("scheduler", NOT_UP, mend)
    return well("scheduler", "deconflict up is running")


def server(facts: Facts) -> Finding:
    """Prefect's server answers."""
    scheduler = facts.scheduler
    if not scheduler.is_up:
        return well("server", NOT_UP)
    if scheduler.error is not None:
        found = f"{scheduler.address or 'no address yet'}: {scheduler.error}"
        return wrong("server", found, "end deconflict up and start it again; its log is HOME/prefect/logs/server.log")
    return well("server", scheduler.address or "")


def work_pool(facts: Facts) -> Finding:
    """A worker takes up the runs that are due."""
    scheduler = facts.scheduler
    if not scheduler.is_up or scheduler.error is not None:
        return well("work pool", NOT_UP if not scheduler.is_up else "not known")
    if scheduler.pool_status is None:
        return wrong("work pool", "there is none", "end deconflict up and start it again: it makes the pool")
    if scheduler.pool_status == "PAUSED":
        return wrong("work pool", "paused", "resume it on Prefect's page, Work Pools")
    if scheduler.pool_status != "READY":
        return wrong("work pool", scheduler.pool_status.lower(), "its worker is gone: start deconflict up again")
    return well("work pool", "ready")


def deployment(facts: Facts) -> Finding:
    """The schedule of the monitor flow is on."""
    scheduler = facts.scheduler
    if not scheduler.is_up or scheduler.error is not None:
        return well("deployment", NOT_UP if not scheduler.is_up else "not known")
    if scheduler.is_paused is None:
        return wrong(
            "deployment", "monitor is not deployed", "end deconflict up, start it again: it deploys prefect.yaml"
        )
    if scheduler.is_paused:
        return wrong("deployment", "monitor is paused", "resume it on Prefect's page, Deployments: nothing is polled")
    return well("deployment", "monitor is on schedule")


def late_runs(facts: Facts) -> Finding:
    """Runs begin when they should."""
    if facts.scheduler.n_late:
        mend = "no worker takes them: start deconflict up again, which makes up for missed runs by one"
        return wrong("late runs", f"{facts.scheduler.n_late} runs are late", mend)
    return well("late runs", "none" if facts.scheduler.is_up else NOT_UP)


def port(facts: Facts) -> Finding:
    """The port of Prefect's server is free for deconflict up."""
    taken = facts.scheduler.taken_port
    if taken is not None:
        mend = f"end what listens at {taken}, or deconflict up --port N"
        return note("port", f"{taken} is taken by another program", mend)
    return well("port", "free, or ours")
