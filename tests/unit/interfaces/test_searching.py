"""Incidents are found by titles, actors, aliases, types, places and their spellings, on the site and by `search`."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from export_world import build_warehouse

from interfaces.cli.main import run_command
from interfaces.searching import fold, search_words, spellings
from model.settings import load_settings
from warehouse.reader import open_snapshot
from warehouse.rows import IncidentRow

AT = datetime(2018, 2, 8, tzinfo=UTC)
CLASH = IncidentRow(
    "inc_1", "battle", "armed_clash", AT.date(), AT.date(), "day", "Khushām", 1, "Dayr az Zawr", "SY", 35.3, 40.3,
    "town", ("Wagner Group", "Syrian Democratic Forces"), 68, 80, 100, None, None, None, 3, 3, 3, "new", "A title",
    AT, AT, AT, 0.9, None,
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DECONFLICT_HOME", str(tmp_path))
    build_warehouse(tmp_path)
    return tmp_path


@pytest.mark.parametrize("asked", ["khusham", "Khasham", "deir ezzor", "SDF", "wagner", "ChVK", "Syria", "battle"])
def test_every_name_alias_and_spelling_finds_the_clash(asked: str) -> None:
    words = fold(search_words(CLASH, ["A base is shelled"]))
    assert all(f" {word}" in words for word in fold(asked).split())


def test_the_words_of_any_article_find_it_and_the_middle_of_a_word_does_not() -> None:
    words = fold(search_words(CLASH, ["A base is shelled by night"]))
    assert " shell" in words and " helled" not in words


def test_spellings_of_another_country_are_left_out() -> None:
    assert "Khusham" in spellings("Khushām", "SY") and spellings("Khushām", "FR") == ()


def test_places_and_actors_are_kept_where_titles_are_many() -> None:
    words = search_words(CLASH, [f"title{i} of a long story" for i in range(500)])
    assert "wagner" in words and "khusham" in words and len(words) <= 900


def test_search_prints_what_it_finds(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["search", "khusham", "battle", "--format", "csv"]) == 0
    with open_snapshot(load_settings().snapshot_path) as reader:
        ids = [head.incident_id for head in reader.incident_heads()]
        (expected,) = [i for i in reader.incidents(ids) if i.status == "disputed"]
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and lines[1].startswith(expected.incident_id)
    assert run_command(["search", "xyzzy", "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_show_takes_words_and_lists_where_several_fit(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["show", "Khusham"]) == 0
    assert "near Khushām, Syria" in capsys.readouterr().out.splitlines()[0]
    assert run_command(["show", "Syria"]) == 0
    output = capsys.readouterr()
    assert "may be any of" in output.err and len(output.out.splitlines()) > 2
    assert run_command(["show", "xyzzy"]) == 2
    assert "deconflict search" in capsys.readouterr().err


def test_an_ambiguous_id_lists_its_candidates(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["show", "inc_"]) == 0
    assert "may be any of" in capsys.readouterr().err
