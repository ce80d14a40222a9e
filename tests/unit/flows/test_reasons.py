"""Expected failures are one line in the log; the unexpected keeps its traceback."""

import logging

import pytest

from flows.reasons import FLOWS, TASKS, in_one_line
from model.errors import WarehouseError


def clear() -> None:
    for name in (FLOWS, TASKS):
        log = logging.getLogger(name)
        for one in list(log.filters):
            log.removeFilter(one)


@pytest.fixture
def logs(caplog):
    clear()  # a flow that ran in this process has left its own
    yield caplog
    clear()


def fail(name: str, error: Exception) -> None:
    log = logging.getLogger(name)
    log.propagate = True
    try:
        raise error  # noqa: TRY301 - as Prefect does
    except Exception:
        log.exception("Encountered exception during execution: %r", error)


@pytest.mark.parametrize(("is_told", "n_lines"), [(False, 1), (True, 0)])
def test_an_error_of_ours_is_one_line_of_the_flow(logs, is_told, n_lines) -> None:
    in_one_line(is_reported=is_told)
    in_one_line()  # the second time changes nothing
    error = WarehouseError("disk full", next_step="free some space")
    fail(TASKS, error)
    fail(FLOWS, error)
    assert [record.getMessage() for record in logs.records] == ["disk full; free some space"] * n_lines
    assert not any(record.exc_info for record in logs.records)
    assert "Traceback" not in logs.text


def test_what_is_not_expected_keeps_its_traceback(logs) -> None:
    in_one_line(is_reported=True)
    fail(FLOWS, ZeroDivisionError("by zero"))
    assert "Traceback" in logs.text
