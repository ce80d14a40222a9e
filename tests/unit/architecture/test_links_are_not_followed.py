"""Links that were planted in a home under foreseeable names are never written through."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from acquisition.http import Answer
from acquisition.robots import Robots
from flows.environment import up_address
from flows.logs import open_log, rotate
from flows.up import tell_address
from interfaces.site.store import replace_file
from model.feed import Outcome
from model.settings import Settings
from pipeline.feedlist import _write
from warehouse.cursors import commit_cursor

FEEDS = '[feeds.a]\nurl = "https://a.example/rss"\noutlet = "A"\n'


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    path = tmp_path / "precious"
    path.write_text("untouched", "utf-8")
    return path


def planted(path: Path, precious: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(precious)
    return path


def test_robots(tmp_path: Path, precious: Path) -> None:
    robots = Robots(tmp_path / "robots", datetime(2018, 2, 8, tzinfo=UTC))
    path = planted(robots._path("https://a.example"), precious)
    planted(path.with_suffix(f".{os.getpid()}.tmp"), precious)
    robots._keep("https://a.example", Answer("", "", Outcome.OK, 0, body=b"User-agent: *"))
    assert precious.read_text("utf-8") == "untouched"
    assert not path.is_symlink()


def test_a_feeds_file(tmp_path: Path, precious: Path) -> None:
    path = tmp_path / "feeds.toml"
    planted(path.with_name(f"{path.name}.{os.getpid()}.tmp"), precious)
    _write(path, FEEDS, {"a"})
    assert precious.read_text("utf-8") == "untouched"
    assert path.read_text("utf-8") == FEEDS


def test_the_address_of_up(tmp_path: Path, precious: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    planted(up_address(settings), precious)
    tell_address(settings, 4200)
    assert precious.read_text("utf-8") == "untouched"
    assert ":4200/" in up_address(settings).read_text("utf-8")


@pytest.mark.parametrize("is_dangling", [False, True])
def test_logs(tmp_path: Path, precious: Path, is_dangling: bool) -> None:
    log = tmp_path / "server.log"
    log.write_bytes(b"x" * 100)
    goal = tmp_path / "new" if is_dangling else precious
    planted(tmp_path / "server.log.1", goal)
    assert rotate(log, max_bytes=10)
    assert precious.read_text("utf-8") == "untouched"
    assert not (tmp_path / "new").exists()
    with pytest.raises(OSError, match="symbolic"):
        open_log(planted(tmp_path / "other.log", precious))


def test_pages_of_the_site_and_cursors(tmp_path: Path, precious: Path) -> None:
    page = planted(tmp_path / "site" / "index.html", precious)
    replace_file(page, b"<p>")
    planted(tmp_path / "cursors" / "desk.json", precious)
    precious.write_text('{"change_id": 1}', "utf-8")
    commit_cursor(tmp_path / "cursors", "desk", 5)
    assert precious.read_text("utf-8") == '{"change_id": 1}'
    assert page.read_bytes() == b"<p>"
