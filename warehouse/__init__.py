"""DuckDB: migrations, append, the public schema `pub`, queries, the published snapshot.

Belongs: all SQL. Does not: deciding what an incident is, HTTP, Prefect.
"""
