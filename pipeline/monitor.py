"""A live run, stage by stage: due feeds are polled, new entries read, articles coded, incidents resolved, all appended.

The stages are methods so that `flows.monitor` can make tasks of them. The network stages hold no lock on the warehouse:
it is opened shortly before them for all that is known of the past, after them to append and to publish, and between
only where feeds or pages brought something that is to be looked up.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version

from acquisition.conclude import conclude_poll, is_offline
from acquisition.feeds import FeedAnswer, Polls, fetch_feeds
from acquisition.feeds_file import feeds_by_id, load_feeds
from acquisition.manners import HostLedger
from acquisition.pages import PageAnswer, PageRequest, fetch_pages
from acquisition.schedule import feed_status, is_due, is_success
from extractors.feed import FeedBody, parse_feeds
from extractors.page import PageSource, extract_articles
from model import ids
from model.article import Article
from model.errors import ConfigError, TransientError
from model.feed import Feed, FeedState, FeedStatus, Fetch, Outcome, ParsedFeed, Validators
from model.run import AppendedRun, BoilerplateLine, Issue, IssueCode, IssueLevel, Run, RunBatch, SeenEntry
from model.settings import Settings
from pipeline.coding import Coded, code_articles, coding_pool
from pipeline.inbox import apply_inbox, clear
from pipeline.notices import Notices
from pipeline.pruning import keep_texts_within
from pipeline.resolving import place_reports
from pipeline.upkeep import tidy_archive
from pipeline.wanted import Wanted, chunks_of, due_checks, is_revised
from warehouse import open_writer

FEEDS_PER_BATCH = 25  # a task's worth: some eight tasks for two hundred feeds
__all__ = ["Concluded", "Monitor", "PolledFeed", "ReadPages", "RunSummary", "Wanted", "chunks_of"]


@dataclass(frozen=True, slots=True)
class PolledFeed:
    """One feed's answer and what the parser made of it (null where there was no body to parse)."""

    answer: FeedAnswer
    parsed: ParsedFeed | None


