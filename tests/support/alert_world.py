"""Rules, runs and settings for the tests of alerts."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from warehouse_world import WHY, at, make_run

from interfaces.alerts.deliver import AlertsDone, begin_rules, queue_news, run_alerts
from interfaces.alerts.rules import load_rules
from model.alert import Delivery
from model.incident import Change, ChangeKind, IncidentStatus, IncidentVersion, Merge, Resolution
from model.run import RunBatch
from model.settings import Settings
from warehouse import open_writer

SECRET = "a secret of the tests"  # noqa: S105 - of the tests
CHANNELS = """
[channel.desk]
kind = "push"
digest_every_minutes = 0
[channel.system]
kind = "webhook"
"""
ALL = CHANNELS + '[[rule]]\nname = "all"\nchannels = ["desk", "system"]\n'
HOOK = '[channel.system]\nkind = "webhook"\n[[rule]]\nname = "all"\nchannels = ["system"]\n'


def settings_of(home: Path, rules: str = ALL, site_url: str = "https://news.example") -> Settings:
    (home / "alerts.toml").write_text(rules, "utf-8")
    return Settings(home=home, alerts=home / "alerts.toml", site_url=site_url)


def environment(mail: str = "", hook: str = "") -> dict[str, str]:
    return {
        **os.environ,
        "DECONFLICT_ALERT_DESK": mail,
        "DECONFLICT_ALERT_SYSTEM": hook,
        "DECONFLICT_ALERT_SYSTEM_SECRET": SECRET,
    }


def append(settings: Settings, *batches: RunBatch) -> None:
    """Append runs as the flow does: new rules begin before the run appends."""
    for batch in batches:
        begin_rules(settings, load_rules(settings.alerts), batch.run.now)
        with open_writer(settings.warehouse_path) as writer:
            writer.append(batch)


def tell(settings: Settings, now: datetime, environ: dict[str, str]) -> AlertsDone:
    return run_alerts(settings, load_rules(settings.alerts), now, environ)


def queue(settings: Settings, now: datetime) -> tuple[Delivery, ...]:
    with open_writer(settings.warehouse_path) as writer:
        return queue_news(writer, load_rules(settings.alerts), now)


def revising_batch(
    number: int, before: IncidentVersion, *, kind: str = "monitor", **facts: object
) -> tuple[RunBatch, IncidentVersion]:
    """A run that changes public facts of an incident, and the version that it leaves."""
    run = make_run(number, kind=kind)
    after = replace(before, at=run.now, **facts)
    change = Change(after.incident_id, ChangeKind.REVISED, run.now, '{"was": {}, "is": {}}')
    return RunBatch(run=run, incidents=(after,), changes=(change,)), after


def joining_batch(number: int, kept: IncidentVersion, gone: IncidentVersion) -> RunBatch:
    """A run that finds two incidents to be one, told on both ids."""
    run = make_run(number)
    after = replace(kept, at=run.now, n_articles=2, status=IncidentStatus.DEVELOPING)
    words = {gone.incident_id: f'{{"merged_into": "{kept.incident_id}"}}', kept.incident_id: '{"took_over": 1}'}
    return RunBatch(
        run=run,
        resolution=Resolution((), (Merge(kept.incident_id, gone.incident_id, WHY),), (), (), (), {}, 0),
        incidents=(after,),
        changes=tuple(Change(i, ChangeKind.MERGED, run.now, detail) for i, detail in words.items()),
    )


__all__ = ["ALL", "CHANNELS", "HOOK", "SECRET", "append", "at", "environment", "joining_batch", "queue",
           "revising_batch", "settings_of", "tell"]  # fmt: skip
