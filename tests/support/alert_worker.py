"""A process that sends what is due, to be killed: `python alert_worker.py HOME HOURS`; addresses by the environment."""

# ruff: noqa: T201 - a program that talks to the test that starts it

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from warehouse_world import at  # noqa: E402 - after the path is set

from interfaces.alerts.deliver import run_alerts  # noqa: E402
from interfaces.alerts.rules import load_rules  # noqa: E402
from model.settings import Settings  # noqa: E402


def main() -> None:
    """Send once."""
    home = Path(sys.argv[1])
    settings = Settings(home=home, alerts=home / "alerts.toml", site_url="https://news.example")
    print("ready", flush=True)
    print(run_alerts(settings, load_rules(settings.alerts), at(float(sys.argv[2])), os.environ).line, flush=True)


if __name__ == "__main__":
    main()
