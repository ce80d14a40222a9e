"""What no template and no module of the site may do, whatever the data are."""

import ast
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from html_page import Page
from jinja2 import UndefinedError

from interfaces.site.render import Status, assets, environment, style_of
from interfaces.site.svg import style_sheet

SITE = Path(__file__).parents[4] / "interfaces" / "site"
MAKERS_OF_MARKUP = {"svg.py"}
LONGEST_SCRIPT = 10_000  # bytes
LONGEST_STYLE = 7_000  # it stands in each of ten thousand pages


def pages_of(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_no_template_switches_escaping_off() -> None:
    for path in sorted((SITE / "templates").glob("*.j2")):
        text = path.read_text("utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape|Markup|\bstyle=|\son[a-z]+=", text), path.name


def test_markup_is_made_in_one_module_only() -> None:
    for path in sorted(SITE.glob("*.py")):
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        makers = [node for node in calls if ast.unparse(node.func) in ("Markup", "markupsafe.Markup")]
        assert path.name in MAKERS_OF_MARKUP or not makers, path.name


def test_a_missing_name_is_an_error_and_text_is_escaped() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nobody }}").render()
    assert environment().from_string("{{ x }}").render(x="<b>'\"&") == "&lt;b&gt;&#39;&#34;&amp;"


def test_the_script_is_small_and_makes_no_markup_and_asks_nobody() -> None:
    script = assets()["site.js"].content + Status("now", "2018", "no feeds").script.encode()
    assert len(script) <= LONGEST_SCRIPT
    wrong = (
        rb"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|fetch\(|XMLHttp|import\(|WebSocket|Beacon"
    )
    assert not re.search(wrong, script)


def test_a_style_within_a_page_is_small_and_cannot_end_its_element() -> None:
    for template in ("index", "incident", "about"):
        assert len(style_of(template).text) <= LONGEST_STYLE
    with pytest.raises(ValueError, match="end its element"):
        style_sheet("a{}</style><script>")


def test_every_page_is_shut_and_loads_only_its_own(built_site: Path) -> None:
    found = pages_of(built_site)
    assert len(found) > 10
    for path in found:
        page = Page(path.read_text("utf-8"))
        assert page.inline == [], path
        assert page.policies, path
        assert page.policies[0].startswith("default-src 'none'"), path
        assert "unsafe" not in page.policies[0], path
        (style,) = page.styles
        output = b64encode(sha256(style.encode()).digest()).decode()
        assert f"style-src 'self' 'sha256-{output}';" in page.policies[0], path
        for address in page.loads:
            assert address.startswith("data:image/svg+xml") or (path.parent / address).is_file(), (path, address)


def test_every_link_within_the_site_leads_somewhere(built_site: Path) -> None:
    ids = {path.resolve(): set(Page(path.read_text("utf-8")).ids) for path in pages_of(built_site)}
    n_checked = 0
    for path in pages_of(built_site):
        for link in Page(path.read_text("utf-8")).links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), link
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            if "feeds/" in parts.path:  # written by the feeds' own writer, beside the pages
                continue
            assert target.is_file(), (path, link)
            assert not parts.fragment or "=" in parts.fragment or parts.fragment in ids[target], (path, link)
            n_checked += 1
    assert n_checked > 200


def test_outside_links_tell_no_one_where_they_were_followed(built_site: Path) -> None:
    text = "".join(path.read_text("utf-8") for path in pages_of(built_site))
    outside = re.findall(r'<a href="https?://[^>]*>', text)
    assert outside
    assert all('rel="noopener noreferrer nofollow"' in tag for tag in outside)


def test_ids_are_told_once_on_a_page(built_site: Path) -> None:
    for path in pages_of(built_site):
        ids = Page(path.read_text("utf-8")).ids
        assert len(ids) == len(set(ids)), path
