"""The polls of a run, concluded together: rows for the fetch log, entries that are new, what is to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from acquisition.feeds import FeedAnswer
from acquisition.poll_outcome import conclude_poll, is_offline
from acquisition.schedule import feed_status, is_success
from model.errors import is_of_this_machine, machine_fault
from model.feed import Feed, FeedState, FeedStatus, Fetch, Outcome, ParsedFeed, Validators
from model.run import Issue, IssueCode, IssueLevel, SeenEntry
from model.settings import Settings
from pipeline.entries import (
    MAX_NEW_PER_DAY,
    MAX_REVISED_PER_DAY,
    Kind,
    Listed,
    Past,
    choose,
    list_entries,
    possible_guids,
    scoped_ids,
)
from pipeline.fetch_plan import PlannedFetch
from warehouse import Writer, open_writer
from warehouse.rows import KnownArticle, KnownEntry, YoungArticle

RENAMED_WITHIN = timedelta(days=7)  # how far back an entry under a new guid is looked for by its title
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PolledFeed:
    """One feed's answer and what the parser made of it (null where there was no body to parse)."""

    answer: FeedAnswer
    parsed: ParsedFeed | None


@dataclass(frozen=True, slots=True)
class FeedResult:
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
    fetches_planned: tuple[PlannedFetch, ...]
    issues: tuple[Issue, ...]
    n_failed: int
    feed_results: tuple[FeedResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known before the polls of a run: states of feeds, young articles to check again, all feeds."""

    states: Mapping[str, FeedState]
    checks: tuple[PlannedFetch, ...]
    feeds: Sequence[Feed]


@dataclass(frozen=True, slots=True)
class _Record:
    """What the warehouse knows of the entries that were listed."""

    past: Past
    articles: Mapping[str, KnownArticle]


def conclude_polls(polled: Sequence[PolledFeed], standing: Standing, settings: Settings, now: datetime) -> Concluded:
    """Plan the next polls, decide what each listed entry is, and choose what is to be read.

    Args:
        polled: What came of the polls.
        standing: What is known before them.
        settings: Where the warehouse is; it is opened only where feeds listed anything.
        now: The run's moment.
    """
    offline = is_offline([one.answer for one in polled])
    listed, faults = _listed(polled)
    record = _look_up(listed, settings, now) if listed else _Record(Past(), {})
    chosen = choose(listed, record.past, standing.feeds)
    n_new = Counter(one.feed.feed_id for one in chosen if one.kind in (Kind.NEW, Kind.AGAIN))
    fetches, feed_results = [], []
    for one in polled:
        feed_id = one.answer.feed.feed_id
        state = standing.states.get(feed_id, FeedState(feed_id))
        fetch = _concluded(one, state, n_new[feed_id], now, is_offline=offline)
        fetches.append(fetch)
        feed_results.append(_feed_result(fetch, state, now, is_offline=offline))
    updates = tuple(_update(one, record, now) for one in chosen if one.kind is Kind.UPDATE)
    updated = {one.article_id for one in updates}
    fresh = [one for one in chosen if one.kind in (Kind.NEW, Kind.AGAIN)]
    new = (PlannedFetch(o.entry, o.feed, o.article_id, is_feed_text=o.is_shared) for o in fresh if o.kind is Kind.NEW)
    return Concluded(
        fetches=tuple(fetches),
        entries=tuple(
            SeenEntry(one.entry, one.article_id, now) for one in chosen if one.kind in (Kind.NEW, Kind.AGAIN)
        ),
        fetches_planned=(*new, *updates, *(check for check in standing.checks if check.article_id not in updated)),
        issues=(
            *(_feed_issue(fetch) for fetch in fetches if _is_news(fetch, standing.states)),
            *_skipped_issues(chosen),
            *faults,
        ),
        n_failed=sum(not is_success(fetch.outcome) for fetch in fetches),
        feed_results=tuple(feed_results),
    )


def _concluded(one: PolledFeed, state: FeedState, n_new: int, now: datetime, *, is_offline: bool) -> Fetch:
    """Conclude one feed's poll; a fault of ours is that feed's outcome and ends no run."""
    try:
        return conclude_poll(one.answer, state, one.parsed, n_new, now, is_offline=is_offline)
    except Exception as error:  # the next poll of this feed is planned by its earlier state
        if is_of_this_machine(error):
            raise machine_fault(error) from error
        error_text = f"the poll could not be concluded: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
        return replace(one.answer.fetch, outcome=Outcome.PARSE_ERROR, error=error_text, validators=state.validators)


def _listed(polled: Sequence[PolledFeed]) -> tuple[list[Listed], list[Issue]]:
    """List the entries of all documents; a document on which this fails is told and costs no other feed."""
    listed: list[Listed] = []
    faults: list[Issue] = []
    for one in polled:
        if one.parsed is None:
            continue
        try:
            listed += list_entries(one.answer.feed, one.parsed.whole_entries)
        except Exception as error:  # one feed's entries must not end the run
            if is_of_this_machine(error):
                raise machine_fault(error) from error
            message = (
                f"feed {one.answer.feed.feed_id}: its entries could not be listed: {type(error).__name__}: {error}"
            )
            feed_id = one.answer.feed.feed_id
            faults.append(Issue(IssueLevel.ERROR, IssueCode.FEED_BROKEN, message, feed_id=feed_id))
    return listed, faults


def _look_up(listed: Sequence[Listed], settings: Settings, now: datetime) -> _Record:
    """Ask the warehouse what it knows of the listed entries and their articles."""
    feed_ids = {one.feed.feed_id for one in listed}
    guids = [guid for one in listed for guid in possible_guids(one.entry)]
    with open_writer(settings.warehouse_path) as writer:
        found = writer.known_entries(feed_ids, guids, [one.entry.title for one in listed], now - RENAMED_WITHIN)
        record = _with_articles(listed, found, writer)
        n_new, n_revised = (
            count(feed_ids, now - A_DAY) for count in (writer.count_new_entries, writer.count_revisions)
        )
    return replace(record, past=replace(record.past, n_today=n_new, n_revised_today=n_revised))


def _with_articles(listed: Sequence[Listed], found: Sequence[KnownEntry], writer: Writer) -> _Record:
    """Load the articles whose words are to be compared with those of the listed entries."""
    entries = {(known.feed_id, known.guid): known for known in found}
    titles: dict[tuple[str, str], tuple[KnownEntry, ...]] = {}
    for known in found:
        key = (known.feed_id, known.title)
        titles[key] = (*titles.get(key, ()), known)
    known_as = [(one, entries.get((one.feed.feed_id, one.entry.guid))) for one in listed]
    feed_only = writer.feed_only([known.article_id for _, known in known_as if known])
    contested = {
        article_id
        for one, known in known_as
        if known is None or known.article_id != one.article_id
        for article_id in scoped_ids(one)
    }
    articles = writer.known_articles(contested | feed_only)
    return _Record(Past(entries, titles, writer.articles(articles), feed_only), articles)


def _update(one: Listed, record: _Record, now: datetime) -> PlannedFetch:
    """Want the feed's own text of an article again."""
    known = record.articles[one.article_id]
    young = YoungArticle(one.article_id, known.revision, known.first_seen_at, now, Validators(), one.entry)
    return PlannedFetch(one.entry, one.feed, one.article_id, young, is_feed_text=True)


def _skipped_issues(chosen: Sequence[Listed]) -> list[Issue]:
    """Tell of each feed how many of its entries were left out."""
    limits = {
        Kind.SKIPPED: f"entries left out: over {MAX_NEW_PER_DAY} new ones within a day",
        Kind.UNREVISED: f"changed entries left as they were: over {MAX_REVISED_PER_DAY} revisions within a day",
    }
    n_skipped = Counter((one.feed.feed_id, one.kind) for one in chosen if one.kind in limits)
    return [
        Issue(
            IssueLevel.WARNING,
            IssueCode.FEED_ENTRIES_SKIPPED,
            f"feed {feed_id}: {n} {limits[kind]}",
            feed_id=feed_id,
        )
        for (feed_id, kind), n in sorted(n_skipped.items(), key=lambda item: (item[0][0], item[0][1].value))
    ]


def _feed_result(fetch: Fetch, state: FeedState, now: datetime, *, is_offline: bool) -> FeedResult:
    """Say how a feed fares after a poll; one that failed fails, however few times it did so before."""
    status = FeedStatus.OFFLINE if is_offline else FeedStatus.FAILING
    if is_success(fetch.outcome):
        newest = now if fetch.n_new_entries else state.last_new_entry_at
        status = feed_status(replace(state, n_failures=0.0, last_success_at=now, last_new_entry_at=newest), now)
    feed_id = fetch.feed_id or ""
    return FeedResult(feed_id, status, fetch.outcome, fetch.n_entries, fetch.n_new_entries, fetch.error)


def without_deferred(concluded: Concluded, deferred: frozenset[str]) -> Concluded:
    """Leave the entries of deferred articles unseen, and have their feeds sent in full next time: they come again."""
    late = {seen.entry.feed_id for seen in concluded.entries if seen.article_id in deferred}
    return replace(
        concluded,
        entries=tuple(seen for seen in concluded.entries if seen.article_id not in deferred),
        fetches=tuple(replace(f, validators=Validators()) if f.feed_id in late else f for f in concluded.fetches),
    )


def _is_news(fetch: Fetch, states: Mapping[str, FeedState]) -> bool:
    """Say whether a fault is to be told: a feed that fails was told of when it began to; `pub.feed_health` has it."""
    if is_success(fetch.outcome):
        return fetch.error is not None
    state = states.get(fetch.feed_id or "")
    return state is None or not state.n_failures


def _feed_issue(fetch: Fetch) -> Issue:
    """Tell of a feed that failed, or, as a warning, of one that was read as far as it went."""
    if is_success(fetch.outcome):
        message = f"feed {fetch.feed_id}: read in part: {fetch.error}"
        return Issue(IssueLevel.WARNING, IssueCode.FEED_BROKEN, message, feed_id=fetch.feed_id, url=fetch.url)
    is_body = fetch.outcome in (Outcome.NOT_A_FEED, Outcome.PARSE_ERROR, Outcome.TOO_LARGE)
    code = IssueCode.FEED_BROKEN if is_body else IssueCode.FEED_UNREACHABLE
    message = f"feed {fetch.feed_id}: {fetch.outcome}: {fetch.error or fetch.http_status or 'no more is known'}"
    return Issue(IssueLevel.ERROR, code, message, feed_id=fetch.feed_id, url=fetch.url)
