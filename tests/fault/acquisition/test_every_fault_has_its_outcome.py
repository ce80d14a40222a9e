"""Each fault over a real socket, polled, parsed and concluded: the stated outcome, in time, no other feed touched."""

import resource
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from acquisition.archive import Archive
from acquisition.feeds import FeedAnswer, fetch_feeds
from acquisition.pages import PageAnswer, PageRequest, fetch_pages
from acquisition.poll_outcome import conclude_poll, next_state
from extractors.feed import FeedBody, parse_feeds
from extractors.page import PageSource, extract_articles
from model.article import Article, TextQuality
from model.feed import Entry, Feed, FeedState, Fetch, Outcome
from model.ids import article_id
from model.settings import Settings
from newsroom.faults import RSS, Faults, running_faults
from newsroom.faults.cases import CASES, KINDS, Case, page
from newsroom.faults.documents import DATES
from pipeline.entries import list_entries

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)
POLLED = [case for case in CASES if not case.is_page]
PAGES = [case for case in CASES if case.is_page]
FAILING = [case for case in POLLED if case.outcomes[0] not in (Outcome.OK, Outcome.NOT_A_FEED, Outcome.PARSE_ERROR)]
PAGE = Path(__file__).parents[3] / "docs" / "reference" / "faults.md"
MAX_MEMORY_BYTES = 256 << 20  # what one hostile body may cost; here all of them together must do with it
by_path = pytest.mark.parametrize("case", POLLED, ids=lambda case: case.path)


@dataclass
class Told:
    """What came of polling one case over and over."""

    answers: list[FeedAnswer] = field(default_factory=list)
    fetches: list[Fetch] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    state: FeedState = field(default_factory=lambda: FeedState(""))

    @property
    def article_ids(self) -> set[str]:
        return {one.article_id for one in list_entries(Feed("x", "https://x.example/", "X"), self.entries)}


@pytest.fixture(scope="module")
def faults() -> Iterator[Faults]:
    with running_faults() as server:
        yield server


