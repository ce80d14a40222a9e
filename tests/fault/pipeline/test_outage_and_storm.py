"""A day without any answer, then a storm of 404, 410 and 429, over real runs: nobody is dropped, nothing is missed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from acquisition.schedule import feed_status
from model.feed import FeedState, FeedStatus, Outcome
from model.settings import Settings
from newsroom.faults import Faults, answer, reset_at_once, running_faults
from pipeline.monitor import Concluded, Monitor
from warehouse import open_writer

START = datetime(2018, 2, 7, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
N_FEEDS = 9
STORM = (404, 410, 429)


@pytest.fixture
def faults() -> Iterator[Faults]:
    with running_faults() as server:
        yield server


class Desk:
    """Some feeds on two hosts, and the runs that ask them."""

    def __init__(self, faults: Faults, folder: Path) -> None:
        self.faults = faults
        hosts = (faults.host, f"localhost:{faults.port}")  # when only one host is silent, that host is at fault
        self.ids = [f"feed{number}" for number in range(N_FEEDS)]
        tables = [
            f'[feeds.{name}]\nurl = "http://{hosts[number % 2]}/{name}"\noutlet = "{name}"\n'
            for number, name in enumerate(self.ids)
        ]
        path = folder / "feeds.toml"
        path.write_text("\n".join(tables), "utf-8")
        self.settings = Settings(
            home=folder / "home", feeds=path, allow_hosts=hosts, http_timeout_s=5.0, n_workers=1, host_delay_s=0.0
        )

    def tell(self, n_entries: int) -> None:
        """Let every feed answer with the newest five of so many entries."""
        for name in self.ids:
            items = "".join(
                f"<item><guid>{name}-{n}</guid><title>Entry {n}</title></item>"
                for n in range(max(0, n_entries - 5), n_entries)
            )
            self.faults.special.pop(f"/{name}", None)
            self.faults.plain[f"/{name}"] = answer(body=f"<rss><channel>{items}</channel></rss>".encode())

    def fail(self, hours: int) -> None:
        for number, name in enumerate(self.ids):
            self.faults.plain[f"/{name}"] = answer(STORM[(number + hours) % len(STORM)], b"")

    def run(self, now: datetime) -> Concluded:
        """Poll what is due and append the log and the entries; reading the pages is not at issue."""
        stages = Monitor(self.settings, now)
        concluded = stages.conclude([one for batch in stages.due() for one in stages.poll(batch)])
        stages.append(concluded, (), ())
        return concluded

    def states(self) -> dict[str, FeedState]:
        with open_writer(self.settings.warehouse_path) as writer:
            return writer.feed_states(self.ids)


def test_a_day_of_outage_and_a_storm_drop_no_feed_and_miss_no_entry(faults: Faults, tmp_path: Path) -> None:
    desk = Desk(faults, tmp_path)
    desk.tell(3)
    assert {fetch.outcome for fetch in desk.run(START).fetches} == {Outcome.OK}

    for name in desk.ids:
        faults.special[f"/{name}"] = reset_at_once
    for hours in (2, 13, 25):
        assert len(desk.run(START + hours * HOUR).fetches) == N_FEEDS
    assert {state.n_failures for state in desk.states().values()} == {0.0}  # the fault was ours

    desk.tell(5)  # what came meanwhile is still in the feeds, but now their servers are ill
    for hours in range(26, 50, 4):
        desk.fail(hours)
        desk.run(START + hours * HOUR)
    ill = desk.states()
    now = START + 50 * HOUR
    assert all(state.n_failures > 0 for state in ill.values())
    assert all(
        timedelta(0) < (state.next_poll_at or now) - now + 4 * HOUR <= timedelta(days=1) for state in ill.values()
    )

    desk.tell(5)
    returned = 0
    for hours in range(50, 78, 4):  # one cycle: no wait is longer than a day and its jitter
        returned += len(desk.run(START + hours * HOUR).fetches)
    assert returned >= N_FEEDS
    moment = START + 76 * HOUR
    assert {feed_status(state, moment) for state in desk.states().values()} == {FeedStatus.OK}
    assert {name: state.known_guids for name, state in desk.states().items()} == {
        name: frozenset(f"{name}-{n}" for n in range(5)) for name in desk.ids
    }
