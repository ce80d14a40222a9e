"""Poll feeds: conditional requests, many at once, each with exactly one outcome.

Bodies are archived before anything else happens to them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from acquisition.archive import Archive
from acquisition.cache_headers import CacheHeaders, read_cache_headers
from acquisition.http import Answer, Client
from acquisition.rate_limit import RateLimiter, host_of
from acquisition.redirects import adopted_address
from acquisition.runner import on_disk, run_blocking
from model.errors import DeconflictError, is_of_this_machine, machine_fault
from model.feed import Feed, FeedState, Fetch, Outcome, Validators
from model.ids import make_id
from model.settings import Settings

FULL_FETCH_EVERY = timedelta(hours=24)  # servers' validators lie now and then; one full fetch a day bounds the harm
FEEDS_IN_FLIGHT_PER_HOST = 2  # rss-fetcher; more than two at once gets pollers banned
FEED_DELAY_S = 1.0  # between two feeds of one host: they are few and small, and a run must end within its interval
POLLS_AT_ONCE = 48  # over all hosts; below the client's connections, so that no poll waits for one inside its deadline


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What came of polling one feed. `body` is null unless there is something new to parse."""

    feed: Feed
    fetch: Fetch
    body: bytes | None
    content_type: str | None
    cache_headers: CacheHeaders = field(default_factory=CacheHeaders)


class Polls:
    """What all polls of one run share, though they come in batches: connections, manners, how many are under way.

    Belongs to the one event loop of `acquisition.runner`.

    Args:
        settings: Limits, contact, `allow_hosts`, and the home that holds the archive.
        feeds: All feeds of the run; no move onto the address of one of them is adopted.
    """

    def __init__(self, settings: Settings, feeds: Sequence[Feed]) -> None:
        self.settings = settings
        self.taken = frozenset(feed.url for feed in feeds)
        delay_s = min(FEED_DELAY_S, settings.host_delay_s)
        self.manners = RateLimiter(FEEDS_IN_FLIGHT_PER_HOST, delay_s, settings.allow_hosts)
        self.gate = asyncio.Semaphore(POLLS_AT_ONCE)
        self._client: Client | None = None
        self._n_users = 0

    @asynccontextmanager
    async def client(self) -> AsyncIterator[Client]:
        """Lend the client, opened for the first batch under way and closed after the last."""
        client = self._client = self._client or Client(self.settings)
        self._n_users += 1
        try:
            yield client
        finally:
            self._n_users -= 1
            if not self._n_users:
                self._client = None
                await client.aclose()


def fetch_feeds(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    settings: Settings,
    now: datetime,
    polls: Polls | None = None,
) -> tuple[FeedAnswer, ...]:
    """Poll feeds, all at once; one feed's failure is its own answer and touches no other.

    Args:
        feeds: What to poll; who is due is the caller's business.
        states: What is known of each, by `feed_id`; a feed without a state is new.
        settings: Limits, contact, `allow_hosts`, and the home that holds the archive.
        now: The run's moment (aware); `started_at` of every row.
        polls: What this call shares with others of the same run; by default nothing.

    Returns:
        One answer for each feed, in the order given.

    Raises:
        TransientError: the archive cannot be written; nothing may be parsed that is not kept.
    """
    return run_blocking(_poll_all(feeds, states, polls or Polls(settings, feeds), now))


async def _poll_all(
    feeds: Sequence[Feed], states: Mapping[str, FeedState], polls: Polls, now: datetime
) -> tuple[FeedAnswer, ...]:
    """Poll with a bound on how many are under way."""
    archive = Archive(polls.settings.archive_path)
    async with polls.client() as client:

        async def poll(feed: Feed) -> FeedAnswer:
            state = states.get(feed.feed_id, FeedState(feed.feed_id))
            url = adopted_address(feed, state, now, polls.taken)
            name = host_of(url)
            async with polls.manners.slot(name), polls.gate:
                answer = await _asked(client, url, conditional_headers(state, now))
            polls.manners.record_answer(name, answer.outcome, answer.duration_ms)
            return await _settle(feed, state, answer, archive, now)

        return tuple(await asyncio.gather(*(poll(feed) for feed in feeds)))


