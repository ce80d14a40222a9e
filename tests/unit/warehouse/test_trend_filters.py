"""What narrows a trend, and where vague days are counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from small_record import Record, world

from warehouse import open_writer

NOW = datetime(2018, 12, 31, 12, tzinfo=UTC)
INCIDENTS = (
    # country, admin1, event_type, actors, day, precision, killed, injured
    ("SY", "Homs", "battle", ["Wagner Group", "SDF"], date(2018, 2, 7), "day", 5, 1),
    ("SY", "Idlib", "air_strike", ["SDF"], date(2018, 2, 8), "days", None, 2),
    ("UA", "Donetsk", "battle", ["Wagner Group"], date(2018, 2, 9), "week", 7, None),
    ("UA", None, "battle", [], date(2018, 2, 1), "month", 1, 1),
    (None, None, "other", [], date(2018, 1, 1), "year", 100, 100),
)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Five incidents, and an article on each of four days."""
    with open_writer(tmp_path_factory.mktemp("record") / "w.duckdb") as writer, world(writer._con) as made:
        made.run(1, NOW)
        for i, (country, admin1, event_type, actors, day, precision, killed, injured) in enumerate(INCIDENTS):
            made.put(
                "incident_version",
                {"version_no": i, "incident_id": f"inc_{i}", "run_no": 1, "country_code": country, "admin1": admin1,
                 "event_type": event_type, "actors": actors, "date_start": day, "date_end": day,
                 "date_precision": precision, "killed_best": killed, "injured_best": injured, "detected_at": NOW},
            )  # fmt: skip
        for i, month in enumerate((1, 2, 2, 3)):
            seen = {"published_at": datetime(2018, month, 6, tzinfo=UTC), "outlet": "An outlet", "run_no": 1}
            made.put("article", {"article_no": i, "article_id": f"art_{i}", **seen})
        made.fold()
        yield made


def february(record: Record, narrowed: str) -> Any:
    names = "n_incidents, killed_best, injured_best, incidents_per_1000_articles"
    ((row),) = record.columns(names, f"pub.trend(by := 'month'{narrowed}) WHERE period_start = '2018-02-01'")
    return row


@pytest.mark.parametrize(
    ("narrowed", "answer"),
    [
        ("", (4, 13, 4, 2000.0)),
        (", country := 'SY'", (2, 5, 3, 1000.0)),
        (", country := 'SY', admin1 := 'Idlib'", (1, 0, 2, 500.0)),
        (", event_type := 'battle'", (3, 13, 2, 1500.0)),
        (", actor := 'Wagner Group'", (2, 12, 1, 1000.0)),
        (", actor := 'Wagner'", (0, 0, 0, 0.0)),  # a name is a name, not a part of one
        (", country := 'ML'", (0, 0, 0, 0.0)),  # watched, and nothing happened
    ],
)
def test_what_narrows_a_trend(record: Record, narrowed: str, answer: tuple[float, ...]) -> None:
    assert february(record, narrowed) == answer


@pytest.mark.parametrize(
    ("by", "n_told"),
    [("day", 2), ("week", 3), ("month", 4), ("quarter", 4), ("year", 4)],  # a year is no moment in any of them
)
def test_a_day_vaguer_than_the_period_is_left_out(record: Record, by: str, n_told: int) -> None:
    assert record.columns("sum(n_incidents)", f"pub.trend(by := '{by}')") == [(n_told,)]


def test_vague_days_were_detected_all_the_same(record: Record) -> None:
    assert record.columns("sum(n_incidents)", "pub.trend(by := 'day', clock := 'detected')") == [(5,)]


def test_the_rolling_mean_takes_what_is_known_of_four_periods(record: Record) -> None:
    found = record.columns(
        "n_incidents, rolling_mean_4",
        "pub.trend(by := 'month', since := DATE '2018-01-01', until := DATE '2018-06-30')",
    )
    # Nobody watched from April on; January to March have 0, 4 and 0.
    assert found == [(0, 0.0), (4, 2.0), (0, 4 / 3), (None, 4 / 3), (None, 2.0), (None, 0.0)]
