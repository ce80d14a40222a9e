from datetime import UTC, datetime

import pytest

from extractors.feed import parse_feed
from model.feed import Feed, ParsedFeed

FEED = Feed("x", "https://news.example/feeds/all.xml", "The Example", timezone="Asia/Damascus")
INSTANT = datetime(2018, 2, 7, 21, 30, tzinfo=UTC)


def parse(text: str | bytes, content_type: str | None = None) -> ParsedFeed:
    return parse_feed(text if isinstance(text, bytes) else text.encode(), content_type, FEED)


def rss(items: str, head: str = "") -> str:
    return f'<rss version="2.0"><channel><title>T</title>{head}{items}</channel></rss>'


def test_rss() -> None:
    parsed = parse(
        rss(
            "<item><guid isPermaLink='false'>7</guid><title>Two &amp; three</title><link>https://news.example/a</link>"
            "<author>Jo Doe</author><description>&lt;p&gt;Short.&lt;/p&gt;</description>"
            "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
            "&lt;p&gt;The whole text.&lt;/p&gt;</content:encoded>"
            "<pubDate>Wed, 07 Feb 2018 21:30:00 GMT</pubDate></item>"
        )
    )
    (entry,) = parsed.entries
    assert (parsed.error, parsed.is_feed, parsed.title) == (None, True, "T")
    assert (entry.guid, entry.url, entry.title) == ("7", "https://news.example/a", "Two & three")
    assert (entry.author, entry.content_html) == ("Jo Doe", "<p>The whole text.</p>")
    assert (entry.published_at, entry.updated_at) == (INSTANT, None)


def test_atom() -> None:
    (entry,) = parse(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>tag:x,1</id><title>One</title>'
        '<link rel="edit" href="https://news.example/edit"/><link href="https://news.example/a"/>'
        "<published>2018-02-07T21:30:00Z</published><updated>2018-02-08T00:00:00+03:00</updated>"
        '<summary>Short.</summary><content type="html">&lt;p&gt;Longer than that.&lt;/p&gt;</content></entry></feed>'
    ).entries
    assert (entry.guid, entry.url) == ("tag:x,1", "https://news.example/a")
    assert entry.published_at == INSTANT
    assert entry.updated_at == datetime(2018, 2, 7, 21, 0, tzinfo=UTC)
    assert entry.content_html == "<p>Longer than that.</p>"


def test_rdf_tells_one_date_which_is_the_publication() -> None:
    (entry,) = parse(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/"><title>T</title></channel>'
        '<item rdf:about="https://news.example/a"><title>One</title><link>https://news.example/a</link>'
        "<dc:date>2018-02-07T21:30:00Z</dc:date></item></rdf:RDF>"
    ).entries
    assert (entry.guid, entry.published_at) == ("https://news.example/a", INSTANT)


def test_json_feed() -> None:
    parsed = parse(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "language": "ar", "items": ['
        '{"id": 7, "url": "/a", "title": "One", "content_text": "a < b\\nc", "authors": [{"name": "Jo"}, '
        '{"name": "Bo"}], "date_published": "2018-02-07T21:30:00Z"}, "rubbish", {"id": "8", "external_url": "https://other.example/b"}]}'
    )
    one, two = parsed.entries
    assert (one.guid, one.url, one.content_html) == ("7", "https://news.example/a", "<p>a &lt; b</p><p>c</p>")
    assert (one.author, one.language, one.published_at) == ("Jo, Bo", "ar", INSTANT)
    assert two.url == "https://other.example/b"
    assert parsed.error == "1 items are no objects"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Wed, 07 Feb 2018 21:30:00 GMT", INSTANT),
        ("Wed, 07 Feb 2018 21:30:00 +0000", INSTANT),
        ("Wed, 07 Feb 2018 23:30:00 +0200", INSTANT),
        ("07 Feb 2018 16:30 EST", INSTANT),
        ("Thursday, 07 Feb 2018 21:30:00 GMT", INSTANT),  # the wrong weekday
        ("2018-02-07T21:30:00Z", INSTANT),
        ("2018-02-07T21:30:00.123+00:00", INSTANT.replace(microsecond=123000)),
        ("2018-02-07 21:30:00 +0000", INSTANT),
        ("2018-02-07T23:30:00", INSTANT),  # no zone: the outlet's, two hours ahead in winter
        ("Wed, 07 Feb 2018 23:30:00", INSTANT),
        ("", None),
        ("soon", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("Wed, 99 Feb 2018 21:30:00 GMT", None),
    ],
)
def test_dates_in_every_wrong_form(date: str, expected: datetime | None) -> None:
    (entry,) = parse(rss(f"<item><guid>1</guid><pubDate>{date}</pubDate></item>")).entries
    assert entry.published_at == expected


def test_a_date_in_the_hour_that_summer_time_skips_is_read() -> None:
    feed = Feed("x", FEED.url, "X", timezone="Europe/Paris")
    body = rss("<item><guid>1</guid><pubDate>2018-03-25T02:30:00</pubDate></item>").encode()
    (entry,) = parse_feed(body, None, feed).entries
    assert entry.published_at == datetime(2018, 3, 25, 1, 30, tzinfo=UTC)


