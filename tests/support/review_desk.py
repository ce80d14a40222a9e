"""The review page as its own process, on a warehouse whose every text is hostile; and the run that comes after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from cli_world import NOW, build_hostile

from model.settings import Settings
from pipeline.monitor import Concluded, Monitor
from warehouse import open_snapshot

LATER = NOW + timedelta(days=1)


def hostile_home(home: Path) -> Settings:
    """Make a home with one question in doubt, about two incidents."""
    build_hostile(home)
    (home / "feeds.toml").write_text('[feeds.a]\nurl = "https://a.example/rss"\noutlet = "A"\n', "utf-8")
    return Settings(home=home, feeds=home / "feeds.toml")


@contextmanager
def serving_desk(settings: Settings) -> Iterator[str]:
    """Run `deconflict review serve`; gives the address that it printed, with its one-time token."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by a shell's background job, and so by a child
    command = [sys.executable, "-m", "interfaces.cli", "review", "serve", "--port", "0", "--now", LATER.isoformat()]
    environment = os.environ | {"DECONFLICT_HOME": str(settings.home)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        entrance = process.stdout.readline().strip()
        try:
            yield entrance
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
    assert process.returncode == 130


def next_run(settings: Settings, hours: int):
    """A run in which no feed is due; returns its summary and its issues."""
    stages = Monitor(settings, LATER + timedelta(hours=hours))
    summary = stages.append(Concluded((), (), (), (), 0), (), ())
    stages.publish()
    with open_snapshot(settings.snapshot_path) as reader:
        return summary, reader.issues_of(summary.run_id)
