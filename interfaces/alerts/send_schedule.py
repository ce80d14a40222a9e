"""What to send now: messages out of open deliveries, quiet hours, digests, the cap on messages, and when to try again.

Pure. A webhook gets each delivery by itself. People get what is immediate by itself, and the rest as one digest, no
sooner than the channel's interval after the last message; what is above the cap joins the digest, of which at most
`max_in_message` incidents are told and the others counted ("+37 more").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from interfaces.alerts.rules import Channel, Rule
from model.alert import Delivery, DeliveryState

FIRST_WAIT = timedelta(minutes=1)  # a receiver that restarts is back by then
LONGEST_WAIT = timedelta(hours=6)  # a receiver that was down for a day hears of it within this
GIVEN_UP_AFTER = timedelta(days=3)  # a weekend; what happened before is in the feeds and on the site
MAX_ATTEMPTS = 30  # more than three days of doubling waits hold; bounds a clock that was set back


@dataclass(frozen=True, slots=True)
class Message:
    """Deliveries that are sent together; `n_waiting` are due as well and wait for the next run."""

    channel: str
    deliveries: tuple[Delivery, ...]
    n_waiting: int = 0


def messages(
    name: str,
    channel: Channel,
    rules: Sequence[Rule],
    open_deliveries: Sequence[Delivery],
    last_sent_at: datetime | None,
    now: datetime,
) -> tuple[Message, ...]:
    """Put together what a channel is to be sent now, the oldest first."""
    by_name = {rule.name: rule for rule in rules}
    due = [d for d in open_deliveries if d.channel == name and (d.next_try_at is None or d.next_try_at <= now)]
    if is_quiet(channel, now):
        due = [d for d in due if any(by_name[r].wakes for r in d.rules if r in by_name)]
    if channel.kind == "webhook":
        taken, n_waiting = due[: channel.max_messages], max(0, len(due) - channel.max_messages)
        return tuple(Message(name, (d,), n_waiting) for d in taken)
    hasty = [d for d in due if any(by_name[r].immediate for r in d.rules if r in by_name)]
    alone = hasty if len(hasty) < channel.max_messages else hasty[: channel.max_messages - 1]
    rest = [d for d in due if d not in alone]
    interval = timedelta(minutes=channel.digest_every_minutes)
    since = [d.queued_at for d in rest] + ([last_sent_at] if last_sent_at else [])
    # What is immediate must not put the digest off for ever: none of it waits longer than the interval.
    is_time = last_sent_at is None or len(alone) < len(hasty) or now - min(since) >= interval
    single = tuple(Message(name, (d,)) for d in alone)
    return (*single, Message(name, tuple(rest))) if rest and is_time else single


def is_quiet(channel: Channel, now: datetime) -> bool:
    """Say whether a channel's quiet hours, read in its zone, hold `now`; they may go over midnight."""
    hours = channel.quiet_hours
    if hours is None:
        return False
    begin, end = hours
    local = now.astimezone(ZoneInfo(channel.timezone)).time()
    return begin <= local < end if begin <= end else local >= begin or local < end


def attempted(delivery: Delivery, now: datetime) -> Delivery:
    """Note an attempt before it is made; it may be made again at once if nothing more is heard of it."""
    return replace(
        delivery,
        state=DeliveryState.ATTEMPTED,
        attempts=delivery.attempts + 1,
        next_try_at=now,
        updated_at=now,
        reason="under way",
    )


def sent(delivery: Delivery, now: datetime) -> Delivery:
    """Note that the receiver took it."""
    return replace(delivery, state=DeliveryState.SENT, next_try_at=None, updated_at=now, reason="taken")


def dropped(delivery: Delivery, reason: str, now: datetime) -> Delivery:
    """Give a delivery up without an attempt."""
    return replace(delivery, state=DeliveryState.GIVEN_UP, next_try_at=None, updated_at=now, reason=reason)


def failed(
    delivery: Delivery, reason: str, now: datetime, *, wait: timedelta | None = None, is_final: bool = False
) -> Delivery:
    """Plan the next attempt, or give up: after three days, or where the receiver is gone for good.

    Args:
        delivery: As it was attempted.
        reason: What the attempt met.
        now: The moment.
        wait: How long the receiver asked us to wait, if it did.
        is_final: Whether the receiver will never take it.
    """
    if is_final or delivery.attempts >= MAX_ATTEMPTS or now - delivery.queued_at >= GIVEN_UP_AFTER:
        return dropped(delivery, reason, now)
    pause = min(FIRST_WAIT * 2 ** max(0, min(delivery.attempts - 1, 16)), LONGEST_WAIT)
    pause = max(pause, min(wait, LONGEST_WAIT)) if wait else pause
    return replace(delivery, state=DeliveryState.FAILED, next_try_at=now + pause, updated_at=now, reason=reason)
