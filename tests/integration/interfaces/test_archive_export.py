"""What was fetched over HTTP, exported as WARC and read back by warcio: every body, its digest, its headers, once."""

import gzip
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from acquisition.archive import Archive
from acquisition.feeds import fetch_feeds
from acquisition.pages import PageRequest, fetch_pages
from interfaces.cli.main import run_command
from model.feed import Feed, Fetch
from model.run import Run, RunBatch
from model.settings import Settings
from newsroom.faults import RSS, Faults, answer, running_faults
from warehouse import open_writer

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)
PAGE = "<html><body><p>Добрый день, \u0645\u0631\u062d\u0628\u0627</p></body></html>".encode("windows-1251", "replace")
PATHS = ("/good", "/page", "/gzip", "/found", "/404", "/silent-body")


@pytest.fixture
def faults() -> Iterator[Faults]:
    with running_faults() as server:
        fields = {"Content-Type": "text/html; charset=windows-1251", "ETag": 'W/"a b"'}
        server.plain["/page"] = answer(body=PAGE, headers=fields)
        yield server


@pytest.fixture
def home(faults: Faults, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two runs, a day apart, on the same addresses: the second brings one body that is new."""
    home = tmp_path / "var"
    monkeypatch.setenv("DECONFLICT_HOME", str(home))
    settings = Settings(home=home, allow_hosts=(faults.host,), http_timeout_s=1.0)
    fetch_once(faults, settings, NOW)
    faults.plain["/good"] = answer(body=RSS.replace(b"One", b"Three"), headers={"ETag": '"v2"'})
    fetch_once(faults, settings, NOW + timedelta(days=1))
    return home


def fetch_once(faults: Faults, settings: Settings, now: datetime) -> None:
    feeds = [Feed(path.strip("/"), faults.url(path), "Faults") for path in PATHS if path != "/page"]
    fetches: list[Fetch] = [got.fetch for got in fetch_feeds(feeds, {}, settings, now)]
    fetches += [got.fetch for got in fetch_pages([PageRequest(faults.url("/page"))], settings, now)]
    with open_writer(settings.warehouse_path) as writer:
        run = Run(f"run-{now:%d}", "monitor", now, now, now, "1")
        writer.append(RunBatch(run=run, feeds=tuple(feeds), fetches=tuple(fetches)))
        writer.publish(settings.snapshot_path)


def records(path: Path) -> list[tuple[ArcWarcRecord, bytes]]:
    """Every record with its body; warcio checks each digest on the way."""
    with path.open("rb") as file:
        return [(one, one.content_stream().read()) for one in ArchiveIterator(file, check_digests="raise")]


def test_what_was_fetched_comes_back(faults: Faults, home: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.warc.gz"
    assert run_command(["archive", "export", "--to", str(target)]) == 0
    (about, output), *rest = records(target)
    assert about.rec_type == "warcinfo"
    assert b"deconflict/" in output
    found = {(r.rec_type, r.rec_headers["WARC-Target-URI"], r.rec_headers["WARC-Date"][:10]): (r, b) for r, b in rest}
    assert len(rest) == 8  # four addresses gave bodies, twice each; a 404 and a broken-off one gave none
    bodies = {key[1:]: body for key, (_, body) in found.items() if key[0] == "response"}
    first, second = "2018-02-07", "2018-02-08"
    assert bodies[faults.url("/page"), first] == PAGE
    assert set(bodies.values()) == {PAGE, RSS, RSS.replace(b"One", b"Three")}
    page = found["response", faults.url("/page"), first][0]
    assert page.http_headers.get_statuscode() == "200"
    assert page.http_headers["Content-Type"] == "text/html; charset=windows-1251"
    assert page.http_headers["Content-Length"] == str(len(PAGE))
    assert page.http_headers["ETag"] == 'W/"a b"'
    again = found["revisit", faults.url("/page"), second][0]
    assert again.rec_headers["WARC-Refers-To-Target-URI"] == faults.url("/page")
    assert again.rec_headers["WARC-Refers-To-Date"] == page.rec_headers["WARC-Date"]
    assert again.rec_headers["WARC-Payload-Digest"] == page.rec_headers["WARC-Payload-Digest"]


def test_an_archive_filled_from_the_file_is_the_archive_it_came_from(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.warc.gz"
    assert run_command(["archive", "export", "--to", str(target)]) == 0
    filled = Archive(tmp_path / "filled")
    for record, body in records(target):
        if record.rec_type == "response":
            assert record.rec_headers["WARC-Payload-Digest"] == f"sha256:{filled.put(body)}"
    names = {path.name for path in (home / "archive").rglob("*.zst")}
    assert {path.name for path in (tmp_path / "filled").rglob("*.zst")} == names
    assert len(names) == 3


def test_the_same_answers_give_the_same_bytes_one_member_a_record(home: Path, tmp_path: Path) -> None:
    paths = [tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"]
    for path in paths:
        assert run_command(["archive", "export", "--to", str(path)]) == 0
    rest = [gzip.decompress(path.read_bytes()).split(b"WARC/1.1\r\n", 2)[2] for path in paths]
    assert rest[0] == rest[1]
    offsets = []
    iterator = ArchiveIterator(io.BytesIO(paths[0].read_bytes()))
    for _ in iterator:
        offsets.append(iterator.get_record_offset())
    assert all(paths[0].read_bytes()[offset : offset + 2] == b"\x1f\x8b" for offset in offsets)


def test_since_begins_later_and_a_repeated_body_is_written_whole_there(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "late.warc.gz"
    assert run_command(["archive", "export", "--to", str(target), "--since", "2018-02-08"]) == 0
    _, *rest = records(target)
    assert {record.rec_headers["WARC-Date"][:10] for record, _ in rest} == {"2018-02-08"}
    assert sorted(record.rec_type for record, _ in rest) == ["response"] * 3 + ["revisit"]
    assert "3 bodies and 1 repeated answers" in capsys.readouterr().err


def test_bodies_that_are_gone_are_told_and_the_rest_is_written(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    next((home / "archive").rglob("*.zst")).unlink()
    target = tmp_path / "rest.warc.gz"
    assert run_command(["archive", "export", "--to", str(target)]) == 0
    assert "1 bodies are kept no more" in capsys.readouterr().err
    assert sum(record.rec_type == "response" for record, _ in records(target)) == 2


def test_a_place_that_cannot_be_written_keeps_what_was_there(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["archive", "export", "--to", str(tmp_path / "no" / "such.warc.gz")]) == 2
    assert "writable" in capsys.readouterr().err
    (home / "published" / "incidents.duckdb").unlink()
    kept = tmp_path / "kept.warc.gz"
    kept.write_bytes(b"as it was")
    assert run_command(["archive", "export", "--to", str(kept)]) == 3
    assert kept.read_bytes() == b"as it was"
    assert not list(tmp_path.glob(".kept*"))