@pytest.fixture(scope="module")
def settings(faults: Faults, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home")
    return Settings(home=home, allow_hosts=faults.hosts, http_timeout_s=4.0, max_body_bytes=4_000_000)


@pytest.fixture(scope="module")
def polled(faults: Faults, settings: Settings) -> tuple[dict[str, Told], int]:
    """All faults polled in one go, as a run would, some once more an hour later; and the memory that it took."""
    answers_by_path = {case.path: Told(state=FeedState(case.path.strip("/"))) for case in POLLED}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(max(len(case.outcomes) for case in POLLED)):
        poll(faults, settings, answers_by_path, [case for case in POLLED if number < len(case.outcomes)], number)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return answers_by_path, grown * 1024


def poll(faults: Faults, settings: Settings, told: dict[str, Told], cases: list[Case], number: int) -> None:
    now = NOW + timedelta(hours=number)
    feeds = [Feed(case.path.strip("/"), faults.url(case.path), "Faults") for case in cases]
    states = {feed.feed_id: told[f"/{feed.feed_id}"].state for feed in feeds}
    answers = fetch_feeds(feeds, states, settings, now)
    bodies = [FeedBody(got.feed, got.body, got.content_type) for got in answers if got.body is not None]
    parsed = iter(parse_feeds(bodies, settings.n_workers))
    for got in answers:
        one = told[f"/{got.feed.feed_id}"]
        read = next(parsed) if got.body is not None else None
        entries = read.whole_entries if read else ()
        fetch = conclude_poll(got, one.state, read, len(entries) if read else None, now)
        one.answers.append(got)
        one.fetches.append(fetch)
        one.entries.extend(entries)
        one.state = next_state(one.state, fetch, [entry.guid for entry in entries])


@pytest.fixture(scope="module")
def told(polled: tuple[dict[str, Told], int]) -> dict[str, Told]:
    return polled[0]


@pytest.fixture(scope="module")
def answers(told: dict[str, Told]) -> dict[str, FeedAnswer]:
    return {path: one.answers[0] for path, one in told.items()}


@by_path
def test_outcome(told: dict[str, Told], case: Case) -> None:
    assert tuple(fetch.outcome for fetch in told[case.path].fetches) == case.outcomes, told[case.path].fetches


@by_path
def test_nothing_is_lost_and_nothing_made_up(told: dict[str, Told], case: Case) -> None:
    entries = told[case.path].entries
    assert case.n_articles is None or len(told[case.path].article_ids) == case.n_articles
    assert case.title is None or entries[0].title == case.title
    assert not any("root:" in entry.title + entry.content_html for entry in entries)


def test_wrong_dates_are_null_or_sane(told: dict[str, Told]) -> None:
    entries = told["/dates"].entries
    assert len(entries) == len(DATES)
    found = {text: entry.published_at for text, entry in zip(DATES, entries, strict=True)}
    in_zone = {at.date().isoformat() for at in found.values() if at and at.year < 9000}
    assert in_zone <= {"2018-02-07", "2018-02-08"}, found


def test_memory_is_bounded_and_each_wait_has_an_end(polled: tuple[dict[str, Told], int]) -> None:
    answers_by_path, grown_bytes = polled
    assert grown_bytes < MAX_MEMORY_BYTES
    waited = [
        one for case, one in zip(POLLED, answers_by_path.values(), strict=True) if case.outcomes[0] is Outcome.TIMEOUT
    ]
    assert len(waited) == 5


@pytest.fixture(scope="module")
def read(faults: Faults, settings: Settings) -> dict[str, tuple[PageAnswer, Article]]:
    """The pages fetched in one go and extracted."""
    feed = Feed("pages", faults.url("/pages"), "Faults")
    answers = fetch_pages([PageRequest(faults.url(case.path)) for case in PAGES], settings, NOW)
    entries = [Entry("pages", c.path, faults.url(c.path), c.words, None, "The feed's text.", None, None) for c in PAGES]
    sources = [
        PageSource(got.page, entry, feed, article_id(entry.url or ""), NOW)
        for got, entry in zip(answers, entries, strict=True)
    ]
    found = extract_articles(sources, settings.n_workers)
    return {
        case.path: (got, one.article)
        for case, got, one in zip(PAGES, answers, found, strict=True)
        if one.article is not None
    }


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.path)
def test_a_hostile_page_is_read_or_the_feed_serves(
    read: dict[str, tuple[PageAnswer, Article]], settings: Settings, case: Case
) -> None:
    got, article = read[case.path]
    assert got.fetch.outcome is case.outcomes[0]
    assert Archive(settings.archive_path).has(str(got.fetch.body_sha256))
    assert ("Two soldiers were hurt" in article.text) is case.is_read
    assert (article.text_quality is TextQuality.FEED_ONLY) is not case.is_read


@pytest.mark.parametrize("case", FAILING, ids=lambda case: case.path)
def test_a_failure_says_why_in_one_line(answers: dict[str, FeedAnswer], case: Case) -> None:
    error = answers[case.path].fetch.error
    assert error
    assert "\n" not in error
    assert answers[case.path].body is None


def test_outcomes_add_up_to_attempts(answers: dict[str, FeedAnswer]) -> None:
    assert len(answers) == len(POLLED)
    assert len({answer.fetch.fetch_id for answer in answers.values()}) == len(POLLED)


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
    assert answers["/429-seconds"].cache_headers.retry_after_s == 7200
    assert answers["/429-date"].cache_headers.retry_after_s == 7200
    assert answers["/503-later"].cache_headers.retry_after_s == 3600


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


def test_every_kind_names_a_test_that_is_there() -> None:
    root = PAGE.parents[2]
    assert [kind.test for kind in KINDS if not (root / kind.test).is_file()] == []
