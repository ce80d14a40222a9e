"""The page that writes, over real HTTP: who may, what a form does, and what the next run makes of it."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cli_world import FORGED, faults_of
from review_desk import LATER, hostile_home, next_run, serving_desk

from interfaces.cli.main import run_command
from model.run import IssueCode
from model.settings import Settings
from pipeline.inbox import Queued, look, queue
from warehouse import open_snapshot, open_writer

KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from pipeline.inbox import apply_inbox
from warehouse import open_writer
with open_writer(Path(sys.argv[1])) as writer:
    apply_inbox(writer, Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@dataclass(frozen=True)
class Page:
    """A running page: its address without a slash, a client that was let in, the address that was printed."""

    address: str
    client: httpx.Client
    entrance: str
    settings: Settings

    def form(self, **more: str) -> dict[str, str]:
        """The fields of the first question's form."""
        found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.client.get("/").text))
        return found | {"by": "anna", "note": "", "verdict": "different"} | more

    def post(self, data: dict[str, str], **headers: str) -> httpx.Response:
        return self.client.post("/decide", data=data, headers={"Origin": self.address} | headers)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return hostile_home(tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def page(settings: Settings) -> Iterator[Page]:
    with serving(settings) as served:
        yield served


@contextmanager
def serving(settings: Settings) -> Iterator[Page]:
    with serving_desk(settings) as entrance:
        address = entrance.partition("/?")[0]
        with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
            assert client.get(f"{address}/").status_code == 403  # nobody without the token
            first = client.get(entrance)
            assert first.status_code == 303
            assert "HttpOnly" in first.headers["set-cookie"]
            assert "samesite=strict" in first.headers["set-cookie"].lower()
            yield Page(address, client, entrance, settings)


@pytest.fixture(autouse=True)
def _empty_inbox(settings: Settings) -> None:
    for path in settings.inbox_path.glob("*"):
        path.unlink()


def test_a_token_that_is_wrong_or_was_used_opens_nothing(page: Page) -> None:
    with httpx.Client(base_url=page.address, trust_env=False) as stranger:
        assert stranger.get(page.entrance).status_code == 403
        assert stranger.get("/?token=wrong").status_code == 403
        assert stranger.get("/").status_code == 403
        assert stranger.get("/review.css").status_code == 403
        assert stranger.post("/decide", data={}, headers={"Origin": page.address}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "rebound.example"},
        {"Host": "127.0.0.1"},
    ],
    ids=str,
)
def test_another_site_can_make_it_do_nothing(page: Page, headers: dict[str, str]) -> None:
    assert page.post(page.form(), **headers).status_code == 403
    assert look(page.settings.inbox_path).waiting == ()
    if "Origin" not in headers:
        assert page.client.get("/", headers=headers).status_code == 403


def test_a_form_without_its_token_or_of_odd_words_is_refused(page: Page) -> None:
    form = page.form()
    assert page.client.post("/decide", data=form).status_code == 403  # no Origin at all
    assert page.post(form | {"token": "x"}).status_code == 403
    assert page.post(form | {"verdict": "maybe"}).status_code == 400
    assert page.post(form | {"by": " "}).status_code == 400
    assert page.post(form | {"left": form["right"]}).status_code == 400
    assert page.post(form | {"note": "x" * 30_000}).status_code == 413
    assert page.client.get("/decide").status_code == 405
    assert look(page.settings.inbox_path).waiting == ()


def test_the_page_shows_both_sides_and_nothing_of_a_feed_runs(page: Page) -> None:
    answer = page.client.get("/")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy
    assert answer.text.count("<section") == 2
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert [mark for mark in faults_of(answer.text) if mark != "a forged line"] == []
    assert FORGED in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "Nothing is in doubt" in page.client.get("/?n=99").text
    assert page.client.get("/?n=-1").status_code == 200


def test_a_word_said_twice_waits_once_and_the_next_run_applies_it(
    apart: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(apart) as page:
        word = _say_twice(page)
    summary, issues = next_run(apart, 1)
    assert (summary.n_decided, issues) == (1, ())
    assert "1 decisions applied" in summary.line
    assert look(apart.inbox_path).waiting == ()
    monkeypatch.setenv("DECONFLICT_HOME", str(apart.home))
    assert run_command(["review", "--decided"]) == 0
    assert "two towns" in capsys.readouterr().out
    queue(apart.inbox_path, word)  # as if the run had been killed before it took the file away
    summary, issues = next_run(apart, 2)
    assert issues == ()
    with open_snapshot(apart.snapshot_path) as reader:
        assert [d.note for d in reader.decisions()].count("two towns") == 1


def _say_twice(page: Page) -> Queued:
    form = page.form(by="anna", note="two towns", verdict="skip")
    assert page.post(form).headers["location"].startswith("/?n=2")
    assert look(page.settings.inbox_path).waiting == ()
    form["verdict"] = "different"
    assert "said=queued" in page.post(form).headers["location"]
    assert "said=again" in page.post(form).headers["location"]
    (word,) = look(page.settings.inbox_path).waiting
    assert (word.by, word.note, word.is_same, word.at) == ("anna", "two towns", False, LATER)
    assert "Nothing is in doubt" in page.client.get("/").text
    return word


def pair_of(settings: Settings) -> tuple[str, str]:
    with open_snapshot(settings.snapshot_path) as reader:
        left, right = sorted(reader.live_incidents())[:2]
        return left, right


@pytest.fixture
def apart(tmp_path: Path) -> Settings:
    """A home of its own, in which a test may decide what it likes."""
    return hostile_home(tmp_path)


def test_a_word_outlives_a_kill_between_its_application_and_its_removal(apart: Settings) -> None:
    left, right = pair_of(apart)
    queue(apart.inbox_path, Queued(left, right, True, "anna", LATER, "one event"))
    words = [sys.executable, "-c", KILLED, str(apart.warehouse_path), str(apart.inbox_path), LATER.isoformat()]
    assert subprocess.run(words, check=False, timeout=120).returncode == -signal.SIGKILL
    assert len(look(apart.inbox_path).waiting) == 1
    _, issues = next_run(apart, 1)
    assert (issues, look(apart.inbox_path).waiting) == ((), ())
    with open_writer(apart.warehouse_path) as writer:
        assert len(set(writer.redirects([left, right]).values())) == 1
        assert [d.note for d in writer.decisions()].count("one event") == 1


def test_what_cannot_be_applied_is_answered_by_an_issue(apart: Settings) -> None:
    left, right = pair_of(apart)
    box = apart.inbox_path
    queue(box, Queued("inc_gone", right, True, "anna", LATER))
    queue(box, Queued(left, right, True, "anna", LATER))
    queue(box, Queued(right, left, False, "bert", LATER + timedelta(minutes=1)))
    (box / f"{'0' * 32}.json").write_text('{"left": "inc_x"}', "utf-8")
    assert len(look(box).broken) == 1
    summary, issues = next_run(apart, 1)
    assert {issue.code for issue in issues} == {IssueCode.DECISION_NOT_APPLIED}
    output = " | ".join(issue.message for issue in issues)
    assert len(issues) == 3
    assert "there is no incident or report 'inc_gone'" in output
    assert "a later word contradicts it" in output
    assert "0.json is no decision" in output
    assert summary.n_decided == 1
    with open_writer(apart.warehouse_path) as writer:
        assert len(set(writer.redirects([left, right]).values())) == 2
    assert sorted(path.suffix for path in box.iterdir()) == [".broken"]
