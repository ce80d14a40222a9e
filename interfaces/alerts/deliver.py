"""Plan what is to be told, and send what is due. The caller holds the run's lock, so nobody sends beside us.

The warehouse is never held while a receiver is waited for. Each message is noted as attempted, sent, and noted with
what became of it; after a crash between the last two it is sent again under the same key.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from interfaces.alerts import send_schedule
from interfaces.alerts.parts import push_in_parts
from interfaces.alerts.plan import plan
from interfaces.alerts.push import push
from interfaces.alerts.rules import Channel, Rules, address_variable, secret_variable
from interfaces.alerts.send_schedule import Message
from interfaces.alerts.webhook import Answer, payload, post
from model.alert import Delivery, DeliveryState
from model.settings import Settings
from pipeline.receivers import fault_of_receiver
from warehouse.writer import Writer, open_writer

MIN_SECRET_CHARS = 16  # of a webhook's secret: what can be guessed signs nothing
N_OPEN = 10_000  # deliveries looked at in one pass; the oldest come first
Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AlertsDone:
    """What a pass did: deliveries by what became of them, and problems in words, without addresses."""

    n_queued: int = 0
    n_passed_over: int = 0
    n_sent: int = 0
    n_failed: int = 0
    n_given_up: int = 0
    n_messages: int = 0
    problems: tuple[str, ...] = ()

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


def run_alerts(settings: Settings, rules: Rules, now: datetime, environ: Environment) -> AlertsDone:
    """Queue what is news and send what is due. A receiver that is down costs its channel the rest of this pass.

    Args:
        settings: Where the warehouse is, and where the site is published.
        rules: Whom to tell what; without channels nothing is done.
        now: The moment of the run; pauses and quiet hours go by it.
        environ: Where the channels' addresses and secrets are.

    Raises:
        WarehouseError: the warehouse cannot be written; what was sent and not recorded will be sent again.
    """
    if not rules.channels:
        return AlertsDone()
    one = _Pass(settings, rules, now, environ)
    one.walk()
    return one.done()


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


def queue_news(writer: Writer, rules: Rules, now: datetime) -> tuple[Delivery, ...]:
    """Decide what of the changes since the rules' marks is to be told, and append it to the outbox.

    Raises:
        WarehouseError: the warehouse cannot be written; nothing was, and the same is asked next time.
    """
    if not rules.is_on:
        return ()
    names = [rule.name for rule in rules.rules]
    writer.mark_alerts(names, now)
    marks = {name: mark for name, mark in writer.alert_marks().items() if name in names}
    news = writer.alert_news(min(marks.values()))
    ids = {i for item in news for i in (item.incident.incident_id, *item.family)}
    planned = plan(news, writer.channel_records(ids), rules, marks, now)
    writer.queue_alerts(planned, names, now)
    return planned


class _Pass:
    """One pass over what is news and what waits, with the tallies of it."""

    def __init__(self, settings: Settings, rules: Rules, now: datetime, environ: Environment) -> None:
        self._settings, self._rules, self._now, self._environ = settings, rules, now, environ
        self._tally: Counter[DeliveryState] = Counter()
        self._n_messages = 0
        self._problems: list[str] = []

    def walk(self) -> None:
        """Queue, let go of what is not to be sent any more, and send, channel by channel."""
        with open_writer(self._settings.warehouse_path) as writer:
            self._tally.update(delivery.state for delivery in queue_news(writer, self._rules, self._now))
            waiting, last = writer.deliveries(N_OPEN, open_only=True), writer.last_sent_at()
            merged = _merged(writer, waiting)
        self._end([send_schedule.dropped(delivery, why, self._now) for delivery, why in merged.values()])
        waiting = tuple(delivery for delivery in waiting if delivery.delivery_id not in merged)
        orphans = [delivery for delivery in waiting if delivery.channel not in self._rules.channels]
        self._expire(orphans, "its channel is no more in the rules file")
        for name, channel in self._rules.channels.items():
            found = send_schedule.messages(name, channel, self._rules.rules, waiting, last.get(name), self._now)
            if found:
                self._send(name, channel, found)

    def done(self) -> AlertsDone:
        """What the pass did."""
        return AlertsDone(
            n_queued=self._tally[DeliveryState.QUEUED],
            n_passed_over=self._tally[DeliveryState.PASSED_OVER],
            n_sent=self._tally[DeliveryState.SENT],
            n_failed=self._tally[DeliveryState.FAILED],
            n_given_up=self._tally[DeliveryState.GIVEN_UP],
            n_messages=self._n_messages,
            problems=tuple(self._problems),
        )

    def _send(self, name: str, channel: Channel, found: Sequence[Message]) -> None:
        fault = fault_of_channel(name, channel, self._environ)
        if fault:
            self._problems.append(fault)
            self._expire([delivery for message in found for delivery in message.deliveries], fault)
            return
        for message in found:
            attempted = [send_schedule.attempted(delivery, self._now) for delivery in message.deliveries]
            self._record(attempted)
            if channel.kind == "push":
                url, site = self._environ[address_variable(name)], self._settings.site_url
                parts = push_in_parts(url, attempted, channel.max_in_message, site)
            else:
                parts = iter([(attempted, self._to_program(message))])
            if any(self._conclude(name, deliveries, answer) for deliveries, answer in parts):
                return

    def _failed(self, delivery: Delivery, answer: Answer) -> Delivery:
        return send_schedule.failed(delivery, answer.reason, self._now, wait=answer.wait, is_final=answer.is_final)

    def _conclude(self, name: str, deliveries: Sequence[Delivery], answer: Answer) -> bool:
        """Record what became of a message, and say whether its receiver is down."""
        if answer.is_taken:
            self._n_messages += 1
            self._end([send_schedule.sent(delivery, self._now) for delivery in deliveries])
        else:
            self._problems.append(f"channel {name}: {answer.reason}")
            self._end([self._failed(delivery, answer) for delivery in deliveries])
        return answer.is_down

    def _to_program(self, message: Message) -> Answer:
        (delivery,) = message.deliveries
        url = self._environ[address_variable(message.channel)]
        secret = self._environ[secret_variable(message.channel)]
        text = payload(delivery, self._settings.site_url)
        return post(url, secret, delivery.delivery_id, text, int(time.time()), message.n_waiting)

    def _expire(self, deliveries: Iterable[Delivery], reason: str) -> None:
        """Give up what has waited too long without an attempt; leave the rest as it is."""
        judged = [send_schedule.failed(delivery, reason, self._now) for delivery in deliveries]
        self._end([delivery for delivery in judged if delivery.state is DeliveryState.GIVEN_UP])

    def _end(self, ended: Sequence[Delivery]) -> None:
        if ended:
            self._record(ended)
            self._tally.update(delivery.state for delivery in ended)

    def _record(self, deliveries: Sequence[Delivery]) -> None:
        with open_writer(self._settings.warehouse_path) as writer:
            writer.record_alerts(deliveries)


def _merged(writer: Writer, waiting: Sequence[Delivery]) -> dict[str, tuple[Delivery, str]]:
    """Find what was queued, never tried, and is one meanwhile with an incident that its channel is told of anyway."""
    untried = [delivery for delivery in waiting if delivery.state is DeliveryState.QUEUED]
    final = writer.resolve_redirects({delivery.incident_id for delivery in untried})
    gone = [d for d in untried if final.get(d.incident_id, d.incident_id) != d.incident_id]
    sent_to = {
        (t.incident_id, t.channel) for t in writer.channel_records(final[d.incident_id] for d in gone) if t.was_sent
    }
    return {
        d.delivery_id: (d, f"merged into {final[d.incident_id]}, which is told")
        for d in gone
        if (final[d.incident_id], d.channel) in sent_to
    }
