import os
from hashlib import sha256
from pathlib import Path

import pytest

from acquisition.archive import Archive
from model.errors import SourceError, TransientError


def test_a_body_comes_back_to_the_byte(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    for body in (b"", b"news", bytes(range(256)) * 100):
        name = archive.put(body)
        assert name == sha256(body).hexdigest()
        assert archive.has(name)
        assert archive.get(name) == body


def test_the_same_body_is_kept_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    path = archive.path_of(archive.put(b"news"))
    first = path.stat().st_mtime_ns
    archive.put(b"news")
    assert path.stat().st_mtime_ns == first
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]


def test_what_is_not_kept_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        Archive(tmp_path).get("0" * 64)


@pytest.mark.parametrize("damage", [b"", b"rubbish", b"\x28\xb5\x2f\xfd"])
def test_a_damaged_file_is_told_and_not_handed_out(tmp_path: Path, damage: bytes) -> None:
    archive = Archive(tmp_path)
    name = archive.put(b"news")
    archive.path_of(name).write_bytes(damage)
    with pytest.raises(SourceError):
        archive.get(name)


def test_bytes_under_a_wrong_name_are_told(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    one, other = archive.put(b"one"), archive.put(b"other")
    archive.path_of(other).replace(archive.path_of(one))
    with pytest.raises(SourceError, match="other bytes"):
        archive.get(one)


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file where the folder should be")
    with pytest.raises(TransientError, match="free space or mend"):
        Archive(tmp_path / "archive").put(b"news")


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    archive = Archive(tmp_path)
    with pytest.raises(TransientError):
        archive.put(b"news")
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]
