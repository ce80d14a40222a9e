"""When to poll a feed next: a pure function, with the reason in words.

Specification. Success: the interval shrinks while polls bring much that is new, grows while they bring nothing, and
never exceeds a quarter of the time since the feed last told something new (so a lag is a bounded share of silence).
What the server and the document ask for (`max-age`, `Expires`, `ttl`, `sy:*`) is a floor. `skipHours` and `skipDays`
push the moment on. Failure: the feed is never given up; weighted failures double the wait up to a day, 404 and 410
included. 429 waits what the server asks, with its own cap. When nothing answers at all, nobody is blamed.

Sources: step rule, weights and the cap on Retry-After from rss-fetcher; jitter and the cap on 429 from lion-reader;
the silence rule is ours. All instants are aware; all durations are in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from acquisition.cache_headers import CacheHeaders
from model.feed import LONGEST_WAIT, FeedHints, FeedState, FeedStatus, Outcome

MIN_INTERVAL_S = 600.0  # ten minutes: what rush hours need; below it sites complain
MAX_INTERVAL_S = 86_400.0  # a day: longer loses entries that scroll off and forgets dead feeds that came back
FIRST_INTERVAL_S = 1_800.0  # for a feed of which nothing is known yet
NEWSY_SHARE_0_1 = 0.33  # at least a third of the entries new: the feed is faster than we are
FASTER, STEADY, SLOWER = 0.5, 1.0, 1.25  # steps of the interval
SILENCE_SHARE_0_1 = 0.25  # of the time since the last new entry, the longest interval
SILENCE_FLOOR_S = 3_600.0  # an hour: a feed quiet for less than four hours may still wait this long
ON_TIME_S = 1_200.0  # a poll later than this after its plan is a catch-up, and says nothing of the feed's pace
JITTER_0_1, MAX_JITTER_S = 0.1, 1_800.0  # spreads the hourly stampede
MAX_RATE_LIMIT_BACKOFF_S = 21_600.0  # six hours: 429 does not mean broken
RATE_LIMIT_SPREAD_S = 3_600.0
HARD, SOFT, TEMPORARY = 1.0, 0.5, 0.25  # weights of failures
STALE_AFTER_INTERVALS = 3.0
QUIET_AFTER = timedelta(days=3)
FAILING_FROM = 2.0  # weighted failures: two hard ones, or eight timeouts

SUCCESSES = frozenset({Outcome.OK, Outcome.NOT_MODIFIED, Outcome.SAME_BODY})
_HARD = frozenset({Outcome.NOT_A_FEED, Outcome.REFUSED_ADDRESS, Outcome.TLS_ERROR, Outcome.TOO_MANY_REDIRECTS})
_SOFT = frozenset({Outcome.PARSE_ERROR, Outcome.TOO_LARGE, Outcome.UNKNOWN_HOST, Outcome.RATE_LIMITED})
_HARD_STATUS = frozenset({401, 402, 403, 410, 451})  # 404 and 5xx are soft: live feeds do answer so, and recover


@dataclass(frozen=True, slots=True)
class Poll:
    """What came of a poll, as far as the schedule cares. Counts are null where nothing was parsed."""

    outcome: Outcome
    http_status: int | None = None
    n_entries: int | None = None
    n_new_entries: int | None = None


@dataclass(frozen=True, slots=True)
class PollPlan:
    """When to poll next and why; `interval_s` and `n_failures` go into the feed's next state."""

    at: datetime
    reason: str
    interval_s: float
    n_failures: float


def is_due(state: FeedState | None, now: datetime) -> bool:
    """Say whether a feed is to be polled at `now`; a feed that was never polled is.

    A moment beyond the longest wait was planned by a clock that was ahead: such a feed is due as well, else it would
    not be polled until the clock comes there.

    >>> is_due(None, datetime(2026, 1, 1, tzinfo=UTC))
    True
    """
    if state is None or state.next_poll_at is None:
        return True
    return not now < state.next_poll_at <= now + LONGEST_WAIT


def is_success(outcome: Outcome) -> bool:
    """Say whether a poll read the feed or learnt that it is unchanged."""
    return outcome in SUCCESSES


def failure_weight(outcome: Outcome, http_status: int | None) -> float:
    """Weigh a failure: how sure it makes us that the feed is gone. Zero for a success and for what was not asked."""
    if outcome in SUCCESSES or outcome is Outcome.DEFERRED:
        return 0.0
    if outcome in _HARD or (outcome is Outcome.HTTP_ERROR and http_status in _HARD_STATUS):
        return HARD
    if outcome in _SOFT or outcome is Outcome.HTTP_ERROR:
        return SOFT
    return TEMPORARY


def next_poll(
    state: FeedState,
    poll: Poll,
    hints: FeedHints,
    cache_headers: CacheHeaders,
    now: datetime,
    rng: Random,
    *,
    is_offline: bool = False,
) -> PollPlan:
    """Plan the next poll of a feed.

    Args:
        state: The feed before this poll.
        poll: What came of this poll.
        hints: What the document asks for; those of an earlier poll where this one was not parsed.
        cache_headers: What the server asks for.
        now: The moment of this poll, aware.
        rng: The source of jitter; the same seed gives the same plan.
        is_offline: Nothing at all answered in this run, so the fault is ours.

    Returns:
        The plan, always between ten minutes and a day and a skipped span from now.
    """
    if is_offline:
        interval_s = state.interval_s or FIRST_INTERVAL_S
        at = now + timedelta(seconds=MIN_INTERVAL_S)
        return PollPlan(at, "nothing answered: we are offline; no feed is blamed", interval_s, state.n_failures)
    if is_success(poll.outcome):
        return _after_success(state, poll, hints, cache_headers, now, rng)
    return _after_failure(state, poll, cache_headers, now, rng)


