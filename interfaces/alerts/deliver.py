"""Plan what is to be told, and send what is due. The caller holds the run's lock, so nobody sends beside us.

The warehouse is never held while a receiver is waited for. Each message is noted as attempted, sent, and noted with
what became of it; after a crash between the last two it is sent again under the same key.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from interfaces.alerts import due
from interfaces.alerts.due import Message
from interfaces.alerts.plan import plan
from interfaces.alerts.push import push
from interfaces.alerts.rules import Channel, Rules, address_variable, secret_variable
from interfaces.alerts.text import body, subject
from interfaces.alerts.webhook import Answer, payload, post
from model.alert import Delivery, DeliveryState
from model.settings import Settings
from pipeline.receivers import fault_of_receiver
from warehouse.writer import Writer, open_writer

MIN_SECRET_CHARS = 16  # of a webhook's secret: what can be guessed signs nothing
N_OPEN = 10_000  # deliveries looked at in one pass; the oldest come first
Environment = Mapping[str, str]


@dataclass(slots=True)
class AlertsDone:
    """What a pass did: deliveries by what became of them, and problems in words, without addresses."""

    n_queued: int = 0
    n_passed_over: int = 0
    n_sent: int = 0
    n_failed: int = 0
    n_given_up: int = 0
    n_messages: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """The pass in one line."""
        return (
            f"{self.n_queued} alerts queued, {self.n_sent} sent in {self.n_messages} messages, {self.n_failed} failed, "
            f"{self.n_given_up} given up, {self.n_passed_over} passed over"
        )


def begin_rules(settings: Settings, rules: Rules, now: datetime) -> None:
    """Before a run appends: let new rules begin here, so that they are asked about this run and nothing before it."""
    if rules.is_on:
        with open_writer(settings.warehouse_path) as writer:
            writer.mark_alerts([rule.name for rule in rules.rules], now)


def queue_news(settings: Settings, rules: Rules, now: datetime) -> AlertsDone:
    """Decide what of the newest changes is to be told, and append it to the outbox; nothing is sent.

    Raises:
        WarehouseError: the warehouse cannot be written; nothing was.
    """
    done = AlertsDone()
    if rules.is_on:
        with open_writer(settings.warehouse_path) as writer:
            _queue(writer, rules, now, done)
    return done


def run_alerts(settings: Settings, rules: Rules, now: datetime, environ: Environment) -> AlertsDone:
    """Queue what is news and send what is due. A receiver that is down costs its channel the rest of this pass.

    Raises:
        WarehouseError: the warehouse cannot be written; what was sent and not recorded will be sent again.
    """
    done = AlertsDone()
    if not rules.channels:
        return done
    with open_writer(settings.warehouse_path) as writer:
        if rules.is_on:
            _queue(writer, rules, now, done)
        waiting, last = writer.deliveries(N_OPEN, open_only=True), writer.last_sent_at()
        merged = _merged(writer, waiting)
    _end(settings, [due.dropped(d, why, now) for d, why in merged.values()], done)
    waiting = tuple(d for d in waiting if d.delivery_id not in merged)
    orphans = [delivery for delivery in waiting if delivery.channel not in rules.channels]
    _expire(settings, orphans, "its channel is no more in the rules file", now, done)
    for name, channel in rules.channels.items():
        found = due.messages(name, channel, rules.rules, waiting, last.get(name), now)
        if found:
            _send_channel(settings, name, channel, found, now, environ, done)
    return done


def test_channel(name: str, channel: Channel, environ: Environment, now: datetime) -> Answer:
    """Send a message that says that it is a test; nothing is recorded."""
    fault = fault_of_channel(name, channel, environ)
    if fault:
        return Answer(False, fault)
    url, key = environ[address_variable(name)], f"test-{int(now.timestamp())}"
    if channel.kind == "push":
        return push(url, "Deconflict: a test", f"Channel {name} works. Nothing has happened.\n")
    text = f'{{"schema":"alert/1","delivery_id":"{key}","kind":"test"}}'.encode()
    return post(url, environ[secret_variable(name)], key, text, int(time.time()))


def fault_of_channel(name: str, channel: Channel, environ: Environment) -> str | None:
    """Say what a channel lacks, or null; addresses and secrets are never in the answer."""
    url = environ.get(address_variable(name), "")
    if not url:
        return f"channel {name}: {address_variable(name)} is not set"
    if channel.kind == "push":
        return None
    fault = fault_of_receiver(url)
    if fault:
        return f"channel {name}: {address_variable(name)}: {fault}"
    if len(environ.get(secret_variable(name), "")) < MIN_SECRET_CHARS:
        return f"channel {name}: {secret_variable(name)} must hold at least {MIN_SECRET_CHARS} characters"
    return None


def _send_channel(
    settings: Settings,
    name: str,
    channel: Channel,
    found: tuple[Message, ...],
    now: datetime,
    environ: Environment,
    done: AlertsDone,
) -> None:
    fault = fault_of_channel(name, channel, environ)
    if fault:
        done.problems.append(fault)
        _expire(settings, [d for message in found for d in message.deliveries], fault, now, done)
        return
    for message in found:
        attempted = [due.attempted(delivery, now) for delivery in message.deliveries]
        _record(settings, attempted)
        answer = _sender(settings, channel, environ)(message)
        done.n_messages += answer.is_taken
        if answer.is_taken:
            ended = [due.sent(delivery, now) for delivery in attempted]
        else:
            done.problems.append(f"channel {name}: {answer.reason}")
            ended = [due.failed(d, answer.reason, now, wait=answer.wait, is_final=answer.is_final) for d in attempted]
        _end(settings, ended, done)
        if answer.is_down:
            return


def _sender(settings: Settings, channel: Channel, environ: Environment) -> Callable[[Message], Answer]:
    def to_people(message: Message) -> Answer:
        told = body(message.deliveries, channel.max_in_message, settings.site_url)
        return push(environ[address_variable(message.channel)], subject(message.deliveries), told)

    def to_program(message: Message) -> Answer:
        (delivery,) = message.deliveries
        url, secret = environ[address_variable(message.channel)], environ[secret_variable(message.channel)]
        text = payload(delivery, settings.site_url)
        return post(url, secret, delivery.delivery_id, text, int(time.time()), message.n_waiting)

    return to_people if channel.kind == "push" else to_program


def _queue(writer: Writer, rules: Rules, now: datetime, done: AlertsDone) -> None:
    names = [rule.name for rule in rules.rules]
    writer.mark_alerts(names, now)
    marks = {name: mark for name, mark in writer.alert_marks().items() if name in names}
    news = writer.alert_news(min(marks.values()))
    ids = {i for item in news for i in (item.incident.incident_id, *item.family)}
    planned = plan(news, writer.told_before(ids), rules, marks, now)
    writer.queue_alerts(planned, names, now)
    done.n_queued = sum(d.state is DeliveryState.QUEUED for d in planned)
    done.n_passed_over = len(planned) - done.n_queued


def _merged(writer: Writer, waiting: tuple[Delivery, ...]) -> dict[str, tuple[Delivery, str]]:
    """Find what was queued, never tried, and is one meanwhile with an incident that its channel is told of anyway."""
    untried = [delivery for delivery in waiting if delivery.state is DeliveryState.QUEUED]
    final = writer.resolve_redirects({delivery.incident_id for delivery in untried})
    gone = [d for d in untried if final.get(d.incident_id, d.incident_id) != d.incident_id]
    told = {(t.incident_id, t.channel) for t in writer.told_before(final[d.incident_id] for d in gone) if t.is_told}
    return {
        d.delivery_id: (d, f"merged into {final[d.incident_id]}, which is told")
        for d in gone
        if (final[d.incident_id], d.channel) in told
    }


def _expire(settings: Settings, deliveries: list[Delivery], reason: str, now: datetime, done: AlertsDone) -> None:
    """Give up what has waited too long without an attempt; leave the rest as it is."""
    _end(settings, [d for d in (due.failed(one, reason, now) for one in deliveries) if d.next_try_at is None], done)


def _end(settings: Settings, ended: list[Delivery], done: AlertsDone) -> None:
    if ended:
        _record(settings, ended)
        _count(ended, done)


def _record(settings: Settings, deliveries: list[Delivery]) -> None:
    with open_writer(settings.warehouse_path) as writer:
        writer.record_alerts(deliveries)


def _count(ended: list[Delivery], done: AlertsDone) -> None:
    done.n_sent += sum(d.state is DeliveryState.SENT for d in ended)
    done.n_failed += sum(d.state is DeliveryState.FAILED for d in ended)
    done.n_given_up += sum(d.state is DeliveryState.GIVEN_UP for d in ended)
