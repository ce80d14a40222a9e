"""Incidents and news of them, for the tests of the decider; no warehouse is needed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from warehouse.outbox import News
from warehouse.rows import IncidentRow

NOW = datetime(2018, 2, 8, 6, tzinfo=UTC)


def incident(incident_id: str = "inc_a", **facts: object) -> IncidentRow:
    fields: dict[str, object] = {
        "incident_id": incident_id, "event_type": "battle", "event_subtype": None, "date_start": date(2018, 2, 7),
        "date_end": date(2018, 2, 7), "date_precision": "day", "place_name": "Khushām", "place_id": 173334,
        "admin1": "Dayr az Zawr", "country_code": "SY", "lat": 35.3, "lon": 40.29, "place_precision": "town",
        "actors": ("Syrian Democratic Forces", "Syria armed forces"), "killed_low": 20, "killed_best": 21,
        "killed_high": 100, "injured_low": None, "injured_best": None, "injured_high": None, "n_articles": 3,
        "n_outlets": 3, "n_origins": 2, "status": "new", "headline": "Clash", "first_published_at": NOW,
        "detected_at": NOW, "updated_at": NOW, "confidence_0_1": 0.9, "merged_into": None,
    }  # fmt: skip
    return IncidentRow(**(fields | facts))  # type: ignore[arg-type]


def news(row: IncidentRow | None = None, revision: int = 1, **facts: object) -> News:
    fields: dict[str, object] = {
        "last_change_id": 10, "run_kinds": frozenset({"monitor"}), "newest_published_at": NOW, "family": (),
        "is_gone": False,
    }  # fmt: skip
    return News(row or incident(), revision, **(fields | facts))  # type: ignore[arg-type]
