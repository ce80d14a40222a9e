"""Rows put straight into the record, so that a test can make many small worlds: only what matters is named.

A world is made inside a transaction that is rolled back, since opening a file anew takes longer than any of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import duckdb

from warehouse.rollback import rebuild_state

LONG_AGO = datetime(2018, 1, 1, tzinfo=UTC)
_TEXT, _NUMBER = "", 0
# What columns that may not be null hold where a world does not name them.
DEFAULTS: dict[str, dict[str, Any]] = {
    "run": {
        "kind": "monitor", "started_at": LONG_AGO, "now": LONG_AGO, "known_at": LONG_AGO, "code_version": _TEXT,
        "n_documents": _NUMBER, "n_feeds_ok": 1,
    },
    "run_complete": {"completed_at": LONG_AGO, "n_rows": "{}"},
    "run_rollback": {"rolled_back_by": "a test", "reason": _TEXT},
    "article": {
        "revision": 1, "content_sha256": _TEXT, "text_sha256": _TEXT, "n_chars": _NUMBER, "external_id": _TEXT,
        "title": "A headline", "timezone": "UTC", "first_seen_at": LONG_AGO, "fetched_at": LONG_AGO,
        "text_quality": "full", "extractor_version": "1",
    },
    "coding": {"revision": 1, "content_sha256": _TEXT},
    "report": {
        "revision": 1, "role": "main", "event_type": "battle", "confidence_0_1": 1.0, "coder_version": "1",
        "trigger_text": _TEXT, "start_char": _NUMBER, "end_char": _NUMBER, "is_follow_up": False, "is_denial": False,
    },
    "claim": {
        "measure": "killed", "bound": "exact", "speaker_side": "unknown", "quote": "They said so.",
        "start_char": _NUMBER, "end_char": _NUMBER, "is_increment": False, "is_part": False, "rule": _TEXT,
        "ordinal": _NUMBER,
    },
    "actor_mention": {
        "role": "participant", "quote": _TEXT, "start_char": _NUMBER, "end_char": _NUMBER, "ordinal": _NUMBER,
    },
    "assignment": {"is_new": False, "explanation": "{}"},
    "incident_merge": {"explanation": "{}"},
    "origin": {"basis": "copy"},
    "incident_version": {
        "updated_at": LONG_AGO, "event_type": "battle", "actors": [], "n_articles": 1, "n_outlets": 1, "n_origins": 1,
        "status": "new", "headline": "An incident", "detected_at": LONG_AGO, "confidence_0_1": 1.0,
    },
}  # fmt: skip


class Record:
    """The record of one world."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con

    def put(self, table: str, *rows: dict[str, Any]) -> None:
        """Insert rows into a table of `core`."""
        if not rows:
            return
        types = self.ask(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'core' AND table_name = ?", table
        )
        filled = [{**dict.fromkeys(dict(types)), **DEFAULTS[table], **row} for row in rows]
        assert all(set(row) == set(dict(types)) for row in filled), table
        text, spec = json.dumps(filled, default=str), json.dumps([dict(types)])
        self.con.execute(
            f"INSERT INTO core.{table} BY NAME SELECT row.* FROM (SELECT unnest(from_json(?, ?)) AS row)",  # noqa: S608
            [text, spec],
        )

    def run(self, number: int, known_at: datetime = LONG_AGO, n_feeds_ok: int = 1) -> None:
        """A complete run."""
        run = {"run_no": number, "run_id": f"run-{number}", "now": known_at, "known_at": known_at}
        self.put("run", run | {"n_feeds_ok": n_feeds_ok})
        self.put("run_complete", {"run_no": number})

    def fold(self) -> None:
        """Bring the fold up to what was put in."""
        rebuild_state(self.con)

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of a question."""
        return self.con.execute(query, list(values)).fetchall()

    def columns(self, names: str, source: str, *values: object) -> list[tuple[Any, ...]]:
        """Some columns of a view or macro."""
        return self.ask(f"SELECT {names} FROM {source}", *values)  # noqa: S608 - a test's own words


@contextmanager
def world(con: duckdb.DuckDBPyConnection) -> Iterator[Record]:
    """An empty world that is gone afterwards; `con` is of a warehouse without rows."""
    con.execute("BEGIN")
    try:
        yield Record(con)
    finally:
        con.execute("ROLLBACK")


def tell(record: Record, number: int, incident: str, *, run: int = 1, **output: Any) -> None:
    """An article `number` with one main report of an incident.

    `output` may have any column of article or report by name, and `claims` and `actors`, rows of those tables. The same
    `article_id` with another `revision` is a later revision.
    """
    claims: Sequence[dict[str, Any]] = output.pop("claims", ())
    actors: Sequence[dict[str, Any]] = output.pop("actors", ())
    article_id = output.pop("article_id", f"art-{number}")
    revision = output.pop("revision", 1)
    of_article = {k: output.pop(k) for k in ("outlet", "published_at", "first_seen_at") if k in output}
    named = {"article_id": article_id, "revision": revision, "run_no": run}
    record.put("article", {"article_no": number, "outlet": "An outlet", **named, **of_article})
    record.put("coding", {"coding_no": number, **named})
    report_id = output.pop("report_id", f"rep-{article_id}-{revision}")
    record.put("report", {"report_no": number, "coding_no": number, "report_id": report_id, **named, **output})
    record.put("assignment", {"assignment_no": number, "report_id": report_id, "incident_id": incident, "run_no": run})
    record.put("claim", *({"report_no": number, "claim_id": f"clm-{number}-{i}", **c} for i, c in enumerate(claims)))
    record.put("actor_mention", *({"report_no": number, **actor} for actor in actors))
