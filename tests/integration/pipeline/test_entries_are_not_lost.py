"""Live runs over feeds that one character, guid or link spoils: every story is read, and what was not is told."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from model.settings import Settings
from warehouse.reader import open_snapshot

NOW = datetime(2018, 2, 8, 20, tzinfo=UTC)
BLAST = "{} people were killed when a car bomb exploded at a market in Kirkuk on Wednesday, police said on Thursday."
STORM = (
    "Nine fishermen were killed on Tuesday when gunmen fired at their boats near Baga in Borno state, officials said."
)
DAY = "Thu, 08 Feb 2018 10:00:00 GMT"


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>N</title>{''.join(items)}</channel></rss>".encode()


def item(title: str, guid: str, text: str, link: str = "") -> str:
    link = f"<link>{link}</link>" if link else ""
    return (
        f"<item><title>{title}</title><guid isPermaLink='false'>{guid}</guid>{link}<pubDate>{DAY}</pubDate>"
        f"<description>{text}</description></item>"
    )


JSON_LD = json.dumps({"@type": "NewsArticle", "headline": "Market \ud83d bombed", "url": "/a.html?x=\ud83d\x00"})
STORY = f"{BLAST.format('Four')} Ambulances took the wounded to the general hospital, where doctors asked for blood."
PAGE = f"<html><head><script type='application/ld+json'>{JSON_LD}</script></head><body><article><p>{STORY}</p>"


class Press(BaseHTTPRequestHandler):
    bodies: dict[str, bytes]

    def do_GET(self) -> None:
        body = self.bodies.get(self.path)
        self.send_response(404 if body is None else 200 if body else 403)
        self.send_header("content-length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def press(tmp_path, reference_path):
    handler = type("Press", (Press,), {"bodies": {"/a.html": PAGE.encode(), "/refused.html": b""}})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield handler.bodies, f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def settings_of(names, host, tmp_path, reference_path) -> Settings:
    tables = (f'[feeds.{name}]\nurl = "http://{host}/{name}"\noutlet = "{name}"\n' for name in names)
    (tmp_path / "feeds.toml").write_text("\n".join(tables), "utf-8")
    return Settings(
        home=tmp_path / "var", feeds=tmp_path / "feeds.toml", reference=reference_path, allow_hosts=(host,),
        host_delay_s=0.0, n_workers=1,
    )  # fmt: skip


def told(settings: Settings, sql: str) -> list[tuple]:
    with open_snapshot(settings.snapshot_path) as reader:
        return list(reader.sql(sql).rows)


def test_changed_words_of_a_refused_page_revise_the_toll(press, tmp_path, reference_path, walk) -> None:
    bodies, host = press
    settings = settings_of(["feed"], host, tmp_path, reference_path)
    bodies["/feed"] = rss(item("Blast in Kirkuk", "1", BLAST.format("Three"), f"http://{host}/refused.html"))
    assert walk(settings, NOW).n_opened == 1
    assert told(settings, "select killed_best from pub.incident") == [(3,)]
    text = BLAST.format("Thirty")
    bodies["/feed"] = rss(item("Toll of Kirkuk blast rises", "1", text, f"http://{host}/refused.html"))
    later = walk(settings, NOW + timedelta(hours=2))
    assert (later.n_articles, later.n_opened) == (1, 0)
    assert told(settings, "select killed_best from pub.incident") == [(30,)]
    assert told(settings, "select revision from pub.article") == [(2,)]
    again = walk(settings, NOW + timedelta(hours=5))
    assert again.n_articles == 0


def test_no_byte_of_one_feed_costs_another_or_the_run(press, tmp_path, reference_path, walk) -> None:
    bodies, host = press
    url = f"http://{host}/x?\udc00=\ud83d"
    odd = {"id": "h\ud83d\x00", "url": url, "title": "Odd \ud83d\x07", "content_text": STORM}
    half = json.dumps({"items": [odd]})
    bodies["/halves"] = half.encode()
    bodies["/ld"] = rss(item("Bomb in Kirkuk", "1", "", f"http://{host}/a.html"))
    bodies["/pairs"] = rss(
        item("Calm &#55357;&#56832; &#xDC00;&#xD83D; &#7;", "1", "A council met on Monday and parted.")
    )
    settings = settings_of(["halves", "ld", "pairs"], host, tmp_path, reference_path)
    summary = walk(settings, NOW)
    assert (summary.n_failed_feeds, summary.n_articles) == (0, 3)
    titles = {row[0] for row in told(settings, "select title from pub.article")}
    assert titles == {"Odd \ufffd", "Market \ufffd bombed", "Calm \U0001f600 \ufffd\ufffd"}
    issues = " | ".join(f"{row[0]}" for row in told(settings, "select message from pub.issue"))
    assert "feed pairs: read in part" in issues
    urls = {row[0] for row in told(settings, "select url from pub.article")}
    assert all(url is None or url.isprintable() for url in urls)


def test_a_guid_that_comes_again_brings_the_later_story_and_churn_brings_nothing(
    press, tmp_path, reference_path, walk
) -> None:
    bodies, host = press
    settings = settings_of(["reused", "bare", "churn"], host, tmp_path, reference_path)
    first, second = BLAST.format("Three"), STORM
    address = f"http://{host}/gone/{{}}.html"
    bodies["/reused"] = rss(item("Blast in Kirkuk", "1", first, address.format("blast")))
    bodies["/bare"] = rss(
        item("Rain in Bamako", "1", "It rained all Monday in Bamako and nobody was hurt, officials say.")
    )
    bodies["/churn"] = rss(
        item("Calm day", "1", "Nothing happened in Lome on Monday.", address.format("calm") + "?t=1")
    )
    assert walk(settings, NOW).n_articles == 3
    bodies["/reused"] = rss(item("Fishermen killed near Baga", "1", second, address.format("storm")))
    bodies["/bare"] = rss(item("Bridge opens", "1", "A new bridge over the river Gambia opened for lorries and cars."))
    bodies["/churn"] = rss(
        item("Calm day", "2", "Nothing happened in Lome on Monday.", address.format("calm") + "?t=2")
    )
    later = walk(settings, NOW + timedelta(hours=1))
    assert (later.n_new_entries, later.n_articles) == (2, 2)
    titles = {row[0] for row in told(settings, "select title from pub.article")}
    assert titles == {"Blast in Kirkuk", "Rain in Bamako", "Calm day", "Fishermen killed near Baga", "Bridge opens"}
    again = walk(settings, NOW + timedelta(hours=5))
    assert (again.n_new_entries, again.n_articles) == (0, 0)


def test_a_feed_that_fails_is_told_of_once_until_it_has_mended(press, tmp_path, reference_path, walk) -> None:
    bodies, host = press
    settings = settings_of(["feed"], host, tmp_path, reference_path)
    days = [NOW + timedelta(days=n) for n in range(5)]
    assert [walk(settings, day).n_issues for day in days[:2]] == [1, 0]
    bodies["/feed"] = rss(item("Bridge opens", "1", "A new bridge over the river Gambia opened for lorries and cars."))
    assert walk(settings, days[2]).n_issues == 0
    del bodies["/feed"]
    assert [walk(settings, day).n_issues for day in days[3:]] == [1, 0]
    assert told(settings, "select count(*) from pub.issue") == [(2,)]
