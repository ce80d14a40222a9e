"""A full or missing folder of ours ends a run before any feed is asked, and is told as ours."""

import os
import shutil
from collections import namedtuple

import pytest

from model.errors import TransientError
from model.settings import Settings
from pipeline.check import LEAST_FREE_TEMPORARY, check_room

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def settings(tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    return Settings(home=tmp_path / "home")


def test_with_room_nothing_is_said(settings) -> None:
    check_room(settings)
    assert list(settings.home.iterdir()) == []


@pytest.mark.parametrize(("full", "words"), [("tmp", "the temporary folder"), ("home", "the home")])
def test_a_full_folder_is_named(settings, monkeypatch, full, words) -> None:
    real = shutil.disk_usage
    limited = Usage(10**9, 10**9, LEAST_FREE_TEMPORARY // 10)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: limited if path.name == full else real(path))
    with pytest.raises(TransientError, match=f"{words}.*MB free; no feed was asked"):
        check_room(settings)


def test_a_folder_that_cannot_be_written_is_named(settings, tmp_path, monkeypatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "file"))
    with pytest.raises(TransientError, match="cannot be written"):
        check_room(settings)
    assert os.environ["TMPDIR"].endswith("file")
