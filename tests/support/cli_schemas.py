"""The JSON Schema of every envelope, made from the dataclasses that the verbs print.

Write them all anew, then read the difference before you commit it:

    python tests/support/cli_schemas.py
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, create_model

from acquisition.warc import WarcWritten
from interfaces.alerts.deliver import AlertsDone
from interfaces.alerts.webhook import Answer
from interfaces.cli.changed import ChangedRow
from interfaces.doctor.finding import Finding
from interfaces.exports.write import ExportDone
from model.alert import Delivery
from model.feed import Feed
from model.incident import Decision, Explanation
from model.report import Toll
from pipeline.decisions import Decided
from pipeline.dry_run import DryRun
from pipeline.explaining import Question
from pipeline.feedcheck import FeedCheck
from pipeline.monitor import RunSummary
from pipeline.pruning import Pruned
from pipeline.reprocess import Reprocessed
from pipeline.rolling_back import RolledBack
from pipeline.scoring import Figure, WrongCase
from pipeline.subject import Subject
from warehouse.rows import (
    ActorRow,
    ChangeRow,
    ClaimRow,
    FeedHealthRow,
    IncidentRow,
    IssueRow,
    ReportRow,
    RunRow,
)
from warehouse.trends import SpikeRow, TrendQuestion, TrendRow

FOLDER = Path(__file__).parents[2] / "interfaces" / "cli" / "schemas"
Row = list[Any]
Anything = dict[str, Any]

ENVELOPES: dict[str, dict[str, Any]] = {
    "incidents/1": {"data_as_of": datetime | None, "incidents": list[IncidentRow]},
    "changed/1": {"data_as_of": datetime | None, "changed": list[ChangedRow]},
    "incident/1": {
        "incident": IncidentRow,
        "claims": list[ClaimRow],
        "articles": list[ReportRow],
        "actors": list[ActorRow],
        "changes": list[ChangeRow],
    },
    "trends/1": {"data_as_of": datetime | None, "question": TrendQuestion, "periods": list[TrendRow]},
    "spikes/1": {"data_as_of": datetime | None, "question": TrendQuestion, "per": str, "spikes": list[SpikeRow]},
    "table/1": {"columns": list[str], "rows": list[Row]},
    "export/1": {"to": str, "format": str, "after_change_id": int, "result": ExportDone},
    "feeds/1": {"feeds": list[Feed]},
    "feed_checks/1": {"checks": list[FeedCheck]},
    "feed_health/1": {"feeds": list[FeedHealthRow]},
    "explanation/1": {
        "left": Subject,
        "right": Subject,
        "is_together": bool,
        "explanation": Explanation,
        "decision": Decision | None,
    },
    "review/1": {"questions": list[Question]},
    "decisions/1": {"decisions": list[Decision]},
    "decision/1": {"decision": Decided},
    "withdrawal/1": {"withdrawn": list[str]},
    "runs/1": {"runs": list[RunRow]},
    "run/1": {"run": RunRow | None, "changes": list[ChangeRow], "issues": list[IssueRow]},
    "rollback/1": {"rollback": RolledBack},
    "reprocess/1": {"reprocess": Reprocessed},
    "prune/1": {"prune": Pruned},
    "evaluation/1": {"figures": list[Figure], "wrong": list[WrongCase]},
    "site/1": {"folder": str, "n_incidents": int, "n_written": int, "n_kept": int, "n_removed": int},
    "alerts/1": {"deliveries": list[Delivery]},
    "alert_test/1": {"channels": dict[str, Answer]},
    "alerts_sent/1": {"alerts": AlertsDone},
    "archive_export/1": {"to": str, "since": datetime | None, "result": WarcWritten},
    "doctor/1": {"findings": list[Finding]},
    "run_summary/1": {"line": str, "summary": RunSummary},
    "rehearsal/1": {"rehearsal": DryRun},
    "reports/1": {
        "article": create_model(
            "CodedArticle",
            title=(str, ...),
            url=(str | None, ...),
            published_at=(datetime | None, ...),
            n_chars=(int, ...),
            text_quality=(str, ...),
        ),
        "reports": list[
            create_model(
                "CodedReport",
                role=(str, ...),
                event_type=(str, ...),
                event_subtype=(str | None, ...),
                date=(Anything | None, ...),
                place=(Anything | None, ...),
                actors=(list[Anything], ...),
                claims=(list[Anything], ...),
                killed=(Toll, ...),
                injured=(Toll, ...),
                confidence_0_1=(float, ...),
            )
        ],
    },
}


def make_schemas() -> dict[str, str]:
    """Make the text of each schema by its file's name."""
    return {f"{name.replace('/', '-')}.json": _schema(name, fields) for name, fields in ENVELOPES.items()}


def _schema(name: str, fields: dict[str, Any]) -> str:
    given: dict[str, Any] = {field: (kind, ...) for field, kind in fields.items()}
    given = {"schema_": (Literal[name], Field(alias="schema")), **given}  # pydantic has a `schema` of its own
    model = create_model(name.partition("/")[0], **given)
    made = model.model_json_schema(mode="serialization")
    _strict(made)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"deconflict:{name}", "title": name}
    return json.dumps(head | {key: value for key, value in made.items() if key != "title"}, indent=1) + "\n"


def _strict(part: Any) -> None:
    """Allow no field that is not named; drop what says nothing to a reader of the schema."""
    if isinstance(part, dict):
        if "properties" in part:
            part["additionalProperties"] = False
            for field in part["properties"].values():
                field.pop("title", None)
                field.pop("default", None)
        for value in part.values():
            _strict(value)
    elif isinstance(part, list):
        for value in part:
            _strict(value)


def main() -> None:
    """Write all schemas anew."""
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, text in make_schemas().items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
