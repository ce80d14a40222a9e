"""The newsroom's pages: trafilatura finds the article in each template, and nothing else."""

import json
import re

import httpx
import pytest
import trafilatura

PAGES = {
    "broadsheet": ("/delta-times/market-1.html", "market-1"),
    "wire": ("/world-wire/depot-1.html", "depot-1"),
    "tabloid": ("/evening-star/market-2.html", "market-2"),
    "local": ("/karsen-gazette/market-3.html", "market-3"),
}
DAYS = {"market-1": "2021-03-13", "depot-1": "2021-03-12", "market-2": "2021-03-13", "market-3": "2021-03-14"}


def words(text):
    return re.findall(r"\w+", text)


@pytest.fixture
def row_of(corpus):
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize("template", PAGES)
def test_the_text_is_found_and_little_beside_it(press, row_of, template):
    path, row_id = PAGES[template]
    found = trafilatura.bare_extraction(httpx.get(press.address + path).text, with_metadata=True, fast=True)
    expected = row_of[row_id]
    paragraphs = expected["text"].split("\n\n")
    assert [paragraph for paragraph in paragraphs if paragraph not in found.text] == []
    assert len(words(found.text)) <= 1.1 * len(words(expected["text"])) + 8
    assert found.title == expected["title"]
    assert found.date == DAYS[row_id]
    assert found.sitename
    assert found.author == expected.get("author")


@pytest.mark.parametrize("template", PAGES)
def test_related_stories_stand_on_the_page_but_not_in_the_text(press, template):
    path, _ = PAGES[template]
    page = httpx.get(press.address + path).text
    teasers = {"broadsheet": "Rescuers", "wire": "Rescuers", "tabloid": "Rescuers", "local": "Firefighters"}
    assert teasers[template] in page
    assert teasers[template] not in trafilatura.extract(page, fast=True)
    assert "cookie" in page.lower()
    assert "cookie" not in trafilatura.extract(page, fast=True).lower()


def test_markup_in_a_title_is_text_and_cannot_leave_the_script(press):
    listed = httpx.get(f"{press.address}/evening-star/").text
    address = re.search(r'href="(http://[^"]+/ferry-3[^"]+\.html)"', listed).group(1)
    text = httpx.get(address).text
    assert "<b>Horror" not in text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL).group(1))
    assert (data["@type"], data["headline"], data["datePublished"]) == (
        "NewsArticle",
        "<b>Horror</b> on the river",
        "2021-03-10",
    )


def test_a_page_names_wire_time_and_canonical_address(press):
    text = httpx.get(f"{press.address}/karsen-gazette/market-3.html").text
    assert "World Wire" in text
    assert '<time class="entry-date published" datetime="2021-03-14">' in text
    assert f'<link rel="canonical" href="{press.address}/karsen-gazette/market-3.html">' in text


def test_the_front_page_leads_to_the_feed(press):
    text = httpx.get(f"{press.address}/karsen-gazette/").text
    assert f'type="application/feed+json" title="Karsen Gazette" href="{press.feed_url("karsen-gazette")}"' in text
    assert f'href="{press.address}/karsen-gazette/depot-2.html"' in text


def test_a_page_changes_only_with_its_article(press):
    url = f"{press.address}/world-wire/ferry-2.html"
    newest = httpx.get(url).headers["ETag"]
    httpx.post(f"{press.address}/_newsroom/clock", json={"now": "2021-03-10T03:00:00Z"})
    assert httpx.get(url).headers["ETag"] == newest
