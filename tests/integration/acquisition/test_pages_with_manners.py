from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from acquisition.archive import Archive
from acquisition.pages import PageRequest, fetch_pages
from model.feed import Outcome, Validators
from model.settings import Settings
from newsroom.faults import Faults, answer, running_faults

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)


@pytest.fixture
def faults() -> Iterator[Faults]:
    with running_faults() as server:
        yield server


@pytest.fixture
def settings(faults: Faults, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, allow_hosts=(faults.host,), http_timeout_s=5.0)


def outcomes(faults: Faults, settings: Settings, *paths: str, now: datetime = NOW) -> list[Outcome]:
    return [a.fetch.outcome for a in fetch_pages([PageRequest(faults.url(p)) for p in paths], settings, now)]


def test_a_page_is_archived_and_handed_on(faults: Faults, settings: Settings) -> None:
    (got,) = fetch_pages([PageRequest(faults.url("/page"), "feed")], settings, NOW)
    assert got.page is not None
    assert got.page.body == b"<html><body><p>News.</p></body></html>"
    assert got.page.content_type == "text/html"
    assert got.page.sha256 == got.fetch.body_sha256
    assert Archive(settings.archive_path).get(got.page.sha256) == got.page.body


def test_robots_are_obeyed_and_asked_once_a_day(faults: Faults, settings: Settings) -> None:
    assert outcomes(faults, settings, "/page", "/closed/a", "/closed/b") == [Outcome.OK, Outcome.ROBOTS, Outcome.ROBOTS]
    assert outcomes(faults, settings, "/page", now=NOW + timedelta(hours=23)) == [Outcome.OK]
    assert len(faults.asked("/robots.txt")) == 1
    assert not faults.asked("/closed/a")
    assert outcomes(faults, settings, "/page", now=NOW + timedelta(hours=25)) == [Outcome.OK]
    assert len(faults.asked("/robots.txt")) == 2