async def _asked(client: Client, url: str, headers: Mapping[str, str]) -> Answer:
    """Ask for a feed; a fault of ours with one of them is its answer and ends no run."""
    try:
        return await client.get(url, headers)
    except DeconflictError:
        raise
    except Exception as error:
        if is_of_this_machine(error):
            raise machine_fault(error) from error
        error_text = f"the poller failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
        return Answer(url, url, Outcome.CONNECT_ERROR, 0, error=error_text)


def is_full_fetch(state: FeedState, now: datetime) -> bool:
    """Say whether this poll must be unconditional: nothing to compare with, or a day since the last full one."""
    has_validators = state.validators.etag is not None or state.validators.last_modified is not None
    is_recent = state.last_full_fetch_at is not None and now - state.last_full_fetch_at < FULL_FETCH_EVERY
    return not (has_validators and is_recent)


def conditional_headers(state: FeedState, now: datetime) -> dict[str, str]:
    """Make the request headers of a poll: the validators to the letter, unless a full fetch is due."""
    headers = {"accept": "application/rss+xml, application/atom+xml, application/feed+json, application/xml, */*;q=0.5"}
    if is_full_fetch(state, now):
        return headers
    if state.validators.etag is not None:
        headers["if-none-match"] = state.validators.etag
    if state.validators.last_modified is not None:
        headers["if-modified-since"] = state.validators.last_modified
    return headers


async def _settle(feed: Feed, state: FeedState, answer: Answer, archive: Archive, now: datetime) -> FeedAnswer:
    """Archive the body and write the row of the attempt."""
    known = state.validators
    body = answer.body
    body_sha256 = None
    if body is not None:
        body_sha256 = sha256(body).hexdigest()
        if body_sha256 != known.body_sha256 or not archive.has(body_sha256):
            await on_disk(archive.put, body)
    fetch = Fetch(
        fetch_id=make_id("fet", feed.feed_id, feed.url, now.isoformat()),
        url=answer.url,
        final_url=answer.final_url,
        feed_id=feed.feed_id,
        started_at=now,
        duration_ms=answer.duration_ms,
        outcome=answer.outcome,
        http_status=answer.http_status,
        n_bytes=answer.n_bytes,
        body_sha256=body_sha256,
        validators=_new_validators(known, answer, body_sha256),
        error=answer.error,
        moved_to=answer.moved_to or (answer.url if answer.url != feed.url else None),
        is_full=answer.outcome is Outcome.OK and is_full_fetch(state, now),
        content_type=answer.headers.get("content-type") if body is not None else None,
    )
    if body_sha256 is not None and body_sha256 == known.body_sha256:
        fetch, body = replace(fetch, outcome=Outcome.SAME_BODY), None
    elif answer.outcome is Outcome.OK and _has_lied(known, fetch):
        fetch = replace(fetch, error="the server gave the validators of another body; it cannot be trusted with 304")
    return FeedAnswer(feed, fetch, body, answer.headers.get("content-type"), read_cache_headers(answer.headers, now))


def _new_validators(known: Validators, answer: Answer, body_sha256: str | None) -> Validators:
    """Keep the newest validators to the letter: of a 200 its own, of a 304 what it renews, else what was known."""
    etag, last_modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    if answer.outcome is Outcome.OK:
        return Validators(etag, last_modified, body_sha256)
    if answer.outcome is Outcome.NOT_MODIFIED:
        return Validators(etag or known.etag, last_modified or known.last_modified, known.body_sha256)
    return known


def _has_lied(known: Validators, fetch: Fetch) -> bool:
    """Say whether a changed body came under the ETag of the one before: its 304s would hide changes."""
    return known.body_sha256 is not None and known.etag is not None and fetch.validators.etag == known.etag
