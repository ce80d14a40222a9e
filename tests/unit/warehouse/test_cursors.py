"""Cursors: at least once, never back, never out of their folder."""

from pathlib import Path

import pytest

from model.errors import ConfigError, WarehouseError
from warehouse.cursors import Cursor, commit_cursor, read_cursor


def test_a_cursor_begins_at_the_beginning_and_is_kept(tmp_path: Path) -> None:
    assert read_cursor(tmp_path / "cursors", "morning") == Cursor("morning", 0)
    assert commit_cursor(tmp_path / "cursors", "morning", 7) == Cursor("morning", 7)
    assert read_cursor(tmp_path / "cursors", "morning") == Cursor("morning", 7)
    assert read_cursor(tmp_path / "cursors", "evening") == Cursor("evening", 0)


def test_a_cursor_never_goes_back(tmp_path: Path) -> None:
    commit_cursor(tmp_path, "morning", 7)
    assert commit_cursor(tmp_path, "morning", 3) == Cursor("morning", 7)
    assert [path.name for path in tmp_path.iterdir()] == ["morning.json"]


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "x" * 65])
def test_a_name_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="no name for a cursor"):
        read_cursor(tmp_path, name)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"change_id": "x"}', "\x00"])
def test_a_damaged_cursor_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "morning.json").write_text(text)
    with pytest.raises(WarehouseError, match="morning"):
        read_cursor(tmp_path, "morning")


def test_an_unwritable_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WarehouseError, match=r"cannot (store|read) the cursor"):
        commit_cursor(tmp_path / "file", "morning", 1)
