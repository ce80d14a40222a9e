"""A copy has the bytes of its source, whatever their number, and whether or not it can go past the page cache."""

from __future__ import annotations

import os
import random
import stat
from pathlib import Path

import pytest

from warehouse.copyfile import ALIGNED, CHUNK, copy

SIZES = (0, 1, ALIGNED - 1, ALIGNED, ALIGNED + 1, CHUNK - ALIGNED, CHUNK, CHUNK + 3, 2 * CHUNK + ALIGNED)


def refuse(*_: object) -> None:
    raise OSError(22, "Invalid argument")


@pytest.mark.parametrize("past_cache", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_the_copy_is_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, past_cache: bool) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(random.Random(size).randbytes(size))
    target.write_bytes(b"left from before" * 1000)
    if not past_cache:
        monkeypatch.setattr("warehouse.copyfile.os.posix_fallocate", refuse)
    copy(str(source), str(target))
    assert target.read_bytes() == source.read_bytes()
    assert stat.S_IMODE(target.stat().st_mode) == 0o444


def test_a_system_without_it_copies_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("warehouse.copyfile.os.O_DIRECT", raising=False)
    (tmp_path / "source").write_bytes(b"x" * 5000)
    copy(str(tmp_path / "source"), str(tmp_path / "target"))
    assert (tmp_path / "target").read_bytes() == b"x" * 5000


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        copy(str(tmp_path / "none"), str(tmp_path / "target"))
    (tmp_path / "source").write_bytes(b"x")
    with pytest.raises(OSError, match=os.strerror(2)):
        copy(str(tmp_path / "source"), str(tmp_path / "no" / "target"))
