"""Each fault and what a poller is to make of it: the tests prove every row, and a page of the documentation shows it.

Write that page anew with `python -m newsroom.faults > docs/reference/faults.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.feed import Outcome
from newsroom.faults.documents import DATES, N_BOMB_MB, TITLE

STATUSES = (400, 401, 403, 404, 410, 451, 500, 502, 503)
OK, SAME, UNCHANGED = Outcome.OK, Outcome.SAME_BODY, Outcome.NOT_MODIFIED


@dataclass(frozen=True, slots=True)
class Case:
    """One path.

    `outcomes` are those of polls one after the other, parsing included. `n_articles` is how many different articles are
    known afterwards, null where nothing is said of it; `title` is that of the first entry, to the letter. A page
    (`is_page`) is read in place of being polled; `is_read` says whether its own text comes out, or the feed's serves.
    """

    path: str
    words: str
    outcomes: tuple[Outcome, ...]
    n_articles: int | None = None
    title: str | None = None
    is_page: bool = False
    is_read: bool = True


def _feeds(outcome: Outcome, words_of: dict[str, str], n_articles: int | None = None) -> list[Case]:
    return [Case(path, words, (outcome,), n_articles) for path, words in words_of.items()]


def _page(path: str, words: str, *, is_read: bool) -> Case:
    return Case(path, words, (OK,), is_page=True, is_read=is_read)


CASES: tuple[Case, ...] = (
    *_feeds(
        OK,
        {
            "/good": "a good feed",
            "/gzip": "compressed with gzip",
            "/gzip-twice": "compressed twice",
            "/cookie": "a cookie, which is not sent back",
            "/moved": "301 to the feed; adopted after a week",
            "/permanent": "308 to the feed; adopted after a week",
            "/found": "302 to the feed; never adopted",
            "/see-other": "303 to the feed; never adopted",
            "/temporary": "307 to the feed; never adopted",
            "/nul-bytes": "NUL bytes within a feed",
        },
        2,
    ),
    *_feeds(
        Outcome.TIMEOUT,
        {
            "/unaccepted": "a connection that is never accepted",
            "/silent": "no answer at all",
            "/silent-body": "silence within the body",
            "/drip": "one byte at a time, each in time",
            "/wrong-length": "a Content-Length larger than the body, the connection kept open",
        },
        0,
    ),
    *_feeds(
        Outcome.CONNECT_ERROR,
        {
            "/reset": "a reset before the answer",
            "/endless-head": "headers without an end",
            "/no-http": "another protocol",
        },
        0,
    ),
    *_feeds(
        Outcome.BROKEN_BODY,
        {
            "/reset-body": "a reset within the body",
            "/truncated": "a chunked body cut short",
            "/closed-early": "a Content-Length larger than the body, the connection closed",
            "/gzip-cut": "a gzip body cut short",
            "/odd-encoding": "a Content-Encoding that nobody knows",
        },
        0,
    ),
    *_feeds(
        Outcome.TOO_LARGE,
        {
            "/endless": "a body without an end",
            "/fifty-megabytes": "a feed of 50 MB, unannounced",
            "/announced-large": "500 MB announced",
            "/gzip-bomb": f"{N_BOMB_MB} MB of zeros in a small body, by gzip",
            "/deflate-bomb": "the same by deflate",
            "/br-bomb": "the same by brotli",
            "/zstd-bomb": "the same by zstd",
        },
        0,
    ),
    *_feeds(
        Outcome.TOO_MANY_REDIRECTS,
        {"/loop-a": "redirects that go round", "/chain-0": "twelve redirects in a row"},
        0,
    ),
    *_feeds(
        Outcome.REFUSED_ADDRESS,
        {
            "/to-metadata": "302 to a cloud's metadata address",
            "/to-inner": "302 to loopback",
            "/to-file": "302 to a file",
            "/to-credentials": "302 to an address with credentials",
        },
        0,
    ),
    *_feeds(
        Outcome.RATE_LIMITED,
        {
            "/429": "429",
            "/429-seconds": "429 with Retry-After in seconds",
            "/429-date": "429 with Retry-After as a date",
            "/429-hours": "429 with Retry-After of 88 hours; capped at a day",
        },
        0,
    ),
    *_feeds(
        Outcome.HTTP_ERROR,
        {
            "/no-location": "302 without a Location",
            "/503-later": "503 with Retry-After",
            "/bot-wall": "403 of a bot wall, which is named",
            **{f"/{status}": str(status) for status in STATUSES},
        },
        0,
    ),
    Case("/lying-304", "304 whatever has changed; found out by the day's full fetch", (OK, UNCHANGED), 2),
    Case("/honest-304", "validators with odd letters, to be sent back as given", (OK, UNCHANGED), 2),
    Case("/etag-churn", "another ETag each time for the same body", (OK, SAME), 2),
    Case("/guid-churn", "other guids each time for the same articles", (OK, OK), 2),
    Case("/same-guids", "one guid for different articles", (OK,), 3),
    Case("/no-guids", "no guids", (OK,), 3),
    Case("/no-guids-no-links", "neither guids nor links", (OK,), 3),
    Case("/twins", "the same entry three times", (OK,), 1),
    Case("/wrong-charset", "a charset in the header that the document contradicts", (OK,), 1, TITLE),
    Case("/charset-lies", "a charset in the document that the bytes contradict", (OK,), 1, TITLE),
    Case("/no-charset", "no charset anywhere", (OK,), 1, TITLE),
    Case("/bom", "a byte order mark before UTF-8", (OK,), 1, TITLE),
    Case("/bom-utf-16", "a byte order mark before UTF-16, UTF-8 declared", (OK,), 1, TITLE),
    Case("/short-length", "a Content-Length within the second entry, which waits likewise", (OK,), 1),
    Case("/truncated-xml", "XML that ends in the fifth entry, which waits until it comes whole", (OK,), 4),
    Case("/dates", f"dates in {len(DATES)} wrong forms; null rather than a guess", (OK,), len(DATES)),
    Case("/external-entity", "an external entity, which is not opened", (OK,), 1),
    Case("/many-entries", "100,000 entries; the first 2,000 are read", (OK,), 2000),
    *_feeds(
        Outcome.NOT_A_FEED,
        {
            "/html": "an HTML page in place of the feed",
            "/empty": "an empty body",
            "/garbage": "bytes without sense",
        },
        0,
    ),
    Case("/entity-bomb", "entities of entities, which would fill any memory", (Outcome.PARSE_ERROR,), 0),
    _page("/deep-page", "a page of 20,000 nested elements", is_read=True),
    _page("/nul-page", "NUL bytes in a page", is_read=True),
    _page("/nul-only-page", "a page of nothing but NUL bytes", is_read=False),
    _page("/large-attribute-page", "an attribute of 1 MB", is_read=True),
    _page("/spans-page", "100,000 open spans", is_read=False),
)


def page() -> str:
    """Write the page of the documentation."""
    return (
        "# Faults and their outcomes\n\n"
        "`python -m newsroom --faults --feeds-file FEEDS` serves all of these on loopback, a path for each. They are\n"
        "polled and read in one run, over real sockets, by\n"
        "`tests/fault/acquisition/test_every_fault_has_its_outcome.py`: no fault touches another feed, each attempt\n"
        "has exactly one outcome and, where it failed, one line that says why, every body is archived before\n"
        "anything parses it, time and memory are bounded. Two outcomes are those of two polls. The table is from\n"
        "`newsroom/faults/cases.py`, which the test walks through; a test fails when the page differs.\n\n"
        "Refused addresses are listed in `tests/unit/acquisition/test_guard.py`, more hostile documents in\n"
        "`tests/fault/extractors/test_hostile_documents_are_bounded.py`.\n\n"
        "| path | what the server does | outcome | articles |\n|---|---|---|---|\n"
        + "".join(_row(case) for case in CASES)
    )


def _row(case: Case) -> str:
    outcomes = ", ".join(f"`{outcome}`" for outcome in case.outcomes)
    said = case.n_articles if not case.is_page else "its text" if case.is_read else "the feed's own text"
    return f"| `{case.path}` | {case.words} | {outcomes} | {said} |\n"
