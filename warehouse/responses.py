"""Questions of the web archive: which answers were kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import duckdb

from model.feed import KeptResponse
from warehouse.query import run

N_BATCH = 10_000  # rows read at once: some megabytes


class Responses:
    """What a reader may ask of the fetch log."""

    _con: duckdb.DuckDBPyConnection

    def kept_responses(self, since: datetime | None = None) -> Iterator[KeptResponse]:
        """Give the answers whose bodies were archived, the oldest first; to be read to the end before other questions.

        Args:
            since: Only those fetched at or after this moment (aware); null: all.
        """
        found = run(self._con, "read_kept_response", since=since)
        while batch := found.fetchmany(N_BATCH):
            yield from (KeptResponse(*row) for row in batch)
