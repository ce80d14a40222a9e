"""Asking feeds for the sake of a person: what is wrong with each, and which feeds a site announces.

Nothing is written to the warehouse or the archive; bodies go to a folder that is removed.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from acquisition.feeds import FeedAnswer, fetch_feeds
from acquisition.guard import check_address
from acquisition.schedule import is_success
from extractors.feed import FeedBody, parse_feeds
from extractors.feed.discover import discover_feeds
from model.errors import ConfigError
from model.feed import Feed, Outcome, ParsedFeed
from model.settings import Settings

SILENT_FOR = timedelta(days=90)  # a feed that told nothing for a season is more likely abandoned than calm
PROBED = 5  # announced feeds of a site that are asked, best first


@dataclass(frozen=True, slots=True)
class FeedCheck:
    """One feed as it is now. `faults` are plain lines, the gravest first; none means that it is well."""

    feed_id: str
    outlet: str
    url: str
    outcome: Outcome
    n_entries: int
    newest_at: datetime | None
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What an address led to: a feed, with its own title, and the other feeds that the site announces."""

    url: str
    title: str
    others: tuple[str, ...] = ()


def check_feeds(feeds: Sequence[Feed], settings: Settings, now: datetime) -> tuple[FeedCheck, ...]:
    """Ask each feed in full, without what is remembered of it, and say what is wrong with it."""
    asked = _ask(feeds, settings, now)
    led_to = Counter(answer.fetch.final_url for answer, _ in asked if answer.body is not None)
    return tuple(_check(answer, parsed, led_to, now) for answer, parsed in asked)


def find_feed(address: str, settings: Settings, now: datetime) -> Found:
    """Find the feed at an address: its own, or the best that the page there announces and that can be read.

    Raises:
        ConfigError: the address may not be asked or does not answer, or no feed is found.
    """
    form = check_address(address, settings.allow_hosts)
    if not form.ok:
        raise ConfigError(f"{address}: {form.reason}", next_step="name an address as a browser shows it")
    ((answer, parsed),) = _ask([Feed("asked", address, form.host)], settings, now)
    if parsed is None:
        fetch = answer.fetch
        raise ConfigError(
            f"{address}: {fetch.outcome}: {fetch.error or fetch.http_status}", next_step="try it in a browser"
        )
    if parsed.is_feed and parsed.entries:
        return Found(answer.fetch.moved_to or address, parsed.title)
    announced = discover_feeds(answer.body or b"", answer.fetch.final_url)
    probes = [Feed(f"found{n}", url, form.host) for n, url in enumerate(announced[:PROBED])]
    for got, read in _ask(probes, settings, now):
        if read is not None and read.is_feed and read.entries:
            return Found(got.feed.url, read.title, tuple(url for url in announced if url != got.feed.url))
    raise ConfigError(
        f"{address} is no feed, and of the {len(announced)} that it announces none can be read",
        next_step="look for its feed by hand and name that address",
    )


def _ask(feeds: Sequence[Feed], settings: Settings, now: datetime) -> list[tuple[FeedAnswer, ParsedFeed | None]]:
    with tempfile.TemporaryDirectory(prefix="deconflict-") as folder:
        answers = fetch_feeds(feeds, {}, settings.model_copy(update={"home": Path(folder)}), now)
    bodies = [FeedBody(a.feed, a.body, a.content_type, a.fetch.final_url) for a in answers if a.body is not None]
    parsed = iter(parse_feeds(bodies, settings.n_workers))
    return [(answer, next(parsed) if answer.body is not None else None) for answer in answers]


def _check(answer: FeedAnswer, parsed: ParsedFeed | None, led_to: Counter[str], now: datetime) -> FeedCheck:
    feed, fetch = answer.feed, answer.fetch
    entries = parsed.entries if parsed else ()
    newest_at = max((entry.published_at for entry in entries if entry.published_at), default=None)
    faults = list(_network_faults(answer)) if parsed is None else list(_body_faults(parsed, newest_at, now))
    if fetch.moved_to and is_success(fetch.outcome):
        faults.append(f"it has moved for good to {fetch.moved_to}: put that address into the feeds file")
    if led_to[fetch.final_url] > 1:
        faults.append(f"{led_to[fetch.final_url]} feeds lead to {fetch.final_url}: keep one of them")
    outcome = fetch.outcome
    if parsed is not None and not entries and (parsed.error or not parsed.is_feed):
        outcome = Outcome.PARSE_ERROR if parsed.is_feed else Outcome.NOT_A_FEED
    return FeedCheck(feed.feed_id, feed.outlet, feed.url, outcome, len(entries), newest_at, tuple(faults))


def _network_faults(answer: FeedAnswer) -> tuple[str, ...]:
    fetch = answer.fetch
    return (f"it does not answer as a feed: {fetch.outcome}: {fetch.error or fetch.http_status or 'no more is known'}",)


def _body_faults(parsed: ParsedFeed, newest_at: datetime | None, now: datetime) -> list[str]:
    entries, faults = parsed.entries, []
    if not parsed.is_feed:
        return [f"what it gives is no feed: {parsed.error or 'some other document'}"]
    if parsed.error:
        faults.append(f"its document is damaged: {parsed.error}")
    if not entries:
        return [*faults, "it has no entries"]
    if newest_at is None:
        faults.append("no entry has a date that can be read")
    elif now - newest_at > SILENT_FOR:
        faults.append(f"it has told nothing since {newest_at:%Y-%m-%d}")
    n_linkless = sum(entry.url is None for entry in entries)
    if n_linkless:
        faults.append(f"{n_linkless} of {len(entries)} entries have no address; only the feed's own text is read")
    return faults


def with_found(feed: Feed, found: Found) -> Feed:
    """Point a feed at what was found, and name its outlet after the feed's title where nobody named it."""
    return replace(feed, url=found.url, outlet=feed.outlet or " ".join(found.title.split())[:80])
