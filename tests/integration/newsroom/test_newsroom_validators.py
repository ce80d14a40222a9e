"""Conditional requests over HTTP: 304 exactly when nothing changed."""

from datetime import UTC, datetime

import httpx
import pytest

PATHS = ["/delta-times/feed.xml", "/karsen-gazette/feed.json", "/delta-times/ferry-1.html", "/delta-times/"]


@pytest.mark.parametrize("path", PATHS)
def test_validators_sent_back_give_304_without_a_body(press, path):
    first = httpx.get(press.address + path)
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in ({"If-None-Match": etag}, {"If-None-Match": f"W/{etag}"}, {"If-Modified-Since": modified}):
        again = httpx.get(press.address + path, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert (again.headers["ETag"], again.headers["Last-Modified"]) == (etag, modified)
        assert "max-age" in again.headers["Cache-Control"]


def test_a_tag_that_differs_outranks_a_date_that_agrees(press):
    url = press.feed_url("world-wire")
    modified = httpx.get(url).headers["Last-Modified"]
    assert httpx.get(url, headers={"If-None-Match": '"old"', "If-Modified-Since": modified}).status_code == 200


def test_a_date_that_cannot_be_read_is_passed_over(press):
    assert httpx.get(press.feed_url("world-wire"), headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_tag_and_date_change_when_an_entry_appears_and_not_before(press):
    url = press.feed_url("world-wire")
    press.move_clock(datetime(2021, 3, 11, tzinfo=UTC))
    first = httpx.get(url)
    assert first.headers["Last-Modified"] == "Wed, 10 Mar 2021 02:00:00 GMT"
    known = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
    press.move_clock(datetime(2021, 3, 12, 5, 29, 59, tzinfo=UTC))
    assert httpx.get(url, headers=known).status_code == 304
    press.move_clock(datetime(2021, 3, 12, 5, 30, tzinfo=UTC))
    second = httpx.get(url, headers=known)
    assert second.status_code == 200
    assert second.headers["ETag"] != first.headers["ETag"]
    assert second.headers["Last-Modified"] == "Fri, 12 Mar 2021 05:30:00 GMT"


def test_a_head_request_has_the_same_validators(press):
    url = press.feed_url("evening-star")
    head, full = httpx.head(url), httpx.get(url)
    assert (head.content, head.headers["ETag"]) == (b"", full.headers["ETag"])


@pytest.mark.parametrize(
    "path", ["/nobody/feed.xml", "/nobody/", "/world-wire/none.html", "/world-wire/feed.json", "/x/y/z"]
)
def test_an_unknown_address_is_404(press, path):
    assert httpx.get(press.address + path).status_code == 404


def test_robots_txt_speaks_for_every_outlet(press):
    lines = httpx.get(f"{press.address}/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /delta-times/archive/", "Disallow: /_newsroom/", "Crawl-delay: 2"} <= set(lines)
