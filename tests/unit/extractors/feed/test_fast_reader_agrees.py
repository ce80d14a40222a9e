"""The fast reader gives what feedparser gives, or hands over to it; it never decides alone on anything unusual."""

from typing import Any

import pytest

from extractors.feed.dates import zone_of
from extractors.feed.fast import MAX_ENTRIES, read_fast
from extractors.feed.parse import _entry, read_any
from model.feed import Entry, Feed

FEED = Feed("x", "https://news.example/feed", "The Example")
ITEM = (
    "<item><guid>1</guid><title>Two &amp;amp; three: Caf\u00e9</title><link>https://news.example/a?b=1&amp;c=2</link>"
    "<description>&lt;p&gt;Short &amp;amp; sweet.&lt;/p&gt;</description><author>jo@news.example (Jo Doe)</author>"
    "<pubDate>Wed, 07 Feb 2018 21:30:00 GMT</pubDate><category>World</category></item>"
)
ATOM_ENTRY = (
    "<entry><id>tag:1</id><title type='html'>One &amp;lt;b&amp;gt;two</title>"
    "<link rel='self' href='https://news.example/s'/><link rel='alternate' type='text/html' href='https://news.example/a'/><updated>2018-02-07T21:30:00Z</updated>"
    "<author><name>Jo</name></author><content type='html'>&lt;p&gt;Text&lt;/p&gt;</content></entry>"
)
RDF_HEAD = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/"><title>T</title>'
    "<dc:language>fr</dc:language></channel>"
)
MODULES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)


def rss(items: str, attributes: str = "", head: str = "<title>T</title>") -> bytes:
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{declaration}<rss version="2.0" {attributes}><channel>{head}{items}</channel></rss>'.encode()


def atom(content: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{content}</entry></feed>'.encode()


PLAIN = {
    "rss": rss(ITEM),
    "rss with a mark": b"\xef\xbb\xbf" + rss(ITEM),
    "rss after blank lines": b"\n\n" + rss(ITEM),
    "rss with a language": rss(ITEM, head="<title>T</title><language>ar-SY</language>"),
    "rss with modules": rss(
        "<item><guid>1</guid><title>One</title><description>Short</description><dc:creator>Jo</dc:creator>"
        "<dc:date>2018-02-07T21:30:00Z</dc:date><content:encoded><![CDATA[<p>Long &amp; wide</p>]]></content:encoded>"
        "<media:content url='https://news.example/p.jpg'><media:title>A picture</media:title></media:content>"
        "<slash:comments>3</slash:comments></item>",
        MODULES,
    ),
    "rss without items": rss(""),
    "atom": f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>T</title>{ATOM_ENTRY}</feed>'.encode(),
    "rdf": (
        RDF_HEAD + '<item rdf:about="https://news.example/a"><title>One</title><link>https://news.example/a</link>'
        "<dc:date>2018-02-07T21:30:00Z</dc:date><dc:creator>Jo</dc:creator></item></rdf:RDF>"
    ).encode(),
}
UNUSUAL = {
    "another charset": rss(ITEM).replace(b"UTF-8", b"windows-1251"),
    "a doctype": rss(ITEM).replace(b"?>", b"?><!DOCTYPE rss>"),
    "broken": rss(ITEM)[:-20],
    "an entity": rss("<item><title>a&nbsp;b</title></item>"),
    "markup in a title": rss("<item><title>a <b>c</b></title></item>"),
    "two titles": rss("<item><title>a</title><title>b</title></item>"),
    "an unknown tag": rss("<item><title>a</title><headline>b</headline></item>"),
    "media that may stand for texts": rss("<item><media:title>b</media:title></item>", MODULES),
    "an item in a comment": rss(ITEM + "<!-- <item></item> -->"),
    "an item outside the channel": rss(ITEM).replace(b"</rss>", b"<item/></rss>"),
    "xhtml content": atom('<content type="xhtml"><div/></content>'),
    "base64 content": atom('<content type="image/png">aGk=</content>'),
    "a link without an address": atom('<link rel="alternate"/>'),
    "letters of Windows": rss("<item><title>don\x92t</title></item>"),
    "another root": b"<opml><body/></opml>",
    "no XML": b"Not found",
}


def entries(result: Any) -> list[Entry]:
    return [_entry(item, FEED, zone_of("Asia/Damascus"), FEED.url, None) for item in result["entries"]]


@pytest.mark.parametrize("name", PLAIN)
def test_agrees_with_feedparser(name: str) -> None:
    fast = read_fast(PLAIN[name], "application/rss+xml; charset=utf-8")
    assert fast is not None
    assert entries(fast) == entries(read_any(PLAIN[name], "application/rss+xml; charset=utf-8"))


@pytest.mark.parametrize("name", UNUSUAL)
def test_hands_over(name: str) -> None:
    assert read_fast(UNUSUAL[name], None) is None


def test_a_charset_in_the_header_hands_over() -> None:
    assert read_fast(PLAIN["rss"], "text/xml; charset=iso-8859-1") is None


def test_no_more_than_the_cap_is_read() -> None:
    result = read_fast(rss("<item><title>x</title></item>" * 5000), None)
    assert result is not None
    assert len(result["entries"]) == MAX_ENTRIES
