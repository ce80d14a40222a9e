"""The site of the bundled corpus in headless Chromium, opened from the disk as a reader would."""

import io
import json
import os
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
IMAGES = Path(__file__).parents[2] / "docs" / "images"
PAGES = (
    "index",
    "map",
    "trends",
    "feeds",
    "review",
    "runs",
    "about",
    "archive",
    "search",
    "archive/2018-02",
    "incident",
)
MAX_STOPS = 24  # of the tab key from the top of the index to its filters
MOST_BYTES = 200_000  # of a picture in the repository


def path_of(site, name: str) -> Path:
    return site.folder / (f"incident/{site.khusham}.html" if name == "incident" else f"{name}.html")


def keep(page, name: str, **options) -> None:
    """Keep a picture for the documents, when asked to by DECONFLICT_WRITE_IMAGES."""
    if os.environ.get("DECONFLICT_WRITE_IMAGES"):
        IMAGES.mkdir(exist_ok=True)
        picture = Image.open(io.BytesIO(page.screenshot(**options)))
        picture.convert("RGB").quantize(96).save(IMAGES / f"{name}.png", optimize=True)
        assert (IMAGES / f"{name}.png").stat().st_size < MOST_BYTES


def violations(page) -> list[str]:
    """What axe finds wrong, in words."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_whole_calm_and_fit_for_everybody(site, look, name: str) -> None:
    seen = look(path_of(site, name), bypass_csp=True)
    page = seen.page
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[data-status]")).to_contain_text("Data as of")
    expect(page.locator("[data-status]")).to_contain_text("1 of 5 feeds failing, 1 stale")
    seen.assert_calm()
    assert violations(page) == []  # axe asks for the style sheet once more, which a page from the disk may not
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if name == "index":
        keep(page, "index-narrow")


@pytest.mark.parametrize("name", ["index", "incident", "map", "trends", "feeds"])
def test_dark_pages_can_be_read_as_well(site, look, name: str) -> None:
    seen = look(path_of(site, name), color_scheme="dark", bypass_csp=True)
    ink, paper = (seen.page.evaluate(f"getComputedStyle(document.body).{one}") for one in ("color", "backgroundColor"))
    assert sum(map(int, re.findall(r"\d+", ink)[:3])) > 600 > 150 > sum(map(int, re.findall(r"\d+", paper)[:3]))
    seen.assert_calm()
    assert violations(seen.page) == []
    if name == "map":
        keep(seen.page, "map-dark")


def test_filters_narrow_the_list_and_stand_in_the_address(site, look) -> None:
    seen = look(path_of(site, "index"))
    page = seen.page
    rows = page.locator("[data-rows] tbody tr:visible")
    n_all = rows.count()
    assert n_all > 25
    page.get_by_label("Country").select_option("SY")
    expect(rows.first).to_contain_text("Syria")
    n_syria = rows.count()
    assert 2 <= n_syria < n_all
    page.get_by_label("Type").select_option("battle")
    expect(page.get_by_role("status")).not_to_have_text(f"{n_syria} of {n_all} shown")
    n_battles = rows.count()
    assert 1 <= n_battles < n_syria
    expect(page.get_by_role("status")).to_have_text(f"{n_battles} of {n_all} shown")
    assert page.url.endswith("#country=SY&type=battle")
    page.reload()
    expect(rows).to_have_count(n_battles)
    page.get_by_role("button", name="Clear").click()
    expect(rows).to_have_count(n_all)
    page.get_by_label("Text").fill("MENAKA soldiers")
    expect(rows).to_have_count(1)
    page.get_by_label("Text").fill("")
    page.get_by_label("Actor").fill("wagner")
    expect(rows).to_have_count(1)
    page.get_by_label("Actor").fill("gunmen")
    assert 0 < rows.count() < n_all
    page.get_by_label("Actor").fill("")
    page.get_by_label("From").fill("2018-03-05")
    page.get_by_label("To", exact=True).fill("2018-03-06")
    expect(rows).to_have_count(2)
    seen.assert_calm()


def test_what_is_new_since_the_last_look_is_marked(site, look) -> None:
    seen = look(path_of(site, "index"))
    page = seen.page
    expect(page.locator("[data-look]")).to_contain_text("first look in this browser")
    page.evaluate("localStorage.setItem('deconflict.look', JSON.stringify({seen: '2018-03-05T00:00:00Z'}))")
    page.reload()
    expect(page.locator("[data-look]")).to_contain_text("since your last look at data of 2018-03-05")
    marked = page.locator("tr.unseen")
    assert 0 < marked.count() < page.locator("[data-rows] tbody tr").count()
    page.get_by_label("Only since my last look").check()
    expect(page.locator("[data-rows] tbody tr:visible")).to_have_count(marked.count())
    page.reload()  # the same data: still the same last look
    expect(marked).to_have_count(marked.count())
    seen.assert_calm()


def test_more_that_is_new_than_the_page_shows_is_owned_up_to(site, look) -> None:
    text = (site.folder / "index.html").read_text("utf-8")
    assert '<span data-look="0">' in text
    (site.folder / "longer.html").write_text(text.replace('data-look="0"', 'data-look="7"'), "utf-8")
    seen = look(site.folder / "longer.html")
    seen.page.evaluate("localStorage.setItem('deconflict.look', JSON.stringify({seen: '2001-01-01T00:00:00Z'}))")
    seen.page.reload()
    n_shown = seen.page.locator("[data-rows] tbody tr").count()
    expect(seen.page.locator("[data-look]")).to_contain_text(f"{n_shown} or more since your last look")
    seen.assert_calm()


def test_an_incident_is_opened_and_tells_who_says_what(site, look) -> None:
    seen = look(path_of(site, "index"))
    page = seen.page
    page.locator(f"[data-rows] a[href*='{site.khusham}']").first.click()
    assert page.url.endswith(f"incident/{site.khusham}.html")
    expect(page.locator(".dispute").first).to_contain_text("both cannot be true")
    matrix = page.locator("table.matrix")
    expect(matrix).to_contain_text("Syrian Observatory for Human Rights")
    expect(matrix.locator("q").first).to_be_visible()
    assert matrix.locator("a[href^='http']").count() > 10
    for name in ("Killed as claimed", "Coverage over time", "Map:"):
        expect(page.locator(f"svg[aria-label^='{name}']")).to_be_visible()
    for name in ("Articles", "Why these are one incident", "Near misses", "Change log"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    output = json.loads((site.folder / "incident" / f"{site.khusham}.json").read_text("utf-8"))
    assert page.locator(".plain tbody tr").count() == len(output["articles"])
    seen.assert_calm()
    keep(page, "incident")


def test_the_address_of_a_merged_incident_leads_on(site, look) -> None:
    seen = look(site.folder / "incident" / f"{site.gone}.html")
    seen.page.wait_for_url(f"**/{site.kept}.html")
    expect(seen.page.locator("h1")).to_be_visible()
    expect(seen.page.locator("#log ~ .log")).to_contain_text("Merged")
    seen.assert_calm()


def test_everything_is_found_by_searching(site, look) -> None:
    seen = look(path_of(site, "search"), fragment="#text=menaka")
    page = seen.page
    results = page.locator("[data-results] tbody tr")
    expect(results).to_have_count(2)  # the attack, and the article that only tells who claims it: a known split
    page.get_by_label("Text").fill("")
    n_all = len(list((site.folder / "incident").glob("*.json")))
    expect(results).to_have_count(n_all)
    expect(page.get_by_role("status")).to_have_text(f"{n_all} of {n_all}")
    page.get_by_label("Country").select_option("AF")
    expect(results).to_have_count(3)
    results.first.get_by_role("link").click()
    expect(page.locator("article.incident")).to_be_visible()
    seen.assert_calm()


def test_a_keyboard_is_enough(site, look) -> None:
    page = look(path_of(site, "index")).page
    expect(page.get_by_label("Text")).to_be_visible()  # after the first paint
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(MAX_STOPS):  # links of what changed lately stand before the filters
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "text":
            break
    assert page.evaluate("document.activeElement.name") == "text"
    page.keyboard.type("menaka")
    expect(page.locator("[data-rows] tbody tr:visible")).to_have_count(1)


def test_without_a_script_everything_is_there(site, look) -> None:
    seen = look(path_of(site, "index"), java_script_enabled=False)
    assert seen.page.locator("[data-rows] tbody tr:visible").count() > 25
    expect(seen.page.locator(".filters")).to_be_hidden()
    seen = look(path_of(site, "incident"), java_script_enabled=False)
    expect(seen.page.locator("[data-status] img")).to_be_visible()
    expect(seen.page.locator("table.matrix")).to_be_visible()
    seen = look(path_of(site, "search"), java_script_enabled=False)
    expect(seen.page.locator("noscript p")).to_contain_text("Searching needs JavaScript")


def test_maps_and_trends_say_in_words_what_they_draw(site, look) -> None:
    seen = look(path_of(site, "map"))
    page = seen.page
    assert page.locator("svg.world a").count() > 20
    assert page.locator(".countries li").count() == len(list((site.folder / "incident").glob("*.json")))
    keep(page, "map")
    page.locator("svg.world a.mark").first.click()
    expect(page.locator("article.incident")).to_be_visible()
    seen = look(path_of(site, "trends"))
    page = seen.page
    expect(page.locator("table.plain tbody tr")).to_have_count(53)
    assert page.locator("td", has_text="not watched").count() > 40
    assert page.locator("svg .unwatched").count() > 0
    keep(page, "trends")


def test_feeds_come_worst_first(site, look) -> None:
    page = look(path_of(site, "feeds")).page
    states = page.locator("table.feeds td .state").all_inner_texts()
    assert states == ["broken", "stale", "never asked", "quiet", "well"]
    page = look(path_of(site, "review")).page
    expect(page.locator(".questions pre").first).to_contain_text("deconflict decide inc_")


def test_it_prints(site, look) -> None:
    page = look(path_of(site, "incident")).page
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator("table.matrix")).to_be_visible()
    assert len(page.pdf(format="A4")) > 20_000


def test_the_first_page_as_the_documents_show_it(site, look) -> None:
    seen = look(path_of(site, "index"))
    expect(seen.page.locator("[data-rows] tbody tr").first).to_be_visible()
    keep(seen.page, "index")
    seen.assert_calm()
