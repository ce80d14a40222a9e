"""Once a day: old texts go, and a backup stands under its name only when it can be opened and restored from."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from decided_world import DAY, at, bridge, market, run

from model.errors import RunLockedError, WarehouseError
from model.settings import Settings
from pipeline.lock import run_lock
from pipeline.maintaining import maintain
from pipeline.restoring import restore_warehouse
from warehouse import open_snapshot, open_writer
from warehouse.backup import N_DAYS_KEPT

NOW = at(DAY + timedelta(days=60))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two articles of DAY, and one of forty days later."""
    made = Settings(home=tmp_path / "var", n_workers=1)
    with open_writer(made.warehouse_path) as writer:
        run(writer, at(DAY), market("north"), market("south"))
        run(writer, at(DAY + timedelta(days=40)), bridge("north2"))
        writer.publish(made.snapshot_path)
    return made


def backups(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.home / "backups").iterdir())


def test_the_backup_has_what_readers_see_and_can_be_restored_from(settings: Settings) -> None:
    done = maintain(settings, NOW)
    with open_snapshot(settings.snapshot_path) as now, open_snapshot(done.backup.path) as copy:
        assert copy.runs(10) == now.runs(10)
    assert (done.n_pruned, done.backup.n_runs) == (0, 2)
    source, aside = restore_warehouse(settings, done.backup.path)
    assert source == done.backup.path
    assert aside is not None


def test_old_texts_go_before_the_backup_is_made(settings: Settings) -> None:
    done = maintain(settings.model_copy(update={"text_days": 30}), NOW)
    assert done.n_pruned == 2
    assert "2 old texts removed" in done.line


def test_one_copy_of_a_day_and_the_newest_days_stay(settings: Settings) -> None:
    days = [NOW + timedelta(days=n) for n in range(N_DAYS_KEPT + 2)]
    for day in [*days, days[-1]]:
        maintain(settings, day)
    assert backups(settings) == [f"incidents-day-{day:%Y%m%d}.duckdb" for day in days[-N_DAYS_KEPT:]]


def test_a_published_file_that_is_damaged_replaces_no_backup(settings: Settings) -> None:
    maintain(settings, NOW)
    before = (settings.home / "backups" / backups(settings)[0]).read_bytes()
    published = settings.snapshot_path.resolve()
    published.chmod(0o600)
    published.write_bytes(before[: len(before) // 3])
    for day in (NOW, NOW + timedelta(days=1)):
        with pytest.raises(WarehouseError, match="no backup was made"):
            maintain(settings, day)
    assert backups(settings) == [f"incidents-day-{NOW:%Y%m%d}.duckdb"]
    assert (settings.home / "backups" / backups(settings)[0]).read_bytes() == before


def test_nothing_published_is_named(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match=r"incidents\.duckdb is there"):
        maintain(Settings(home=tmp_path / "var"), NOW)


def test_texts_are_not_removed_beside_a_run(settings: Settings) -> None:
    with run_lock(settings.home / "run.lock"), pytest.raises(RunLockedError):
        maintain(settings.model_copy(update={"text_days": 30}), NOW)
    assert not (settings.home / "backups").exists()
