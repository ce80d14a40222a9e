"""The newsroom's feeds over HTTP, read by feedparser (which has no JSON Feed: that form is read by hand)."""

import calendar
import tomllib
from datetime import UTC, datetime

import feedparser
import httpx
import pytest

from newsroom import running_newsroom
from newsroom.corpus import CorpusRow

FORMS = {"delta-times": "rss20", "world-wire": "atom10", "evening-star": "rss10"}
GUIDS = {
    "delta-times": ["market-1", "ferry-1"],
    "world-wire": ["depot-1", "ferry-2"],
    "evening-star": ["market-2", "ferry 3/é"],
    "karsen-gazette": ["market-3", "depot-2"],
    "example-org": ["timeless"],
}


def parsed(url):
    answer = httpx.get(url)
    assert answer.status_code == 200
    return feedparser.parse(answer.content, response_headers={"content-type": answer.headers["content-type"]})


def published_at(entry):
    moment = entry.get("published_parsed") or entry.updated_parsed  # feedparser reads dc:date as "updated"
    return datetime.fromtimestamp(calendar.timegm(moment), UTC)


@pytest.mark.parametrize("slug", FORMS)
def test_each_form_is_what_it_says(press, slug):
    feed = parsed(press.feed_url(slug))
    assert not feed.bozo
    assert feed.version == FORMS[slug]
    assert [entry.id for entry in feed.entries] == GUIDS[slug]
    assert all(entry.link.startswith(f"{press.address}/{slug}/") for entry in feed.entries)


def test_json_feed_is_what_it_says(press):
    answer = httpx.get(press.feed_url("karsen-gazette"))
    feed = answer.json()
    assert answer.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == GUIDS["karsen-gazette"]
    assert feed["items"][1]["date_published"] == "2021-03-12T00:00:00+00:00"
    assert feed["items"][1]["url"] == f"{press.address}/karsen-gazette/depot-2.html"


def test_dates_are_the_corpus_instants_in_the_outlets_zone(press):
    assert published_at(parsed(press.feed_url("delta-times")).entries[1]) == datetime(2021, 3, 10, 0, 15, tzinfo=UTC)
    assert published_at(parsed(press.feed_url("world-wire")).entries[1]) == datetime(2021, 3, 10, 2, tzinfo=UTC)
    assert published_at(parsed(press.feed_url("evening-star")).entries[1]) == datetime(2021, 3, 10, 5, tzinfo=UTC)


def test_titles_authors_and_texts_come_through(press):
    delta = parsed(press.feed_url("delta-times")).entries[1]
    assert (delta.title, delta.author) == ("Ferry toll rises to 14", "Nadia Rahim")
    assert "Fourteen people were confirmed dead" in delta.content[0].value
    assert parsed(press.feed_url("world-wire")).entries[1].title == "Nine dead as ferry sinks & divers search"
    assert "content" not in parsed(press.feed_url("world-wire")).entries[1]


@pytest.fixture
def rss(tmp_path):
    path = tmp_path / "outlets.toml"
    path.write_text('[outlets.newsroom]\nfeed_form = "rss"\n', "utf-8")
    return path


def test_a_row_without_a_date_is_always_there_and_says_no_date(press):
    feed = parsed(press.feed_url("example-org"))
    assert [entry.id for entry in feed.entries] == ["timeless"]
    assert not feed.entries[0].get("published")
    assert "Last-Modified" not in httpx.get(press.feed_url("example-org")).headers


def test_the_feed_shows_the_newest_entries_only(rss):
    rows = [
        CorpusRow(id=str(day), title=f"Day {day}", text="Text.", published=f"2021-01-{day:02}") for day in range(1, 21)
    ]
    with running_newsroom(rows, now=datetime(2021, 2, 1, tzinfo=UTC), n_entries=5, outlets=rss) as press:
        feed = parsed(press.feed_url("newsroom"))
    assert [entry.id for entry in feed.entries] == ["20", "19", "18", "17", "16"]


def test_characters_that_xml_forbids_do_not_break_a_feed(rss):
    rows = [CorpusRow(id="x", title="A \x00\x0b title ]]> & <i>more</i>", text="Text \x1f.", published="2021-01-01")]
    with running_newsroom(rows, now=datetime(2021, 2, 1, tzinfo=UTC), outlets=rss) as press:
        feed = parsed(press.feed_url("newsroom"))
    assert not feed.bozo
    assert len(feed.entries) == 1


def test_entries_appear_as_the_clock_moves(press):
    clock = f"{press.address}/_newsroom/clock"

    def guids(slug):
        return [entry.id for entry in parsed(press.feed_url(slug)).entries]

    assert httpx.post(clock, json={"now": "2021-03-10T01:59:59+00:00"}).json() == {"now": "2021-03-10T01:59:59+00:00"}
    assert guids("world-wire") == []
    assert httpx.get(f"{press.address}/world-wire/ferry-2.html").status_code == 404
    assert httpx.post(clock, json={"advance_s": 1}).json() == {"now": "2021-03-10T02:00:00+00:00"}
    assert guids("world-wire") == ["ferry-2"]
    assert httpx.get(f"{press.address}/world-wire/ferry-2.html").status_code == 200
    press.move_clock(datetime(2021, 3, 12, 5, 30, tzinfo=UTC))
    assert guids("world-wire") == ["depot-1", "ferry-2"]
    assert httpx.get(clock).json() == {"now": "2021-03-12T05:30:00+00:00"}


def test_a_revision_changes_page_and_feed_from_its_own_instant(press):
    page = f"{press.address}/delta-times/ferry-1.html"
    press.move_clock(datetime(2021, 3, 11, 2, 59, tzinfo=UTC))
    assert "At least nine people" in httpx.get(page).text
    assert parsed(press.feed_url("delta-times")).entries[0].title == "Ferry capsizes on the Halda"
    press.move_clock(datetime(2021, 3, 11, 3, 0, tzinfo=UTC))
    assert "Fourteen people" in httpx.get(page).text
    feed = parsed(press.feed_url("delta-times"))
    assert (feed.entries[0].id, feed.entries[0].title) == ("ferry-1", "Ferry toll rises to 14")


@pytest.mark.parametrize("order", ["{", "[]", "{}", '{"now": "soon"}', '{"now": "2021-01-01"}', '{"advance_s": "x"}'])
def test_a_wrong_order_leaves_the_clock(press, order):
    clock = f"{press.address}/_newsroom/clock"
    before = httpx.get(clock).json()
    assert httpx.post(clock, content=order).status_code == 400
    assert httpx.get(clock).json() == before


def test_the_feeds_file_names_every_feed(press, tmp_path):
    feeds = tomllib.loads(press.write_feeds_file(tmp_path / "deep" / "feeds.toml").read_text("utf-8"))["feeds"]
    assert set(feeds) == set(GUIDS)
    assert feeds["evening-star"] == {
        "url": press.feed_url("evening-star"),
        "outlet": "The Evening Star",
        "language": "en",
        "timezone": "America/New_York",
        "country": "US",
        "kind": "local",
    }
    assert "country" not in feeds["world-wire"]
    assert tomllib.loads(httpx.get(f"{press.address}/_newsroom/feeds.toml").text)["feeds"] == feeds


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}], ids=str
)
def test_no_page_moves_the_clock(press, headers):
    clock = f"{press.address}/_newsroom/clock"
    before = httpx.get(clock).json()
    assert httpx.post(clock, json={"advance_s": 9}, headers=headers).status_code == 403
    assert httpx.get(clock).json() == before
