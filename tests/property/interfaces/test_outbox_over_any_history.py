"""Over any history of revisions, outages and crashes: each queued revision arrives, once where nothing fails."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from alert_news import NOW, incident, news
from hypothesis import event, given
from hypothesis import strategies as st

from interfaces.alerts import send_schedule
from interfaces.alerts.plan import plan
from interfaces.alerts.rules import Channel, Rule, Rules
from model.alert import Delivery, DeliveryState
from warehouse.outbox import ChannelRecord, News

RULES = Rules(
    (Rule(name="calm", channels=("desk", "system")), Rule(name="dire", channels=("desk",), killed_high_at_least=200)),
    {"desk": Channel(kind="push", digest_every_minutes=30, max_messages=2), "system": Channel(kind="webhook")},
)
OPEN = {DeliveryState.QUEUED, DeliveryState.ATTEMPTED, DeliveryState.FAILED}
TAKEN, REFUSED, KILLED = "taken", "refused", "killed"  # what becomes of a message; killed: taken, and not recorded

steps = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(["inc_a", "inc_b", "inc_c"]), st.integers(0, 400), max_size=2),
        st.sampled_from(["monitor", "monitor", "reprocess", "decide"]),
        st.integers(1, 90),
        st.lists(st.sampled_from([TAKEN, TAKEN, REFUSED, KILLED]), max_size=4),
    ),
    max_size=8,
)


class Box:
    """The outbox in memory, and what the receivers got."""

    def __init__(self) -> None:
        self.deliveries: dict[str, Delivery] = {}
        self.first: list[ChannelRecord] = []
        self.got: Counter[str] = Counter()
        self.n_lost = 0

    def decide(self, found: list[News], change_id: int, now: datetime) -> None:
        planned = plan(found, self.first, RULES, {"calm": change_id - 1, "dire": change_id - 1}, now)
        for one in planned:
            assert one.delivery_id not in self.deliveries, "a revision twice for one channel"
            self.deliveries[one.delivery_id] = one
            is_told = one.state is DeliveryState.QUEUED
            self.first.append(ChannelRecord(one.incident_id, one.channel, one.revision, is_told, one.facts, one.rules))
        again = plan(found, self.first, RULES, {"calm": change_id - 1, "dire": change_id - 1}, now)
        assert again == (), "the same news twice"

    def send(self, now: datetime, fates: list[str]) -> None:
        fate = iter(fates)
        for name, channel in RULES.channels.items():
            waiting = [one for one in self.deliveries.values() if one.state in OPEN]
            for message in send_schedule.messages(name, channel, RULES.rules, waiting, None, now):
                tried = [send_schedule.attempted(self.deliveries[one.delivery_id], now) for one in message.deliveries]
                self.deliveries |= {one.delivery_id: one for one in tried}
                what = next(fate, TAKEN)
                self.n_lost += what != TAKEN
                if what != REFUSED:
                    self.got.update(one.delivery_id for one in tried)
                if what == KILLED:
                    return
                ended = [
                    send_schedule.sent(o, now) if what == TAKEN else send_schedule.failed(o, "down", now) for o in tried
                ]
                self.deliveries |= {one.delivery_id: one for one in ended}


@given(steps)
def test_each_queued_revision_arrives_and_once_where_nothing_fails(history) -> None:
    box, now, revisions = Box(), NOW, Counter[str]()
    for change_id, (touched, kind, minutes, fates) in enumerate(history, start=1):
        found = []
        for incident_id, killed in touched.items():
            revisions[incident_id] += 1
            row = replace(incident(incident_id), killed_low=killed, killed_best=killed, killed_high=killed)
            found.append(
                news(row, revisions[incident_id], last_change_id=change_id, run_kinds=frozenset({kind}),
                     newest_published_at=now)
            )  # fmt: skip
        box.decide(found, change_id, now)
        box.send(now, fates)
        now += timedelta(minutes=minutes)
    for _ in range(60):  # the receivers are up again
        now += timedelta(hours=1)
        box.send(now, [])
    queued = {one.delivery_id for one in box.deliveries.values() if one.state is not DeliveryState.PASSED_OVER}
    assert set(box.got) == queued
    assert all(box.deliveries[key].state is DeliveryState.SENT for key in queued)
    event(f"faults: {min(box.n_lost, 3)}")
    if not box.n_lost:
        assert set(box.got.values()) <= {1}
