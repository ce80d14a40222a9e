"""`python -m newsroom`: one line when ready, clean end, clear errors."""

import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from acquisition.feeds_file import load_feeds
from newsroom.faults.cases import CASES

ROOT = Path(__file__).parents[3]


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "newsroom", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_serves_and_ends(corpus, tmp_path, ending):
    feeds = tmp_path / "feeds.toml"
    with start(corpus, "--now", "2021-03-12T06:00:00", "--feeds-file", feeds) as process:
        address = process.stdout.readline().strip()
        assert httpx.get(f"{address}/_newsroom/clock").json() == {"now": "2021-03-12T06:00:00+00:00"}
        assert address in feeds.read_text("utf-8")
        process.send_signal(ending)
        process.wait(timeout=20)
        assert process.stdout.read() == ""
        assert "Traceback" not in process.stderr.read()


def test_it_serves_faults_in_place_of_a_corpus(tmp_path):
    path = tmp_path / "feeds.toml"
    with start("--faults", "--feeds-file", path) as process:
        address = process.stdout.readline().strip()
        urls = {feed.url for feed in load_feeds(path)}
        assert len(urls) == sum(not case.is_page for case in CASES) + 1
        assert f"{address}/429-hours" in urls
        assert httpx.get(f"{address}/451").status_code == 451
        assert f"{address}/deep-page" in httpx.get(f"{address}/pages").text
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert "Traceback" not in process.stderr.read()


def test_a_broken_corpus_is_named_by_its_line(tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_text('{"id": "1", "title": "t", "text": "x"}\nnot json\n', "utf-8")
    with start(path) as process:
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (2, "")
    assert f"{path}:2" in err
    assert len(err.splitlines()) == 1


def test_a_taken_port_is_one_clear_line(press, corpus):
    with start(corpus, "--port", press.address.rsplit(":", 1)[1]) as process:
        _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "choose another port" in err
    assert len(err.splitlines()) == 1
