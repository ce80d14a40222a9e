"""Polls of one feed one after the other: validators to the letter, same bodies, lies, moves, a day's full fetch."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from acquisition.feeds import FeedAnswer, fetch_feeds
from acquisition.poll_outcome import conclude_poll, is_offline, next_state
from acquisition.redirects import adopted_address
from acquisition.schedule import feed_status
from extractors.feed import parse_feed
from model.feed import Feed, FeedState, FeedStatus, Fetch, Outcome
from model.settings import Settings
from newsroom.faults import RSS, Faults, answer, running_faults

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def faults() -> Iterator[Faults]:
    with running_faults() as server:
        yield server


class Poller:
    """One feed and its state, folded from poll to poll as the warehouse would fold it."""

    def __init__(self, faults: Faults, path: str, home: Path) -> None:
        self.feed = Feed("x", faults.url(path), "X")
        self.state = FeedState("x")
        self.settings = Settings(home=home, allow_hosts=(faults.host,), http_timeout_s=5.0)

    def poll(self, now: datetime) -> Fetch:
        (got,) = fetch_feeds([self.feed], {"x": self.state}, self.settings, now)
        parsed = parse_feed(got.body, got.content_type, self.feed) if got.body is not None else None
        guids = [entry.guid for entry in parsed.whole_entries] if parsed else []
        n_new = len(set(guids) - self.state.known_guids) if parsed else None
        fetch = conclude_poll(got, self.state, parsed, n_new, now)
        self.state = next_state(self.state, fetch, guids)
        return fetch


def test_validators_go_back_to_the_letter(faults: Faults, tmp_path: Path) -> None:
    poller = Poller(faults, "/honest-304", tmp_path)
    assert poller.poll(NOW).outcome is Outcome.OK
    for number in range(1, 4):
        fetch = poller.poll(NOW + number * MINUTE)
        assert (fetch.outcome, fetch.http_status) == (Outcome.NOT_MODIFIED, 304)
        assert fetch.body_sha256 is None


def test_the_first_poll_and_one_a_day_are_unconditional(faults: Faults, tmp_path: Path) -> None:
    poller = Poller(faults, "/honest-304", tmp_path)
    outcomes = [poller.poll(NOW + timedelta(hours=hours)).outcome for hours in (0, 12, 23, 24, 25, 47, 48)]
    same, full = Outcome.NOT_MODIFIED, Outcome.SAME_BODY
    assert outcomes == [Outcome.OK, same, same, full, same, same, full]


def test_a_304_that_lies_is_found_out_within_a_day_and_told(faults: Faults, tmp_path: Path) -> None:
    poller = Poller(faults, "/lying-304", tmp_path)
    assert poller.poll(NOW).n_new_entries == 2

    async def changed(request, writer) -> None:  # the same lie over a changed feed
        is_conditional = "if-none-match" in request.headers
        body = RSS.replace(b"g2", b"g3").replace(b"Two", b"Three")
        writer.write(answer(304, b"") if is_conditional else answer(body=body, headers={"ETag": '"same"'}))
        await writer.drain()

    faults.special["/lying-304"] = changed
    assert poller.poll(NOW + 60 * MINUTE).outcome is Outcome.NOT_MODIFIED
    fetch = poller.poll(NOW + timedelta(hours=24))
    assert fetch.outcome is Outcome.OK
    assert fetch.n_new_entries == 1
    assert "cannot be trusted" in str(fetch.error)


def test_etags_that_change_with_every_answer_do_not_make_news(faults: Faults, tmp_path: Path) -> None:
    poller = Poller(faults, "/good", tmp_path)
    assert poller.poll(NOW).outcome is Outcome.OK
    faults.plain["/good"] = answer(headers={"ETag": '"v2"'})
    fetch = poller.poll(NOW + MINUTE)
    assert fetch.outcome is Outcome.SAME_BODY
    assert fetch.validators.etag == '"v2"'
    assert fetch.n_new_entries is None


def test_a_page_in_place_of_the_feed_does_not_count_as_known(faults: Faults, tmp_path: Path) -> None:
    poller = Poller(faults, "/good", tmp_path)
    good = faults.plain["/good"]
    poller.poll(NOW)
    faults.plain["/good"] = answer(body=b"<!doctype html><html>Maintenance</html>", headers={"ETag": '"m"'})
    for number in (1, 2):
        fetch = poller.poll(NOW + number * MINUTE)
        assert fetch.outcome is Outcome.NOT_A_FEED
        assert fetch.validators.etag == '"v1"'
    faults.plain["/good"] = good
    assert poller.poll(NOW + 3 * MINUTE).outcome is Outcome.SAME_BODY
    assert poller.state.n_failures == 0


def test_a_permanent_move_is_adopted_after_a_week_without_a_break(faults: Faults, tmp_path: Path) -> None:
    poller = Poller(faults, "/moved", tmp_path)
    for day in range(8):
        assert poller.poll(NOW + timedelta(days=day)).outcome in (Outcome.OK, Outcome.SAME_BODY, Outcome.NOT_MODIFIED)
    n_asked = len(faults.asked("/moved"))
    assert poller.poll(NOW + timedelta(days=9)).url == faults.url("/good")
    assert len(faults.asked("/moved")) == n_asked
    assert poller.poll(NOW + timedelta(days=10)).url == faults.url("/good")


def test_a_move_that_ends_within_the_week_is_forgotten(faults: Faults, tmp_path: Path) -> None:
    poller = Poller(faults, "/moved", tmp_path)
    poller.poll(NOW)
    assert poller.state.moved_to == faults.url("/good")
    faults.plain["/moved"] = answer()
    poller.poll(NOW + timedelta(days=2))
    assert poller.state.moved_to is None


def test_http_to_https_is_adopted_at_once_and_another_feeds_address_never() -> None:
    feed = Feed("x", "http://e.org/feed", "X")
    state = FeedState("x", moved_to="https://e.org/feed", moved_since=NOW)
    assert adopted_address(feed, state, NOW) == "https://e.org/feed"
    assert adopted_address(feed, state, NOW, taken=["https://e.org/feed"]) == feed.url
    elsewhere = replace(state, moved_to="https://other.org/feed")
    assert adopted_address(feed, elsewhere, NOW + timedelta(days=6)) == feed.url
    assert adopted_address(feed, elsewhere, NOW + timedelta(days=7)) == "https://other.org/feed"
    assert adopted_address(feed, replace(elsewhere, n_failures=5), NOW + timedelta(days=7)) == feed.url


def _answers(faults: Faults, home: Path, paths: list[str]) -> list[FeedAnswer]:
    settings = Settings(home=home, allow_hosts=(faults.host,), http_timeout_s=1.0)
    feeds = [Feed(f"f{number}", url, "X") for number, url in enumerate(paths)]
    return list(fetch_feeds(feeds, {}, settings, NOW))


def test_offline_is_when_nobody_at_all_answers(faults: Faults, tmp_path: Path) -> None:
    dead = ["http://one.invalid/", "http://two.invalid/", "https://three.invalid/feed"]
    assert is_offline(_answers(faults, tmp_path, dead))
    assert not is_offline(_answers(faults, tmp_path, [*dead, faults.url("/500")]))
    assert not is_offline(_answers(faults, tmp_path, dead[:1]))
    assert not is_offline([])


def test_a_day_of_outage_and_a_storm_lose_no_feed_and_no_entry(faults: Faults, tmp_path: Path) -> None:
    poller = Poller(faults, "/good", tmp_path)
    good = faults.plain["/good"]
    poller.poll(NOW)
    now = NOW
    for status in [500] * 5 + [404, 410, 429] * 4:
        faults.plain["/good"] = answer(status, b"")
        now = poller.state.next_poll_at or now
        assert now - poller.state.last_success_at <= timedelta(days=20)
        poller.poll(now)
    assert feed_status(poller.state, now) is FeedStatus.FAILING
    faults.plain["/good"] = good.replace(b"g2", b"g3").replace(b'"v1"', b'"v9"')
    returned = poller.state.next_poll_at
    assert returned is not None
    assert returned - now <= timedelta(days=1)
    fetch = poller.poll(returned)
    assert (fetch.outcome, fetch.n_new_entries) == (Outcome.OK, 1)
    assert feed_status(poller.state, returned) is FeedStatus.OK


def test_half_an_entry_is_not_remembered_in_place_of_the_whole_one(faults: Faults, tmp_path: Path) -> None:
    poller = Poller(faults, "/good", tmp_path)
    whole, cut = faults.plain["/good"], RSS[: RSS.index(b"ws.example/2")]
    faults.plain["/good"] = answer(body=cut, headers={"ETag": '"cut"'})
    assert poller.poll(NOW).n_new_entries == 1  # the second one's link is half an address
    assert poller.state.validators.etag is None
    faults.plain["/good"] = whole
    assert poller.poll(NOW + MINUTE).n_new_entries == 1
    assert poller.state.known_guids == {"g1", "g2"}
