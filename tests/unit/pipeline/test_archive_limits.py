import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from acquisition.archive import Archive
from model.settings import Settings
from pipeline.archive_limits import tidy_archive

DAY = timedelta(days=1)
NOW = datetime.now(UTC)


def kept(archive: Archive) -> set[str]:
    return {path.stem for path in archive.folder.rglob("*.zst")}


def archive_of(home: Path, ages: list[int]) -> tuple[Archive, list[str]]:
    """An archive with a body for each age in days."""
    archive = Archive(home / "archive")
    names = [archive.put(os.urandom(1000)) for _ in ages]
    for name, age in zip(names, ages, strict=True):
        at = (NOW - age * DAY).timestamp()
        os.utime(archive.path_of(name), (at, at))
    return archive, names


def test_without_limits_nothing_goes_but_what_was_half_written(tmp_path: Path) -> None:
    archive, names = archive_of(tmp_path, [400, 0])
    left = archive.path_of(names[0]).parent / ".tmp-left"
    left.write_bytes(b"half")
    assert tidy_archive(Settings(home=tmp_path), NOW + DAY) == 1
    assert kept(archive) == set(names)
    assert not left.exists()


def test_bodies_go_by_age(tmp_path: Path) -> None:
    archive, names = archive_of(tmp_path, [31, 29, 0])
    assert tidy_archive(Settings(home=tmp_path, archive_days=30), NOW) == 1
    assert kept(archive) == set(names[1:])


def test_the_oldest_go_until_the_rest_is_small_enough(tmp_path: Path) -> None:
    archive, names = archive_of(tmp_path, [1, 3, 2])
    assert tidy_archive(Settings(home=tmp_path, archive_max_bytes=2500), NOW) == 1
    assert kept(archive) == {names[0], names[2]}


def test_it_looks_once_a_day(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, archive_max_bytes=1)
    archive, _ = archive_of(tmp_path, [0])
    assert tidy_archive(settings, NOW) == 1
    archive.put(b"more")
    assert tidy_archive(settings, NOW) == 0
    assert tidy_archive(settings, NOW + 2 * DAY) == 1


def test_no_archive_is_no_fault(tmp_path: Path) -> None:
    assert tidy_archive(Settings(home=tmp_path / "none")) == 0
