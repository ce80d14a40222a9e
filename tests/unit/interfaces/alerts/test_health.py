"""Which feeds are told of as dying."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from interfaces.alerts.health import dying_feeds
from warehouse.rows import FeedHealthRow

NOW = datetime(2018, 2, 8, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("health", "hours_since_success", "n_failures", "asked_ago_h", "is_told"),
    [
        ("failing", 25, 3.0, 0, True),
        ("failing", 23, 9.0, 0, False),
        ("failing", 25, 3.0, 1, False),  # not asked in this run: told when it was
        ("healthy", 25, 0.0, 0, False),
        ("never_answered", None, 5.0, 0, True),
        ("never_answered", None, 4.0, 0, False),
        ("never_polled", None, 0.0, None, False),
    ],
)
def test_a_feed_dies_after_a_day_of_failures(
    health: str, hours_since_success: float | None, n_failures: float, asked_ago_h: float | None, is_told: bool
) -> None:
    success = None if hours_since_success is None else NOW - timedelta(hours=hours_since_success)
    asked = None if asked_ago_h is None else NOW - timedelta(hours=asked_ago_h)
    row = FeedHealthRow("f", "F", "https://f", health, asked, success, None, "timeout", "x", n_failures, None, None, 0)
    assert dying_feeds([row], NOW) == ((row,) if is_told else ())
