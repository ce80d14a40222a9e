"""Hostile pages and feeds cost their own worker and nothing else; their neighbours in the batch come out whole."""

import os
import resource
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from extractors.feed.batch import FeedBody
from extractors.page.articles import PageSource, _issue
from extractors.pool import Limits, Pool, PoolResult
from model.article import Page
from model.feed import Entry, Feed, ParsedFeed
from model.run import IssueCode

NOW = datetime(2018, 2, 9, tzinfo=UTC)
FEED = Feed("x", "https://news.example/feed", "The Example")
GOOD = (
    b"<html><head><title>Clash near the bridge</title></head><body><article><p>Two soldiers were hurt on Wednesday "
    b"when their patrol came under fire near the bridge, the army said in a short statement.</p><p>It did not say who "
    b"had fired, and nobody has claimed the attack so far, though several groups are active there.</p></article></body>"
)
PAGES = {
    "paragraphs": b"<html><body>" + b"<p>some words here" * 29_000,
    "links": b"<a href=x>a link with text " * 29_000,
    "cells": b"<table>" + b"<tr><td>cell" * 14_000,
    "deep": b"<div>" * 20_000 + b"x",
    "spans": b"<span>a" * 29_000,
    "too many elements": b"<p>x" * 100_000,
    "too many bytes": b"<p>" + b"x" * 5_000_000,
    "one large attribute": b'<p title="' + b"x" * 1_000_000 + b'">hello</p>',
    "NUL bytes": b"\0" * 500_000,
    "random bytes": bytes(range(256)) * 2000,
    "nothing": b"",
    "a broken comment": b"<html><!--" + b"-" * 500_000,
    "broken JSON-LD": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>" + GOOD,
    "wide JSON-LD": b'<script type="application/ld+json">[' + b"{}," * 50_000 + b"{}]</script>" + GOOD,
}
BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha">'
    + b"".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.encode() for n in range(1, 12))
    + b"]><rss version='2.0'><channel><title>&a11;</title><item><title>One</title></item></channel></rss>"
)
EXTERNAL = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<rss version='2.0'><channel><item><title>&x;</title><guid>1</guid></item></channel></rss>"
)
RSS_HEAD = b"<rss version='2.0'><channel>"
FEEDS = {
    "billion laughs": BILLION,
    "quadratic entity": b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 60_000 + b'">]><rss><channel><title>' + b"&a;" * 60_000,
    "nested links": RSS_HEAD + b"<item><description>" + b"&lt;a&gt;" * 50_000,
    "nested elements": RSS_HEAD + b"<a>" * 300_000,
    "100,000 entries": RSS_HEAD + b"<item><title>x</title></item>" * 100_000,
    "over the cap": RSS_HEAD + b" " * 11_000_000,
    "one long line": b"<" * 2_000_000,
}


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(2, Limits(cpu_s=0.5))  # a quarter of what real work gets, to spare the suite
    yield pool
    pool.close()


def source(body: bytes) -> PageSource:
    page = Page("https://news.example/a", "https://news.example/a", sha256(body).hexdigest(), body, "text/html", NOW)
    entry = Entry("x", "g", page.url, "A title", None, "<p>The words of the feed.</p>", None, None)
    return PageSource(page, entry, FEED, "art_1", NOW)


def children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_hostile_pages_are_bounded_and_their_neighbours_whole(pool: Pool) -> None:
    jobs = [source(body) for page in PAGES.values() for body in (page, GOOD)]
    results = pool.run("extractors.page.extract:extract_source", jobs)
    for name, hostile, good in zip(PAGES, results[::2], results[1::2], strict=True):
        assert hostile.failure is None or hostile.has_died, (name, hostile)
        assert good.failure is None, name
        assert "Two soldiers were hurt" in good.value.article.text, name


def test_hostile_feeds_are_bounded_and_their_neighbours_whole(pool: Pool) -> None:
    good = b"<rss version='2.0'><channel><item><guid>1</guid><title>One</title></item></channel></rss>"
    jobs = [FeedBody(FEED, body) for feed in FEEDS.values() for body in (feed, good)]
    results = pool.run("extractors.feed.batch:parse_body", jobs)
    for name, hostile, neighbour in zip(FEEDS, results[::2], results[1::2], strict=True):
        assert hostile.failure is None or hostile.has_died, (name, hostile)
        assert len(neighbour.value.entries) == 1, name


def test_external_entities_are_not_opened(pool: Pool) -> None:
    (result,) = pool.run("extractors.feed.batch:parse_body", [FeedBody(FEED, EXTERNAL)])
    assert isinstance(result.value, ParsedFeed)
    assert "root:" not in str(result.value)


def test_a_job_over_its_processor_time_is_killed_and_the_next_one_served() -> None:
    pool = Pool(1, Limits(cpu_s=0.3), preloaded=())
    try:
        spinning, served = pool.run("extractors.pool.trials:trial", ["spin", "echo"])
    finally:
        pool.close()
    assert spinning == PoolResult(failure="it needed more processor time than allowed", has_died=True)
    assert served.value == "echo"


def test_a_job_over_its_wall_time_is_killed() -> None:
    pool = Pool(1, Limits(wall_s=0.3), preloaded=())
    try:
        waiting, served = pool.run("extractors.pool.trials:trial", ["wait", "echo"])
    finally:
        pool.close()
    assert waiting.has_died
    assert "longer than 0.3 s" in str(waiting.failure)
    assert served.value == "echo"


def test_a_job_over_its_memory_is_refused_and_the_next_one_served(pool: Pool) -> None:
    greedy, served = pool.run("extractors.pool.trials:trial", ["hoard", "echo"])
    assert greedy.has_died
    assert "memory" in str(greedy.failure)
    assert served.value == "echo"


def test_a_job_that_ends_its_process_is_told(pool: Pool) -> None:
    ended, raised, served = pool.run("extractors.pool.trials:trial", ["exit", "raise", "echo"])
    assert ended.failure == "it ended the worker with exit code 3"
    assert (raised.failure, raised.has_died) == ("ValueError: on purpose", False)
    assert served.value == "echo"


def test_workers_are_replaced_after_so_many_jobs() -> None:
    pool = Pool(1, Limits(n_jobs=2), preloaded=())
    try:
        pids = [result.value for result in pool.run("extractors.pool.trials:trial", ["pid"] * 6)]
    finally:
        pool.close()
    assert len(set(pids)) == 3
    assert os.getpid() not in pids


def test_nothing_is_left_running_after_close() -> None:
    pool = Pool(2, preloaded=())
    pids = {result.value for result in pool.run("extractors.pool.trials:trial", ["pid"] * 4)}
    pool.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_killed_page_is_a_page_timeout() -> None:
    died = _issue(source(GOOD), PoolResult(failure="it needed more processor time than allowed", has_died=True))
    assert died.code is IssueCode.PAGE_TIMEOUT
    raised = _issue(source(GOOD), PoolResult(failure="ValueError: odd"))
    assert raised.code is IssueCode.PAGE_UNREADABLE
