"""Title, address, time, language and quality of a page, and pages that are no article."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from extractors.page.addresses import site_of
from model.article import TextQuality, TimePrecision
from model.feed import Feed
from tests.support.news_page import BODY, NOW, URL, article, ld, meta, page, read


def test_a_plain_article() -> None:
    got = article(
        page(head=ld(datePublished="2018-02-08T20:15:00+02:00", author={"@type": "Person", "name": "Jo Doe"}))
    )
    assert got.title == "Two hurt at the river"
    assert got.author == "Jo Doe"
    assert got.published_at == datetime(2018, 2, 8, 18, 15, tzinfo=UTC)
    assert (got.published_precision, got.published_source) == (TimePrecision.INSTANT, "json-ld")
    assert got.text_quality is TextQuality.FULL
    assert (got.language, got.wire_credit, got.outlet, got.country_code) == ("en", "Reuters", "The Example", "SY")
    assert got.page_sha256


def test_paragraphs_are_lines_and_nothing_else_is_in_the_text() -> None:
    lines = article(page()).text.split("\n")
    assert len(lines) == 4
    assert lines[0].startswith("DAMASCUS (Reuters) - Two soldiers")
    assert lines[-1].endswith("stayed shut on Thursday.")


# --- publication times ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "feed_at", "at", "precision", "source"),
    [
        (ld(datePublished="2018-02-08T10:00:00Z"), None, "2018-02-08T10:00:00+00:00", "instant", "json-ld"),
        (ld(datePublished="2018-02-08T10:00:00"), None, "2018-02-08T10:00:00+02:00", "instant", "json-ld"),
        (ld(datePublished="2018-02-08"), None, "2018-02-08T00:00:00+02:00", "day", "json-ld"),
        (meta("article:published_time", "2018-02-08T10:00:00+0100"), None,
         "2018-02-08T10:00:00+01:00", "instant", "meta"),
        ('<meta name="pubdate" content="Thu, 08 Feb 2018 10:00:00 GMT">', None,
         "2018-02-08T10:00:00+00:00", "instant", "meta"),
        ("", "2018-02-08T09:00:00+00:00", "2018-02-08T09:00:00+00:00", "instant", "feed"),
        # the page gives the day, the feed the moment on that day
        (ld(datePublished="2018-02-08"), "2018-02-08T09:00:00+00:00", "2018-02-08T09:00:00+00:00", "instant", "feed"),
        # of another day: the page is believed
        (ld(datePublished="2018-02-07"), "2018-02-08T09:00:00+00:00", "2018-02-07T00:00:00+02:00", "day", "json-ld"),
        # the future and the time before the web are refused
        (ld(datePublished="2018-03-01T00:00:00Z"), "2018-02-08T09:00:00+00:00",
         "2018-02-08T09:00:00+00:00", "instant", "feed"),
        (ld(datePublished="1970-01-01T00:00:00Z"), "2018-02-08T09:00:00+00:00",
         "2018-02-08T09:00:00+00:00", "instant", "feed"),
        (ld(datePublished="2018-02-10T11:00:00Z"), None, "2018-02-10T11:00:00+00:00", "instant", "json-ld"),
    ],
)  # fmt: skip
def test_published(head: str, feed_at: str | None, at: str, precision: str, source: str) -> None:
    got = article(page(head=head), published_at=datetime.fromisoformat(feed_at) if feed_at else None)
    assert got.published_at is not None
    assert got.published_at == datetime.fromisoformat(at)
    assert (got.published_precision, got.published_source) == (precision, source)


def test_a_day_is_midnight_in_the_outlets_zone() -> None:
    got = article(page(head=ld(datePublished="2018-02-08")))
    assert got.published_at == datetime(2018, 2, 8, tzinfo=ZoneInfo("Asia/Damascus"))
    assert str(got.published_on) == "2018-02-08"


@pytest.mark.parametrize(
    "body", [BODY, BODY + "<p>Copyright 2018 The Example.</p>", BODY + "<p>A look back at 2017.</p>"]
)
def test_no_first_of_january_is_invented(body: str) -> None:
    assert article(page(body)).published_at is None


def test_a_future_feed_date_alone_is_no_date() -> None:
    assert article(page(), published_at=NOW + timedelta(days=3)).published_at is None


def test_modified_and_section() -> None:
    got = article(page(head=ld(dateModified="2018-02-09T08:00:00Z", articleSection="World")))
    assert got.modified_at == datetime(2018, 2, 9, 8, tzinfo=UTC)
    assert got.section == "World"


# --- titles, addresses, languages -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (ld(headline="Two &amp; three hurt"), "Two & three hurt"),
        (meta("og:title", "Two hurt - The Example"), "Two hurt"),
        (meta("og:title", "Syria war: two hurt - army"), "Syria war: two hurt - army"),
    ],
)
def test_titles(head: str, title: str) -> None:
    assert article(page(head=head)).title == title


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/world/clash-at-the-river">', "https://news.example/world/clash-at-the-river"),
        ('<link rel="canonical" href="https://www.news.example/a#top">', "https://www.news.example/a"),
        ('<link rel="canonical" href="https://news.example/">', URL),
        ('<link rel="canonical" href="https://other.example/a">', URL),
        ('<link rel="canonical" href="javascript:alert(1)">', URL),
        ('<link rel="canonical" href="http://[broken">', URL),
        (meta("og:url", "https://news.example/b"), "https://news.example/b"),
        ("", URL),
    ],
)
def test_canonical_addresses(head: str, url: str) -> None:
    assert article(page(head=head)).url == url


def test_the_language_is_detected_whatever_the_page_declares() -> None:
    german = (
        "<p>Bei einem Angriff auf eine Patrouille am Fluss sind am Mittwoch zwei Soldaten verletzt worden, wie die "
        "Armee am Donnerstag mitteilte. Wer geschossen hat, ist bislang nicht bekannt.</p>"
    )
    assert article(page(german * 2, title="Zwei Verletzte am Fluss", lang="en")).language == "de"


@pytest.mark.parametrize(
    ("encoding", "head"),
    [("windows-1251", ""), ("utf-16", ""), ("utf-8-sig", ""), ("koi8-r", '<meta charset="koi8-r">')],
)
def test_charsets(encoding: str, head: str) -> None:
    body = (
        "<p>Двое военных получили ранения в среду, когда их патруль попал под обстрел у реки, сообщила армия.</p>" * 3
    )
    html = page(body, head, "Двое раненых").replace('<meta charset="utf-8">', "").encode(encoding)
    header = "text/html; charset=windows-1251" if encoding == "windows-1251" else "text/html"
    got = article(html, content_type=header)
    assert "получили ранения" in got.text
    assert got.language == "ru"


# --- what must not leak in --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "quality"),
    [
        (page("<p>Checking your browser before accessing news.example.</p>", title="Just a moment..."), "bot_wall"),
        (page("<p>Sorry, the page you asked for was not found. Page not found.</p>", title="Not found"), "soft_404"),
        (page("<p>We value your privacy. Accept all cookies to go on reading our site and those of our partners.</p>",
              title="Your choices"), "consent"),
        (page("<p>Two soldiers were hurt on Wednesday, the army said.</p><p>Subscribe to continue reading.</p>"),
         "paywall"),
        (page("<p>Two soldiers were hurt on Wednesday near the river, the army said in a statement on Thursday.</p>",
              ld(isAccessibleForFree=False)), "paywall"),
        (page("<p>Hello.</p>", title="Two hurt"), "empty"),
        (page(BODY, ld(**{"@type": "LiveBlogPosting"})), "live_blog"),
        (page(BODY + "<p>We use cookies, and you can subscribe to read more.</p>"), "full"),
    ],
)  # fmt: skip
def test_flags(html: str, quality: str) -> None:
    assert article(html).text_quality == quality


def test_a_page_of_links_is_a_listing() -> None:
    links = "".join(
        f"<li><a href='/{n}'>A headline about something that happened in town {n}</a></li>" for n in range(80)
    )
    got = read(
        page(f"<p>All the news of the day from our own correspondents in every region of the land.</p><ul>{links}</ul>")
    )
    assert got.article is not None
    assert got.article.text_quality is TextQuality.LISTING


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 2000, b"just words", b"<p>x" * 40_000])
def test_what_is_no_page_is_an_issue_and_no_article(body: bytes) -> None:
    got = read(body)
    assert got.article is None
    assert got.issue is not None


# --- wire credits -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "credit"),
    [
        ("BEIRUT (AP) — Two soldiers were hurt.", "", "AP"),
        ("BEIRUT, Feb 8 (Reuters) - Two soldiers were hurt.", "", "Reuters"),
        ("Two soldiers were hurt.", "With reporting by AFP", "AFP"),
        ("Two soldiers were hurt.", "Source: Xinhua", "Xinhua"),
        ("Two soldiers were hurt, state agency SANA reported on Wednesday in a long report on the clash.", "", None),
        ("Two soldiers were hurt.", "The army told Reuters that nobody else had been near the place at the time of it, "
         "and that an inquiry would be opened before the end of the month.", None),
    ],
)  # fmt: skip
def test_wire_credits(first: str, last: str, credit: str | None) -> None:
    body = BODY.replace("DAMASCUS (Reuters) - Two soldiers were hurt", first.rstrip(".")) + (
        f"<p>{last}</p>" if last else ""
    )
    assert article(page(body)).wire_credit == credit


@pytest.mark.parametrize(
    "sentence",
    [
        "Drivers who reached the bridge on Friday found a sign that read access denied and turned back to the town.",
        "An official told reporters that access denied to monitors since March would be given again within days.",
        "The mayor said that privacy rules of the union, known as gdpr, kept him from naming the two hurt men.",
        "The council said that a page not found in the archive in March had been lost in the fire of that night.",
    ],
)
def test_a_short_article_that_quotes_a_wall_is_an_article(sentence: str) -> None:
    more = "Two guards were killed on Wednesday when gunmen opened fire on a customs post near the river, police said."
    assert article(page(f"<p>{sentence} {more}</p>")).text_quality == "full"


@pytest.mark.parametrize(
    "wall",
    [
        "Access Denied. You don't have permission to access this page on this server. Reference 18.2f.",
        "Error 403: Access denied | news.example used Cloudflare to restrict access to this page.",
        "Attention Required! | Cloudflare. Sorry, you have been blocked. You are unable to access news.example today.",
    ],
)
def test_a_wall_is_still_a_wall(wall: str) -> None:
    assert article(page(f"<p>{wall}</p>")).text_quality == "bot_wall"


@pytest.mark.parametrize(
    "canonical",
    ["/world", "/world/", "/africa", "/world/index.html", "https://news.example", "/middle-east", "/world?page=home"],
)
def test_no_section_page_is_canonical(canonical: str) -> None:
    assert article(page(head=f'<link rel="canonical" href="{canonical}">')).url == URL


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://news.example/world/clash-at-the-river/amp", "https://news.example/world/clash-at-the-river"),
        ("https://news.example/world/clash-at-the-river/2", "https://news.example/world/clash-at-the-river"),
        ("https://news.example/?p=77", "https://news.example/2018/02/clash-at-the-river-77"),
        ("https://news.example/a/b?x=1", "https://news.example/story.php?id=77"),
        ("https://m.news.example/news/77", "https://news.example/news/77"),
    ],
)
def test_an_articles_own_canonical_address_is_believed(url: str, canonical: str) -> None:
    assert article(page(head=f'<link rel="canonical" href="{canonical}">'), url=url).url == canonical


@pytest.mark.parametrize(
    ("outlet", "head", "h1", "expected"),
    [
        ("Kyiv Monitor", "", "Shelling kills two in suburb - Kyiv", "Shelling kills two in suburb - Kyiv"),
        ("Kyiv Monitor", "", "Shelling kills two - Kyiv Monitor", "Shelling kills two"),
        ("The Kyiv Monitor", "", "Shelling kills two | Kyiv Monitor", "Shelling kills two"),
        ("", "", "Shelling kills two - Kyiv", "Shelling kills two - Kyiv"),
        ("Kyiv Monitor", meta("og:title", "Kyiv Monitor"), "Shelling kills two", "Shelling kills two"),
        ("Kyiv Monitor", meta("og:title", "Kyiv Monitor - Daily window"), "Shelling kills two", "Shelling kills two"),
        (
            "K",
            meta("og:site_name", "Dnipro Herald") + meta("og:title", "Dnipro Herald | Independent news"),
            "Shelling kills two",
            "Shelling kills two",
        ),
        ("Kyiv Monitor", meta("og:title", "Kyiv Monitor: shelling kills two"), "Shelling kills two",
         "Kyiv Monitor: shelling kills two"),
    ],
)  # fmt: skip
def test_the_sites_name_is_no_headline(outlet: str, head: str, h1: str, expected: str) -> None:
    html = page(head=head, title=h1)
    feed = Feed("x", "https://news.example/feed", outlet)
    assert article(html, feed=feed, title=h1).title == expected


@pytest.mark.parametrize("charset", ["utf-16", "utf-16le", "UTF-32"])
def test_a_declaration_of_utf16_that_could_be_read_is_false(charset: str) -> None:
    html = page(BODY.replace("short statement", "short déclaration"), head="").replace('"utf-8"', f'"{charset}"')
    assert "déclaration" in article(html.encode()).text
    assert "déclaration" in article(html.encode("cp1252")).text
    assert "déclaration" in article(html.encode("utf-16")).text


def test_json_ld_with_halves_of_surrogate_pairs() -> None:
    node = '{"@type":"NewsArticle","headline":"Two \\ud83d hurt","url":"/x-1?\\ud83d"}'
    got = article(page(head=f'<script type="application/ld+json">{node}</script>'))
    assert got.title == "Two \ufffd hurt"
    assert "\ud83d" not in (got.url or "")


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.news.example", "news.example"),
        ("news.example.co.uk", "example.co.uk"),
        ("evil.wordpress.com", "evil.wordpress.com"),
        ("a.evil.substack.com", "evil.substack.com"),
        ("evil.blogspot.com", "evil.blogspot.com"),
        ("evil.blogspot.co.uk", "evil.blogspot.co.uk"),
        ("evil.github.io", "evil.github.io"),
        ("wordpress.com", "wordpress.com"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_a_site_is_what_one_owner_holds(host: str, site: str) -> None:
    assert site_of(host) == site
