"""What is wrong is told in one clear line with the right exit code, and the rest goes on."""

import json

import pytest

from interfaces.cli.main import run_command
from model.settings import load_settings

GOOD_FEEDS = '[feeds.a]\nurl = "http://127.0.0.1:1/feed.xml"\noutlet = "A"\n'


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path / "var"))
    return tmp_path


@pytest.mark.parametrize(
    ("feeds", "words"),
    [
        (None, "feeds.toml"),
        ("[feeds.a\n", "feeds.toml"),
        ("", "feeds.toml"),
        ('[feeds.a]\noutlet = "A"\n', "url"),
        ('[feeds.a]\nurl = "file:///etc/passwd"\noutlet = "A"\n', "url"),
    ],
)
def test_a_wrong_feeds_file_is_named(home, capsys, feeds, words) -> None:
    path = home / "feeds.toml"
    if feeds is not None:
        path.write_text(feeds, "utf-8")
    assert run_command(["run", "--feeds", str(path)]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_a_home_that_cannot_be_written_is_named(home, capsys) -> None:
    (home / "feeds.toml").write_text(GOOD_FEEDS, "utf-8")
    (home / "var").write_text("a file where the folder should be", "utf-8")
    assert run_command(["run", "--feeds", str(home / "feeds.toml")]) == 3
    assert str(home / "var") in capsys.readouterr().err


def test_a_broken_corpus_line_is_named_and_the_rest_is_replayed(home, capsys, monkeypatch, reference_path) -> None:
    monkeypatch.setenv("DECONFLICT_REFERENCE", str(reference_path))
    monkeypatch.setenv("DECONFLICT_N_WORKERS", "1")
    text = "Two people were killed when a bomb exploded at a market in Kirkuk, Iraq, on Tuesday, police said."
    rows = [json.dumps({"id": name, "title": text, "text": text, "published": "2018-02-07"}) for name in "ab"]
    corpus = home / "corpus.jsonl"
    corpus.write_text("\n".join([rows[0], "{broken", rows[1]]), "utf-8")
    warehouse = str(home / "w.duckdb")
    assert run_command(["replay", str(corpus), "--warehouse", warehouse]) == 4
    said = capsys.readouterr()
    assert "corpus.jsonl line 2" in said.err
    assert said.out.startswith("2 articles replayed, 0 were there already")
    assert run_command(["replay", str(corpus), "--warehouse", warehouse]) == 4
    assert capsys.readouterr().out.startswith("0 articles replayed, 2 were there already")
    assert run_command(["incidents", "--since", "2018-02-01"]) == 3  # another file than the home's: not published
    own = str(load_settings().warehouse_path)
    assert run_command(["replay", str(corpus), "--warehouse", own]) == 4
    assert "published; " in capsys.readouterr().err
    assert run_command(["incidents", "--since", "2018-02-01"]) == 0
    assert "Kirk" in capsys.readouterr().out


def test_garbage_bytes_are_no_article(home, capsys, tmp_path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(bytes(range(256)) * 50)
    assert run_command(["code", str(page), "--html"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "deconflict: the page is no text; nothing was coded; hand over the text without --html\n"
