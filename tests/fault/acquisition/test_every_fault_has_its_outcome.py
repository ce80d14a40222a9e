"""Each fault over a real socket: the stated outcome, in time, and no other feed touched."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fault_matrix import MATRIX, page
from fault_server import RSS, Faults, running_faults

from acquisition.archive import Archive
from acquisition.feeds import FeedAnswer, fetch_feeds
from model.feed import Feed, Outcome
from model.settings import Settings

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)
OUTCOMES = {path: outcome for path, (outcome, _) in MATRIX.items()}
PAGE = Path(__file__).parents[3] / "docs" / "reference" / "faults.md"


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
    assert answers[path].fetch.outcome is OUTCOMES[path], answers[path].fetch.error


@pytest.mark.parametrize("path", [path for path, outcome in OUTCOMES.items() if outcome is not Outcome.OK])
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


def test_a_server_that_speaks_no_tls_is_a_tls_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = f"127.0.0.1:{listener.getsockname()[1]}"

        def answer_plainly() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer_plainly, daemon=True)
        thread.start()
        allowed = Settings(home=tmp_path, allow_hosts=(host,), http_timeout_s=5.0)
        (answer,) = fetch_feeds([Feed("tls", f"https://{host}/feed", "X")], {}, allowed, NOW)
        thread.join()
    assert answer.fetch.outcome is Outcome.TLS_ERROR


def test_dead_ports_and_names_that_do_not_resolve(settings: Settings, tmp_path: Path) -> None:
    dead = socket.create_server(("127.0.0.1", 0))
    host = f"127.0.0.1:{dead.getsockname()[1]}"
    dead.close()
    allowed = Settings(home=tmp_path, allow_hosts=(host,), http_timeout_s=2.0)
    feeds = [Feed("dead", f"http://{host}/", "X"), Feed("nowhere", "https://no-such-host.invalid/feed", "X")]
    outcomes = [answer.fetch.outcome for answer in fetch_feeds(feeds, {}, allowed, NOW)]
    assert outcomes == [Outcome.CONNECT_ERROR, Outcome.UNKNOWN_HOST]


def test_whom_to_write_to_is_told_when_it_is_set(faults: Faults, settings: Settings) -> None:
    named = settings.model_copy(update={"contact": "https://us.example/bot"})
    fetch_feeds([Feed("named", faults.url("/good?named"), "X")], {}, named, NOW)
    (request,) = faults.asked("/good?named")
    assert request.headers["user-agent"].endswith("; +https://us.example/bot)")


def test_the_page_of_the_documentation_is_the_matrix() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_a_bomb_costs_no_more_memory_than_the_cap_allows(answers: dict[str, FeedAnswer]) -> None:
    assert max(answer.fetch.n_bytes for answer in answers.values()) <= 2_000_000
