"""Publishing, opening, locks, hardening, and what is said when something is wrong."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest
from warehouse_world import at, opening_batch

from model.errors import ContractError, WarehouseError, WarehouseLockedError
from warehouse import open_snapshot, open_writer


def private(home: Path) -> Path:
    return home / "warehouse.duckdb"


def published(home: Path) -> Path:
    return home / "published" / "incidents.duckdb"


def test_an_open_reader_keeps_its_snapshot_while_a_newer_one_comes(tmp_path: Path) -> None:
    with open_writer(private(tmp_path)) as writer:
        writer.append(opening_batch(1))
        writer.publish(published(tmp_path))
    with open_snapshot(published(tmp_path)) as old:
        with open_writer(private(tmp_path)) as writer:
            writer.append(opening_batch(2))
            writer.publish(published(tmp_path))
        with open_snapshot(published(tmp_path)) as new:
            assert (len(old.new_incidents(at(0))), len(new.new_incidents(at(0)))) == (1, 2)


def test_the_last_three_snapshots_are_kept_and_leftovers_removed(tmp_path: Path) -> None:
    folder = published(tmp_path).parent
    with open_writer(private(tmp_path)) as writer:
        for number in range(1, 6):
            writer.append(opening_batch(number))
            (folder / ".incidents-00000000-dead.duckdb.partial").parent.mkdir(exist_ok=True)
            (folder / ".incidents-00000000-dead.duckdb.partial").write_bytes(b"half")
            newest = writer.publish(published(tmp_path))
    files = sorted(path.name for path in folder.iterdir())
    assert [name[:18] for name in files] == [
        "incidents-00000003", "incidents-00000004", "incidents-00000005", "incidents.duckdb",
    ]  # fmt: skip
    assert published(tmp_path).resolve() == newest


def test_users_may_open_or_attach_the_snapshot_under_any_name(tmp_path: Path) -> None:
    with open_writer(private(tmp_path)) as writer:
        writer.append(opening_batch(1))
        writer.publish(published(tmp_path))
    con = duckdb.connect(str(published(tmp_path)), read_only=True)
    assert con.execute("SELECT count(*) FROM pub.new_incidents('2018-01-01'::TIMESTAMPTZ)").fetchall() == [(1,)]
    con.close()
    con = duckdb.connect()
    con.execute(f"ATTACH '{published(tmp_path)}' AS news (READ_ONLY)")
    assert con.execute("SELECT count(*) FROM news.pub.incident").fetchall() == [(1,)]
    con.execute("USE news")
    assert con.execute("SELECT count(*) FROM pub.changes_after(0)").fetchall() == [(1,)]
    con.close()


def test_a_failing_data_test_keeps_the_last_snapshot(tmp_path: Path) -> None:
    with open_writer(private(tmp_path)) as writer:
        writer.append(opening_batch(1))
        writer.publish(published(tmp_path))
        writer.append(opening_batch(2))
        before = published(tmp_path).resolve()
    con = duckdb.connect(str(private(tmp_path)))
    con.execute("UPDATE core.change SET change_id = change_id + 5")  # a fault that no append can make
    con.close()
    with open_writer(private(tmp_path)) as writer, pytest.raises(ContractError, match="change_ids_have_no_gaps"):
        writer.publish(published(tmp_path))
    assert published(tmp_path).resolve() == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY (SELECT 1) TO 'x.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "DELETE FROM core.change",
        "CREATE TABLE t (i INTEGER)",
        "SELEC 1",
    ],
)
def test_a_reader_can_do_nothing_but_read(tmp_path: Path, query: str) -> None:
    with open_writer(private(tmp_path)) as writer:
        writer.append(opening_batch(1))
        writer.publish(published(tmp_path))
    with open_snapshot(published(tmp_path)) as reader:
        with pytest.raises(WarehouseError):
            reader.sql(query)
        assert reader.sql("SELECT 1 AS one").columns == ("one",)


def test_a_query_without_end_is_stopped(tmp_path: Path) -> None:
    with open_writer(private(tmp_path)) as writer:
        writer.append(opening_batch(1))
        writer.publish(published(tmp_path))
    endless = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = 7"
    with open_snapshot(published(tmp_path)) as reader, pytest.raises(WarehouseError, match=r"(?i)interrupt"):
        reader.sql(endless, timeout_s=0.05)


def test_a_missing_snapshot_is_told(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="no published warehouse"), open_snapshot(published(tmp_path)):
        pass


@pytest.mark.parametrize("content", [b"", b"not a database", b"\x00" * 5000])
def test_a_file_that_is_no_warehouse_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.duckdb").write_bytes(content)
    with pytest.raises(WarehouseError), open_snapshot(tmp_path / "x.duckdb"):
        pass


def test_a_lock_names_its_holder(tmp_path: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from warehouse import open_writer
        with open_writer(Path(sys.argv[1])):
            print("held", flush=True)
            sys.stdin.readline()
    """
    arguments = [sys.executable, "-c", textwrap.dedent(code), str(private(tmp_path))]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        locked = pytest.raises(WarehouseLockedError, match=f"process {holder.pid}")
        with locked, open_writer(private(tmp_path), lock_wait_s=0):
            pass
        with pytest.raises(WarehouseLockedError, match=f"process {holder.pid}"), open_snapshot(private(tmp_path)):
            pass
        holder.stdin.write("\n")
        holder.stdin.close()
        with open_writer(private(tmp_path), lock_wait_s=30) as writer:  # waits until the holder has let go
            assert writer.decisions() == ()


