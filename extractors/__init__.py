"""Bytes to facts, pure.

Belongs: feed bytes to entries, page bytes to articles, articles to reports and claims; the readers of the reviewed
tables in `seeds/` (`extractors.reference`, the only part that opens files, once at start).
Does not: HTTP, SQL of the warehouse, clocks, Prefect.
"""
