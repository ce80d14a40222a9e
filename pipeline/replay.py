"""Replay a corpus through coding, resolution and append, in order of publication, with a simulated clock.

Each simulated day is one run: the day's articles are coded, resolved against what the warehouse knows by then, and
appended; the run's `now` is the end of that day. Articles without a date come last, in file order, in runs of
`UNDATED_CHUNK`, at the end of the last dated day. Interrupted replays resume: articles that the warehouse has are left
out. Nothing of the gold is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from model import ids
from model.article import Article
from model.errors import SourceError
from model.report import Coding
from model.run import Issue, IssueCode, IssueLevel, Run, RunBatch
from model.settings import Settings
from pipeline.coding import Coded, code_articles, coding_pool
from pipeline.corpus import CorpusRow, day_of, read_corpus
from pipeline.resolving import place_reports
from warehouse import Writer, open_writer

UNDATED_CHUNK = 200  # articles a run where the corpus has no days: about what a busy poll brings
CODING_BATCH = 256  # articles coded at a time: keeps both workers busy, and little is lost by an interruption
UNDATED_START = datetime(2000, 1, 1, tzinfo=UTC)  # the clock of a corpus without any date: fixed, so replays repeat

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did; `broken_lines` are the corpus lines that could not be read.

    `n_not_coded` counts articles that are kept without reports: in a language that is not read, or the coder failed.
    """

    n_articles: int
    n_skipped: int
    n_reports: int
    n_runs: int
    is_published: bool
    broken_lines: tuple[SourceError, ...]
    n_not_coded: int = 0


@dataclass(frozen=True, slots=True)
class _Day:
    now: datetime
    articles: tuple[Article, ...]


def replay(
    corpus: Path, warehouse_path: Path, settings: Settings, progress: Progress = lambda done, of: None
) -> Replayed:
    """Replay `corpus` into the warehouse at `warehouse_path`, made if it is not there; the home's own is published.

    Raises:
        ConfigError: the corpus cannot be opened. WarehouseError: the warehouse cannot be written.
    """
    read = list(read_corpus(corpus))
    broken = tuple(row for row in read if isinstance(row, SourceError))
    days = _days([row for row in read if isinstance(row, CorpusRow)])
    n_articles = sum(len(day.articles) for day in days)
    n_skipped = n_reports = n_runs = n_done = n_not_coded = 0
    with open_writer(warehouse_path) as writer, coding_pool(settings) as pool:
        for batch in _batches(days):
            known = writer.known_articles([a.article_id for day in batch for a in day.articles])
            fresh = [_Day(day.now, tuple(a for a in day.articles if a.article_id not in known)) for day in batch]
            coded = code_articles([a for day in fresh for a in day.articles], settings, pool)
            n_not_coded += len(coded.issues)
            by_id = {coding.article_id: coding for coding in coded.codings}
            for day in fresh:
                if day.articles:
                    issues = (*_line_issues(broken if n_runs == 0 else ()), *_issues_of(day, coded))
                    n_reports += _append_day(day, by_id, issues, writer)
                    n_runs += 1
            n_skipped += len(known)
            n_done += sum(len(day.articles) for day in batch)
            progress(n_done, n_articles)
        is_home = warehouse_path.resolve() == settings.warehouse_path.resolve()
        if is_home:
            writer.publish(settings.snapshot_path)
    return Replayed(n_articles - n_skipped, n_skipped, n_reports, n_runs, is_home, broken, n_not_coded)


def _line_issues(broken: Sequence[SourceError]) -> tuple[Issue, ...]:
    return tuple(Issue(IssueLevel.ERROR, IssueCode.CORPUS_LINE_BROKEN, str(error)) for error in broken)


def _issues_of(day: _Day, coded: Coded) -> tuple[Issue, ...]:
    """Take the issues of a day's articles: other languages, failures of the coder."""
    of_day = {article.article_id for article in day.articles}
    return tuple(issue for issue in coded.issues if issue.article_id in of_day)


def _append_day(day: _Day, codings: dict[str, Coding], issues: tuple[Issue, ...], writer: Writer) -> int:
    of_day = [codings[a.article_id] for a in day.articles if a.article_id in codings]
    placed = place_reports(day.articles, of_day, writer, day.now)
    reports = tuple(report for coding in of_day for report in coding.reports)
    first = day.articles[0].article_id
    run = Run(
        run_id=ids.make_id("run", "replay", day.now.isoformat(), first),
        kind="replay",
        started_at=day.now,
        completed_at=day.now,
        now=day.now,
        code_version=version("deconflict"),
    )
    writer.append(
        RunBatch(
            run=run,
            articles=day.articles,
            reports=reports,
            resolution=placed.resolution if placed else None,
            incidents=placed.incidents if placed else (),
            changes=placed.changes if placed else (),
            issues=issues,
        )
    )
    return len(reports)


def _days(rows: Sequence[CorpusRow]) -> list[_Day]:
    dated = sorted((r for r in rows if r.published_at), key=lambda r: r.published_at or UNDATED_START)
    days = [
        _Day(now, tuple(row.as_article(now) for row in group))
        for now, group in groupby(dated, key=lambda row: _end_of_day(row.published_at or UNDATED_START))
    ]
    undated = [row for row in rows if row.published_at is None]
    now = days[-1].now if days else UNDATED_START
    for start in range(0, len(undated), UNDATED_CHUNK):
        now += timedelta(seconds=1)
        days.append(_Day(now, tuple(row.as_article(now) for row in undated[start : start + UNDATED_CHUNK])))
    return days


def _end_of_day(moment: datetime) -> datetime:
    return datetime.combine(day_of(moment), time.max, UTC).replace(microsecond=0)


def _batches(days: Sequence[_Day]) -> Iterator[list[_Day]]:
    batch: list[_Day] = []
    for day in days:
        batch.append(day)
        if sum(len(d.articles) for d in batch) >= CODING_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
