"""Conclude a poll, purely: join what network and parser said, plan the next poll, fold the feed's state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from random import Random

from acquisition.feeds import FeedAnswer
from acquisition.schedule import Poll, is_success, next_poll
from model.feed import FeedState, Fetch, Outcome, ParsedFeed

_UNANSWERED = frozenset({Outcome.CONNECT_ERROR, Outcome.UNKNOWN_HOST, Outcome.TIMEOUT, Outcome.TLS_ERROR})


def conclude_poll(
    answer: FeedAnswer,
    state: FeedState,
    parsed: ParsedFeed | None,
    n_new_entries: int | None,
    now: datetime,
    rng: Random | None = None,
    *,
    is_offline: bool = False,
) -> Fetch:
    """Refine the outcome of a poll by what the parser said and plan the next poll.

    Args:
        answer: What the network gave.
        state: The feed before this poll.
        parsed: What the parser made of the body; null where there was none to parse.
        n_new_entries: How many of the entries were not known; null with `parsed`.
        now: The run's moment.
        rng: Source of jitter; by default seeded by the feed and the moment, so that a repeated run plans the same.
        is_offline: See `is_offline`.

    Returns:
        The row for the fetch log, complete. A body that is no feed leaves the validators as they were, so that the
        next poll asks for it again in full instead of taking "not modified" for health; so does one that was cut off.
    """
    fetch = answer.fetch
    if parsed is not None:
        fetch = _refined(fetch, state, parsed, n_new_entries or 0)
    poll = Poll(fetch.outcome, fetch.http_status, fetch.n_entries, fetch.n_new_entries)
    hints = parsed.hints if parsed and is_success(fetch.outcome) else state.hints
    rng = rng or rng_of(answer.feed.feed_id, now)
    plan = next_poll(state, poll, hints, answer.cache_headers, now, rng, is_offline=is_offline)
    return replace(
        fetch,
        next_poll_at=plan.at,
        next_poll_reason=plan.reason,
        interval_s=plan.interval_s,
        n_failures=plan.n_failures,
        hints=hints if parsed and is_success(fetch.outcome) else None,
    )


def _refined(fetch: Fetch, state: FeedState, parsed: ParsedFeed, n_new_entries: int) -> Fetch:
    """Put the parser's word into the row; entries that came are good even where an error came with them."""
    n_entries = len(parsed.entries)
    if parsed.is_feed and (n_entries or parsed.error is None):
        error = fetch.error or parsed.error
        validators = state.validators if parsed.is_cut else fetch.validators
        return replace(fetch, n_entries=n_entries, n_new_entries=n_new_entries, error=error, validators=validators)
    outcome = Outcome.PARSE_ERROR if parsed.is_feed else Outcome.NOT_A_FEED
    return replace(
        fetch, outcome=outcome, error=parsed.error, n_entries=0, n_new_entries=0, validators=state.validators
    )


def rng_of(feed_id: str, now: datetime) -> Random:
    """Make the source of jitter of one feed at one moment."""
    seed = sha256(f"{feed_id}\x1f{now.isoformat()}".encode()).digest()
    return Random(int.from_bytes(seed[:8], "big"))  # noqa: S311 - spreads load; nothing secret


def is_offline(answers: Sequence[FeedAnswer]) -> bool:
    """Say whether we are the ones offline: several hosts were asked and none answered anything.

    One host alone proves nothing, so at least two must be silent; addresses that were refused unasked do not count.
    """
    asked = [a for a in answers if a.fetch.outcome not in (Outcome.REFUSED_ADDRESS, Outcome.DEFERRED)]
    hosts = {a.feed.url.split("/")[2] for a in asked}
    return len(hosts) > 1 and all(a.fetch.outcome in _UNANSWERED for a in asked)


def next_state(state: FeedState, fetch: Fetch, guids: Iterable[str] = ()) -> FeedState:
    """Fold one concluded fetch into a feed's state; the state is the fold of the feed's log, oldest first.

    Args:
        state: Before.
        fetch: A concluded row of this feed.
        guids: The guids that the poll saw; added to the known ones.
    """
    is_good = is_success(fetch.outcome)
    at = fetch.started_at
    moved_to = fetch.moved_to if is_good else state.moved_to
    return replace(
        state,
        validators=fetch.validators,
        next_poll_at=fetch.next_poll_at,
        last_success_at=at if is_good else state.last_success_at,
        last_full_fetch_at=at if is_good and fetch.is_full else state.last_full_fetch_at,
        last_new_entry_at=at if fetch.n_new_entries else state.last_new_entry_at,
        n_failures=state.n_failures if fetch.n_failures is None else fetch.n_failures,
        interval_s=fetch.interval_s or state.interval_s,
        known_guids=state.known_guids | frozenset(guids),
        hints=fetch.hints or state.hints,
        moved_to=moved_to,
        moved_since=None if moved_to is None else (state.moved_since if moved_to == state.moved_to else at),
    )
