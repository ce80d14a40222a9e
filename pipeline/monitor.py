"""A live run, stage by stage: due feeds are polled, new entries read, articles coded, incidents resolved, all appended.

The stages are methods so that `flows.monitor` can make tasks of them. The network stages hold no lock on the warehouse:
it is opened shortly before them for all that is known of the past, after them to append and to publish, and between
only where feeds or pages brought something that is to be looked up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version

from acquisition.feeds import Polls, fetch_feeds
from acquisition.feeds_file import feeds_by_id, load_feeds
from acquisition.pages import PageAnswer, PageRequest, fetch_pages
from acquisition.rate_limit import HostRecords
from acquisition.schedule import is_due
from extractors.feed import FeedBody, parse_feeds
from extractors.page import PageSource, extract_articles
from model import ids
from model.article import Article, TextQuality
from model.errors import ConfigError
from model.feed import Feed, FeedState, FeedStatus, Fetch, Outcome, Validators
from model.run import AppendedRun, BoilerplateLine, Issue, IssueCode, IssueLevel, Run, RunBatch
from model.settings import Settings
from pipeline.archive_limits import tidy_archive
from pipeline.boilerplate import BoilerplateFilter
from pipeline.coding import Coded, code_articles, coding_pool
from pipeline.entries import foreign_owner
from pipeline.fetch_plan import PlannedFetch, chunks_of, due_checks, is_revised
from pipeline.inbox import apply_inbox, clear
from pipeline.placing import Placing, place_codings
from pipeline.poll_results import Concluded, FeedResult, PolledFeed, Standing, conclude_polls, without_deferred
from pipeline.pruning import keep_texts_within
from warehouse import open_writer

FEEDS_PER_BATCH = 25  # a task's worth: some eight tasks for two hundred feeds
__all__ = ["Concluded", "FeedResult", "Monitor", "PlannedFetch", "PolledFeed", "ReadPages", "RunSummary", "chunks_of"]


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
    told: tuple[FeedResult, ...] = ()

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
        self._feeds_by_id = feeds_by_id(self.feeds)
        self._named = named_feeds(self.feeds, feed_ids)
        self._states: dict[str, FeedState] = {}
        self._checks: tuple[PlannedFetch, ...] = ()
        self._polls = Polls(settings, self.feeds)
        self._hosts: HostRecords = {}
        self._notices = BoilerplateFilter(settings.warehouse_path)

    def due(self) -> tuple[tuple[Feed, ...], ...]:
        """The feeds that are due, in batches.

        Reads their states from the warehouse (made if it is not there), and the young articles to check again: nobody
        adds articles while a run polls, and one opening costs as much as polling a few dozen unchanged feeds.
        """
        with open_writer(self.settings.warehouse_path) as writer:
            self._states = writer.feed_states([feed.feed_id for feed in self.feeds])
            self._checks = due_checks(writer, self._feeds_by_id, self.now)
        due = self._named or [feed for feed in self.feeds if is_due(self._states.get(feed.feed_id), self.now)]
        return tuple(tuple(due[i : i + FEEDS_PER_BATCH]) for i in range(0, len(due), FEEDS_PER_BATCH))

    def poll(self, feeds: Sequence[Feed]) -> tuple[PolledFeed, ...]:
        """Ask for some feeds and parse what came, in processes that can be killed; a feed's failure is its answer."""
        answers = fetch_feeds(feeds, self._states, self.settings, self.now, self._polls)
        bodies = [FeedBody(a.feed, a.body, a.content_type, a.fetch.final_url) for a in answers if a.body is not None]
        parsed = iter(parse_feeds(bodies, self.settings.n_workers))
        return tuple(PolledFeed(a, next(parsed) if a.body is not None else None) for a in answers)

    def conclude(self, polled: Sequence[PolledFeed]) -> Concluded:
        """Plan the next polls, find the entries that are new, and add the young articles to check again."""
        return conclude_polls(polled, Standing(self._states, self._checks, self.feeds), self.settings, self.now)

    def read(self, wanted: Sequence[PlannedFetch]) -> ReadPages:
        """Fetch the pages of some entries and extract their articles.

        Where the page of a new one fails, the feed's text serves. A page that is checked again gives an article only
        where it tells something else than what is stored.
        """
        with_url = [one for one in wanted if one.entry.url and not one.is_feed_text]
        requests = [_request(one) for one in with_url]
        answers = fetch_pages(requests, self.settings, self.now, self._hosts) if requests else ()
        by_id = {one.article_id: answer for one, answer in zip(with_url, answers, strict=True)}
        deferred = frozenset(i for i, answer in by_id.items() if answer.fetch.outcome is Outcome.DEFERRED)
        readable = [one for one in wanted if one.article_id not in deferred and _has_matter(one, by_id)]
        self._notices.load({one.feed.outlet for one in readable})
        extracted = extract_articles([self._source(one, by_id) for one in readable], self.settings.n_workers)
        read = {one.article.article_id: one.article for one in extracted if one.article}
        own = _with_own_addresses(tuple(read.values()), by_id)
        shared = {one.article_id for one in wanted if one.is_feed_text and not one.young}
        found, lines = self._notices.learn([self._with_sure_address(a, is_shared=a.article_id in shared) for a in own])
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

    def _with_sure_address(self, article: Article, *, is_shared: bool) -> Article:
        """Leave out an address that would make an article another's.

        Several entries share it, or it is another watched outlet's and its page was not read, so that the words are
        not that outlet's.
        """
        feed = self._feeds_by_id.get(article.feed_id or "")
        is_unread = article.text_quality is TextQuality.FEED_ONLY
        is_theirs = is_unread and feed is not None and foreign_owner(feed, article.url, self.feeds)
        return replace(article, url=None) if is_shared or is_theirs else article

    def _source(self, wanted: PlannedFetch, answers: Mapping[str, PageAnswer]) -> PageSource:
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
        concluded = without_deferred(concluded, frozenset().union(*(one.deferred for one in read)))
        issues = (*concluded.issues, *(i for one in read for i in one.issues), *coder_issues)
        with open_writer(self.settings.warehouse_path) as writer:
            answered = apply_inbox(writer, self.settings.inbox_path, self.now)
            placing = place_codings(articles, codings, writer, self.now)
            issues = (*issues, *answered.issues, *placing.issues)
            appended = writer.append(self._batch(concluded, read, placing, issues))
        clear(answered)
        placed, codings = placing.placed, placing.codings
        assignments = placed.resolution.assignments if placed else ()
        opened = tuple(dict.fromkeys(a.incident_id for a in assignments if a.is_new))
        return RunSummary(
            run_id=appended.run_id,
            now=self.now,
            n_feeds=len(concluded.fetches),
            n_failed_feeds=concluded.n_failed,
            n_new_entries=len(concluded.entries),
            n_articles=len(articles),
            n_reports=sum(len(coding.reports) for coding in codings),
            n_opened=len(opened),
            n_attached=sum(not a.is_new for a in assignments),
            n_issues=len(issues),
            appended=appended,
            opened=opened,
            n_updated=len({version.incident_id for version in placed.incidents} - set(opened)) if placed else 0,
            n_decided=answered.n_applied,
            told=concluded.feed_results,
        )

    def _batch(
        self, concluded: Concluded, read: Sequence[ReadPages], placing: Placing, issues: tuple[Issue, ...]
    ) -> RunBatch:
        """Put together what the run appends."""
        placed, codings = placing.placed, placing.codings
        return RunBatch(
            run=self._run(),
            feeds=self.feeds,
            fetches=(*concluded.fetches, *(f for one in read for f in one.fetches)),
            entries=concluded.entries,
            articles=tuple(article for one in read for article in one.articles),
            reports=tuple(report for coding in codings for report in coding.reports),
            resolution=placed.resolution if placed else None,
            incidents=placed.incidents if placed else (),
            changes=placed.changes if placed else (),
            issues=issues,
            coded_article_ids=tuple(coding.article_id for coding in codings),
            boilerplate=tuple(line for one in read for line in one.boilerplate),
        )

    def publish(self) -> bool:
        """Let old texts go, publish the snapshot for readers, and keep the archive within its limits.

        Returns:
            Whether anything was published: a run that only found every feed unchanged is published with later ones.
        """
        with open_writer(self.settings.warehouse_path) as writer:
            n_gone = keep_texts_within(writer, self.settings, self.now)
            is_news = bool(n_gone) or writer.has_news(self.settings.snapshot_path, self.now)
            if is_news:
                writer.publish(self.settings.snapshot_path)
        tidy_archive(self.settings)
        return is_news

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


