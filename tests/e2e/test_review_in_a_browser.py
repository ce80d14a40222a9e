"""The page that writes, clicked through: let in by its token, a word said, the next run applies it, nothing runs."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cli_world import FORGED
from playwright.sync_api import expect
from review_desk import hostile_home, next_run, serving_desk

from model.settings import Settings
from pipeline.inbox import look as look_into
from warehouse import open_snapshot

pytestmark = pytest.mark.browser


@dataclass
class Sitting:
    """A browser's page that was let in, with all that it asked for and complained of."""

    page: object
    settings: Settings
    entrance: str
    faults: list[str]

    @property
    def address(self) -> str:
        return self.entrance.partition("?")[0]


@pytest.fixture
def sitting(browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Sitting]:
    settings = hostile_home(tmp_path)
    with serving_desk(settings) as entrance:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **getattr(request, "param", {}))
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on(
            "console", lambda said: faults.append(said.text) if said.type == "error" and not by_itself(said) else None
        )
        address = entrance.partition("?")[0]
        page.on("request", lambda one: None if one.url.startswith(address) else faults.append(f"asked {one.url}"))
        page.goto(entrance)
        yield Sitting(page, settings, entrance, faults)
        context.close()


def by_itself(said) -> bool:
    """A browser asks for an icon unasked; the policy stops it, and without one there is none."""
    return said.location["url"].endswith("/favicon.ico")


def waiting(sitting: Sitting):
    return look_into(sitting.settings.inbox_path).waiting


@pytest.mark.parametrize("sitting", [{}, {"bypass_csp": True}], ids=["policy", "no policy"], indirect=True)
def test_hostile_texts_of_both_sides_are_shown_and_do_nothing(sitting: Sitting) -> None:
    page = sitting.page
    assert page.url == sitting.address  # the token is gone from the address
    expect(page.locator("section")).to_have_count(2)
    for side in page.locator("section").all():
        expect(side).to_contain_text("<script>")
        expect(side.locator("q").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(FORGED)
    page.evaluate("document.querySelectorAll('[autofocus]').forEach(one => one.focus())")
    assert page.evaluate("document.querySelectorAll('script, iframe, img, [onerror], [onload]').length") == 0
    assert page.evaluate("typeof window.__xss") == "undefined"
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert sitting.faults == []


@pytest.mark.parametrize("sitting", [{"bypass_csp": True}, {"bypass_csp": True, "color_scheme": "dark"}], indirect=True)
def test_it_is_fit_for_everybody(sitting: Sitting) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(sitting.page).response["violations"]
    assert [one["id"] for one in found] == []


def test_a_word_is_said_and_the_next_run_applies_it(sitting: Sitting) -> None:
    page = sitting.page
    expect(page.locator("h2")).to_contain_text("Question 1 of 1")
    page.get_by_role("button", name="Different incidents").click()
    assert waiting(sitting) == ()  # without a name the browser sends nothing
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_role("status")).to_have_text("Skipped.")
    page.get_by_role("link", name="begin again").click()
    page.get_by_label("Your name").fill("anna")
    page.get_by_label("Why").fill("two towns")
    page.get_by_role("button", name="Different incidents").click()
    expect(page.get_by_role("status")).to_have_text("Noted; the next run applies it.")
    expect(page.locator("main")).to_contain_text("1 decisions wait for the next run")
    (word,) = waiting(sitting)
    assert (word.by, word.note, word.is_same) == ("anna", "two towns", False)
    summary, issues = next_run(sitting.settings, 1)
    assert (summary.n_decided, issues, waiting(sitting)) == (1, (), ())
    with open_snapshot(sitting.settings.snapshot_path) as reader:
        assert ("anna", "two towns") in [(d.by, d.note) for d in reader.decisions()]
    page.reload()
    expect(page.locator("main")).to_contain_text("0 decisions wait")
    expect(page.locator("main")).to_contain_text("Nothing is in doubt")
    assert sitting.faults == []


def test_without_its_token_a_form_is_refused(sitting: Sitting) -> None:
    page = sitting.page
    page.locator("input[name=token]").evaluate("one => { one.value = 'x' }")
    page.get_by_label("Your name").fill("mallory")
    page.get_by_role("button", name="Same incident").click()
    expect(page.locator("body")).to_contain_text("this form is of another sitting")
    assert waiting(sitting) == ()


def test_another_page_can_neither_show_it_nor_send_its_form(sitting: Sitting, tmp_path: Path, browser) -> None:
    token = sitting.page.locator("input[name=token]").input_value()
    evil = tmp_path / "evil"
    evil.mkdir()
    fields = json.dumps({"token": token, "left": "a", "right": "b", "by": "m", "verdict": "same", "number": "1"})
    (evil / "index.html").write_text(
        f"<form method=post action='{sitting.address}decide'></form><script>"
        f"for (const [name, value] of Object.entries({fields}))"
        "{ const one = document.createElement('input'); one.name = name; one.value = value;"
        " document.forms[0].append(one) } </script><button onclick='document.forms[0].submit()'>go</button>"
    )
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(evil)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            port = server.stdout.readline().split(" port ")[1].split()[0]
            tab = sitting.page.context.new_page()  # the same browser, with the cookie of the sitting
            tab.goto(f"http://localhost:{port}/")
            tab.get_by_role("button", name="go").click()
            expect(tab.locator("body")).to_contain_text("refused: another site asked for this")
        finally:
            server.terminate()
    stranger = browser.new_context().new_page()
    for address in (sitting.address, sitting.entrance):  # without the token; with one that was used
        stranger.goto(address)
        expect(stranger.locator("body")).to_contain_text("refused")
    stranger.context.close()
    assert waiting(sitting) == ()
