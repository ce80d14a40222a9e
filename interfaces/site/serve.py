"""Serve the site on loopback, read-only, with the headers that the pages ask for in their meta tags, and more."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from interfaces.site.render import CONTENT_SECURITY_POLICY
from model.errors import TransientError

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
# A page of another site must not reach us by a name that it lets resolve to 127.0.0.1.
HOSTS = ["127.0.0.1", "localhost"]
HEADERS = {
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",  # asked again each time, and answered by 304 where nothing changed
}


class _Guarded:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    *((name.lower().encode(), value.encode()) for name, value in HEADERS.items()),
                ]
            await send(message)

        await self._app(scope, receive, send_guarded)


def make_app(folder: Path) -> Starlette:
    """Make the application: files of the folder, hidden ones left out, nothing else.

    Nothing is compressed: on loopback that saves no time, and to compress the first page took 40 ms.
    """
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.responses import Response
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    class Pages(StaticFiles):
        """The site's files; the list of what was built and other hidden files are not among its pages."""

        async def get_response(self, path: str, scope: Scope) -> Response:
            if any(part.startswith(".") and part != "." for part in Path(path).parts):
                raise HTTPException(404)
            return await super().get_response(path, scope)

    return Starlette(
        routes=[Mount("/", Pages(directory=folder, html=True))],
        middleware=[
            Middleware(_Guarded),
            Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS),
        ],
    )


def serve_site(folder: Path, port: int, on_start: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Raises:
        TransientError: somebody else has the port.
    """
    import uvicorn

    try:
        listener = socket.create_server((HOST, port))
    except OSError as error:
        raise TransientError(f"port {port} of {HOST}: {error.strerror}", next_step="choose another --port") from error
    with listener:
        config = uvicorn.Config(
            make_app(folder), lifespan="off", log_level="warning", access_log=False, server_header=False
        )
        on_start(f"http://{HOST}:{listener.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listener])
