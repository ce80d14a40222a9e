from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from acquisition.cache_headers import CacheHeaders
from acquisition.schedule import (
    MAX_INTERVAL_S,
    Poll,
    failure_weight,
    feed_status,
    is_due,
    next_poll,
)
from model.feed import LONGEST_WAIT, FeedHints, FeedState, FeedStatus, Outcome

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)  # a Wednesday
HOUR = 3600.0
KNOWN = FeedState("x", next_poll_at=NOW, last_success_at=NOW, last_new_entry_at=NOW, interval_s=HOUR)


def plan(poll: Poll, state: FeedState = KNOWN, hints: FeedHints | None = None, validity: CacheHeaders | None = None):
    return next_poll(state, poll, hints or FeedHints(), validity or CacheHeaders(), NOW, Random(1))


def wait_s(*arguments, **named) -> float:
    return (plan(*arguments, **named).at - NOW).total_seconds()


def test_due() -> None:
    assert is_due(None, NOW)
    assert is_due(FeedState("x"), NOW)
    assert is_due(KNOWN, NOW)
    assert not is_due(KNOWN, NOW - timedelta(seconds=1))


def test_a_plan_beyond_the_longest_wait_came_of_a_clock_that_was_ahead_and_is_due() -> None:
    assert is_due(replace(KNOWN, next_poll_at=NOW + timedelta(days=400)), NOW)
    assert is_due(replace(KNOWN, next_poll_at=NOW + LONGEST_WAIT + timedelta(seconds=1)), NOW)
    assert not is_due(replace(KNOWN, next_poll_at=NOW + LONGEST_WAIT), NOW)


def test_no_plan_waits_longer_than_the_longest_wait() -> None:
    hints = FeedHints(ttl_s=10 * MAX_INTERVAL_S, skip_days=(3, 4, 5, 6, 0, 1))  # all days but Wednesday
    at = plan(Poll(Outcome.OK, 200, 20, 0), hints=hints).at
    assert NOW + timedelta(days=6) < at <= NOW + LONGEST_WAIT


def test_the_poll_after_a_clock_that_was_ahead_plans_as_ever() -> None:
    ahead = NOW + timedelta(days=400)
    state = replace(KNOWN, next_poll_at=ahead, last_success_at=ahead, last_new_entry_at=ahead)
    assert wait_s(Poll(Outcome.OK, 200, 20, 0), state) <= 1.25 * HOUR * 1.1


@pytest.mark.parametrize(
    ("n_new", "factor", "words"), [(20, 0.5, "faster"), (7, 0.5, "faster"), (1, 1.0, "as before"), (0, 1.0, "slower")]
)
def test_the_interval_follows_what_the_feed_publishes(n_new: int, factor: float, words: str) -> None:
    result = plan(Poll(Outcome.OK, 200, 20, n_new))
    assert result.interval_s == factor * HOUR
    assert words in result.reason


def test_silence_makes_it_slower_and_bounds_how_slow() -> None:
    for n_hours, expected in ((10, 1.25 * HOUR), (4.4, 1.1 * HOUR), (1, HOUR)):
        state = replace(KNOWN, last_new_entry_at=NOW - timedelta(hours=n_hours))
        assert plan(Poll(Outcome.NOT_MODIFIED, 304), state).interval_s == pytest.approx(expected)


def test_a_catch_up_poll_says_nothing_of_the_pace() -> None:
    late = replace(KNOWN, next_poll_at=NOW - timedelta(hours=20), interval_s=HOUR / 2)
    assert plan(Poll(Outcome.OK, 200, 20, 20), late).interval_s == HOUR / 2


@pytest.mark.parametrize(
    ("hints", "validity", "who"),
    [
        (FeedHints(ttl_s=2 * HOUR), CacheHeaders(), "ttl"),
        (FeedHints(update_period_s=2 * HOUR), CacheHeaders(), "update period"),
        (FeedHints(), CacheHeaders(fresh_for_s=2 * HOUR), "cache header"),
    ],
)
def test_what_is_asked_for_is_a_floor(hints: FeedHints, validity: CacheHeaders, who: str) -> None:
    result = plan(Poll(Outcome.OK, 200, 20, 20), hints=hints, validity=validity)
    assert 2 * HOUR <= (result.at - NOW).total_seconds() <= 2.2 * HOUR
    assert who in result.reason


def test_an_absurd_wish_is_capped_at_a_day() -> None:
    assert wait_s(Poll(Outcome.OK, 200, 20, 20), validity=CacheHeaders(fresh_for_s=31_536_000)) == MAX_INTERVAL_S