def test_a_rule_for_us_by_name(faults: Faults, settings: Settings) -> None:
    faults.plain["/robots.txt"] = answer(body=b"User-agent: deconflict\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert outcomes(faults, settings, "/page") == [Outcome.ROBOTS]


def test_a_page_that_its_site_reserves_is_neither_kept_nor_read(faults: Faults, settings: Settings) -> None:
    faults.plain["/mine"] = answer(headers={"TDM-Reservation": "1"}, body=b"<p>News.</p>")
    faults.plain["/free"] = answer(headers={"TDM-Reservation": "0"}, body=b"<p>Other news.</p>")
    mine, free = fetch_pages([PageRequest(faults.url(path)) for path in ("/mine", "/free")], settings, NOW)
    assert (mine.fetch.outcome, mine.page, mine.fetch.body_sha256) == (Outcome.ROBOTS, None, None)
    assert "tdm-reservation" in (mine.fetch.error or "")
    assert free.page is not None
    assert [path for path in settings.archive_path.rglob("*.zst") if free.page.sha256 not in path.name] == []


def test_a_site_without_robots_has_no_rules(faults: Faults, settings: Settings) -> None:
    del faults.plain["/robots.txt"]
    assert outcomes(faults, settings, "/page") == [Outcome.OK]


def test_a_site_whose_robots_cannot_be_read_waits_an_hour(faults: Faults, settings: Settings) -> None:
    rules = faults.plain["/robots.txt"]
    faults.plain["/robots.txt"] = answer(503, b"")
    assert outcomes(faults, settings, "/page") == [Outcome.ROBOTS]
    faults.plain["/robots.txt"] = rules
    assert outcomes(faults, settings, "/page", now=NOW + timedelta(minutes=59)) == [Outcome.ROBOTS]
    assert outcomes(faults, settings, "/page", now=NOW + timedelta(minutes=61)) == [Outcome.OK]


def test_a_damaged_memory_of_robots_is_read_anew(faults: Faults, settings: Settings) -> None:
    outcomes(faults, settings, "/page")
    for path in settings.robots_path.iterdir():
        path.write_text("{")
    assert outcomes(faults, settings, "/page") == [Outcome.OK]
    assert len(faults.asked("/robots.txt")) == 2


def test_a_page_asked_again_is_asked_with_its_validators(faults: Faults, settings: Settings) -> None:
    (first,) = fetch_pages([PageRequest(faults.url("/honest-304"))], settings, NOW)
    again = PageRequest(faults.url("/honest-304"), validators=first.fetch.validators)
    (second,) = fetch_pages([again], settings, NOW)
    assert (second.fetch.outcome, second.page) == (Outcome.NOT_MODIFIED, None)
    blind = PageRequest(faults.url("/page"), validators=Validators(body_sha256=first.fetch.body_sha256))
    (changed,) = fetch_pages([blind], settings, NOW)
    assert changed.page is not None


def test_the_same_bytes_are_no_new_page(faults: Faults, settings: Settings) -> None:
    (first,) = fetch_pages([PageRequest(faults.url("/page"))], settings, NOW)
    (second,) = fetch_pages([PageRequest(faults.url("/page"), validators=first.fetch.validators)], settings, NOW)
    assert (second.fetch.outcome, second.page) == (Outcome.SAME_BODY, None)


def test_one_failure_touches_no_other_and_all_are_told_in_order(faults: Faults, settings: Settings) -> None:
    assert outcomes(faults, settings, "/404", "/page", "/reset", "/to-inner", "/gzip-bomb") == [
        Outcome.HTTP_ERROR,
        Outcome.OK,
        Outcome.CONNECT_ERROR,
        Outcome.REFUSED_ADDRESS,
        Outcome.TOO_LARGE,
    ]


def test_an_address_that_is_none_is_refused(settings: Settings) -> None:
    urls = ["mailto:a@e.org", "http://[::1]/", "http://10.0.0.1/", "", "http://e.org:22/"]
    got = fetch_pages([PageRequest(url) for url in urls], settings, NOW)
    assert {a.fetch.outcome for a in got} == {Outcome.REFUSED_ADDRESS}


def test_a_host_that_asks_us_to_slow_down_is_left_alone_for_the_run(faults: Faults, settings: Settings) -> None:
    got = outcomes(faults, settings, "/429", *["/page"] * 60)
    assert got[0] is Outcome.RATE_LIMITED
    assert set(got[40:]) == {Outcome.DEFERRED}  # those that were already under way may still have been served


def refresh(target: str, text: str = "") -> bytes:
    return answer(body=f'<html><meta http-equiv="Refresh" content="0; URL={target}"><p>{text}</p></html>'.encode())


def test_a_page_that_only_sends_its_reader_on_is_followed_once(faults: Faults, settings: Settings) -> None:
    faults.plain |= {"/go": refresh("/page"), "/ring": refresh("/ring2"), "/ring2": refresh("/ring")}
    (went,) = fetch_pages([PageRequest(faults.url("/go"))], settings, NOW)
    assert went.page is not None
    assert (went.page.url, went.page.final_url) == (faults.url("/go"), faults.url("/page"))
    assert went.page.body == b"<html><body><p>News.</p></body></html>"
    (again,) = fetch_pages([PageRequest(faults.url("/go"), validators=went.fetch.validators)], settings, NOW)
    assert (again.fetch.outcome, again.page) == (Outcome.SAME_BODY, None)
    assert outcomes(faults, settings, "/ring") == [Outcome.OK]
    assert (len(faults.asked("/ring")), len(faults.asked("/ring2"))) == (1, 1)


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest/", "http://10.0.0.1/", "/404"])
def test_where_a_page_sends_its_reader_is_guarded(faults: Faults, settings: Settings, target: str) -> None:
    faults.plain["/go"] = refresh(target)
    (got,) = fetch_pages([PageRequest(faults.url("/go"))], settings, NOW)
    assert got.page is None
    assert got.fetch.outcome in (Outcome.REFUSED_ADDRESS, Outcome.HTTP_ERROR)
    assert "sends its reader" in (got.fetch.error or "")


@pytest.mark.parametrize(
    "page", [refresh("/page", "A bridge fell. " * 40), refresh("javascript:alert(1)"), refresh("")]
)
def test_a_page_with_a_text_of_its_own_is_read(faults: Faults, settings: Settings, page: bytes) -> None:
    faults.plain["/story"] = page
    (got,) = fetch_pages([PageRequest(faults.url("/story"))], settings, NOW)
    assert got.page is not None
    assert got.page.final_url == faults.url("/story")