def _with_own_addresses(articles: Sequence[Article], answers: Mapping[str, PageAnswer]) -> tuple[Article, ...]:
    """Take back a canonical address that pages of different words share: it is a template's, and would merge them."""
    texts: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        texts[article.url or ""].add(article.text)
    shared = {url for url, said in texts.items() if url and len(said) > 1}
    own = {i: a.page.final_url for i, a in answers.items() if a.page is not None}
    return tuple(replace(a, url=own[a.article_id]) if a.url in shared and a.article_id in own else a for a in articles)


def _request(wanted: PlannedFetch) -> PageRequest:
    validators = wanted.young.validators if wanted.young else Validators()
    return PageRequest(wanted.entry.url or "", wanted.feed.feed_id, validators)


def _has_matter(wanted: PlannedFetch, answers: Mapping[str, PageAnswer]) -> bool:
    """Say whether there is something to extract: a new article has its entry at least, a known one a changed text."""
    answer = answers.get(wanted.article_id)
    return wanted.young is None or wanted.is_feed_text or (answer is not None and answer.page is not None)


def _page_issue(answer: PageAnswer) -> Issue:
    fetch = answer.fetch
    message = f"page {fetch.url}: {fetch.outcome}: {fetch.error or fetch.http_status or 'no more is known'}"
    return Issue(IssueLevel.WARNING, IssueCode.PAGE_UNREACHABLE, message, feed_id=answer.request.feed_id, url=fetch.url)
