"""One article on which the coder fails costs itself and is told; the others of its chunk are coded."""

import errno
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from model.article import Article, TextQuality
from model.errors import TransientError
from model.report import Coding
from model.run import IssueCode
from model.settings import Settings
from pipeline import coding

ROOT = Path(__file__).parents[3]
NOW = datetime(2018, 2, 8, tzinfo=UTC)
PLAIN = Article(
    article_id="art_0", revision=1, external_id="0", url="https://news.example/0", outlet="N", feed_id="n", title="T",
    text="X", author=None, language="en", published_at=NOW, published_precision=None, timezone="UTC", country_code=None,
    first_seen_at=NOW, fetched_at=NOW, page_sha256=None, text_quality=TextQuality.FULL,
)  # fmt: skip


class FailingCoder:
    def code(self, article: Article) -> Coding:
        if article.title == "bad":
            raise ValueError("a lone\nhalf")
        if article.title == "deadly":
            os._exit(9)
        if article.title == "disk":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        while article.title == "endless":
            pass
        return Coding(article.article_id, ())


def articles(*titles: str) -> list[Article]:
    return [replace(PLAIN, article_id=f"art_{n}", title=title) for n, title in enumerate(titles)]


def test_the_failing_article_is_an_issue(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(coding, "_coder", lambda path: FailingCoder())
    coded = coding.code_articles(articles("one", "bad", "two"), Settings(home=tmp_path))
    assert [one.article_id for one in coded.codings] == ["art_0", "art_2"]
    (issue,) = coded.issues
    assert (issue.code, issue.article_id, issue.url) == (IssueCode.CODER_FAILED, "art_1", PLAIN.url)
    assert "ValueError: a lone half" in issue.message


def test_an_article_that_ends_its_process_takes_no_other_with_it(tmp_path, monkeypatch) -> None:
    # fork, so that the workers have the failing coder too
    monkeypatch.setattr(coding, "_coder", lambda path: FailingCoder())
    fork = multiprocessing.get_context("fork")
    monkeypatch.setattr(coding, "_workers", lambda n: ProcessPoolExecutor(n, mp_context=fork))
    titles = [f"story {n}" for n in range(coding.CHUNK + 4)]
    titles[3] = "deadly"
    with ProcessPoolExecutor(2, mp_context=fork) as pool:
        coded = coding.code_articles(articles(*titles), Settings(home=tmp_path), pool)
    assert len(coded.codings) == len(titles) - 1
    assert [(i.code, i.article_id) for i in coded.issues] == [(IssueCode.CODER_FAILED, "art_3")]


def test_an_article_that_never_ends_is_ended_by_the_clock(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(coding, "_coder", lambda path: FailingCoder())
    monkeypatch.setattr(coding, "MAX_ARTICLE_S", 0.3)
    fork = multiprocessing.get_context("fork")

    def workers(n: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(n, mp_context=fork, initializer=coding._start_worker)

    monkeypatch.setattr(coding, "_workers", workers)
    with workers(2) as pool:
        coded = coding.code_articles(articles("one", "endless", "two"), Settings(home=tmp_path), pool)
    assert [one.article_id for one in coded.codings] == ["art_0", "art_2"]
    assert [(i.code, i.article_id) for i in coded.issues] == [(IssueCode.CODER_FAILED, "art_1")]


def test_a_temporary_folder_with_a_long_name_is_no_hindrance(tmp_path) -> None:
    """A flow has a temporary folder deep in the home; the path of a socket ends at 107 bytes."""
    deep = tmp_path / ("a long name of a home " * 4).strip() / "tmp"
    deep.mkdir(parents=True)
    code = (
        "from pipeline.coding import _workers\n"
        "if __name__ == '__main__':\n"
        "    with _workers(1) as pool: print(pool.submit(len, 'four').result())\n"
    )
    script = tmp_path / "main.py"
    script.write_text(code, "utf-8")
    environ = os.environ | {"TMPDIR": str(deep), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(script)], env=environ, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.returncode) == ("4\n", 0), done.stderr


def test_a_worker_that_ends_costs_one_start_and_not_one_for_each_article(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(coding, "_coder", lambda path: FailingCoder())
    fork = multiprocessing.get_context("fork")
    started = []

    def workers(n: int) -> ProcessPoolExecutor:
        started.append(n)
        return ProcessPoolExecutor(n, mp_context=fork, initializer=coding._start_worker)

    monkeypatch.setattr(coding, "_workers", workers)
    titles = ["deadly", *(f"story {n}" for n in range(10 * coding.CHUNK))]
    with ProcessPoolExecutor(2, mp_context=fork) as pool:
        coded = coding.code_articles(articles(*titles), Settings(home=tmp_path), pool)
    assert len(coded.codings) == len(titles) - 1
    assert len(started) <= 4  # after the chunk, after the article, and one that goes on; an article alone takes 5 s


def test_processes_that_cannot_code_at_all_are_ours(tmp_path, monkeypatch) -> None:
    def broken(path):
        os._exit(1)

    monkeypatch.setattr(coding, "_coder", broken)
    fork = multiprocessing.get_context("fork")
    monkeypatch.setattr(coding, "_workers", lambda n: ProcessPoolExecutor(n, mp_context=fork))
    with ProcessPoolExecutor(2, mp_context=fork) as pool, pytest.raises(TransientError, match="no feed is blamed"):
        coding.code_articles(articles("one", "two"), Settings(home=tmp_path), pool)


def test_many_deadly_articles_are_bounded(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(coding, "_coder", lambda path: FailingCoder())
    fork = multiprocessing.get_context("fork")
    monkeypatch.setattr(coding, "_workers", lambda n: ProcessPoolExecutor(n, mp_context=fork))
    with ProcessPoolExecutor(2, mp_context=fork) as pool:
        coded = coding.code_articles(articles(*["deadly"] * 40), Settings(home=tmp_path), pool)
    assert coded.codings == ()
    assert sum("not tried" in one.message for one in coded.issues) >= 40 - coding.MOST_DEATHS


@pytest.mark.parametrize("in_a_pool", [False, True])
def test_a_full_disk_is_no_fault_of_an_article(tmp_path, monkeypatch, in_a_pool) -> None:
    monkeypatch.setattr(coding, "_coder", lambda path: FailingCoder())
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=fork) as pool, pytest.raises(TransientError, match="No space left"):
        coding.code_articles(articles("one", "disk"), Settings(home=tmp_path), pool if in_a_pool else None)
