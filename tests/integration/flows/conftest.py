"""Prefect's environment for this process, settled before any test imports Prefect."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

SUPPORT = str(Path(__file__).parents[2] / "support")
if SUPPORT not in sys.path:
    sys.path.insert(0, SUPPORT)


@pytest.fixture(scope="session", autouse=True)
def prefect_home() -> Iterator[Path]:
    from flows.environment import enter_environment
    from model.settings import Settings

    with tempfile.TemporaryDirectory(prefix="prefect-of-tests-", ignore_cleanup_errors=True) as folder:
        enter_environment(Settings(home=Path(folder)))
        yield Path(folder)


class Marked:
    """Processes that carry a mark in their environment, which their children inherit."""

    def __init__(self) -> None:
        self.mark = f"DECONFLICT_TEST_MARK={uuid4()}"
        dropped = ("DECONFLICT_PREFECT", "PREFECT_", "TMPDIR")  # the environment of the tests' own Prefect
        self.environ = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        self.environ |= dict([self.mark.split("=")])

    def processes(self) -> list[str]:
        return [words for folder in Path("/proc").glob("[0-9]*") if (words := self._words(folder))]

    def _words(self, folder: Path) -> str:
        try:
            if self.mark.encode() not in (folder / "environ").read_bytes():
                return ""
            return (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # it has ended meanwhile
            return ""

    def wait_for(self, condition: Callable[[], object], seconds: float = 60.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self.processes()
            time.sleep(0.2)


@pytest.fixture
def marked() -> Marked:
    if not Path("/proc/self/environ").exists():
        pytest.skip("processes are told by /proc, which this system has not")
    return Marked()
