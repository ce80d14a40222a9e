"""History is never replaced by a shorter one in silence, and is backed up before a migration."""

from pathlib import Path

import duckdb
import pytest
from warehouse_world import opening_batch

from interfaces.cli.main import run_command
from model.errors import WarehouseError
from model.settings import Settings
from pipeline.restoring import restore_warehouse
from warehouse import migrate as migrate_module
from warehouse import open_snapshot, open_writer
from warehouse.history import BACKUP_FOLDER, N_BACKUPS_KEPT, back_up
from warehouse.sqlfile import migrations


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with two published runs."""
    made = Settings(home=tmp_path / "home")
    with open_writer(made.warehouse_path) as writer:
        for number in (1, 2):
            writer.append(opening_batch(number))
            writer.publish(made.snapshot_path)
    return made


def snapshots(settings: Settings) -> set[str]:
    return {path.name for path in settings.snapshot_path.parent.iterdir()}


def n_runs(settings: Settings) -> int:
    with open_snapshot(settings.snapshot_path) as reader:
        return len(reader.runs(10))


@pytest.mark.parametrize("is_linked", [True, False])
def test_a_missing_file_beside_a_published_one_is_not_made_anew(settings: Settings, is_linked: bool) -> None:
    settings.warehouse_path.unlink()
    if not is_linked:
        settings.snapshot_path.unlink()
    before = snapshots(settings)
    for _ in range(3):
        with pytest.raises(WarehouseError, match="deconflict restore"), open_writer(settings.warehouse_path):
            pass
    assert not settings.warehouse_path.exists()
    assert snapshots(settings) == before


def test_an_empty_or_older_file_publishes_nothing(settings: Settings, tmp_path: Path) -> None:
    older = Settings(home=tmp_path / "other")
    with open_writer(older.warehouse_path) as writer:
        writer.append(opening_batch(1))
    older.warehouse_path.replace(settings.warehouse_path)
    before = snapshots(settings)
    with (
        pytest.raises(WarehouseError, match=r"has 1 runs and lacks .*, the last of 2 published"),
        open_writer(settings.warehouse_path) as writer,
    ):
        writer.publish(settings.snapshot_path)
    assert snapshots(settings) == before
    assert n_runs(settings) == 2


def test_a_torn_published_file_is_replaced(settings: Settings) -> None:
    torn = settings.snapshot_path.resolve()
    torn.chmod(0o600)
    torn.write_bytes(b"torn")
    with open_writer(settings.warehouse_path) as writer:
        writer.publish(settings.snapshot_path)
    assert n_runs(settings) == 2


def test_restore_brings_the_published_history_back(settings: Settings) -> None:
    settings.warehouse_path.unlink()
    chosen, aside = restore_warehouse(settings, None)
    assert (chosen, aside) == (settings.snapshot_path.resolve(), None)
    with open_writer(settings.warehouse_path) as writer:
        writer.append(opening_batch(3))
        writer.publish(settings.snapshot_path)
    assert n_runs(settings) == 3
    assert settings.warehouse_path.stat().st_mode & 0o777 == 0o600


def test_restore_moves_aside_what_is_there_and_refuses_what_is_no_warehouse(settings: Settings, tmp_path: Path) -> None:
    settings.warehouse_path.write_bytes(b"torn")
    (tmp_path / "no.duckdb").write_bytes(b"nothing")
    with pytest.raises(WarehouseError, match="holds no complete run"):
        restore_warehouse(settings, tmp_path / "no.duckdb")
    assert settings.warehouse_path.read_bytes() == b"torn"
    _, aside = restore_warehouse(settings, None)
    assert aside is not None
    assert aside.read_bytes() == b"torn"


def test_the_verb_restores(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DECONFLICT_HOME", str(settings.home))
    settings.warehouse_path.unlink()
    assert run_command(["restore"]) == 0
    assert "restored from" in capsys.readouterr().out
    assert settings.warehouse_path.exists()


def test_a_migration_is_preceded_by_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "warehouse.duckdb"
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate_module, "migrations", lambda: migrations()[:-1])
        earlier.setattr(migrate_module, "public_schema", lambda: ("SELECT 1", "of an earlier release"))
        with open_writer(path):
            pass
    assert not (tmp_path / BACKUP_FOLDER).exists()  # a new file has nothing to lose
    with open_writer(path):
        pass
    (copy,) = (tmp_path / BACKUP_FOLDER).iterdir()
    with duckdb.connect(str(copy), read_only=True) as con:
        assert con.execute("SELECT max(version) FROM schema_migration").fetchone() == (len(migrations()) - 1,)


def test_without_room_for_a_backup_nothing_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "warehouse.duckdb"
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate_module, "migrations", lambda: migrations()[:-1])
        earlier.setattr(migrate_module, "public_schema", lambda: ("SELECT 1", "of an earlier release"))
        with open_writer(path):
            pass
    (tmp_path / BACKUP_FOLDER).write_bytes(b"a file where the folder should be")
    with pytest.raises(WarehouseError, match="no backup"), open_writer(path):
        pass


def test_only_the_newest_backups_are_kept(settings: Settings) -> None:
    from datetime import UTC, datetime, timedelta

    with open_writer(settings.warehouse_path) as writer:
        for day in range(N_BACKUPS_KEPT + 2):
            moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
            back_up(writer._con, settings.warehouse_path, 1, moment)
    assert len(list((settings.home / BACKUP_FOLDER).iterdir())) == N_BACKUPS_KEPT
