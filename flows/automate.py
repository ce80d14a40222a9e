"""Apply the automations of this repository to the server of `deconflict up`, or to the one that PREFECT_API_URL names.

    python -m flows.automate --block slack-webhook/desk

Each is made, or brought up to date where one of its name is there: twice is once. The block is Prefect's own name for
where a notification goes; a person makes it in Prefect's pages, and its address is in no file of ours.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from flows.environment import enter_environment, server_of
from model.errors import ConfigError, DeconflictError
from model.settings import load_settings

if TYPE_CHECKING:
    from prefect.events.schemas.automations import AutomationCore

FOLDER = Path(__file__).parent / "automations"
NO_BLOCK = str(UUID(int=0))  # what the files have in its place


def main(arguments: Sequence[str] | None = None) -> int:
    """Apply all automations; returns 0, or 2 where the block or the server is not there."""
    parser = argparse.ArgumentParser(prog="automate", description="Apply the automations of flows/automations.")
    parser.add_argument("--block", required=True, help="TYPE/NAME of a notification block, such as slack-webhook/desk")
    try:
        settings = load_settings()
        enter_environment(settings, server_of(settings))
        for name in apply(parser.parse_args(arguments).block):
            sys.stdout.write(f"{name}\n")
    except DeconflictError as error:
        sys.stderr.write(f"automate: {error}\n")
        return 2
    return 0


def apply(block: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """Make or update the automations of a folder, with the notification block `type/name`; returns their names.

    Raises:
        ConfigError: there is no such block.
    """
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound

    kind, _, name = block.partition("/")
    with get_client(sync_client=True) as client:
        try:
            block_id = str(client.read_block_document_by_name(name, kind, include_secrets=False).id)
        except ObjectNotFound as error:
            raise ConfigError(
                f"there is no block {block}", unchanged="nothing was applied", next_step="make it in Prefect's pages"
            ) from error
        automations = [read_automation(path, block_id) for path in sorted(folder.glob("*.yaml"))]
        for automation in automations:
            there = client.read_automations_by_name(automation.name)
            if there:
                client.update_automation(there[0].id, automation)
            else:
                client.create_automation(automation)
    return tuple(automation.name for automation in automations)


def read_automation(path: Path, block_id: str) -> AutomationCore:
    """Read one file by Prefect's own schema."""
    import yaml  # type: ignore[import-untyped]  # Prefect brings it
    from prefect.events.schemas.automations import AutomationCore

    return AutomationCore.model_validate(yaml.safe_load(path.read_text("utf-8").replace(NO_BLOCK, block_id)))


if __name__ == "__main__":
    sys.exit(main())