def test_skipped_hours_and_days_are_stepped_over() -> None:
    hours = FeedHints(skip_hours=(12, 13, 14))
    assert plan(Poll(Outcome.OK, 200, 20, 20), hints=hours).at == NOW.replace(hour=15)
    days = FeedHints(skip_days=(2, 3))
    result = plan(Poll(Outcome.OK, 200, 20, 20), hints=days)
    assert result.at == datetime(2018, 2, 9, tzinfo=UTC)
    assert "skips" in result.reason


def test_a_feed_that_skips_everything_is_polled_all_the_same() -> None:
    assert wait_s(Poll(Outcome.OK, 200, 20, 20), hints=FeedHints(skip_hours=tuple(range(24)))) <= HOUR


@pytest.mark.parametrize(
    ("outcome", "status", "weight"),
    [
        (Outcome.OK, 200, 0), (Outcome.NOT_MODIFIED, 304, 0), (Outcome.SAME_BODY, 200, 0), (Outcome.DEFERRED, None, 0),
        (Outcome.HTTP_ERROR, 410, 1), (Outcome.HTTP_ERROR, 401, 1), (Outcome.HTTP_ERROR, 403, 1),
        (Outcome.NOT_A_FEED, 200, 1), (Outcome.TLS_ERROR, None, 1), (Outcome.HTTP_ERROR, 404, 0.5),
        (Outcome.HTTP_ERROR, 503, 0.5), (Outcome.RATE_LIMITED, 429, 0.5), (Outcome.PARSE_ERROR, 200, 0.5),
        (Outcome.TIMEOUT, None, 0.25), (Outcome.CONNECT_ERROR, None, 0.25), (Outcome.BROKEN_BODY, 200, 0.25),
    ],
)  # fmt: skip
def test_weights(outcome: Outcome, status: int | None, weight: float) -> None:
    assert failure_weight(outcome, status) == weight


def test_every_outcome_has_a_weight() -> None:
    assert all(0 <= failure_weight(outcome, None) <= 1 for outcome in Outcome)


def test_failures_wait_longer_and_longer_and_never_over_a_day() -> None:
    state, waits = KNOWN, []
    for _ in range(60):
        result = plan(Poll(Outcome.HTTP_ERROR, 410), state)
        waits.append((result.at - NOW).total_seconds())
        state = replace(state, n_failures=result.n_failures)
    assert waits[0] < waits[2] < waits[4]
    assert 0.9 * MAX_INTERVAL_S <= max(waits) <= MAX_INTERVAL_S
    assert state.n_failures == 60


def test_one_success_forgives_everything() -> None:
    assert plan(Poll(Outcome.OK, 200, 5, 1), replace(KNOWN, n_failures=9)).n_failures == 0


def test_429_waits_what_the_server_asks_up_to_a_day() -> None:
    limited = Poll(Outcome.RATE_LIMITED, 429)
    assert wait_s(limited, validity=CacheHeaders(retry_after_s=5 * HOUR)) == 5 * HOUR
    assert wait_s(limited, validity=CacheHeaders(retry_after_s=88 * HOUR)) == MAX_INTERVAL_S
    assert wait_s(limited, replace(KNOWN, n_failures=10)) <= 7 * HOUR
    assert wait_s(Poll(Outcome.HTTP_ERROR, 503), validity=CacheHeaders(retry_after_s=5 * HOUR)) == 5 * HOUR


def test_when_we_are_offline_nobody_is_blamed() -> None:
    result = next_poll(KNOWN, Poll(Outcome.TIMEOUT), FeedHints(), CacheHeaders(), NOW, Random(1), is_offline=True)
    assert result.n_failures == KNOWN.n_failures
    assert result.at == NOW + timedelta(minutes=10)
    assert "offline" in result.reason


def test_the_same_seed_gives_the_same_plan() -> None:
    assert plan(Poll(Outcome.OK, 200, 5, 1)) == plan(Poll(Outcome.OK, 200, 5, 1))


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (KNOWN, FeedStatus.OK),
        (replace(KNOWN, last_new_entry_at=NOW - timedelta(days=4)), FeedStatus.QUIET),
        (replace(KNOWN, last_new_entry_at=None), FeedStatus.QUIET),
        (replace(KNOWN, last_success_at=NOW - timedelta(hours=4)), FeedStatus.STALE),
        (replace(KNOWN, last_success_at=None), FeedStatus.STALE),
        (replace(KNOWN, n_failures=2.0), FeedStatus.FAILING),
    ],
)
def test_status(state: FeedState, status: FeedStatus) -> None:
    assert feed_status(state, NOW) is status
    assert feed_status(state, NOW, is_offline=True) is FeedStatus.OFFLINE
