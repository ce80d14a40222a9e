"""`deconflict up`: runs on schedule until Ctrl-C."""

from __future__ import annotations

from model.errors import ConfigError
from model.settings import load_settings

PORT = 4200  # Prefect's usual one


def up(*, interval: int | None = None, port: int = PORT) -> None:
    """Run on schedule until Ctrl-C: Prefect's server, its deployments and one worker; then nothing is left.

    Args:
        interval: Seconds between runs; default: 300, as prefect.yaml says.
        port: Of Prefect's server and pages on this machine.
    """
    if interval is not None and interval < 1:
        raise ConfigError("an interval is at least one second", next_step="give --interval SECONDS")
    from flows.up import up as run_until_stopped

    run_until_stopped(load_settings(), port, interval)
