"""What holds for every test."""

from collections.abc import Generator, Iterator
from typing import Any

import pytest
import pytest_randomly
from hypothesis import HealthCheck, settings

from warehouse import open_writer

# How long an example takes says how busy the machine is, and nothing of the code.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# thinc, which spaCy brings, registers a seeder of its own that refuses most seeds of pytest-randomly
pytest_randomly.entrypoint_reseeds = []


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The connection of a warehouse without a row, for worlds of rows (`support/small_record.py`)."""
    with open_writer(tmp_path_factory.mktemp("record") / "w.duckdb") as writer:
        yield writer._con


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Escape lone surrogates in the text of a failure, which a worker of pytest-xdist could not send otherwise."""
    report = yield
    if report.failed and not str(report.longrepr).isascii():
        report.longrepr = str(report.longrepr).encode("utf-8", "backslashreplace").decode("utf-8")
    return report
