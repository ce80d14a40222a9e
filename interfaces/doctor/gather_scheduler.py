"""Ask Prefect's server, as `deconflict up` runs it, over its HTTP interface: importing Prefect would take seconds."""

from __future__ import annotations

import socket
from typing import Any

from interfaces.doctor.facts import Scheduler
from model.settings import Settings
from pipeline.lock import holder_of

POOL, DEPLOYMENT = "deconflict", "monitor"  # the names in prefect.yaml
PORT = 4200  # Prefect's usual one, which `deconflict up` takes
TIMEOUT_S = 5.0  # a server that is well answers in 50 ms, one on a busy machine in a second


def gather_scheduler(settings: Settings, port: int = PORT) -> Scheduler:
    """Look whether `deconflict up` runs for this home, and if so, how its server, pool and deployment are."""
    if holder_of(settings.prefect_path / "up.lock") is None:
        return Scheduler(taken_port=port if _is_taken(port) else None)
    path = settings.prefect_path / "up.address"
    address = path.read_text("utf-8").strip() if path.exists() else ""
    if not address:
        return Scheduler(is_up=True, error="it has not started yet")
    return ask_server(address, _password(settings))


def _password(settings: Settings) -> tuple[str, str] | None:
    """The name and password for the server, or null where they cannot be read."""
    try:
        name, _, password = settings.api_secret_path.read_text("ascii").strip().partition(":")
    except (OSError, UnicodeDecodeError):
        return None
    return name, password


def ask_server(address: str, password: tuple[str, str] | None = None) -> Scheduler:
    """Ask a server for its work pool, deployment and late runs."""
    import httpx

    try:
        with httpx.Client(base_url=address, timeout=TIMEOUT_S, trust_env=False, auth=password) as client:
            client.get("health").raise_for_status()
            pools = _found(client, "work_pools/filter", {})
            deployments = _found(client, "deployments/filter", {})
            late = {"flow_runs": {"state": {"name": {"any_": ["Late"]}}}}
            answer = client.post("flow_runs/count", json=late).raise_for_status()
            return Scheduler(
                is_up=True,
                address=address,
                pool_status=next((str(p["status"] or "NOT_READY") for p in pools if p["name"] == POOL), None),
                is_paused=next((_is_paused(d) for d in deployments if d["name"] == DEPLOYMENT), None),
                n_late=int(answer.json()),
            )
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        return Scheduler(is_up=True, address=address, error=f"{type(error).__name__}: {error}".rstrip(": "))


def _found(client: Any, path: str, wanted: dict[str, Any]) -> list[dict[str, Any]]:  # noqa: ANN401 - loaded lazily
    found = client.post(path, json=wanted).raise_for_status().json()
    return [dict(one) for one in found]


def _is_paused(deployment: dict[str, Any]) -> bool:
    schedules = deployment.get("schedules") or []
    return bool(deployment.get("paused")) or not any(schedule.get("active") for schedule in schedules)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(TIMEOUT_S)
        return probe.connect_ex(("127.0.0.1", port)) == 0
