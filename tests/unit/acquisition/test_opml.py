import pytest

from acquisition.feeds_file import dump_feeds, read_feeds
from acquisition.opml import dump_opml, parse_opml, read_opml
from model.errors import ConfigError
from model.feed import Feed, FeedKind

FEEDS = (
    Feed("one", "https://news.example/a?b=1&c=2", 'The "Été" <Post>', "fr", "Africa/Bamako", "ML", FeedKind.WIRE),
    Feed("two", "https://other.example/feed", "Other"),
)


def test_a_list_comes_back_as_it_went() -> None:
    assert read_opml(dump_opml(FEEDS).encode()) == FEEDS


def test_a_readers_own_file_with_folders_twins_and_other_outlines() -> None:
    text = b"""<?xml version="1.0"?><opml version="1.0"><body><outline text="Folder">
      <outline type="rss" text="News \xc3\xa9tranger" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/>
      <outline text="again" xmlUrl="https://a.example/feed"/><outline text="a note"/></outline>
      <outline text="\xe6\x96\xb0\xe8\x81\x9e" xmlurl="https://b.example/rss"/></body></opml>"""
    feeds = read_opml(text, taken=["news_etranger"])
    assert [feed.feed_id for feed in feeds] == ["news_etranger_2", "b_example"]
    assert [feed.outlet for feed in feeds] == ["News étranger", "新聞"]
    assert read_feeds(dump_feeds(feeds), "x") == feeds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "not OPML"),
        (b"<opml><body>", "not OPML"),
        (b"<rss/>", "not OPML but <rss>"),
        (b'<!DOCTYPE o [<!ENTITY x "y">]><opml/>', "declares entities"),
        (b'<opml><outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="ftp://e.org/"/></opml>', "'ftp' is not http"),
        (b"<opml>" + b" " * 5_000_001 + b"</opml>", "over"),
    ],
)
def test_what_is_wrong_is_said(text: bytes, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read_opml(text)


def test_wrong_entries_cost_only_themselves_and_are_named() -> None:
    text = b"""<opml version="2.0"><body><outline text="North" xmlUrl="https://north.example/rss"/>
      <outline text="Podcast" xmlUrl="feed://pod.example/rss"/><outline text="Odd" xmlUrl="https://odd.example/a b"/>
      <outline text="Zone" xmlUrl="https://zone.example/rss" timezone="Mars/Olympus"/>
      <outline text="South" xmlUrl="https://south.example/rss"/></body></opml>"""
    listed = parse_opml(text)
    assert [feed.url for feed in listed.feeds] == ["https://north.example/rss", "https://south.example/rss"]
    assert len(listed.faults) == 3
    for fault, name in zip(listed.faults, ("pod.example", "odd.example", "zone.example"), strict=True):
        assert name in fault
