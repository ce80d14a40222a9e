"""The deployments of `prefect.yaml`, read for Prefect's client; flows are named by module, so no folder is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from model.errors import ConfigError

FILE = "prefect.yaml"  # beside this module; `prefect deploy` reads it as well


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deployment. `interval` is null for one that is started by hand; `entrypoint` is `module.function`."""

    name: str
    flow_name: str
    entrypoint: str
    description: str
    pool: str
    interval: timedelta | None
    anchor: datetime | None
    max_runs: int
    on_collision: str


def read_deployments(text: str | None = None) -> tuple[Deployment, ...]:
    """Read the deployments that come with the package, or those of a text in its form.

    Raises:
        ConfigError: a key is missing or of another kind; the deployment is named.
    """
    import yaml  # type: ignore[import-untyped]  # Prefect brings it

    found = yaml.safe_load(text if text is not None else files("flows").joinpath(FILE).read_text("utf-8"))
    return tuple(_deployment(one) for one in found["deployments"])


def _deployment(one: dict[str, Any]) -> Deployment:
    try:
        path, _, function = one["entrypoint"].partition(":")
        schedule = next(iter(one["schedules"]), None)
        limit = one["concurrency_limit"]
        return Deployment(
            name=one["name"],
            flow_name=function,
            entrypoint=".".join([*PurePath(path).with_suffix("").parts, function]),
            description=one["description"],
            pool=one["work_pool"]["name"],
            interval=timedelta(seconds=schedule["interval"]) if schedule else None,
            anchor=datetime.fromisoformat(schedule["anchor_date"]) if schedule else None,
            max_runs=int(limit["limit"]),
            on_collision=limit["collision_strategy"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        name = one.get("name", "?") if isinstance(one, dict) else "?"
        raise ConfigError(f"{FILE}: deployment {name}: {error!r}", next_step="mend the file") from error
