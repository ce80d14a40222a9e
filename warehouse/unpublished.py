"""Whether there is anything to publish: a run that only found every feed unchanged needs no copy of the whole file.

A file of 0.8 GB was copied 288 times a day. Such runs are published together, twice an hour, so that readers see how
fresh the record is. Whatever else a run appended, a feed that began or ceased to fail, and a file of another schema are
published at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from model.errors import WarehouseError
from warehouse.connect import open_read_only
from warehouse.query import one, rows

QUIET_PUBLISH_EVERY = timedelta(minutes=30)  # half of what `doctor` calls stale; each copy costs the file's size


def has_news(con: duckdb.DuckDBPyConnection, snapshot_path: Path, now: datetime) -> bool:
    """Say whether the private file has something that readers should see, or what they see has become old.

    Args:
        con: The connection that holds the private file.
        snapshot_path: The published file.
        now: The moment of the run, simulated or real.
    """
    try:
        published = open_read_only(snapshot_path.resolve(), memory_limit="2GB", n_threads=1)
    except WarehouseError:
        return True
    try:
        return _differs(con, published, now)
    except duckdb.Error:  # written by another version
        return True
    finally:
        published.close()


def _differs(con: duckdb.DuckDBPyConnection, published: duckdb.DuckDBPyConnection, now: datetime) -> bool:
    run_id, known_at, schema = published.execute("SELECT run_id, known_at, schema_version FROM pub.about").fetchall()[0]
    found = rows(con, "select_run_no", run_id=run_id)
    if not found or known_at is None or abs(now - known_at) >= QUIET_PUBLISH_EVERY:
        return True
    if schema != con.execute("SELECT schema_version FROM pub.about").fetchall()[0][0]:
        return True
    n_with_news = one(con, "select_unpublished", run_no=found[0][0])[0]
    return bool(n_with_news) or rows(con, "select_feed_condition") != rows(published, "select_feed_condition")
