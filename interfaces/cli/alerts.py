"""`deconflict alerts`: the outbox, a test message, and sending what waits."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Literal

from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.inputs import parse_now
from interfaces.cli.output import TABLE, Out, Records, fields_of, print_records
from interfaces.cli.render import jsonable, print_json, print_lines, say
from model.alert import Delivery
from model.errors import ConfigError, WarehouseError
from model.settings import Settings, load_settings
from warehouse.writer import open_writer

TESTED = ("channel", "taken", "answer")
COLUMNS = ("delivery", "incident", "rev", "channel", "state", "attempts", "next try", "updated", "reason")


def alerts(
    action: Literal["list", "test", "send"] = "list",
    channel: str | None = None,
    *,
    limit: int = 20,
    now: str | None = None,
    out: Out = TABLE,
) -> int:
    """List what was and is to be told, send a test message, or send what waits.

    Args:
        action: list; test [CHANNEL]: tell one channel, or all, that this is a test; send: what a run does at its end.
        channel: A channel of the rules file, for `test`.
        limit: List at most this many deliveries, the newest first.
        now: The moment to take as now.
        out: The form to print; the envelope is alerts/1, alert_test/1 or alerts_sent/1, and this one has no other form.
    """
    settings = load_settings()
    if action == "list":
        return _list(settings, limit, out)
    if action == "test":
        return _test(settings, channel, parse_now(now), out)
    return _send(settings, parse_now(now), out.whole("alerts send"))


def _list(settings: Settings, limit: int, out: Out) -> int:
    _see_warehouse(settings)
    with open_writer(settings.warehouse_path) as writer:
        found = writer.deliveries(limit)
    cells = [
        (
            d.delivery_id,
            d.incident_id,
            d.revision,
            d.channel,
            d.state,
            d.attempts,
            d.next_try_at,
            d.updated_at,
            d.reason,
        )
        for d in found
    ]
    print_records(out, Records("alerts/1", "deliveries", found, COLUMNS, cells, fields_of(Delivery)))
    return ExitCode.OK


def _test(settings: Settings, channel: str | None, now: datetime, out: Out) -> int:
    from interfaces.alerts.deliver import test_channel
    from interfaces.alerts.rules import load_rules
    from interfaces.alerts.webhook import Answer

    channels = load_rules(settings.alerts).channels
    if not channels or (channel is not None and channel not in channels):
        what = f"no channel {channel}" if channel else "no channel"
        raise ConfigError(f"there is {what} in {settings.alerts}", next_step="see docs/how-to/alerts.md")
    names = [channel] if channel else list(channels)
    answers = {name: test_channel(name, channels[name], os.environ, now) for name in names}
    if out.chosen == "json":
        print_json("alert_test/1", channels=answers)
    else:
        records = [{"channel": name, **jsonable(answer)} for name, answer in answers.items()]
        cells = [(name, "yes" if answer.is_taken else "no", answer.reason) for name, answer in answers.items()]
        fields = ("channel", *fields_of(Answer))
        print_records(out, Records("alert_test/1", "channels", records, TESTED, cells, fields))
    return ExitCode.OK if all(answer.is_taken for answer in answers.values()) else ExitCode.FAILED


def _send(settings: Settings, now: datetime, as_json: bool) -> int:
    from interfaces.alerts.deliver import run_alerts
    from interfaces.alerts.rules import load_rules
    from pipeline.lock import run_lock

    _see_warehouse(settings)
    rules = load_rules(settings.alerts)
    with run_lock(settings.home / "run.lock"):
        done = run_alerts(settings, rules, now, os.environ)
    if as_json:
        print_json("alerts_sent/1", alerts=done)
    else:
        print_lines(done.line)
    for problem in done.problems:
        say(problem)
    return ExitCode.PARTIAL if done.problems else ExitCode.OK


def _see_warehouse(settings: Settings) -> None:
    if not settings.warehouse_path.exists():
        raise WarehouseError(f"there is no warehouse {settings.warehouse_path}", next_step="deconflict run")
