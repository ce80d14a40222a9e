"""What the warehouse hands out: rows as frozen dataclasses, in the words of the contract `pub`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from model.feed import Entry, Validators


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What is already stored of an article, so that a run skips what it has. `coding` is null where never coded."""

    article_id: str
    revision: int
    text_sha256: str
    page_sha256: str | None
    content_sha256: str
    first_seen_at: datetime
    fetched_at: datetime
    is_coded: bool


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """A feed's entry that is stored, and the article that it became."""

    feed_id: str
    guid: str
    article_id: str
    url: str | None
    title: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class YoungArticle:
    """An article whose page may be asked for again: its newest revision, its entry, the page's latest validators.

    `entry.content_html` is empty: the record keeps no content of feeds.
    """

    article_id: str
    revision: int
    first_seen_at: datetime
    last_checked_at: datetime
    validators: Validators
    entry: Entry


@dataclass(frozen=True, slots=True)
class RecentText:
    """Title and text of one of an outlet's newest articles."""

    outlet: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One row of `pub.incident`."""

    incident_id: str
    event_type: str
    event_subtype: str | None
    date_start: date | None
    date_end: date | None
    date_precision: str | None
    place_name: str | None
    place_id: int | None
    admin1: str | None
    country_code: str | None
    lat: float | None
    lon: float | None
    place_precision: str | None
    actors: tuple[str, ...]
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    injured_low: int | None
    injured_best: int | None
    injured_high: int | None
    n_articles: int
    n_outlets: int
    n_origins: int
    status: str
    headline: str
    first_published_at: datetime | None
    detected_at: datetime
    updated_at: datetime
    confidence_0_1: float
    merged_into: str | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One row of `pub.claims_of`: a claim with the article that makes it."""

    claim_id: str
    report_id: str
    incident_id: str
    measure: str
    low: int | None
    high: int | None
    bound: str
    victims: str | None
    victims_side: str | None
    speaker: str | None
    speaker_side: str
    quote: str
    start_char: int
    end_char: int
    published_at: datetime | None
    is_increment: bool
    is_part: bool
    verb: str | None
    rule: str
    outlet: str
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One article of an incident with what it tells."""

    report_id: str
    article_id: str
    incident_id: str
    role: str
    external_id: str
    url: str | None
    outlet: str
    title: str
    published_at: datetime | None
    origin_id: str
    wire_credit: str | None
    revision: int
    event_type: str
    date_start: date | None
    date_end: date | None
    date_precision: str | None
    place_name: str | None
    place_precision: str | None
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    injured_low: int | None
    injured_best: int | None
    injured_high: int | None
    confidence_0_1: float


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One row of `pub.actor_mention`."""

    report_id: str
    incident_id: str
    actor_id: str | None
    name: str
    role: str
    quote: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row of `pub.change`; `detail` is JSON."""

    change_id: int
    incident_id: str
    kind: str
    at: datetime
    run_id: str
    detail: str


@dataclass(frozen=True, slots=True)
class FeedHealthRow:
    """One row of `pub.feed_health`."""

    feed_id: str
    outlet: str
    url: str
    health: str
    last_fetch_at: datetime | None
    last_success_at: datetime | None
    last_new_entry_at: datetime | None
    last_outcome: str | None
    last_error: str | None
    n_failures: float
    next_poll_at: datetime | None
    next_poll_reason: str | None
    n_articles: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """One row of `pub.run`."""

    run_id: str
    kind: str
    started_at: datetime
    completed_at: datetime
    now: datetime
    known_at: datetime
    code_version: str
    status: str
    n_fetches: int
    n_articles: int
    n_reports: int
    n_incident_versions: int
    n_opened: int
    n_issues: int
    first_change_id: int | None
    last_change_id: int | None
    rollback_reason: str | None


@dataclass(frozen=True, slots=True)
class About:
    """The row of `pub.about`."""

    pub_version: str
    schema_version: int
    run_id: str | None
    known_at: datetime | None
    generated_at: datetime | None
    last_change_id: int
    n_incidents: int
    n_articles: int
    n_reports: int


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One row of `pub.assignment`; `explanation` is JSON."""

    report_id: str
    incident_id: str
    is_new: bool
    explanation: str
    run_id: str


@dataclass(frozen=True, slots=True)
class UnsureRow:
    """One row of `pub.unsure`; `explanation` is JSON."""

    report_id: str
    incident_id: str
    other_incident_id: str
    explanation: str
    run_id: str


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One row of `pub.issue`."""

    level: str
    code: str
    message: str
    feed_id: str | None
    article_id: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a free query: column names and rows of Python values."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