def _after_success(
    state: FeedState, poll: Poll, hints: FeedHints, cache_headers: CacheHeaders, now: datetime, rng: Random
) -> PollPlan:
    """Plan after a poll that went well."""
    interval_s, reason = _paced(state, poll, now)
    ceiling_s = _silence_ceiling_s(state, poll, now)
    if interval_s > ceiling_s:
        interval_s, reason = ceiling_s, f"{reason}; held to a quarter of the silence"
    interval_s = _clip(interval_s)
    floor_s, who = _asked_floor(hints, cache_headers)
    wait_s = interval_s + _jitter(interval_s, rng)
    if floor_s > wait_s:
        wait_s, reason = floor_s + abs(_jitter(floor_s, rng)), f"{who} asks for {floor_s / 60:.0f} min"
    at, skip = _past_skipped(now + timedelta(seconds=_clip(wait_s)), hints)
    return PollPlan(at, f"{reason}; {skip}" if skip else reason, interval_s, 0.0)


def _paced(state: FeedState, poll: Poll, now: datetime) -> tuple[float, str]:
    """Adapt the interval to what the poll brought."""
    known_s = state.interval_s
    if known_s is None:
        return FIRST_INTERVAL_S, "first poll"
    if state.next_poll_at is not None and (now - state.next_poll_at).total_seconds() > ON_TIME_S:
        return known_s, "a catch-up poll says nothing of the pace"
    n_entries, n_new = poll.n_entries or 0, poll.n_new_entries or 0
    if n_new and n_new >= NEWSY_SHARE_0_1 * n_entries:
        return known_s * FASTER, f"{n_new} of {n_entries} entries new: faster"
    if n_new:
        return known_s * STEADY, f"{n_new} of {n_entries} entries new: as before"
    return known_s * SLOWER, "nothing new: slower"


def _silence_ceiling_s(state: FeedState, poll: Poll, now: datetime) -> float:
    """Bound the interval by a share of the time since the feed last told something new."""
    if poll.n_new_entries or state.last_new_entry_at is None:
        return SILENCE_FLOOR_S
    return max(SILENCE_FLOOR_S, SILENCE_SHARE_0_1 * (now - state.last_new_entry_at).total_seconds())


def _asked_floor(hints: FeedHints, cache_headers: CacheHeaders) -> tuple[float, str]:
    """Find the longest wait that the server or the document asks for, and who asks."""
    asked = [
        (cache_headers.fresh_for_s or 0.0, "the server's cache header"),
        (hints.ttl_s or 0.0, "the feed's ttl"),
        (hints.update_period_s or 0.0, "the feed's update period"),
    ]
    longest_s, who = max(asked)
    return min(longest_s, MAX_INTERVAL_S), who


def _past_skipped(at: datetime, hints: FeedHints) -> tuple[datetime, str | None]:
    """Push a moment past the hours and days (UTC) in which the feed asks not to be polled, by at most a week."""
    moment = at.astimezone(UTC)
    for _ in range(24 * 7):
        if moment.hour not in hints.skip_hours and moment.weekday() not in hints.skip_days:
            break
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    else:
        return at, None  # it asks never to be polled, which cannot be meant
    return (moment, "moved past the hours that the feed skips") if moment != at else (at, None)


def _after_failure(state: FeedState, poll: Poll, cache_headers: CacheHeaders, now: datetime, rng: Random) -> PollPlan:
    """Plan after a failure: wait longer each time, a day at most, and for ever again."""
    interval_s = _clip(state.interval_s or FIRST_INTERVAL_S)
    n_failures = state.n_failures + failure_weight(poll.outcome, poll.http_status)
    wait_s = min(interval_s * 2.0 ** min(n_failures, 16.0), MAX_INTERVAL_S)
    words = f"{poll.outcome} ({n_failures:g} weighted failures)"
    if poll.outcome is Outcome.RATE_LIMITED:
        wait_s = min(wait_s, MAX_RATE_LIMIT_BACKOFF_S) + rng.uniform(0, RATE_LIMIT_SPREAD_S)
    else:
        wait_s += _jitter(wait_s, rng)
    asked_s = min(cache_headers.retry_after_s or 0.0, MAX_INTERVAL_S)
    if asked_s > wait_s:
        wait_s, words = asked_s, f"{words}; the server asks for {asked_s / 60:.0f} min"
    return PollPlan(now + timedelta(seconds=_clip(wait_s)), words, interval_s, n_failures)


def _jitter(span_s: float, rng: Random) -> float:
    """Spread a wait by a tenth either way, by half an hour at most."""
    most_s = min(JITTER_0_1 * span_s, MAX_JITTER_S)
    return rng.uniform(-most_s, most_s)


def _clip(span_s: float) -> float:
    """Keep a wait between ten minutes and a day."""
    return min(max(span_s, MIN_INTERVAL_S), MAX_INTERVAL_S)


def feed_status(state: FeedState, now: datetime, *, is_offline: bool = False) -> FeedStatus:
    """Say how a feed is doing."""
    if is_offline:
        return FeedStatus.OFFLINE
    if state.n_failures >= FAILING_FROM:
        return FeedStatus.FAILING
    allowed_s = STALE_AFTER_INTERVALS * max(state.interval_s or FIRST_INTERVAL_S, SILENCE_FLOOR_S)
    if state.last_success_at is None or (now - state.last_success_at).total_seconds() > allowed_s:
        return FeedStatus.STALE
    if state.last_new_entry_at is None or now - state.last_new_entry_at > QUIET_AFTER:
        return FeedStatus.QUIET
    return FeedStatus.OK
