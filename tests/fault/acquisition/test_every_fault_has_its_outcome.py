"""Each fault over a real socket: the stated outcome, in time, and no other feed touched."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fault_server import RSS, Faults, running_faults

from acquisition.archive import Archive
from acquisition.feeds import FeedAnswer, fetch_feeds
from model.feed import Feed, Outcome
from model.settings import Settings

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)
MATRIX = {
    "/good": Outcome.OK,
    "/gzip": Outcome.OK,
    "/gzip-twice": Outcome.OK,
    "/cookie": Outcome.OK,
    "/moved": Outcome.OK,
    "/found": Outcome.OK,
    "/see-other": Outcome.OK,
    "/temporary": Outcome.OK,
    "/permanent": Outcome.OK,
    "/html": Outcome.OK,  # bytes came; that they are no feed is the parser's word
    "/empty": Outcome.OK,
    "/silent": Outcome.TIMEOUT,
    "/silent-body": Outcome.TIMEOUT,
    "/drip": Outcome.TIMEOUT,
    "/reset": Outcome.CONNECT_ERROR,
    "/reset-body": Outcome.BROKEN_BODY,
    "/truncated": Outcome.BROKEN_BODY,
    "/wrong-length": Outcome.TIMEOUT,  # the server keeps the connection open, and the rest never comes
    "/endless": Outcome.TOO_LARGE,
    "/endless-head": Outcome.CONNECT_ERROR,
    "/no-http": Outcome.CONNECT_ERROR,
    "/gzip-bomb": Outcome.TOO_LARGE,
    "/gzip-cut": Outcome.BROKEN_BODY,
    "/odd-encoding": Outcome.BROKEN_BODY,
    "/announced-large": Outcome.TOO_LARGE,
    "/no-location": Outcome.HTTP_ERROR,
    "/loop-a": Outcome.TOO_MANY_REDIRECTS,
    "/chain-0": Outcome.TOO_MANY_REDIRECTS,
    "/to-metadata": Outcome.REFUSED_ADDRESS,
    "/to-inner": Outcome.REFUSED_ADDRESS,
    "/to-file": Outcome.REFUSED_ADDRESS,
    "/to-credentials": Outcome.REFUSED_ADDRESS,
    "/429": Outcome.RATE_LIMITED,
    "/429-seconds": Outcome.RATE_LIMITED,
    "/429-date": Outcome.RATE_LIMITED,
    "/503": Outcome.HTTP_ERROR,
    "/bot-wall": Outcome.HTTP_ERROR,
    **{f"/{status}": Outcome.HTTP_ERROR for status in (400, 401, 403, 404, 410, 451, 500, 502)},
}


@pytest.fixture(scope="module")
def faults() -> Iterator[Faults]:
    with running_faults() as server:
        yield server


@pytest.fixture(scope="module")
def settings(faults: Faults, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home")
    return Settings(home=home, allow_hosts=(faults.host,), http_timeout_s=2.0, max_body_bytes=2_000_000)


@pytest.fixture(scope="module")
def answers(faults: Faults, settings: Settings) -> dict[str, FeedAnswer]:
    """All faults polled in one go, as a run would."""
    feeds = [Feed(path.strip("/"), faults.url(path), "Faults") for path in MATRIX]
    polled = fetch_feeds(feeds, {}, settings, NOW)
    return {"/" + answer.feed.feed_id: answer for answer in polled}


@pytest.mark.parametrize("path", MATRIX)
def test_outcome(answers: dict[str, FeedAnswer], path: str) -> None:
    assert answers[path].fetch.outcome is MATRIX[path], answers[path].fetch.error


@pytest.mark.parametrize("path", [path for path, outcome in MATRIX.items() if outcome is not Outcome.OK])
def test_a_failure_says_why_in_one_line(answers: dict[str, FeedAnswer], path: str) -> None:
    error = answers[path].fetch.error
    assert error
    assert "\n" not in error
    assert answers[path].body is None


def test_outcomes_add_up_to_attempts(answers: dict[str, FeedAnswer]) -> None:
    assert len(answers) == len(MATRIX)
    assert len({answer.fetch.fetch_id for answer in answers.values()}) == len(MATRIX)


def test_bodies_are_archived_before_they_are_handed_on(answers: dict[str, FeedAnswer], settings: Settings) -> None:
    archive = Archive(settings.archive_path)
    bodies = [answer for answer in answers.values() if answer.body is not None]
    assert {archive.get(str(answer.fetch.body_sha256)) for answer in bodies} == {answer.body for answer in bodies}
    assert answers["/gzip-twice"].body == RSS


@pytest.mark.parametrize(
    ("path", "is_moved"),
    [("/moved", True), ("/permanent", True), ("/found", False), ("/temporary", False), ("/good", False)],
)
def test_only_permanent_redirects_move_the_address(
    answers: dict[str, FeedAnswer], faults: Faults, path: str, is_moved: bool
) -> None:
    assert answers[path].fetch.moved_to == (faults.url("/good") if is_moved else None)
    assert answers[path].fetch.final_url == faults.url("/good")


def test_retry_after_is_read_as_seconds_and_as_a_date(answers: dict[str, FeedAnswer]) -> None:
    assert answers["/429-seconds"].validity.retry_after_s == 7200
    assert answers["/429-date"].validity.retry_after_s == 7200
    assert answers["/503"].validity.retry_after_s == 3600


def test_a_bot_wall_is_named(answers: dict[str, FeedAnswer]) -> None:
    assert "bot wall" in str(answers["/bot-wall"].fetch.error)


def test_we_name_ourselves_and_send_no_cookies(answers: dict[str, FeedAnswer], faults: Faults) -> None:
    assert all(request.headers["user-agent"].startswith("Deconflict/") for request in faults.requests)
    assert not any("cookie" in request.headers for request in faults.requests)


def test_an_address_that_is_not_allowed_is_refused_unasked(faults: Faults, tmp_path: Path) -> None:
    n_before = len(faults.asked("/good"))
    closed = Settings(home=tmp_path, http_timeout_s=2.0)
    (answer,) = fetch_feeds([Feed("x", faults.url("/good"), "X")], {}, closed, NOW)
    assert answer.fetch.outcome is Outcome.REFUSED_ADDRESS
    assert len(faults.asked("/good")) == n_before
