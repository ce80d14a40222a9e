"""The descriptor of a folder of tables: a frictionless data package, with the warehouse's own comments."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from interfaces.exports.form import Context
from interfaces.exports.texts import instant
from warehouse.export import ExportColumn, ExportTable

NAME = "datapackage.json"
LICENCE_NOTE = "Places: GeoNames, CC BY 4.0. Headlines and quotes belong to their publishers."
_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP WITH TIME ZONE": "datetime",
    "VARCHAR[]": "array",
}
KEYS = {
    "incident": "incident_id",
    "report": "report_id",
    "claim": "claim_id",
    "article": "article_id",
    "change": "change_id",
    "withdrawn": "incident_id",
}
WITHDRAWN = ExportTable(
    "withdrawn",
    "Ids that a reader of an earlier export must drop, or follow.",
    (
        ExportColumn("incident_id", "VARCHAR", "Id that an earlier export may have held."),
        ExportColumn(
            "reason",
            "VARCHAR",
            "merged, taken_back (its run was rolled back), other_country, retracted or out_of_scope (of this form).",
        ),
        ExportColumn("merged_into", "VARCHAR", "Id that it leads to; null where it leads nowhere."),
    ),
)


def write_descriptor(folder: Path, form: str, tables: Sequence[ExportTable], context: Context) -> None:
    """Describe the tables of a folder that was just written, with size and hash of every file."""
    resources = [_resource(folder, form, table) for table in tables]
    package = {
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "name": "deconflict-export",
        "title": "Incidents and who says what about them",
        "description": LICENCE_NOTE,
        "deconflict": {
            "export": 1,
            "after_change_id": context.scope.after_change_id,
            "last_change_id": context.last_change_id,
            "country": context.scope.country,
            "known_at": instant(context.known_at) if context.known_at else None,
        },
        "resources": resources,
    }
    (folder / NAME).write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")


def is_export(folder: Path) -> bool:
    """Whether a folder holds an earlier export of ours, which a new one may replace."""
    try:
        return "deconflict" in json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return False


def _resource(folder: Path, form: str, table: ExportTable) -> dict[str, object]:
    paths = sorted(folder.glob(f"{table.name}.{form}")) + sorted(folder.glob(f"{table.name}/**/*.{form}"))
    names = [path.relative_to(folder).as_posix() for path in paths]
    made: dict[str, object] = {
        "name": table.name.replace("_", "-"),
        "path": names[0] if len(names) == 1 else names,
        "description": table.comment,
        "format": form,
        "encoding": "utf-8",
        "bytes": sum(path.stat().st_size for path in paths),
    }
    if form == "csv":
        made |= {"profile": "tabular-data-resource", "mediatype": "text/csv", "hash": _hash(paths[0])}
    schema: dict[str, object] = {"fields": [_field(column) for column in table.columns]}
    if table.name in KEYS:
        schema["primaryKey"] = KEYS[table.name]
    return {**made, "schema": schema}


def _field(column: ExportColumn) -> dict[str, str]:
    made = {"name": column.name, "type": _TYPES[column.data_type], "description": column.comment}
    return {**made, "format": "any"} if made["type"] == "datetime" else made  # some instants have fractions of a second


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
    return f"sha256:{digest.hexdigest()}"
