"""Feeds, their entries, and what came of asking for an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_WAIT = timedelta(days=8)  # a day, and the week that skipped hours add at most: nothing is planned beyond it


class FeedKind(StrEnum):
    """What sort of publisher stands behind a feed."""

    WIRE = "wire"
    NATIONAL = "national"
    LOCAL = "local"
    MONITOR = "monitor"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of the feeds file.

    `feed_id` is the table's key in `feeds.toml`, chosen by a person and stable. `timezone` is an IANA name: the
    zone in which the outlet's "today" is read. `country_code` is ISO 3166-1 alpha-2, or null for the world's press.
    """

    feed_id: str
    url: str
    outlet: str
    language: str = "en"
    timezone: str = "UTC"
    country_code: str | None = None
    kind: FeedKind = FeedKind.NATIONAL


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed as the feed tells it; `content_html` is the fullest text that the feed itself carries."""

    feed_id: str
    guid: str
    url: str | None
    title: str
    author: str | None
    content_html: str
    published_at: datetime | None
    updated_at: datetime | None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class FeedHints:
    """How often a feed asks to be polled, as its document says. Hours and days are in UTC; Monday is day 0."""

    ttl_s: float | None = None
    update_period_s: float | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed's bytes say. `error` is one plain line, null when all went well; entries may come with an error.

    `is_feed` is false for a body that is something else: an HTML page, an empty answer, a picture. `is_cut`: the
    document ends before it is closed, so that the last entry may be half of one.
    """

    entries: tuple[Entry, ...] = ()
    hints: FeedHints = FeedHints()
    error: str | None = None
    is_feed: bool = True
    title: str = ""
    is_cut: bool = False

    @property
    def whole_entries(self) -> tuple[Entry, ...]:
        """The entries that are known to have come whole; half of one must not be remembered in place of it."""
        return self.entries[:-1] if self.is_cut else self.entries


class FeedStatus(StrEnum):
    """How a feed is doing, for people."""

    OK = "ok"
    QUIET = "quiet"  # answers, but has told nothing new for days
    STALE = "stale"  # has not been read well for longer than its interval explains
    FAILING = "failing"
    OFFLINE = "offline"  # nothing at all answered: the fault is ours


class Outcome(StrEnum):
    """The one outcome of an attempt to get an address; every attempt has exactly one."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    SAME_BODY = "same_body"
    CONNECT_ERROR = "connect_error"
    UNKNOWN_HOST = "unknown_host"
    TLS_ERROR = "tls_error"
    TIMEOUT = "timeout"
    BROKEN_BODY = "broken_body"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    REFUSED_ADDRESS = "refused_address"
    ROBOTS = "robots"
    HTTP_ERROR = "http_error"
    RATE_LIMITED = "rate_limited"
    NOT_A_FEED = "not_a_feed"
    PARSE_ERROR = "parse_error"
    DEFERRED = "deferred"  # not asked: the host's budget or patience was spent; to be asked again in a later run


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise a body by, kept to the letter and sent back as given."""

    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One attempt at one address: a row of the append-only `fetch` log.

    `body_sha256` names the archived bytes (null where no body came). `feed_id` is null for pages. `n_entries` and
    `n_new_entries` are null except for feeds that were parsed. `error` is one plain line for a person. After a poll is
    concluded, `next_poll_at`, `n_failures` (weighted) and `interval_s` are what the feed's next state starts from;
    `moved_to` is the target of a permanent redirect; `is_full` marks an answer to an unconditional request;
    `hints` are those of the document (null where none was parsed, so that the last known ones hold). `content_type` is
    the header as it came, null where no body came.
    """

    fetch_id: str
    url: str
    final_url: str
    feed_id: str | None
    started_at: datetime
    duration_ms: int
    outcome: Outcome
    http_status: int | None
    n_bytes: int
    body_sha256: str | None
    validators: Validators
    error: str | None = None
    n_entries: int | None = None
    n_new_entries: int | None = None
    next_poll_at: datetime | None = None
    next_poll_reason: str | None = None
    n_failures: float | None = None
    interval_s: float | None = None
    moved_to: str | None = None
    is_full: bool = False
    hints: FeedHints | None = None
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class KeptResponse:
    """An answer whose body went into the archive, with what is kept of its headers. `fetched_at` is its run's moment.

    `url` is what was asked, `final_url` what answered after redirects; `feed_id` is null for pages.
    """

    fetch_id: str
    url: str
    final_url: str
    feed_id: str | None
    fetched_at: datetime
    http_status: int
    body_sha256: str
    content_type: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed before a poll: its validators and history in brief. All null for a new feed.

    `moved_to` is where a permanent redirect has led since `moved_since`, without a break.
    """

    feed_id: str
    validators: Validators = Validators()
    next_poll_at: datetime | None = None
    last_success_at: datetime | None = None
    last_full_fetch_at: datetime | None = None
    last_new_entry_at: datetime | None = None
    n_failures: float = 0.0
    interval_s: float | None = None
    known_guids: frozenset[str] = frozenset()
    hints: FeedHints = FeedHints()
    moved_to: str | None = None
    moved_since: datetime | None = None
