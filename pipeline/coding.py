"""Code articles, in worker processes where there are many."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractors.coding.coder import Coder
from extractors.reference.load import load_reference
from model.article import Article
from model.report import Coding
from model.run import Issue, IssueCode, IssueLevel
from model.settings import Settings

CODED_LANGUAGES = frozenset({"en", None})  # others are kept and counted, and wait for a coder of their own
CHUNK = 16  # articles a message to a worker: large enough that pickling does not show, small enough to balance two


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
    """Worker processes for `code_articles`; none where settings ask for one worker only."""
    if settings.n_workers == 1:
        yield None
        return
    load_coder(settings)  # builds the tables once, before workers would race for it
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(settings.n_workers, mp_context=context) as pool:
        yield pool


def code_articles(articles: Sequence[Article], settings: Settings, pool: Executor | None = None) -> Coded:
    """Code `articles`; those in a language without a coder are left out and told as issues."""
    coded = [article for article in articles if article.language in CODED_LANGUAGES]
    issues = tuple(_not_coded(article) for article in articles if article.language not in CODED_LANGUAGES)
    chunks = [tuple(coded[i : i + CHUNK]) for i in range(0, len(coded), CHUNK)]
    work = [(settings.reference_path, chunk) for chunk in chunks]
    done = pool.map(_code_chunk, work) if pool and len(chunks) > 1 else map(_code_chunk, work)
    return Coded(tuple(coding for codings in done for coding in codings), issues)


def _code_chunk(work: tuple[Path, tuple[Article, ...]]) -> list[Coding]:
    reference_path, articles = work
    coder = _coder(reference_path)
    return [coder.code(article) for article in articles]


def _not_coded(article: Article) -> Issue:
    return Issue(
        IssueLevel.WARNING,
        IssueCode.LANGUAGE_NOT_CODED,
        f"language {article.language}: kept, not coded",
        feed_id=article.feed_id,
        article_id=article.article_id,
        url=article.url,
    )
