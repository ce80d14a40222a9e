"""Nothing that a feed says runs, escapes its place or leaves the page, with the policy and without it."""

import re
from pathlib import Path

import pytest
from hostile_world import PAYLOADS, build_hostile_world

pytestmark = pytest.mark.browser
PROTOCOLS = "[...document.querySelectorAll('a')].map(one => new URL(one.getAttribute('href'), location).protocol)"
LISTS = ("index", "map", "trends", "feeds", "review", "runs", "about", "archive", "search", "archive/2018-02")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from interfaces.site.build import build_site

    home = tmp_path_factory.mktemp("hostile")
    build_site(build_hostile_world(home), home / "site")
    return home / "site"


@pytest.fixture(scope="session")
def unguarded(hostile: Path) -> Path:
    """The same pages without their policy: what escaping alone holds back."""
    for path in hostile.rglob("*.html"):
        text = path.read_text("utf-8")
        bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n', "", text)
        assert bare != text
        path.with_suffix(".bare.html").write_text(bare, "utf-8")
    return hostile


def pages_of(folder: Path, suffix: str) -> list[Path]:
    incidents = sorted(p for p in (folder / "incident").glob("*.html") if ".bare" not in p.name)
    assert len(incidents) == len(PAYLOADS)
    return [path.with_suffix(suffix) for path in (*(folder / f"{name}.html" for name in LISTS), *incidents)]


@pytest.mark.parametrize("suffix", [".html", ".bare.html"])
def test_nothing_runs_and_nothing_is_asked_for(unguarded: Path, look, suffix: str) -> None:
    paths = pages_of(unguarded, suffix)
    seen = look(paths[0])
    for path in paths:
        seen.page.goto(path.as_uri())
        assert seen.page.evaluate("document.querySelectorAll('iframe, svg script, [onerror], [onload]').length") == 0
        seen.page.evaluate("document.querySelectorAll('[autofocus]').forEach(one => one.focus())")
        hrefs = seen.page.evaluate(PROTOCOLS)
        assert set(hrefs) <= {"file:", "https:"}, path.name
        assert seen.page.evaluate("typeof window.__xss") == "undefined"
    seen.assert_calm()


@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_escapes_its_place(hostile: Path, look, width: int) -> None:
    seen = look(hostile / "index.html", width=width)
    for path in pages_of(hostile, ".html"):
        seen.page.goto(path.as_uri())
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, path.name
        tallest = "Math.max(0, ...[...document.querySelectorAll('h1, tbody th')].map(one => one.offsetHeight))"
        assert seen.page.evaluate(tallest) < 900, path.name


def test_no_text_turns_writing_or_hides_controls(hostile: Path) -> None:
    wrong = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u2028\u2029]")
    for path in hostile.rglob("*"):
        if path.suffix in (".html", ".js", ".svg") and path.is_file():
            assert not wrong.search(path.read_text("utf-8")), path.name


def test_pages_stay_small_however_long_the_titles(hostile: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in hostile.rglob("*.html")}
    assert max(sizes.values()) < 260_000, sizes


def test_searching_hostile_titles_is_calm(hostile: Path, look) -> None:
    seen = look(hostile / "search.html", fragment="#text=<script>")
    assert seen.page.locator("[data-results] tbody tr").count() > 0
    assert seen.page.evaluate("typeof window.__xss") == "undefined"
    seen.assert_calm()
