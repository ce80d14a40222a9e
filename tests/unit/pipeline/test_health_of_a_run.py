"""A run fails when many of all feeds fail, and never for one dead feed."""

from datetime import UTC, datetime, timedelta

import pytest

from model.feed import FeedStatus, Outcome
from pipeline.health import LEAST_FAILING, fault_of
from pipeline.monitor import FeedResult
from warehouse.rows import FeedHealthRow

NOW = datetime(2026, 5, 1, tzinfo=UTC)
LATELY, LONG_AGO = NOW - timedelta(hours=2), NOW - timedelta(days=30)


def feed(number: int, *, failures: float = 0.0, success: datetime | None = LATELY, outcome: str = "timeout"):
    last = outcome if failures else "ok"
    return FeedHealthRow(
        f"f{number}", "O", "https://o.example", "x", NOW, success, NOW, last, None, failures, NOW, "x", 1
    )


def told(n: int, status: FeedStatus = FeedStatus.FAILING) -> list[FeedResult]:
    return [FeedResult(f"f{i}", status, Outcome.TIMEOUT, None, None, "late") for i in range(n)]


def some(n_bad: int, n_all: int, **facts):
    return [feed(i, **({"failures": 1.0} | facts if i < n_bad else {})) for i in range(n_all)]


@pytest.mark.parametrize("n_polled", [1, 4])
def test_a_run_that_polled_dead_feeds_only_is_no_failure(n_polled: int) -> None:
    assert fault_of(told(n_polled), some(n_polled, 200), NOW, 0.5) is None
    assert fault_of(told(n_polled), some(n_polled, n_polled), NOW, 0.5) is None  # a short list: its reader judges


def test_many_of_all_feeds_are_a_failure_whoever_was_polled() -> None:
    assert fault_of(told(1), some(150, 200), NOW, 0.5) == "150 of 200 feeds failed"
    assert fault_of((), some(100, 200), NOW, 0.5) is None
    assert fault_of((), some(LEAST_FAILING, LEAST_FAILING), NOW, 0.5) is not None


@pytest.mark.parametrize(
    "facts", [{"success": LONG_AGO}, {"outcome": "robots"}, {"outcome": "rate_limited"}, {"outcome": "refused_address"}]
)
def test_feeds_that_refuse_us_or_are_dead_for_weeks_are_told_and_fail_nothing(facts: dict[str, object]) -> None:
    assert fault_of(told(9), some(150, 200, **facts), NOW, 0.5) is None


def test_a_machine_that_is_offline_says_so() -> None:
    found = fault_of(told(9, FeedStatus.OFFLINE), some(0, 200), NOW, 0.5)
    assert found == "none of 9 feeds could be reached: this machine is offline"
    assert fault_of(told(2, FeedStatus.OFFLINE), some(0, 200), NOW, 0.5) is None
