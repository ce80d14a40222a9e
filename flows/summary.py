"""What a run did, as Prefect's pages show it."""

from __future__ import annotations

from interfaces.fact_line import fact_line
from model.settings import Settings
from pipeline.monitor import RunSummary
from warehouse import open_snapshot


def summary_page(summary: RunSummary) -> str:
    """Write a run's summary as Markdown."""
    added = "\n".join(f"| {table} | {n} |" for table, n in sorted(summary.appended.n_rows.items()) if n)
    return (
        f"# {summary.n_opened} new incidents\n\n{summary.line}.\n\n"
        f"Run `{summary.run_id}`, as of {summary.now.isoformat()}.\n\n"
        f"| rows added to | number |\n|---|---|\n{added}\n"
    )


def incident_rows(settings: Settings, summary: RunSummary) -> list[dict[str, object]]:
    """List the incidents that a run opened, as readers of the snapshot see them; empty where it opened none."""
    if not summary.opened:
        return []
    with open_snapshot(settings.snapshot_path) as reader:
        found = reader.incidents(summary.opened)
    return [
        {
            "incident": row.incident_id,
            "type": row.event_type,
            "from": str(row.date_start or ""),
            "to": str(row.date_end or ""),
            "place": row.place_name or "",
            "country": row.country_code or "",
            "killed": row.killed_best,
            "injured": row.injured_best,
            "outlets": row.n_outlets,
            "headline": fact_line(row),
        }
        for row in found
    ]
