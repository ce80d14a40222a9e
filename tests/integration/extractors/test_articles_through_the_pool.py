"""Pages and feed entries to articles as a run does it: in workers, with the feed's own content to fall back on."""

import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256

from extractors.feed import FeedBody, parse_feeds
from extractors.page import PageSource, extract_articles
from model.article import Page, TextQuality
from model.feed import Entry, Feed
from model.run import IssueCode

NOW = datetime(2018, 2, 9, 12, tzinfo=UTC)
FEED = Feed("x", "https://news.example/feed", "The Example", timezone="Asia/Damascus")
AT = datetime(2018, 2, 8, 9, tzinfo=UTC)
CONTENT = (
    "<p>Two soldiers were hurt when their patrol came under fire near the river, the army said.</p>"
    "<p>More &amp; more.</p>"
)


def source(body: bytes | None, content: str = CONTENT, title: str = "Two hurt", kind: str = "text/html") -> PageSource:
    url = "https://news.example/a"
    page = Page(url, url, sha256(body).hexdigest(), body, kind, NOW) if body is not None else None
    return PageSource(page, Entry("x", "g1", url, title, "Jo Doe", content, AT, None), FEED, "art_1", NOW, 2)


def test_without_a_page_the_feeds_own_words_are_taken_and_flagged() -> None:
    (got,) = extract_articles([source(None)], 1)
    assert got.issue is None
    assert got.article is not None
    assert got.article.text == (
        "Two soldiers were hurt when their patrol came under fire near the river, the army said.\nMore & more."
    )
    assert got.article.text_quality is TextQuality.FEED_ONLY
    assert (got.article.external_id, got.article.revision, got.article.page_sha256) == ("g1", 2, None)
    assert (got.article.published_at, got.article.published_source) == (AT, "feed")


def test_a_page_that_fails_falls_back_and_says_so() -> None:
    bodies = [b"\x00" * 5000, b"<p>x" * 50_000, b"<html><body><p>Checking your browser</p></body></html>"]
    for got in extract_articles([source(body) for body in bodies], 2):
        assert got.article is not None
        assert got.article.text_quality is TextQuality.FEED_ONLY
        assert got.article.page_sha256 is not None
        assert got.issue is not None
        assert got.issue.code is IssueCode.PAGE_UNREADABLE


def test_a_title_alone_is_an_article_and_nothing_at_all_is_none() -> None:
    titled, nothing = extract_articles([source(None, ""), source(None, "", "")], 1)
    assert titled.article is not None
    assert (titled.article.title, titled.article.text) == ("Two hurt", "")
    assert nothing.article is None


def test_a_picture_is_no_page() -> None:
    (got,) = extract_articles([source(b"<html>", kind="image/png")], 1)
    assert got.issue is not None
    assert "image/png" in got.issue.message


def test_results_come_in_order_whoever_was_first() -> None:
    sources = [source(None, f"<p>Text number {number}.</p>") for number in range(50)]
    texts = [got.article.text for got in extract_articles(sources, 2) if got.article]
    assert texts == [f"Text number {number}." for number in range(50)]


def test_feeds_are_parsed_in_the_pool_too() -> None:
    body = b"<rss version='2.0'><channel><item><guid>1</guid></item></channel></rss>"
    parsed = parse_feeds([FeedBody(FEED, body), FeedBody(FEED, b"<html></html>")], 1)
    assert [(len(one.entries), one.is_feed) for one in parsed] == [(1, True), (False, False)]


def test_importing_the_rooms_stays_light() -> None:
    code = "import sys, extractors.page, extractors.pool; print(*sys.modules)"
    loaded = set(subprocess.check_output([sys.executable, "-c", code], text=True).split())
    assert not loaded & {"trafilatura", "lxml", "htmldate", "py3langid", "numpy"}
