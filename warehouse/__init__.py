"""DuckDB: migrations, append, the public schema `pub`, queries, the published snapshot.

Belongs: all SQL. Does not: deciding what an incident is, HTTP, Prefect.

Three layers in one file. `core` is the record: append-only, corrections are rows, only texts may be pruned. `state`
is its fold: narrow tables of pointers to the rows that count now, kept up to date by each append in its own transaction
and made anew from `core` by a rollback. `pub` is the contract: views and macros over both, so that the private file and
the published copy of it answer alike, and a query costs what its answer costs however long the history is.
"""

from warehouse.reader import Reader, open_snapshot
from warehouse.writer import Writer, open_writer

__all__ = ["Reader", "Writer", "open_snapshot", "open_writer"]
