"""Migrations: recorded, replayed from zero to the same schema, refused when newer or changed."""

from pathlib import Path

import duckdb
import pytest
from warehouse_world import opening_batch

from model.errors import WarehouseError
from warehouse import migrate as migrate_module
from warehouse import open_writer
from warehouse.sqlfile import Migration, migrations, public_schema

SCHEMA = """
    SELECT schema_name, table_name, column_name, data_type, is_nullable FROM duckdb_columns()
    WHERE schema_name IN ('core', 'state', 'pub', 'lib', 'main') AND NOT internal ORDER BY ALL
"""


def schema_of(path: Path) -> list[tuple[object, ...]]:
    con = duckdb.connect(str(path), read_only=True)
    found = con.execute(SCHEMA).fetchall()
    con.close()
    return found


def test_all_migrations_are_numbered_without_gaps_and_say_why() -> None:
    assert [step.version for step in migrations()] == list(range(1, len(migrations()) + 1))
    assert all(step.text.startswith("-- ") for step in migrations())


@pytest.mark.parametrize("n_applied", range(1, len(migrations()) + 1))
def test_every_earlier_state_upgrades_to_the_latest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n_applied: int
) -> None:
    with open_writer(tmp_path / "fresh.duckdb"):
        pass
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate_module, "migrations", lambda: migrations()[:n_applied])
        earlier.setattr(migrate_module, "public_schema", lambda: ("SELECT 1", "of an earlier release"))
        with open_writer(tmp_path / "old.duckdb"):
            pass
    with open_writer(tmp_path / "old.duckdb") as writer:
        writer.append(opening_batch(1))
    assert schema_of(tmp_path / "old.duckdb") == schema_of(tmp_path / "fresh.duckdb")


def test_what_was_applied_is_recorded_and_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    for _ in range(2):
        with open_writer(path):
            pass
    con = duckdb.connect(str(path), read_only=True)
    recorded = con.execute("SELECT version, name, sha256 FROM schema_migration ORDER BY 1").fetchall()
    assert recorded == [(step.version, step.name, step.sha256) for step in migrations()]
    assert con.execute("SELECT sha256 FROM schema_public").fetchall() == [(public_schema()[1],)]
    con.close()


def test_a_file_of_newer_code_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with open_writer(path):
        pass
    con = duckdb.connect(str(path))
    con.execute("INSERT INTO schema_migration VALUES (99, '0099_later', 'x', now())")
    con.close()
    with pytest.raises(WarehouseError, match="the file has schema 99, this code knows"), open_writer(path):
        pass


def test_a_migration_changed_afterwards_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "w.duckdb"
    with open_writer(path):
        pass
    first, *rest = migrations()
    changed = (Migration(first.version, first.name, first.text + " ", "other"), *rest)
    monkeypatch.setattr(migrate_module, "migrations", lambda: changed)
    with pytest.raises(WarehouseError, match="0001_core was changed"), open_writer(path):
        pass


def test_a_failing_migration_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "w.duckdb"
    with open_writer(path) as writer:
        writer.append(opening_batch(1))
    before = schema_of(path)
    wrong = Migration(len(migrations()) + 1, "0099_wrong", "CREATE TABLE core.more (i INTEGER); SELEC 1;", "x")
    monkeypatch.setattr(migrate_module, "migrations", lambda: (*migrations(), wrong))
    with pytest.raises(duckdb.Error), open_writer(path):
        pass
    assert schema_of(path) == before
