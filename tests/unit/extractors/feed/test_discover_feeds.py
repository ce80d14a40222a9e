from extractors.feed.discover import MAX_FEEDS, discover_feeds

BASE = "https://news.example/world/"


def test_announced_feeds_come_before_guessed_ones_and_comments_last() -> None:
    html = b"""<html><head>
      <link rel="alternate" type="application/rss+xml" title="News: Comments" href="/comments/feed/">
      <link type='application/atom+xml' rel='alternate' href='https://news.example/atom?a=1&amp;b=2'>
      <link rel="stylesheet" href="/feed/style.css"><link rel="alternate" hreflang="de" href="/de/">
      </head><body><a href="/rss/world.xml">RSS</a><a href="/news/a-story">A story</a><a href="/rss/world.xml">again</a>
      </body></html>"""
    assert discover_feeds(html, BASE) == (
        "https://news.example/atom?a=1&b=2",
        "https://news.example/comments/feed/",
        "https://news.example/rss/world.xml",
    )


def test_what_cannot_be_fetched_is_passed_over() -> None:
    html = (
        b'<link rel=alternate type=application/rss+xml href="javascript:x"><a href="ftp://e.org/feed/">f</a><a>none</a>'
    )
    assert discover_feeds(html, BASE) == ()


def test_no_page_gives_no_feeds_and_a_directory_is_bounded() -> None:
    assert discover_feeds(b"", BASE) == ()
    assert discover_feeds(bytes(range(256)) * 100, BASE) == ()
    many = b"".join(b'<a href="/feed/%d">x</a>' % number for number in range(500))
    assert len(discover_feeds(many, BASE)) == MAX_FEEDS
