"""Every form of export of the small awkward warehouse, as the bytes that the golden files hold.

Regenerate them all, then read the difference before you commit it:

    python tests/support/export_golden.py
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import duckdb
from export_world import build_warehouse

from interfaces.exports.write import FORMS, export_to
from warehouse.export import Scope

FOLDER = Path(__file__).parents[1] / "golden" / "interfaces" / "exports"
SUFFIXES = {
    "ndjson": "ndjson",
    "geojson": "geojson",
    "acled": "csv",
    "ucdp": "csv",
    "mentions": "csv",
    "plover": "jsonl",
    "stix": "json",
}


def export_all(work: Path) -> dict[str, bytes]:
    """Build the warehouse under `work`, export it in every form; returns the files by their golden names."""
    build_warehouse(work)
    snapshot = work / "published" / "incidents.duckdb"
    for form in FORMS:
        export_to(snapshot, form, work / f"{form}.{SUFFIXES[form]}", Scope())
    export_to(snapshot, "csv", work / "csv", Scope())
    export_to(snapshot, "parquet", work / "parquet", Scope())
    kept = {f"{form}.{suffix}" for form, suffix in SUFFIXES.items()} | {"acled.csv.withdrawn.csv"}
    made = {name: (work / name).read_bytes() for name in kept}
    made |= {f"csv/{path.name}": path.read_bytes() for path in (work / "csv").iterdir()}
    made["parquet.txt"] = describe_parquet(work / "parquet").encode("utf-8")
    return made


def describe_parquet(folder: Path) -> str:
    """Tell everything that Parquet files hold but the bytes that a newer DuckDB may lay out in another way."""
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    lines = []
    for path in sorted(folder.rglob("*.parquet")):
        lines.append(f"== {path.relative_to(folder).as_posix()}")
        schema = con.execute("SELECT name, type, converted_type FROM parquet_schema($p) ORDER BY ALL", {"p": str(path)})
        lines += [f"column {name}: {kind} {converted}" for name, kind, converted in schema.fetchall()]
        packed = con.execute("SELECT DISTINCT compression FROM parquet_metadata($p)", {"p": str(path)}).fetchall()
        lines.append(f"compression {packed}")
        metadata = con.execute(
            "SELECT decode(key), decode(value) FROM parquet_kv_metadata($p) ORDER BY ALL", {"p": str(path)}
        )
        lines += [f"metadata {key}: {value}" for key, value in metadata.fetchall()]
        rows = con.execute("FROM read_parquet($p, hive_partitioning := false)", {"p": str(path)}).fetchall()
        lines += [json.dumps(row, ensure_ascii=False, default=str) for row in rows]
    con.close()
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write all golden files anew."""
    with tempfile.TemporaryDirectory() as work:
        made = export_all(Path(work))
    for old in FOLDER.rglob("*.*"):
        old.unlink()
    for name, content in made.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
