"""Fetch article pages with manners: robots.txt, what sites reserve, delay and budget by host, conditional re-checks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from acquisition.archive import Archive
from acquisition.guard import check_address
from acquisition.http import Answer, Client
from acquisition.rate_limit import Budget, HostRecords, RateLimiter, host_of
from acquisition.refresh import refresh_target
from acquisition.robots import Robots
from acquisition.runner import on_disk, run_blocking
from acquisition.tdm_opt_out import opt_out_reason
from model.article import Page
from model.errors import DeconflictError, is_of_this_machine, machine_fault
from model.feed import Fetch, Outcome, Validators
from model.ids import make_id
from model.settings import Settings

PAGES_IN_FLIGHT_PER_HOST = 2
MAX_PAGES_PER_HOST = 40  # a run: at 5 s apart this is 200 s, within the shortest interval of runs; the rest comes next
PAGES_AT_ONCE = 32  # over all hosts
# A run must end within the shortest interval of runs, five minutes, and have time to code and append what came.
BUDGET = Budget(host_s=200.0, run_s=240.0)


@dataclass(frozen=True, slots=True)
class PageRequest:
    """An article's address to ask for; `validators` are those of the last answer when it is asked again."""

    url: str
    feed_id: str | None = None
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """What came of asking for a page; `page` is null unless a body came."""

    request: PageRequest
    fetch: Fetch
    page: Page | None


def fetch_pages(
    requests: Sequence[PageRequest], settings: Settings, now: datetime, host_records: HostRecords | None = None
) -> tuple[PageAnswer, ...]:
    """Ask for pages, many hosts at once and each host gently; one page's failure touches no other.

    Args:
        requests: What to ask for, the most wanted first: a host's budget goes to those.
        settings: Limits, contact, `allow_hosts`, and the home that holds the archive.
        now: The run's moment (aware).
        host_records: What earlier calls of the same run learnt of hosts, and this one adds to; a budget is for the run.

    Returns:
        One answer for each request, in the order given. The outcome `deferred` means: not asked, try in the next run.

    Raises:
        TransientError: the archive cannot be written.
    """
    return run_blocking(_fetch_all(requests, settings, now, host_records))


async def _fetch_all(
    requests: Sequence[PageRequest], settings: Settings, now: datetime, host_records: HostRecords | None
) -> tuple[PageAnswer, ...]:
    """Fetch with a bound on how many are under way."""
    async with Client(settings) as client:
        asker = _Asker(client, settings, now, host_records)
        return tuple(await asyncio.gather(*(asker.fetch(request) for request in requests)))


