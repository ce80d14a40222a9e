"""Serve the site on loopback, read-only, with the headers that the pages ask for in their meta tags, and more."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from interfaces.site.render import ASSETS, CONTENT_SECURITY_POLICY
from model.errors import TransientError

if TYPE_CHECKING:
    import os

    from _typeshed import StrPath
    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
# A page of another site must not reach us by a name that it lets resolve to 127.0.0.1.
HOSTS = ["127.0.0.1", "localhost"]
# No Cross-Origin-Opener-Policy: it makes the browser start another process for the first page, 20 to 44 ms of its
# paint, and shields what has a state; these pages have none, open no window, and no other origin can read them.
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_ASKED_AGAIN = "no-cache"  # each time, and answered by 304 where nothing changed
_KEPT = "public, max-age=31536000, immutable"  # the name of an asset holds its hash
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"<>\r\n]*)">')
_HEAD_BYTES = 1_000  # of a page: its policy stands in the first 500


def policy_of(path: Path) -> str:
    """Return the policy that a page names for itself, or, for what names none, the one that allows no style within it.

    An older build's pages may hold another style than this code's: each is told by its own page, which nobody but the
    build writes.
    """
    found = None
    if path.suffix == ".html":
        with path.open("rb") as page:
            found = _POLICY.search(page.read(_HEAD_BYTES))
    declared = unescape(found.group(1).decode("ascii")) if found else CONTENT_SECURITY_POLICY.format(style="")
    return f"{declared}; frame-ancestors 'none'"


class _Guarded:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from starlette.datastructures import MutableHeaders

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", _ASKED_AGAIN)
                headers.setdefault("Content-Security-Policy", policy_of(Path()))
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

        def file_response(
            self, full_path: StrPath, stat_result: os.stat_result, scope: Scope, status_code: int = 200
        ) -> Response:
            """Answer with the page's own policy; also a 304, whose headers replace those that the browser kept."""
            answer = super().file_response(full_path, stat_result, scope, status_code)
            file = Path(full_path)
            answer.headers["Content-Security-Policy"] = policy_of(file)
            answer.headers["Cache-Control"] = _KEPT if file.parent.name == ASSETS else _ASKED_AGAIN
            return answer

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
