from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from acquisition.cache_headers import CacheHeaders
from acquisition.schedule import MAX_INTERVAL_S, MIN_INTERVAL_S, Poll, is_success, next_poll
from model.feed import FeedHints, FeedState, Outcome

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)
seconds = st.one_of(st.none(), st.floats(0, 1e9))
moments = st.one_of(st.none(), st.timedeltas(timedelta(0), timedelta(days=4000)).map(lambda age: NOW - age))
states = st.builds(
    FeedState,
    feed_id=st.just("x"),
    next_poll_at=moments,
    last_success_at=moments,
    last_new_entry_at=moments,
    n_failures=st.floats(0, 1e6),
    interval_s=st.one_of(st.none(), st.floats(MIN_INTERVAL_S, MAX_INTERVAL_S)),
)
polls = st.builds(
    Poll,
    outcome=st.sampled_from(Outcome),
    http_status=st.one_of(st.none(), st.integers(100, 599)),
    n_entries=st.one_of(st.none(), st.integers(0, 2000)),
    n_new_entries=st.one_of(st.none(), st.integers(0, 2000)),
)
hints = st.builds(FeedHints, ttl_s=seconds, update_period_s=seconds)
validities = st.builds(CacheHeaders, fresh_for_s=seconds, retry_after_s=seconds)


@given(states, polls, hints, validities, st.integers(), st.booleans())
def test_every_plan_lies_between_ten_minutes_and_a_day(
    state: FeedState, poll: Poll, hint: FeedHints, validity: CacheHeaders, seed: int, is_offline: bool
) -> None:
    plan = next_poll(state, poll, hint, validity, NOW, Random(seed), is_offline=is_offline)
    assert MIN_INTERVAL_S <= (plan.at - NOW).total_seconds() <= MAX_INTERVAL_S
    assert MIN_INTERVAL_S <= plan.interval_s <= MAX_INTERVAL_S
    assert plan.reason
    if is_offline:
        assert plan.n_failures == state.n_failures
    elif is_success(poll.outcome):
        assert plan.n_failures == 0
    else:
        assert plan.n_failures >= state.n_failures


@given(
    states,
    st.sets(st.integers(0, 23), max_size=23).map(sorted).map(tuple),
    st.sets(st.integers(0, 6), max_size=6).map(sorted).map(tuple),
)
def test_a_plan_after_success_never_falls_into_what_the_feed_skips(
    state: FeedState, hours: tuple[int, ...], days: tuple[int, ...]
) -> None:
    hint = FeedHints(skip_hours=hours, skip_days=days)
    at = next_poll(state, Poll(Outcome.OK, 200, 5, 1), hint, CacheHeaders(), NOW, Random(0)).at.astimezone(UTC)
    assert at.hour not in hours
    assert at.weekday() not in days