class _Asker:
    """What the requests of one run share."""

    def __init__(self, client: Client, settings: Settings, now: datetime, host_records: HostRecords | None) -> None:
        self._client = client
        self._settings = settings
        self._now = now
        self._robots = Robots(settings.robots_path, now)
        self._robots_locks: dict[str, asyncio.Lock] = {}
        self._manners = RateLimiter(
            PAGES_IN_FLIGHT_PER_HOST,
            settings.host_delay_s,
            settings.allow_hosts,
            MAX_PAGES_PER_HOST,
            host_records,
            BUDGET,
        )
        self._archive = Archive(settings.archive_path)
        self._gate = asyncio.Semaphore(PAGES_AT_ONCE)

    async def fetch(self, request: PageRequest) -> PageAnswer:
        """Fetch one page; a fault of ours with one of them is its answer.

        Raises:
            TransientError: the archive cannot be written.
        """
        try:
            return await self._fetch(request)
        except DeconflictError:
            raise
        except Exception as error:  # one page must not end the run
            if is_of_this_machine(error):
                raise machine_fault(error) from error
            error_text = f"the poller failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
            return self._unasked(request, Outcome.CONNECT_ERROR, error_text)

    async def _fetch(self, request: PageRequest) -> PageAnswer:
        """Ask for a page, and where it only sends its reader on, once for the page that it sends to."""
        found = await self._fetch_one(request)
        target = refresh_target(found.page.body, found.page.final_url) if found.page else None
        if target is None:
            return found
        known = Validators(body_sha256=request.validators.body_sha256)
        sent_on = await self._fetch_one(replace(request, url=target, validators=known))
        row = replace(sent_on.fetch, url=request.url)
        row = replace(row, validators=replace(row.validators, etag=None, last_modified=None))  # the target's, not ours
        if sent_on.page is not None:
            return PageAnswer(request, row, replace(sent_on.page, url=request.url))
        if sent_on.fetch.outcome not in (Outcome.DEFERRED, Outcome.SAME_BODY):
            told = f"it sends its reader to {target}: {sent_on.fetch.error or sent_on.fetch.outcome}"
            row = replace(found.fetch, outcome=sent_on.fetch.outcome, error=told)
        return PageAnswer(request, row, None)

    async def _fetch_one(self, request: PageRequest) -> PageAnswer:
        check = check_address(request.url, self._settings.allow_hosts)
        if not check.ok:
            return self._unasked(request, Outcome.REFUSED_ADDRESS, check.reason)
        name = host_of(request.url)
        async with self._manners.turn(name) as reason:
            if reason:
                return self._unasked(request, Outcome.DEFERRED, reason)
            async with self._gate:
                answer = await self._ask(request, name)
        if isinstance(answer, PageAnswer):
            return answer
        self._manners.record_answer(name, answer.outcome, answer.duration_ms)
        return await self._settle(request, answer)

    async def _ask(self, request: PageRequest, name: str) -> PageAnswer | Answer:
        """Ask for a page whose turn has come, where its site's robots.txt lets us."""
        async with self._robots_locks.setdefault(name, asyncio.Lock()):
            verdict = await self._robots.verdict(self._client, request.url)
        if not verdict.is_allowed:
            return self._unasked(request, Outcome.ROBOTS, verdict.reason)
        if verdict.crawl_delay_s:
            self._manners.slow_down(name, verdict.crawl_delay_s)
        return await self._client.get(request.url, _headers(request.validators))

    def _unasked(self, request: PageRequest, outcome: Outcome, reason: str | None) -> PageAnswer:
        """Write the row of an attempt that ended before a request."""
        answer = Answer(request.url, request.url, outcome, 0, error=reason)
        return PageAnswer(request, self._fetch_row(request, answer), None)

    def _fetch_row(self, request: PageRequest, answer: Answer) -> Fetch:
        """Write the row of an attempt."""
        return Fetch(
            fetch_id=make_id("fet", request.feed_id, request.url, self._now.isoformat()),
            url=request.url,
            final_url=answer.final_url,
            feed_id=None,
            started_at=self._now,
            duration_ms=answer.duration_ms,
            outcome=answer.outcome,
            http_status=answer.http_status,
            n_bytes=answer.n_bytes,
            body_sha256=None,
            validators=request.validators,
            error=answer.error,
            moved_to=answer.moved_to,
        )

    async def _settle(self, request: PageRequest, answer: Answer) -> PageAnswer:
        """Archive the body, then hand it on; one whose site reserves it is neither kept nor read."""
        fetch = self._fetch_row(request, answer)
        if answer.body is None:
            return PageAnswer(request, fetch, None)
        reason = opt_out_reason(answer.headers)
        if reason:
            return PageAnswer(request, replace(fetch, outcome=Outcome.ROBOTS, error=reason), None)
        body_sha256 = await on_disk(self._archive.put, answer.body)
        validators = Validators(answer.headers.get("etag"), answer.headers.get("last-modified"), body_sha256)
        is_same = body_sha256 == request.validators.body_sha256
        fetch = replace(
            fetch,
            body_sha256=body_sha256,
            validators=validators,
            outcome=Outcome.SAME_BODY if is_same else answer.outcome,
            content_type=answer.headers.get("content-type"),
        )
        if is_same:
            return PageAnswer(request, fetch, None)
        content_type = answer.headers.get("content-type")
        page = Page(request.url, answer.final_url, body_sha256, answer.body, content_type, self._now)
        return PageAnswer(request, fetch, page)


def _headers(validators: Validators) -> dict[str, str]:
    """Make the headers of a page request."""
    headers = {"accept": "text/html, application/xhtml+xml, */*;q=0.5", "accept-language": "en, *;q=0.5"}
    if validators.etag is not None:
        headers["if-none-match"] = validators.etag
    if validators.last_modified is not None:
        headers["if-modified-since"] = validators.last_modified
    return headers
