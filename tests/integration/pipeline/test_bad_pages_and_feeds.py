"""Garbage and missing pages, empty and truncated feeds in a live run: each is told, the good article is coded."""

import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from model.settings import Settings
from warehouse.reader import open_snapshot

NOW = datetime(2018, 2, 8, 20, tzinfo=UTC)
STORY = (
    "Two people were killed and five were wounded when a car bomb exploded at a market in Kirkuk on Wednesday, "
    "police said. "
    "The blast damaged a dozen shops and a bus station near the market, and windows broke in the streets around it. "
    "Ambulances took the wounded to the general hospital, where doctors asked residents of the city to give blood."
)
TITLE = "Bomb kills two in Kirkuk"
PAGE = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{STORY}</p></article></body></html>"
HEAD = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>http://x.example/</link>'
BODIES = {
    "/good.html": ("text/html", PAGE.encode()),
    "/garbage.html": ("text/html", bytes(range(256)) * 200),
    "/empty.xml": ("application/rss+xml", b""),
    "/nothing.xml": ("application/rss+xml", (HEAD + "</channel></rss>").encode()),
    "/cut.xml": ("application/rss+xml", (HEAD + "<item><title>Half an").encode()),
}


def feed(address: str) -> bytes:
    item = "<item><title>{0}</title><guid>{0}</guid><link>{1}/{0}.html</link></item>"
    items = "".join(item.format(name, address) for name in ("good", "garbage", "missing"))
    return f"{HEAD}{items}</channel></rss>".encode()


class Press(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        host = f"http://127.0.0.1:{self.server.server_address[1]}"
        bodies = BODIES | {"/feed.xml": ("application/rss+xml", feed(host))}
        kind, body = bodies.get(self.path, (None, b""))
        self.send_response(200 if kind else 404)
        self.send_header("content-type", kind or "text/plain")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def bad_settings(tmp_path, reference_path):
    with ThreadingHTTPServer(("127.0.0.1", 0), Press) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        host = f"127.0.0.1:{server.server_address[1]}"
        names = ("feed", "empty", "nothing", "cut")
        tables = (f'[feeds.{name}]\nurl = "http://{host}/{name}.xml"\noutlet = "{name}"\n' for name in names)
        (tmp_path / "feeds.toml").write_text("\n".join(tables), "utf-8")
        yield Settings(
            home=tmp_path / "var", feeds=tmp_path / "feeds.toml", reference=reference_path,
            allow_hosts=(host,), host_delay_s=0.0, n_workers=1,
        )  # fmt: skip
        server.shutdown()
        thread.join(10)


def test_each_is_told_and_the_good_article_is_coded(bad_settings, walk) -> None:
    summary = walk(bad_settings, NOW)
    assert summary.n_feeds == 4
    with open_snapshot(bad_settings.snapshot_path) as reader:
        health = {row.feed_id: row for row in reader.feed_health()}
        output = reader.sql("select title, killed_best, injured_best from pub.report where event_type <> 'other'").rows
        issues = reader.sql("select code, message, url from pub.issue order by message").rows
    outcomes = {name: row.last_outcome for name, row in health.items()}
    assert outcomes == {"feed": "ok", "empty": "not_a_feed", "nothing": "ok", "cut": "ok"}
    assert health["empty"].last_error
    assert output == (("good", 2, 5),)  # the feed's own title goes before the page's
    words = " | ".join(f"{code} {message} {url}" for code, message, url in issues)
    assert "feed cut: read in part" in words  # what could be read of it was taken
    for name in ("garbage", "missing", "empty"):
        assert name in words, words
