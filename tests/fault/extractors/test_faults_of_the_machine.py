"""Faults of the machine fail the run with one line; no feed, page or article is blamed, and nothing waits for long."""

import errno
import os
import signal
import time
from datetime import UTC, datetime

import pytest

from extractors.feed.batch import FeedBody
from extractors.pool import Limits, Pool
from extractors.pool import client as client_module
from model.errors import TransientError, is_of_this_machine
from model.feed import Feed

NOW = datetime(2018, 2, 9, tzinfo=UTC)
JOB = "tests.support.broken_jobs:do"
FEED = Feed("x", "https://news.example/feed", "The Example")
GOOD = b"<rss version='2.0'><channel><item><guid>1</guid><title>One</title></item></channel></rss>"


@pytest.mark.parametrize("preloaded", ["extractors.no_such_module:x", "extractors.pool.trials:no_such_function"])
def test_a_pool_that_cannot_start_is_ours(preloaded: str) -> None:
    pool = Pool(1, preloaded=[preloaded])
    begun = time.monotonic()
    with pytest.raises(
        TransientError,
        match=r"no feed is blamed: the processes that read.*exit code 1, [AM]",
    ):
        pool.run("extractors.feed.batch:parse_body", [FeedBody(FEED, GOOD)] * 50)
    assert time.monotonic() - begun < 20


def test_a_pool_without_memory_for_a_process_is_ours(monkeypatch) -> None:
    def refuse(*words, **options):
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr(client_module.subprocess, "Popen", refuse)
    with pytest.raises(TransientError, match="Cannot allocate memory"):
        Pool(1).run(JOB, ["echo"])


def test_a_supervisor_that_is_killed_once_is_started_again(tmp_path) -> None:
    pool = Pool(1, preloaded=())
    try:
        assert pool.run(JOB, ["echo"])[0].value == "echo"
        os.kill(pool._process.pid, signal.SIGKILL)  # between two calls
        time.sleep(0.1)
        assert pool.run(JOB, ["echo"])[0].value == "echo"
        results = pool.run(JOB, ["echo", f"end {tmp_path / 'once'}", "echo"])  # and within one
        assert [one.value for one in results] == ["echo", "ended once", "echo"]
    finally:
        pool.close()


def test_a_full_disk_in_a_worker_is_ours() -> None:
    pool = Pool(2, preloaded=())
    try:
        with pytest.raises(TransientError, match="No space left on device"):
            pool.run(JOB, ["echo", "full", "echo"])
        assert pool.run(JOB, ["echo"])[0].value == "echo"
    finally:
        pool.close()


def test_a_worker_that_the_kernel_killed_is_tried_again_alone_and_blamed_where_others_are_not_killed() -> None:
    pool = Pool(2, preloaded=())
    try:
        results = pool.run(JOB, ["echo", "kill", "echo"])
    finally:
        pool.close()
    assert [one.value for one in results] == ["echo", None, "echo"]
    assert results[1].has_died
    assert "SIGKILL" in results[1].failure


def test_where_every_worker_is_killed_the_machine_lacks_memory(monkeypatch) -> None:
    monkeypatch.setattr(client_module, "WEIGHING", (JOB, "kill"))  # a job that any machine can do, were it well
    pool = Pool(2, preloaded=())
    try:
        with pytest.raises(TransientError, match="SIGKILL"):
            pool.run(JOB, ["kill", "kill"])
    finally:
        pool.close()


def test_a_pool_that_says_nothing_is_given_up(monkeypatch) -> None:
    monkeypatch.setattr(client_module, "SILENCE_S", 3.0)
    pool = Pool(1, Limits(wall_s=0.2), preloaded=())
    try:
        assert pool.run(JOB, ["echo"])[0].value == "echo"
        os.kill(pool._process.pid, signal.SIGSTOP)
        begun = time.monotonic()
        assert pool.run(JOB, ["echo"])[0].value == "echo"  # of a supervisor that takes its place
        assert time.monotonic() - begun < 20
    finally:
        pool.close()


@pytest.mark.parametrize(
    ("error", "is_ours"),
    [
        (OSError(errno.ENOSPC, "x"), True),
        (OSError(errno.EMFILE, "x"), True),
        (MemoryError(), True),
        (ConnectionResetError(errno.ECONNRESET, "x"), False),
        (ValueError("x"), False),
    ],
)
def test_the_faults_of_this_machine_are_told_from_those_of_others(error: Exception, is_ours: bool) -> None:
    assert is_of_this_machine(error) is is_ours
    wrapped = RuntimeError("a library's own")
    wrapped.__cause__ = error
    assert is_of_this_machine(wrapped) is is_ours
