"""`deconflict up` goes on when its worker is killed and when somebody removes HOME/prefect, and says what it does."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LONGEST_S = 300.0
pytestmark = pytest.mark.server


class Up:
    """The process, what it has said, and a reader that waits for words."""

    def __init__(self, process: subprocess.Popen[str], home: Path) -> None:
        self.process, self.home, self.said = process, home, ""

    def until(self, words: str) -> str:
        """Read lines up to one that has the words."""
        for line in iter(self.process.stdout.readline, ""):
            self.said += line
            if words in line:
                return line
        raise AssertionError(f"it ended without {words!r}: {self.said}")


@pytest.fixture
def going(tmp_path: Path, marked) -> Iterator[Up]:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[feeds.dead]\nurl = "http://127.0.0.1:9/feed.xml"\noutlet = "Dead"\n', "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    home = tmp_path / "home"
    environ = {name: value for name, value in marked.environ.items() if not name.startswith("DECONFLICT_H")}
    environ |= {"DECONFLICT_HOME": str(home), "DECONFLICT_FEEDS": str(feeds), "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "interfaces.cli", "up", "--port", str(port)]
    with subprocess.Popen(words, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, text=True) as process:
        watchdog = threading.Timer(LONGEST_S, process.kill)
        watchdog.start()
        yield Up(process, home)
        process.send_signal(signal.SIGTERM)
        process.stdout.read()
        process.wait(90)
        watchdog.cancel()


def test_it_goes_on_and_says_why(going: Up, marked) -> None:
    going.until("Runs are scheduled")
    assert "0 ok, 0 quiet, 1 failing" in going.until("after")  # the run that one dead feed does not fail
    worker = next(one for one in marked_pids(marked) if "flows.worker" in one[1])
    os.kill(worker[0], signal.SIGKILL)
    assert "ended with code -9" in going.until("The worker ended")
    going.until("The worker is started again")

    shutil.rmtree(going.home / "prefect")
    going.until("was removed; beginning again")
    going.until("Runs are scheduled")
    secret = going.home / "prefect" / "api.secret"
    assert secret.stat().st_mode & 0o777 == 0o600

    going.process.send_signal(signal.SIGINT)
    going.until("SIGINT heard")
    going.process.stdout.read()
    assert going.process.wait(90) == 0
    assert marked.processes() == []


def marked_pids(marked) -> list[tuple[int, str]]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        words = marked._words(folder)
        if words:
            found.append((int(folder.name), words))
    return found