def test_guids_that_are_missing_repeat_or_are_shared() -> None:
    items = (
        "<item><guid>same</guid><link>https://news.example/a</link><title>A</title></item>"
        "<item><guid>same</guid><link>https://news.example/b</link><title>B</title></item>"
        "<item><title>No guid and no link</title></item><item><title>Another</title></item>"
        "<item><link>https://news.example/c</link></item>"
        "<item><guid>twice</guid><title>T</title></item><item><guid>twice</guid><title>T</title></item>"
    )
    guids = [entry.guid for entry in parse(rss(items)).entries]
    assert guids[:2] == ["https://news.example/a", "https://news.example/b"]
    assert guids[4] == "https://news.example/c"
    assert guids[5] == "twice"
    assert len(set(guids)) == len(guids) == 7
    assert guids == [entry.guid for entry in parse(rss(items)).entries]


def test_an_identity_does_not_depend_on_the_place_in_the_document() -> None:
    one, two = "<item><title>No guid</title></item>", "<item><title>Nor this</title></item>"
    assert parse(rss(one + two)).entries[0] == parse(rss(two + one)).entries[1]


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://news.example/a", "https://news.example/a"),
        ("  https://news.example/a\n", "https://news.example/a"),
        ("/a?b=1", "https://news.example/a?b=1"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("javascript:alert(1)", None),
        ("ftp://news.example/a", None),
        ("", None),
        ("https://news.example/" + "a" * 3000, None),
        ("http://[broken", None),
    ],
)
def test_links(link: str, url: str | None) -> None:
    (entry,) = parse(rss(f"<item><guid isPermaLink='false'>1</guid><link>{link}</link></item>")).entries
    assert entry.url == url


def test_a_guid_that_is_an_address_serves_as_the_link() -> None:
    (entry,) = parse(rss("<item><guid>https://news.example/a</guid></item>")).entries
    assert entry.url == "https://news.example/a"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<?xml version='1.0' encoding='windows-1251'?>" + rss("<item><title>Новости</title></item>"), None),
        (rss("<item><title>Новости</title></item>"), "application/rss+xml; charset=windows-1251"),
    ],
)
def test_charsets(body: str, content_type: str | None) -> None:
    (entry,) = parse(body.encode("windows-1251"), content_type).entries
    assert entry.title == "Новости"


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\n\n  ", b"\x00"])
def test_rubbish_before_the_document(mark: bytes) -> None:
    assert len(parse(mark + rss("<item><title>One</title></item>").encode()).entries) == 1


def test_a_wrong_charset_costs_letters_but_no_entry() -> None:
    body = ("<?xml version='1.0' encoding='utf-8'?>" + rss("<item><title>Caf\xe9</title></item>")).encode("latin-1")
    (entry,) = parse(body).entries
    assert entry.title.startswith("Caf")


@pytest.mark.parametrize(
    ("body", "is_feed", "words"),
    [
        (b"", False, "empty"),
        (b" \r\n\x00", False, "empty"),
        (b"<!DOCTYPE html><html><body>Maintenance</body></html>", False, "HTML page"),
        (b"Not found", False, "no feed"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, False, "no feed"),
        (b'{"a": 1}', False, "no items"),
        (b'{"items": [', True, "JSON is broken"),
        (b"<rss><channel>" + b" " * 10_000_001, True, "over"),
    ],
)
def test_what_is_no_feed_is_said_in_one_line(body: bytes, is_feed: bool, words: str) -> None:
    parsed = parse(body)
    assert parsed.entries == ()
    assert parsed.is_feed is is_feed
    assert words in str(parsed.error)
    assert "\n" not in str(parsed.error)


def test_a_truncated_feed_gives_the_entries_that_came() -> None:
    items = "".join(f"<item><guid>{n}</guid><title>T{n}</title></item>" for n in range(50))
    assert len(parse(rss(items).encode()[: len(rss(items)) // 2]).entries) >= 20


def test_an_empty_feed_is_a_feed() -> None:
    parsed = parse(rss(""))
    assert (parsed.entries, parsed.error, parsed.is_feed) == ((), None, True)


def test_no_nul_reaches_a_text() -> None:
    parsed = parse(b'{"items": [{"id": "1\\u0000", "title": "a\\u0000b", "url": "https://news.example/a"}]}')
    assert "\x00" not in str([(entry.guid, entry.title) for entry in parsed.entries])


def test_hints() -> None:
    hints = parse(
        rss(
            "",
            "<ttl>90</ttl><skipHours><hour>0</hour><hour>23</hour><hour>24</hour></skipHours>"
            "<skipDays><day>Sunday</day><day>Saturday</day><day>Noday</day></skipDays>"
            "<sy:updatePeriod xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>daily</sy:updatePeriod>"
            "<sy:updateFrequency xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>4</sy:updateFrequency>",
        )
    ).hints
    assert (hints.ttl_s, hints.update_period_s) == (5400, 21_600)
    assert (hints.skip_hours, hints.skip_days) == ((0, 23), (5, 6))


@pytest.mark.parametrize("head", ["<ttl>0</ttl>", "<ttl>-5</ttl>", "<ttl>soon</ttl>", "<ttl>99999999</ttl>"])
def test_hints_that_make_no_sense_count_as_absent(head: str) -> None:
    assert parse(rss("", head)).hints.ttl_s is None


def test_a_parser_that_raises_is_this_feeds_error() -> None:
    parsed = parse(rss("<item><title>&#1114112;</title></item>"))
    assert parsed.error is None or "\n" not in parsed.error