def test_two_writers_of_one_process_are_one_too_many(tmp_path: Path) -> None:
    locked = pytest.raises(WarehouseLockedError, match=str(os.getpid()))
    with open_writer(private(tmp_path)), locked, open_writer(private(tmp_path), lock_wait_s=0):
        pass


def test_an_unusable_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WarehouseError, match="cannot write"), open_writer(tmp_path / "file" / "warehouse.duckdb"):
        pass


def test_a_file_that_is_no_database_is_not_written(tmp_path: Path) -> None:
    private(tmp_path).write_bytes(b"somebody's notes" * 100)
    with pytest.raises(WarehouseError, match="cannot write"), open_writer(private(tmp_path)):
        pass
    assert private(tmp_path).read_bytes() == b"somebody's notes" * 100


def test_an_unwritable_publish_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "published").write_text("in the way")
    with open_writer(private(tmp_path)) as writer:
        writer.append(opening_batch(1))
        with pytest.raises(WarehouseError, match="cannot publish"):
            writer.publish(published(tmp_path))


def test_files_can_be_read_by_the_older_engines(tmp_path: Path) -> None:
    with open_writer(private(tmp_path)):
        pass
    # Bytes 12 to 20 of the header are the storage version: 64 is read by DuckDB 0.10 to 2.0, 65 by 1.2 and later.
    assert int.from_bytes(private(tmp_path).read_bytes()[12:20], "little") in {64, 65}


def test_the_writer_still_holds_its_lock_after_publishing(tmp_path: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from model.errors import WarehouseLockedError
        from warehouse import open_writer
        try:
            with open_writer(Path(sys.argv[1]), lock_wait_s=0):
                print("open")
        except WarehouseLockedError:
            print("locked")
    """
    with open_writer(private(tmp_path)) as writer:
        writer.append(opening_batch(1))
        writer.publish(published(tmp_path))
        arguments = [sys.executable, "-c", textwrap.dedent(code), str(private(tmp_path))]
        assert subprocess.check_output(arguments, text=True) == "locked\n"


def test_two_readers_of_one_process_are_both_hardened(tmp_path: Path) -> None:
    with open_writer(private(tmp_path)) as writer:
        writer.append(opening_batch(1))
        writer.publish(published(tmp_path))
    with open_snapshot(published(tmp_path)) as one, open_snapshot(published(tmp_path)) as other:
        assert one.new_incidents(at(0)) == other.new_incidents(at(0))
        with pytest.raises(WarehouseError):
            other.sql("SET enable_external_access = true")
