"""A run of the monitor flow and all that it appends, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from model.article import Article
from model.feed import Entry, Feed, Fetch
from model.incident import Change, IncidentVersion, Resolution
from model.report import Report


class IssueLevel(StrEnum):
    """How much an issue matters."""

    WARNING = "warning"
    ERROR = "error"


class IssueCode(StrEnum):
    """Constant names of what can go wrong with one feed, page or row."""

    FEED_UNREACHABLE = "feed.unreachable"
    FEED_BROKEN = "feed.broken"
    FEED_EMPTY = "feed.empty"
    FEED_ENTRIES_SKIPPED = "feed.entries_skipped"
    PAGE_UNREACHABLE = "page.unreachable"
    PAGE_UNREADABLE = "page.unreadable"
    PAGE_TIMEOUT = "page.timeout"
    LANGUAGE_NOT_CODED = "article.language_not_coded"
    CODER_FAILED = "article.coder_failed"
    CORPUS_LINE_BROKEN = "corpus.line_broken"
    SITE_NOT_BUILT = "site.not_built"
    DECISION_NOT_APPLIED = "decision.not_applied"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that went wrong with one feed, page or row, while the rest went on."""

    level: IssueLevel
    code: IssueCode
    message: str
    feed_id: str | None = None
    article_id: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of the pipeline. `kind` is `monitor`, `replay`, `reprocess` or `decide`."""

    run_id: str
    kind: str
    started_at: datetime
    completed_at: datetime
    now: datetime  # the simulated or real moment that the run took as its "now"; every row's `at`
    code_version: str


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """A feed's entry and the article that it became (null while its page has not been read)."""

    entry: Entry
    article_id: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class BoilerplateLine:
    """A line that stands under many articles of an outlet and tells nothing: a notice, a call to subscribe."""

    outlet: str
    line: str


@dataclass(frozen=True, slots=True)
class RunBatch:
    """Everything that one run appends.

    An article of `articles`, `reports` or `coded_article_ids` counts as coded anew: its reports here take the place of
    all its earlier ones, and where it has none here, the earlier ones are withdrawn.
    """

    run: Run
    feeds: tuple[Feed, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    entries: tuple[SeenEntry, ...] = ()
    articles: tuple[Article, ...] = ()
    reports: tuple[Report, ...] = ()
    resolution: Resolution | None = None
    incidents: tuple[IncidentVersion, ...] = ()
    changes: tuple[Change, ...] = ()
    issues: tuple[Issue, ...] = ()
    coded_article_ids: tuple[str, ...] = ()
    boilerplate: tuple[BoilerplateLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AppendedRun:
    """What the warehouse says of a run that it has taken: rows added by table, and the change ids (null if none)."""

    run_id: str
    n_rows: dict[str, int]
    first_change_id: int | None
    last_change_id: int | None
