"""`deconflict feeds` from the command line, against servers on loopback."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from envelopes import read_envelope

from acquisition.feeds_file import load_feeds
from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.main import run_command
from newsroom.faults import Faults, answer, running_faults

NOW = "2018-02-08T12:00:00Z"
HEAD = b'<html><head><link rel="alternate" type="application/rss+xml" href="%s"></head><body>News</body></html>'
LIST = """# my own list
[feeds.one]
url = "https://one.example/feed"
outlet = "One"

# the second one is kept for the weekend
[feeds.two]
url = "https://two.example/feed"
outlet = "Two"
country = "ML"
"""


@pytest.fixture
def faults() -> Iterator[Faults]:
    with running_faults() as server:
        yield server


@pytest.fixture
def feeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faults: Faults) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(LIST, "utf-8")
    monkeypatch.setenv("DECONFLICT_FEEDS", str(path))
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DECONFLICT_ALLOW_HOSTS", json.dumps([faults.host]))
    monkeypatch.setenv("DECONFLICT_HTTP_TIMEOUT_S", "5")
    monkeypatch.setenv("DECONFLICT_N_WORKERS", "1")
    return path


def test_the_list_is_shown(feeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["feeds", "list", "--json"]) == ExitCode.OK
    output = json.loads(capsys.readouterr().out)
    assert output["schema"] == "feeds/1"
    assert [(feed["feed_id"], feed["country_code"]) for feed in output["feeds"]] == [("one", None), ("two", "ML")]


def test_check_says_what_is_wrong_with_each_and_stores_nothing(
    feeds: Path, faults: Faults, capsys: pytest.CaptureFixture[str]
) -> None:
    item = b"<item><guid>a</guid><title>A</title><pubDate>Sun, 01 Jan 2017 00:00:00 GMT</pubDate></item>"
    old = answer(body=b"<rss><channel>" + item + b"</channel></rss>")
    undated = answer(
        body=b"<rss><channel><item><title>A</title><link>https://e.example/a</link></item></channel></rss>"
    )
    faults.plain |= {
        "/old": old,
        "/undated": undated,
        "/empty": answer(body=b"<rss><channel></channel></rss>"),
        "/page": answer(body=HEAD % b"/good"),
        "/fresh": answer(),
    }
    paths = ("/fresh", "/404", "/page", "/empty", "/old", "/undated", "/moved", "/good")
    tables = [f'[feeds.{path[1:]}x]\nurl = "{faults.url(path)}"\noutlet = "X"\n' for path in paths]
    feeds.write_text("\n".join(tables), "utf-8")
    assert run_command(["feeds", "check", "--now", NOW, "--json"]) == ExitCode.PARTIAL
    output = {one["feed_id"]: "; ".join(one["faults"]) for one in read_envelope(capsys.readouterr().out)["checks"]}
    assert output["freshx"] == ""
    assert "404" in output["404x"]
    assert "no feed" in output["pagex"]
    assert output["emptyx"] == "it has no entries"
    assert output["oldx"].startswith("it has told nothing since 2017-01-01; 1 of 1 entries have no address")
    assert output["undatedx"] == "no entry has a date that can be read"
    assert "moved for good to " + faults.url("/good") in output["movedx"]
    assert "2 feeds lead to " + faults.url("/good") in output["goodx"]
    assert not (feeds.parent / "home").exists()
    assert run_command(["feeds", "check", "freshx", "--now", NOW]) == ExitCode.OK
    assert run_command(["feeds", "check", "nobody"]) == ExitCode.USAGE


def test_a_feed_is_added_by_its_own_address(feeds: Path, faults: Faults) -> None:
    words = ["--outlet", "The Valley", "--country", "ML", "--timezone", "Africa/Bamako", "--kind", "local"]
    assert run_command(["feeds", "add", faults.url("/good"), *words]) == ExitCode.OK
    added = load_feeds(feeds)[-1]
    assert (added.feed_id, added.url, added.outlet) == ("the_valley", faults.url("/good"), "The Valley")
    assert (added.country_code, added.timezone, added.kind) == ("ML", "Africa/Bamako", "local")
    assert feeds.read_text("utf-8").startswith(LIST.rstrip())


def test_a_feed_is_found_from_its_site(feeds: Path, faults: Faults, capsys: pytest.CaptureFixture[str]) -> None:
    faults.plain["/site"] = answer(body=(HEAD % b"/404").replace(b"</head>", HEAD % b"/good"))
    assert run_command(["feeds", "add", faults.url("/site")]) == ExitCode.OK
    added = load_feeds(feeds)[-1]
    assert (added.feed_id, added.url, added.outlet) == ("faults", faults.url("/good"), "Faults")
    assert faults.url("/404") in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "words"),
    [("/page", "no feed"), ("/404", "404"), ("/reset", "connect_error"), ("/nowhere/../\\", "address")],
)
def test_what_is_no_feed_is_not_added(
    feeds: Path, faults: Faults, capsys: pytest.CaptureFixture[str], path: str, words: str
) -> None:
    assert run_command(["feeds", "add", faults.url(path)]) == ExitCode.USAGE
    assert words in capsys.readouterr().err
    assert feeds.read_text("utf-8") == LIST


def test_wrong_words_about_a_feed_leave_the_file_alone(feeds: Path, faults: Faults) -> None:
    for words in (["--kind", "gossip"], ["--timezone", "Mars/North"], ["--country", "Malistan"], ["--id", "No Good"]):
        assert run_command(["feeds", "add", faults.url("/good"), *words]) == ExitCode.USAGE
    assert run_command(["feeds", "add", faults.url("/good"), "--id", "one"]) == ExitCode.USAGE
    assert feeds.read_text("utf-8") == LIST


def test_a_feed_is_removed_and_comments_stay(feeds: Path) -> None:
    assert run_command(["feeds", "remove", "one"]) == ExitCode.OK
    assert [feed.feed_id for feed in load_feeds(feeds)] == ["two"]
    assert "# my own list" in feeds.read_text("utf-8")
    assert "# the second one is kept for the weekend" in feeds.read_text("utf-8")
    assert run_command(["feeds", "remove", "one"]) == ExitCode.USAGE
    assert run_command(["feeds", "remove", "two"]) == ExitCode.USAGE
    assert [feed.feed_id for feed in load_feeds(feeds)] == ["two"]


def test_a_list_goes_out_as_opml_and_comes_back(
    feeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = load_feeds(feeds)
    assert run_command(["feeds", "export"]) == ExitCode.OK
    opml = tmp_path / "list.opml"
    opml.write_text(capsys.readouterr().out, "utf-8")
    assert run_command(["feeds", "import", str(opml)]) == ExitCode.OK
    assert "0 feeds added, 2 were there already" in capsys.readouterr().err
    other = tmp_path / "other.toml"
    assert run_command(["feeds", "import", str(opml), "--file", str(other)]) == ExitCode.OK
    assert load_feeds(other) == before


def test_a_list_that_is_none_is_refused(feeds: Path, tmp_path: Path) -> None:
    (tmp_path / "x.opml").write_text("<html>", "utf-8")
    assert run_command(["feeds", "import", str(tmp_path / "x.opml")]) == ExitCode.USAGE
    assert run_command(["feeds", "import", str(tmp_path / "none.opml")]) == ExitCode.USAGE
    assert feeds.read_text("utf-8") == LIST
