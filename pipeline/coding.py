"""Code articles in worker processes; an article that takes too long ends its worker, and nothing else."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from extractors.coding.coder import Coder
from extractors.reference.load import load_reference
from model.article import Article
from model.errors import is_of_this_machine, machine_fault
from model.report import Coding
from model.run import Issue, IssueCode, IssueLevel
from model.settings import Settings

CODED_LANGUAGES = frozenset({"en", None})  # others are kept and counted, and wait for a coder of their own
CHUNK = 16  # articles a message to a worker: large enough that pickling does not show, small enough to balance two
MOST_DEATHS = 10  # of processes within one call, after which articles that were lost are not tried: bounds the wait
MAX_ARTICLE_S = 60.0  # of one article in a worker, by the clock; the slowest of 40,000 hostile texts took 1.4 s
Work: TypeAlias = tuple[Path, tuple[Article, ...]]  # the folder of the coder's tables, and a chunk
Outcomes: TypeAlias = list[Coding | str]  # by article of a chunk: its coding, or why there is none
_is_worker = False  # whether this process is one of `_workers`, and may be ended by a timer


@dataclass(frozen=True, slots=True)
class Coded:
    """The codings of some articles, in their order, and the articles that were not coded, with the reason."""

    codings: tuple[Coding, ...]
    issues: tuple[Issue, ...]


@lru_cache(maxsize=1)
def _coder(reference_path: Path) -> Coder:
    return Coder(load_reference(reference_path))


def load_coder(settings: Settings) -> Coder:
    """The coder with its tables; built tables are made at first use, and kept for the life of the process."""
    return _coder(settings.reference_path)


@contextmanager
def coding_pool(settings: Settings) -> Iterator[Executor | None]:
    """Worker processes for `code_articles`; none, and so no limit of time, where settings ask for one worker only."""
    if settings.n_workers == 1:
        yield None
        return
    load_coder(settings)  # builds the tables once, before workers would race for it
    with _workers(settings.n_workers) as pool:
        yield pool


def code_articles(articles: Sequence[Article], settings: Settings, pool: Executor | None = None) -> Coded:
    """Code `articles`; those in a language without a coder, and those on which the coder fails, are told as issues.

    Raises:
        TransientError: this machine is at fault: no disk, no memory, processes that cannot code anything.
    """
    coded = [article for article in articles if article.language in CODED_LANGUAGES]
    issues = [_not_coded(article) for article in articles if article.language not in CODED_LANGUAGES]
    chunks = [tuple(coded[i : i + CHUNK]) for i in range(0, len(coded), CHUNK)]
    work = [(settings.reference_path, chunk) for chunk in chunks]
    try:
        outcomes = _pooled(pool, work) if pool else [_code_chunk(one) for one in work]
    except OSError as error:  # a process that could not be started
        raise machine_fault(error) from error
    codings: list[Coding] = []
    for chunk, results in zip(chunks, outcomes, strict=True):
        for article, result in zip(chunk, results, strict=True):
            if isinstance(result, Coding):
                codings.append(result)
            else:
                issues.append(_failed(article, result))
    return Coded(tuple(codings), tuple(issues))


def _workers(n_workers: int) -> ProcessPoolExecutor:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers share the cores; threads of each only get in the way
    return ProcessPoolExecutor(n_workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker)


def _start_worker() -> None:
    """Let the kernel end this process when the timer of an article runs out, whatever it is busy with."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    global _is_worker
    _is_worker = True


def _submitted(pool: Executor, work: Work) -> Future[Outcomes] | None:
    """Hand a chunk to the pool; null where a worker's death has broken it."""
    try:
        return pool.submit(_code_chunk, work)
    except BrokenExecutor:
        return None


def _pooled(pool: Executor, work: Sequence[Work]) -> list[Outcomes]:
    """Code chunks in a pool; those that were lost with a worker are coded again, one process at a time."""
    futures = [_submitted(pool, one) for one in work]
    again = _Again()
    try:
        return [_outcome(future) or again.code(one) for future, one in zip(futures, work, strict=True)]
    finally:
        again.close()


def _outcome(future: Future[Outcomes] | None) -> Outcomes | None:
    """Wait for a chunk; null where it was lost with its worker."""
    try:
        return future.result() if future is not None else None
    except BrokenExecutor:
        return None


class _Again:
    """Codes chunks that were lost with a worker, in one process, which is replaced when it dies."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._n_deaths = 0

    def code(self, work: Work) -> Outcomes:
        """Code a chunk; one that ends its process is coded article by article.

        Raises:
            TransientError: the processes die without any article.
        """
        reference_path, articles = work
        found = self._tried(work) if self._n_deaths < MOST_DEATHS else None
        return found or [result for article in articles for result in self._alone((reference_path, (article,)))]

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def _alone(self, work: Work) -> Outcomes:
        """Code one article, so that its death costs nobody else."""
        if self._n_deaths >= MOST_DEATHS:
            return [f"not tried, since articles of this run ended {MOST_DEATHS} processes before it"]
        found = self._tried(work)
        if found is None and self._tried((work[0], ())) is None:
            raise machine_fault("the processes that code articles end before they have any")
        return found or [f"it ended the process that coded it, or took more than {MAX_ARTICLE_S:.0f} s"]

    def _tried(self, work: Work) -> Outcomes | None:
        """Code a chunk in the process; null where that ended."""
        self._pool = self._pool or _workers(1)
        try:
            return self._pool.submit(_code_chunk, work).result()
        except BrokenExecutor:
            self._n_deaths += 1
            self.close()
            return None


def _code_chunk(work: Work) -> Outcomes:
    """Code the articles of a chunk; in place of a coding, why an article has none."""
    reference_path, articles = work
    coder = _coder(reference_path)
    return [_code(coder, article) for article in articles]


def _code(coder: Coder, article: Article) -> Coding | str:
    try:
        if _is_worker:
            signal.setitimer(signal.ITIMER_REAL, MAX_ARTICLE_S)
        return coder.code(article)
    except Exception as error:  # one article's fault must not end the run
        if is_of_this_machine(error):
            raise machine_fault(error) from error
        return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    finally:
        if _is_worker:
            signal.setitimer(signal.ITIMER_REAL, 0.0)


def _failed(article: Article, reason: str) -> Issue:
    return Issue(
        IssueLevel.ERROR,
        IssueCode.CODER_FAILED,
        f"the coder failed; the article is kept, not coded: {reason}",
        feed_id=article.feed_id,
        article_id=article.article_id,
        url=article.url,
    )


def _not_coded(article: Article) -> Issue:
    return Issue(
        IssueLevel.WARNING,
        IssueCode.LANGUAGE_NOT_CODED,
        f"language {article.language}: kept, not coded",
        feed_id=article.feed_id,
        article_id=article.article_id,
        url=article.url,
    )
