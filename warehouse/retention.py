"""Letting old texts go: the one thing that may leave the record, since texts are others' work and most of its size.

The texts that stay are written into a table of their own, which takes the old one's place, in one transaction. DELETE
would free nothing before a whole group of 122,880 rows has gone, two months of 2,000 articles a day (DuckDB 1.5,
measured in docs/decisions/0003). The blocks of the old table are free from the next checkpoint on and later runs fill
them; the file shrinks by what is free at its end then, and no further.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb

from model.errors import WarehouseError
from warehouse.query import one, run, transaction


@dataclass(frozen=True, slots=True)
class FileRoom:
    """Size of the private file, and how much of it is free for later runs, in bytes."""

    n_bytes: int
    n_free_bytes: int


def count_texts(con: duckdb.DuckDBPyConnection, fetched_before: datetime) -> tuple[int, int]:
    """Count the texts of revisions fetched before a moment, and all texts."""
    n_old, n_all = one(con, "select_old_text_count", fetched_before=fetched_before)
    return n_old, n_all


def prune_texts(con: duckdb.DuckDBPyConnection, fetched_before: datetime, least_share_0_1: float = 0.0) -> int:
    """Remove the texts of revisions fetched before a moment, if they are at least that share of all texts.

    Args:
        con: The writer's connection, with no transaction open.
        fetched_before: Texts of revisions fetched earlier go (aware).
        least_share_0_1: Below it nothing is done, so that the texts which stay are not written anew for a handful.

    Returns:
        How many texts went.

    Raises:
        WarehouseError: the disk failed; all texts are still there.
    """
    n_old, n_all = count_texts(con, fetched_before)
    if not n_old or n_old < least_share_0_1 * n_all:
        return 0
    try:
        with transaction(con):
            run(con, "create_kept_text")
            run(con, "insert_kept_text", fetched_before=fetched_before)
            run(con, "replace_article_text")
    except duckdb.Error as error:
        raise WarehouseError(
            f"old texts were not removed: {str(error).splitlines()[0]}",
            unchanged="all texts are still there",
            next_step="free some space, as much as the texts that stay take, then try again",
        ) from error
    return n_old


def file_room(con: duckdb.DuckDBPyConnection) -> FileRoom:
    """Measure the private file as of its last checkpoint."""
    return FileRoom(*one(con, "select_file_size"))