@dataclass(frozen=True, slots=True)
class FeedTold:
    """How one feed fared in a run, for people; the counts are null where no body was read."""

    feed_id: str
    status: FeedStatus
    outcome: Outcome
    n_entries: int | None
    n_new: int | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Concluded:
    """The polls of a run, concluded together: rows for the log, entries that are new, what is to be read."""

    fetches: tuple[Fetch, ...]
    entries: tuple[SeenEntry, ...]
    wanted: tuple[Wanted, ...]
    issues: tuple[Issue, ...]
    n_failed: int
    told: tuple[FeedTold, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPages:
    """The pages of some entries, fetched and extracted.

    `articles` are new or revised ones. `deferred` are those whose hosts must be asked later. `boilerplate` are lines
    learnt from these pages, which are not in `articles` any more.
    """

    fetches: tuple[Fetch, ...] = ()
    articles: tuple[Article, ...] = ()
    issues: tuple[Issue, ...] = ()
    deferred: frozenset[str] = frozenset()
    boilerplate: tuple[BoilerplateLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did, for people and for Prefect's artifact."""

    run_id: str
    now: datetime
    n_feeds: int
    n_failed_feeds: int
    n_new_entries: int
    n_articles: int
    n_reports: int
    n_opened: int
    n_attached: int
    n_issues: int
    appended: AppendedRun
    opened: tuple[str, ...] = field(default_factory=tuple)
    n_updated: int = 0
    n_decided: int = 0
    told: tuple[FeedTold, ...] = ()

    @property
    def line(self) -> str:
        """The closing line of a run."""
        n_quiet = sum(one.status is FeedStatus.QUIET for one in self.told)
        decided = f", {self.n_decided} decisions applied" if self.n_decided else ""
        return (
            f"{self.n_feeds - self.n_failed_feeds - n_quiet} ok, {n_quiet} quiet, {self.n_failed_feeds} failing; "
            f"{sum(one.n_entries or 0 for one in self.told)} entries, {self.n_new_entries} new, "
            f"{self.n_opened} incidents opened, {self.n_updated} updated; "
            f"{self.n_articles} articles, {self.n_reports} reports, {self.n_issues} issues{decided}"
        )


class Monitor:
    """The stages of one run.

    Args:
        settings: Where things are, and the limits.
        now: The run's moment (aware): the present, or a simulated clock's.
        feed_ids: Poll these feeds, due or not, and no others; none: those that are due.

    Raises:
        ConfigError: the feeds file is missing or wrong, or has no feed of such an id.
    """

    def __init__(self, settings: Settings, now: datetime, feed_ids: Sequence[str] = ()) -> None:
        self.settings = settings
        self.now = now
        self.started_at = datetime.now(UTC)
        self.feeds = load_feeds(settings.feeds)
        self._named = named_feeds(self.feeds, feed_ids)
        self._states: dict[str, FeedState] = {}
        self._checks: tuple[Wanted, ...] = ()
        self._polls = Polls(settings, self.feeds)
        self._hosts: HostLedger = {}
        self._notices = Notices(settings.warehouse_path)

    def due(self) -> tuple[tuple[Feed, ...], ...]:
        """The feeds that are due, in batches.

        Reads their states from the warehouse (made if it is not there), and the young articles to check again: nobody
        adds articles while a run polls, and one opening costs as much as polling a few dozen unchanged feeds.
        """
        with open_writer(self.settings.warehouse_path) as writer:
            self._states = writer.feed_states([feed.feed_id for feed in self.feeds])
            self._checks = due_checks(writer, feeds_by_id(self.feeds), self.now)
        due = self._named or [feed for feed in self.feeds if is_due(self._states.get(feed.feed_id), self.now)]
        return tuple(tuple(due[i : i + FEEDS_PER_BATCH]) for i in range(0, len(due), FEEDS_PER_BATCH))

    def poll(self, feeds: Sequence[Feed]) -> tuple[PolledFeed, ...]:
        """Ask for some feeds and parse what came, in processes that can be killed; a feed's failure is its answer."""
        answers = fetch_feeds(feeds, self._states, self.settings, self.now, self._polls)
        bodies = [FeedBody(a.feed, a.body, a.content_type) for a in answers if a.body is not None]
        parsed = iter(parse_feeds(bodies, self.settings.n_workers))
        return tuple(PolledFeed(a, next(parsed) if a.body is not None else None) for a in answers)

    def conclude(self, polled: Sequence[PolledFeed]) -> Concluded:
        """Plan the next polls, find the entries that are new, and add the young articles to check again."""
        offline = is_offline([p.answer for p in polled])
        fetches, entries, wanted, told = [], [], [], []
        taken: set[str] = set()
        for one in polled:
            state = self._states.get(one.answer.feed.feed_id, FeedState(one.answer.feed.feed_id))
            new = [e for e in one.parsed.whole_entries if e.guid not in state.known_guids] if one.parsed else []
            n_new = len(new) if one.parsed else None
            fetches.append(conclude_poll(one.answer, state, one.parsed, n_new, self.now, is_offline=offline))
            told.append(_told(fetches[-1], state, self.now, is_offline=offline))
            for entry in new:
                article_id = ids.article_id(entry.url or entry.guid)
                entries.append(SeenEntry(entry, article_id, self.now))
                if article_id not in taken:
                    taken.add(article_id)
                    wanted.append(Wanted(entry, one.answer.feed, article_id))
        failed = [fetch for fetch in fetches if not is_success(fetch.outcome)]
        return Concluded(
            fetches=tuple(fetches),
            entries=tuple(entries),
            wanted=(*self._unknown(wanted), *self._checks),
            issues=tuple(_feed_issue(fetch) for fetch in fetches if fetch.error or not is_success(fetch.outcome)),
            n_failed=len(failed),
            told=tuple(told),
        )

    def _unknown(self, wanted: Sequence[Wanted]) -> tuple[Wanted, ...]:
        """Leave out what is known; where feeds brought nothing new, the warehouse is not asked."""
        if not wanted:
            return ()
        with open_writer(self.settings.warehouse_path) as writer:
            known = writer.known_articles([one.article_id for one in wanted])
        return tuple(one for one in wanted if one.article_id not in known)

    def read(self, wanted: Sequence[Wanted]) -> ReadPages:
        """Fetch the pages of some entries and extract their articles.

        Where the page of a new one fails, the feed's text serves. A page that is checked again gives an article only
        where it tells something else than what is stored.
        """
        with_url = [one for one in wanted if one.entry.url]
        requests = [_request(one) for one in with_url]
        answers = fetch_pages(requests, self.settings, self.now, self._hosts) if requests else ()
        by_id = {one.article_id: answer for one, answer in zip(with_url, answers, strict=True)}
        deferred = frozenset(i for i, answer in by_id.items() if answer.fetch.outcome is Outcome.DEFERRED)
        readable = [one for one in wanted if one.article_id not in deferred and _has_matter(one, by_id)]
        self._notices.load({one.feed.outlet for one in readable})
        extracted = extract_articles([self._source(one, by_id) for one in readable], self.settings.n_workers)
        found, lines = self._notices.learn([one.article for one in extracted if one.article])
        checked = {one.article_id for one in wanted if one.young}
        failed = [a for i, a in by_id.items() if a.page is None and i not in deferred | checked]
        unreadable = [one.issue for one in extracted if one.issue and one.issue.article_id not in checked]
        return ReadPages(
            fetches=tuple(answer.fetch for answer in answers),
            articles=(*(a for a in found if a.article_id not in checked), *self._revised(found, checked)),
            issues=(*(_page_issue(answer) for answer in failed), *unreadable),
            deferred=deferred,
            boilerplate=lines,
        )

    def _source(self, wanted: Wanted, answers: Mapping[str, PageAnswer]) -> PageSource:
        answer, young = answers.get(wanted.article_id), wanted.young
        return PageSource(
            page=answer.page if answer else None,
            entry=wanted.entry,
            feed=wanted.feed,
            article_id=wanted.article_id,
            first_seen_at=young.first_seen_at if young else self.now,
            revision=young.revision + 1 if young else 1,
            boilerplate=self._notices.of(wanted.feed.outlet),
        )

    def _revised(self, found: Sequence[Article], checked: Collection[str]) -> tuple[Article, ...]:
        """Keep of the articles that were checked again those that were revised."""
        again = [article for article in found if article.article_id in checked]
        if not again:
            return ()
        with open_writer(self.settings.warehouse_path) as writer:
            stored = writer.articles([article.article_id for article in again])
        return tuple(
            a
            for a in again  # one that is not stored any more was taken back by a person while its page was read
            if a.article_id in stored and is_revised(stored[a.article_id], a, self._notices.of(a.outlet))
        )

    def code(self, articles: Sequence[Article]) -> Coded:
        """Code some articles in worker processes."""
        with coding_pool(self.settings) as pool:
            return code_articles(articles, self.settings, pool)

    def append(self, concluded: Concluded, read: Sequence[ReadPages], coded: Sequence[Coded]) -> RunSummary:
        """Resolve the reports against the warehouse and append the whole run in one transaction.

        Raises:
            WarehouseLockedError: somebody else writes. ContractError: the data would break the contract.
        """
        codings = tuple(c for one in coded for c in one.codings)
        coder_issues = tuple(i for one in coded for i in one.issues)
        articles = tuple(a for one in read for a in one.articles)
        reports = tuple(report for coding in codings for report in coding.reports)
        concluded = _without(concluded, frozenset().union(*(one.deferred for one in read)))
        issues = (*concluded.issues, *(i for one in read for i in one.issues), *coder_issues)
        with open_writer(self.settings.warehouse_path) as writer:
            answered = apply_inbox(writer, self.settings.inbox_path, self.now)
            issues = (*issues, *answered.issues)
            placed = place_reports(articles, codings, writer, self.now)
            appended = writer.append(
                RunBatch(
                    run=self._run(),
                    feeds=self.feeds,
                    fetches=(*concluded.fetches, *(f for one in read for f in one.fetches)),
                    entries=concluded.entries,
                    articles=articles,
                    reports=reports,
                    resolution=placed.resolution if placed else None,
                    incidents=placed.incidents if placed else (),
                    changes=placed.changes if placed else (),
                    issues=issues,
                    coded_article_ids=tuple(coding.article_id for coding in codings),
                    boilerplate=tuple(line for one in read for line in one.boilerplate),
                )
            )
        clear(answered)
        assignments = placed.resolution.assignments if placed else ()
        opened = tuple(dict.fromkeys(a.incident_id for a in assignments if a.is_new))
        return RunSummary(
            run_id=appended.run_id,
            now=self.now,
            n_feeds=len(concluded.fetches),
            n_failed_feeds=concluded.n_failed,
            n_new_entries=len(concluded.entries),
            n_articles=len(articles),
            n_reports=len(reports),
            n_opened=len(opened),
            n_attached=sum(not a.is_new for a in assignments),
            n_issues=len(issues),
            appended=appended,
            opened=opened,
            n_updated=len({version.incident_id for version in placed.incidents} - set(opened)) if placed else 0,
            n_decided=answered.n_applied,
            told=concluded.told,
        )

    def publish(self) -> None:
        """Let old texts go, publish the snapshot for readers, and keep the archive within its limits."""
        with open_writer(self.settings.warehouse_path) as writer:
            keep_texts_within(writer, self.settings, self.now)
            writer.publish(self.settings.snapshot_path)
        tidy_archive(self.settings)

    def check_health(self, concluded: Concluded) -> None:
        """Fail the run, after everything was appended, when too many feeds failed for it to be called a success.

        Raises:
            TransientError: the share of failing feeds is above the setting `max_failing_share_0_1`.
        """
        n_polled = len(concluded.fetches)
        if n_polled and concluded.n_failed / n_polled > self.settings.max_failing_share_0_1:
            raise TransientError(
                f"{concluded.n_failed} of {n_polled} feeds failed",
                unchanged="what came in was appended and published",
                next_step="see deconflict doctor, or wait for the next run",
            )

    def _run(self) -> Run:
        return Run(
            run_id=ids.make_id("run", "monitor", self.now.isoformat(), self.started_at.isoformat()),
            kind="monitor",
            started_at=self.started_at,
            completed_at=datetime.now(UTC),
            now=self.now,
            code_version=version("deconflict"),
        )


def named_feeds(feeds: Sequence[Feed], feed_ids: Sequence[str]) -> list[Feed]:
    """Choose feeds by their ids, in the file's order.

    Raises:
        ConfigError: there is no feed of such an id.
    """
    unknown = sorted(set(feed_ids) - {feed.feed_id for feed in feeds})
    if unknown:
        raise ConfigError(
            f"no such feeds: {', '.join(unknown)}", unchanged="nothing was polled", next_step="see feeds list"
        )
    return [feed for feed in feeds if feed.feed_id in set(feed_ids)]


def _told(fetch: Fetch, state: FeedState, now: datetime, *, is_offline: bool) -> FeedTold:
    """Say how a feed fares after a poll; one that failed fails, however few times it did so before."""
    status = FeedStatus.OFFLINE if is_offline else FeedStatus.FAILING
    if is_success(fetch.outcome):
        newest = now if fetch.n_new_entries else state.last_new_entry_at
        status = feed_status(replace(state, n_failures=0.0, last_success_at=now, last_new_entry_at=newest), now)
    feed_id = fetch.feed_id or ""
    return FeedTold(feed_id, status, fetch.outcome, fetch.n_entries, fetch.n_new_entries, fetch.error)


def _request(wanted: Wanted) -> PageRequest:
    validators = wanted.young.validators if wanted.young else Validators()
    return PageRequest(wanted.entry.url or "", wanted.feed.feed_id, validators)


def _has_matter(wanted: Wanted, answers: Mapping[str, PageAnswer]) -> bool:
    """Say whether there is something to extract: a new article has its entry at least, a known one a changed page."""
    answer = answers.get(wanted.article_id)
    return wanted.young is None or (answer is not None and answer.page is not None)


def _without(concluded: Concluded, deferred: frozenset[str]) -> Concluded:
    """Leave the entries of deferred articles unseen, and have their feeds sent in full next time: they come again."""
    late = {seen.entry.feed_id for seen in concluded.entries if seen.article_id in deferred}
    return replace(
        concluded,
        entries=tuple(seen for seen in concluded.entries if seen.article_id not in deferred),
        fetches=tuple(replace(f, validators=Validators()) if f.feed_id in late else f for f in concluded.fetches),
    )


def _feed_issue(fetch: Fetch) -> Issue:
    """Tell of a feed that failed, or, as a warning, of one that was read as far as it went."""
    if is_success(fetch.outcome):
        message = f"feed {fetch.feed_id}: read in part: {fetch.error}"
        return Issue(IssueLevel.WARNING, IssueCode.FEED_BROKEN, message, feed_id=fetch.feed_id, url=fetch.url)
    is_body = fetch.outcome in (Outcome.NOT_A_FEED, Outcome.PARSE_ERROR, Outcome.TOO_LARGE)
    code = IssueCode.FEED_BROKEN if is_body else IssueCode.FEED_UNREACHABLE
    message = f"feed {fetch.feed_id}: {fetch.outcome}: {fetch.error or fetch.http_status or 'no more is known'}"
    return Issue(IssueLevel.ERROR, code, message, feed_id=fetch.feed_id, url=fetch.url)


def _page_issue(answer: PageAnswer) -> Issue:
    fetch = answer.fetch
    message = f"page {fetch.url}: {fetch.outcome}: {fetch.error or fetch.http_status or 'no more is known'}"
    return Issue(IssueLevel.WARNING, IssueCode.PAGE_UNREACHABLE, message, feed_id=answer.request.feed_id, url=fetch.url)
