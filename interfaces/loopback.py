"""Who may ask a server of this machine: nobody by another name, and no page of another site.

Loopback is no fence. A page that a person reads elsewhere can send requests to 127.0.0.1, and by a name of its own that
it lets resolve there (DNS rebinding) it can read the answers. The first is known by `Origin` and `Sec-Fetch-Site`,
which browsers set and pages cannot; the second by `Host`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost")
POLICY_VIOLATION = 1008  # the code with which a WebSocket is closed


def own_hosts(port: int) -> frozenset[str]:
    """The values of `Host` by which a server at a port of loopback is meant."""
    return frozenset(f"{name}:{port}" for name in NAMES)


def own_origins(port: int) -> tuple[str, ...]:
    """The origins of the server's own pages."""
    return tuple(f"http://{host}" for host in sorted(own_hosts(port)))


def port_of(address: str | None) -> int:
    """The port of an address such as `http://127.0.0.1:4200/api`; 0 where it names none."""
    return (urlsplit(address).port or 0) if address else 0


def refusal(headers: Mapping[str, str], port: int) -> str | None:
    """Say why a request is refused, or null.

    A link that a person follows from another site (`Sec-Fetch-Mode: navigate`) passes: it does nothing but show a page.

    >>> refusal({"host": "127.0.0.1:80"}, 80), refusal({"host": "evil.example:80"}, 80)
    (None, 'this server has another name')
    >>> refusal({"host": "127.0.0.1:80", "origin": "http://evil.example"}, 80)
    'a page of another site asked'
    """
    if headers.get("host", "") not in own_hosts(port):
        return "this server has another name"
    if "origin" in headers and headers["origin"] not in own_origins(port):
        return "a page of another site asked"
    if "origin" in headers or headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return None
    is_link = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return None if is_link else "a page of another site asked"


class OwnPagesOnly:
    """ASGI middleware that answers 403 to what `refusal` refuses, and closes such WebSockets."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app, self._port = app, port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        why = refusal(headers, self._port)
        if why is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            head = [(b"content-type", b"text/plain; charset=utf-8")]
            await send({"type": "http.response.start", "status": 403, "headers": head})
            await send({"type": "http.response.body", "body": f"refused: {why}\n".encode()})
