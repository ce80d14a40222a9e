"""Each fault and what a poller is to make of it: the tests prove every row, and a page of the documentation shows it.

Write that page anew with `python -m newsroom.faults > docs/reference/faults.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.feed import Outcome
from newsroom.faults.documents import DATES, N_BOMB_MB, N_ENCODINGS, N_MEMBERS, TITLE

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
            "/odd-encoding": "a Content-Encoding that nobody knows, and plain text",
            "/br-plain": "brotli named, and plain text",
            "/gzip-named-twice": "gzip named twice and there once",
            "/gzip-unlabelled": "gzip that no header names",
            "/json-line-breaks": "JSON with raw line breaks in texts and half of a surrogate pair",
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
            "/many-encodings": f"{N_ENCODINGS} encodings named at once",
            "/gzip-members": f"{N_MEMBERS:,} empty members of gzip",
            "/zstd-frames": f"{N_MEMBERS:,} empty frames of zstd",
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
    Case("/surrogates", "references to halves of surrogate pairs, joined or replaced", (OK,), 1, f"{TITLE} 😀 �"),
    Case("/controls", "control characters, raw and as references", (OK,), 1, TITLE),
    Case("/cut-byte", "one cut byte of UTF-8, which is replaced", (OK,), 1, f"{TITLE} �"),
    Case("/relative-links", "relative links, read from the address that answered", (OK,), 3),
    Case("/spaces-in-links", "spaces and line breaks in links", (OK,), 3),
    Case("/shared-link", "one link for different entries, each an article of its own text", (OK,), 3),
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
    _page("/refresh-page", "a page that sends its reader on by `meta refresh`", is_read=True),
    _page("/refresh-ring-page", "the same, round in a ring; followed once", is_read=False),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault that is no single answer of a server: what comes of it, and the test that proves it."""

    words: str
    comes_of_it: str
    test: str


_ENTRIES, _RUNS = "tests/unit/pipeline/test_entries.py", "tests/integration/pipeline/test_entries_are_not_lost.py"
_MANNERS, _PAGE = "tests/unit/acquisition/test_rate_limit.py", "tests/unit/extractors/page/test_extract_html.py"
_PAGE_TEXT = "tests/unit/extractors/page/test_page_text.py"
_MENDED = "tests/unit/extractors/feed/test_mended_feeds.py"
KINDS: tuple[Kind, ...] = (
    Kind("two feeds without links and with the same guids", "an article for each entry", _ENTRIES),
    Kind("a guid that comes again with another link or story", "an article of its own", _ENTRIES),
    Kind("a link that comes again with another story", "an article of its own, of the feed's text", _ENTRIES),
    Kind("a feed's text changes while its page is refused", "a revision", _RUNS),
    Kind("guids or a parameter of links that change at every poll", "nothing new", _ENTRIES),
    Kind(
        "guids that change at every poll, entries without links",
        "nothing new where title and time are those of a known entry",
        _ENTRIES,
    ),
    Kind("over 2,000 new entries of a feed within a day", "the rest is left out: `feed.entries_skipped`", _ENTRIES),
    Kind(
        "over 500 revisions of a feed's own texts within a day",
        "the rest stays as it was: `feed.entries_skipped`",
        _ENTRIES,
    ),
    Kind(
        "a blog at a host of many (wordpress.com, blogspot, github.io) claims another blog's address",
        "the address stays its owner's",
        _ENTRIES,
    ),
    Kind(
        "a full disk, no memory, too many open files, a pool that does not start",
        "the run's fault and nobody's: [faults in operation](faults-in-operation.md)",
        "tests/fault/extractors/test_faults_of_the_machine.py",
    ),
    Kind("a feed lists another outlet's address first", "the outlet's own article is read all the same", _ENTRIES),
    Kind("halves of surrogate pairs and controls in any field", "replaced; no run ends", _RUNS),
    Kind(
        "an article on which the coder fails",
        "`article.coder_failed`",
        "tests/unit/pipeline/test_coding_is_isolated.py",
    ),
    Kind(
        "an article on which the resolver fails",
        "`article.coder_failed`",
        "tests/unit/pipeline/test_placing_is_isolated.py",
    ),
    Kind(
        "a date in a form that the feeds' parser misreads (weeks of the year)",
        "null",
        "tests/unit/extractors/test_instants.py",
    ),
    Kind("zones, offsets and 12-hour clocks in dates", "read, or null", "tests/unit/extractors/test_instants.py"),
    Kind("`www.` without scheme, several links, JSON Feed ids", "the article's address, or none", _MENDED),
    Kind("2,000 new pages of one host", "at most 200 s; the rest waits for the next run at once", _MANNERS),
    Kind("a host that takes 29 s for a page", "left for the next run after its second answer", _MANNERS),
    Kind(
        "robots.txt with a byte order mark, or of agents times rules",
        "obeyed; bounded",
        "tests/unit/acquisition/test_robots.py",
    ),
    Kind("a section or front page as canonical address", "the page's own address", _PAGE),
    Kind('the site\'s name as `og:title`; " - Kyiv" of the Kyiv Monitor', "the headline, whole", _PAGE),
    Kind('a body of line breaks in a block called "sidebar"', "the text", _PAGE_TEXT),
    Kind("a charset of UTF-16 declared of a feed of bytes", "read as UTF-8, else Windows-1252", _MENDED),
    Kind("a feed that fails at poll after poll", "told when it begins, and again after it mended", _RUNS),
    Kind("a charset of UTF-16 declared on a page of bytes", "read as UTF-8, else Windows-1252", _PAGE),
    Kind('a short article that quotes "access denied"', "an article", _PAGE),
    Kind("soft hyphens and zero-width spaces within words", "removed", _PAGE_TEXT),
    Kind('teasers ("Also read") and captions in a text', "removed", "tests/unit/extractors/page/test_teasers.py"),
    Kind(
        "a foreign headline in a feed of the default language",
        "kept, not coded",
        "tests/unit/extractors/page/test_language.py",
    ),
    Kind(
        "an OPML file with wrong entries",
        "the others are added, the wrong ones named",
        "tests/unit/acquisition/test_opml.py",
    ),
    Kind("addresses of clouds' metadata in public space", "refused", "tests/unit/acquisition/test_guard.py"),
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
        + "\n## Kinds of faults that are no single answer\n\n"
        "| what happens | what comes of it | test |\n|---|---|---|\n"
        + "".join(f"| {kind.words} | {kind.comes_of_it} | `{kind.test}` |\n" for kind in KINDS)
    )


def _row(case: Case) -> str:
    outcomes = ", ".join(f"`{outcome}`" for outcome in case.outcomes)
    said = case.n_articles if not case.is_page else "its text" if case.is_read else "the feed's own text"
    return f"| `{case.path}` | {case.words} | {outcomes} | {said} |\n"
