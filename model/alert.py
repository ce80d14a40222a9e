"""Alerts: what is to be told to a channel, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """Where a delivery stands; the first event of each is `queued` or `passed_over`."""

    QUEUED = "queued"
    PASSED_OVER = "passed_over"  # a rule matched, and it is not told, for a reason that stands beside it
    ATTEMPTED = "attempted"  # under way; where nothing follows, the sender broke off and it is tried again
    SENT = "sent"
    FAILED = "failed"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One revision of an incident for one channel, as it stands in the outbox.

    `delivery_id` is the key by which a receiver tells a repetition. `facts` is JSON of the incident as it is told,
    `rules` are the names of the rules that ask for it. `next_try_at` is null where it is not to be tried.
    """

    delivery_id: str
    incident_id: str
    revision: int
    channel: str
    state: DeliveryState
    attempts: int
    next_try_at: datetime | None
    queued_at: datetime
    updated_at: datetime
    reason: str
    rules: tuple[str, ...]
    facts: str
