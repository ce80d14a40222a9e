"""Serve the review page on loopback until interrupted."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime

from interfaces.review.app import Desk, make_app
from model.errors import TransientError
from model.settings import Settings

HOST = "127.0.0.1"


def serve_review(
    settings: Settings, port: int, on_start: Callable[[str], None], now: Callable[[], datetime] | None = None
) -> None:
    """Serve until interrupted.

    Args:
        settings: Where the snapshot and the inbox are.
        port: Of 127.0.0.1; 0 takes a free one.
        on_start: Told the address with its one-time token, once.
        now: The clock that decisions are dated by.

    Raises:
        TransientError: the port is taken.
    """
    import uvicorn

    try:
        listener = socket.create_server((HOST, port))
    except OSError as error:
        raise TransientError(f"port {port} of {HOST}: {error.strerror}", next_step="choose another --port") from error
    with listener:
        taken = listener.getsockname()[1]
        hosts = frozenset({f"{HOST}:{taken}", f"localhost:{taken}"})
        desk = Desk(settings, hosts, now or (lambda: datetime.now(UTC)))
        on_start(f"http://{HOST}:{taken}/?token={desk.token}")
        config = uvicorn.Config(make_app(desk), log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listener])
