"""Documents that one character would spoil, and addresses as publishers write them."""

import json

import pytest

from extractors.feed.addresses import absolute, link_of
from extractors.feed.parse import parse_feed
from extractors.feed.repair import repair_document
from model.characters import clean_text
from model.feed import Feed, ParsedFeed

FEED = Feed("x", "https://news.example/rss/feed.xml", "N")


def parse(items: str, head: str = "", content_type: str | None = "application/rss+xml; charset=utf-8") -> ParsedFeed:
    body = f"{head}<rss version='2.0'><channel><title>N</title>{items}</channel></rss>"
    return parse_feed(body.encode(), content_type, FEED)


def titled(title: str) -> ParsedFeed:
    return parse(f"<item><guid>1</guid><title>{title}</title></item><item><guid>2</guid><title>Second</title></item>")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rain &#55357;&#56832;", "Rain 😀"),
        ("Rain &#xD83D;&#xde00;", "Rain 😀"),
        ("Rain &amp;#55357;&amp;#56832;", "Rain 😀"),
        ("Rain &#xD83D; falls", "Rain � falls"),
        ("Rain &#xDE00;&#xD83D;", "Rain ��"),
        ("Rain &#xD83D;&#xD83D;&#xDE00;", "Rain �😀"),
        ("Rain&#x1F; falls&#0;&#8;", "Rain falls"),
        ("Rain\x0b falls\x07", "Rain falls"),
    ],
)
def test_a_character_costs_itself_and_is_told(written: str, read: str) -> None:
    parsed = titled(written)
    assert [entry.title for entry in parsed.entries] == [read, "Second"]
    assert parsed.error


@pytest.mark.parametrize("charset", ["utf-16", "UTF-16LE", "ucs-2"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("is_in_document", [True, False])
def test_utf_16_declared_of_single_bytes_costs_nothing(charset: str, encoding: str, is_in_document: bool) -> None:
    head = f'<?xml version="1.0" encoding="{charset}"?>' if is_in_document else ""
    body = (
        f"{head}<rss version='2.0'><channel><item><guid>1</guid><title>“Überfall” – now</title></item></channel></rss>"
    )
    header = "text/xml" if is_in_document else f"text/xml; charset={charset}"
    parsed = parse_feed(body.encode(encoding), header, FEED)
    assert [entry.title for entry in parsed.entries] == ["“Überfall” – now"]
    assert "UTF-16" in (parsed.error or "")


def test_what_is_well_formed_is_not_touched() -> None:
    body = "<rss><title>Überfall &#128512; &#55; &#8364; &#xD7;</title></rss>".encode()
    assert repair_document(body, None) == (body, None)
    assert repair_document("<rss>Über</rss>".encode("utf-16"), None)[1] is None


@pytest.mark.parametrize("head", ["", '<?xml version="1.0" encoding="UTF-8"?>'])
@pytest.mark.parametrize("content_type", [None, "application/rss+xml; charset=utf-8", "text/xml"])
def test_one_cut_byte_leaves_the_other_letters(head: str, content_type: str | None) -> None:
    body = f"{head}<rss version='2.0'><channel><item><guid>1</guid><title>Tués à Ménaka, l’armée ".encode() + b"\xc3"
    parsed = parse_feed(body + b"</title></item></channel></rss>", content_type, FEED)
    assert parsed.entries[0].title == "Tués à Ménaka, l’armée �"
    assert "1 broken UTF-8" in (parsed.error or "")


def test_another_charset_that_is_declared_as_utf8_is_not_mended() -> None:
    body = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><item><title>Überfälle</title></item>'
    parsed = parse_feed(body.encode("cp1252") + b"</channel></rss>", None, FEED)
    assert parsed.entries[0].title == "Überfälle"


@pytest.mark.parametrize("text", ['{"items":[{"id":"1","title":"One","content_text":"a\nb\tc\x01"}]}', None])
def test_json_with_raw_control_characters_and_halves(text: str | None) -> None:
    text = text or json.dumps({"items": [{"id": "1\ud83d", "title": "One", "content_text": "\udc00 a\x00"}]})
    (entry,) = parse_feed(text.encode(), "application/json", FEED).entries
    assert entry.title == "One"
    assert clean_text(f"{entry.guid}{entry.content_html}") == f"{entry.guid}{entry.content_html}"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("story.html", "https://news.example/rss/story.html"),
        ("../a/story.html", "https://news.example/a/story.html"),
        ("?p=7", "https://news.example/rss/feed.xml?p=7"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("www.news.example/a", "https://www.news.example/a"),
        ("https://news.example/two words\n", "https://news.example/two%20words"),
        ("https://news.example/broken\n      /line", "https://news.example/broken/line"),
        ("HTTPS://news.example/a", "HTTPS://news.example/a"),
        ("tag:news.example,2018:1", None),
        ("urn:uuid:1", None),
        ("mailto:a@b.example", None),
        ("javascript:alert(1)", None),
        ("#top", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_addresses(link: str, url: str | None) -> None:
    found = absolute(link, FEED.url)
    assert (found.replace("HTTPS", "https") if found else None) == (url.replace("HTTPS", "https") if url else None)


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>https://a.example/1</link><link>https://a.example/2</link>", "https://a.example/1"),
        (
            "<a:link rel='self' href='https://a.example/self'/><a:link rel='alternate' href='https://a.example/page'/>",
            "https://a.example/page",
        ),
        (
            "<a:link rel='enclosure' href='https://a.example/x.mp3'/><link>https://a.example/1</link>",
            "https://a.example/1",
        ),
        ("<guid>https://a.example/g</guid>", "https://a.example/g"),
        ("<guid>17</guid>", None),
        ("<guid isPermaLink='false'>17</guid><link>17.html</link>", "https://news.example/rss/17.html"),
    ],
)
def test_which_link_of_several(item: str, url: str | None) -> None:
    body = f"<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'><channel><item><title>T</title>{item}</item></channel></rss>"
    (entry,) = parse_feed(body.encode(), None, FEED).entries
    assert entry.url == url


def test_relative_links_are_those_of_the_address_that_answered() -> None:
    body = b"<rss version='2.0'><channel><item><title>T</title><link>a.html</link></item></channel></rss>"
    (entry,) = parse_feed(body, None, FEED, "https://mirror.example/deep/feed").entries
    assert entry.url == "https://mirror.example/deep/a.html"


def test_json_feed_ids_that_are_addresses() -> None:
    items = [{"id": "https://a.example/1", "title": "One"}, {"id": "2", "title": "Two", "external_url": "/b"}]
    parsed = parse_feed(json.dumps({"items": items}).encode(), None, FEED)
    assert [entry.url for entry in parsed.entries] == ["https://a.example/1", "https://news.example/b"]


def test_entries_beyond_the_limit_are_told() -> None:
    parsed = parse("".join(f"<item><title>{n}</title></item>" for n in range(2010)))
    assert len(parsed.entries) == 2000
    assert "10 entries beyond the first 2000" in (parsed.error or "")


def test_links_are_text_or_nothing() -> None:
    assert link_of({"links": ["odd", {"href": None}], "link": 5, "id": ["x"]}, FEED.url) is None
