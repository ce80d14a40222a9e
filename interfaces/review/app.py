"""The application: who may ask, and what a form does.

It writes for a person, so nobody else may make it write. Specification:

- It listens on the loopback address only; a request must name it so (`Host`), which ends DNS rebinding.
- The address that is printed at the start holds a one-time token. It is exchanged once for a cookie (HttpOnly,
  SameSite=Strict) and is worth nothing afterwards; without the cookie every answer is 403.
- A form must come from our own page: its `Origin`, its `Sec-Fetch-Site` where the browser says it, and a token in it
  that only our page can know, made from the cookie by a keyed hash.
- Nothing but our own style is loaded, no script runs, nobody may frame the page (Content-Security-Policy).

A decision goes into the inbox (`pipeline.inbox`); the private file is never opened.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from interfaces.review.pages import STYLE, review_page
from model.errors import DeconflictError
from model.settings import Settings
from pipeline.inbox import Queued, queue

COOKIE = "deconflict_review"
MAX_FORM_BYTES = 20_000  # a name, a note and two ids; more is no form of ours
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with no-referrer browsers send `Origin: null` with a form
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SAID = {"queued": "Noted; the next run applies it.", "again": "That was noted already.", "skipped": "Skipped."}


@dataclass(slots=True)
class Desk:
    """One sitting: where it listens, its secrets, and the clock. `token` is empty once it was used."""

    settings: Settings
    hosts: frozenset[str]
    now: Callable[[], datetime]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def form_token(self) -> str:
        """The token of the forms of this sitting."""
        return hmac.digest(self.session.encode(), b"form", "sha256").hex()

    def refusal(self, request: Request) -> str | None:
        """Say why a request is refused; null where it may pass."""
        if request.headers.get("host", "") not in self.hosts:
            return "this page has another address"
        if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return "another site asked for this"
        if request.method == "POST" and request.headers.get("origin") != f"http://{request.headers['host']}":
            return "another page sent this form"
        given = request.cookies.get(COOKIE, "")
        is_first = request.url.path == "/" and request.method == "GET" and "token" in request.query_params
        if not is_first and not hmac.compare_digest(given.encode(), self.session.encode()):
            return "open the address that deconflict review serve printed"
        return None


def make_app(desk: Desk) -> Starlette:
    """Make the application of one sitting."""

    async def show(request: Request) -> Response:
        if "token" in request.query_params:
            return _enter(desk, request.query_params["token"])
        number = _number(request.query_params.get("n", "1"))
        said = SAID.get(request.query_params.get("said", ""), "")
        by = request.query_params.get("by", "")[:200]
        make = lambda: review_page(desk.settings, number, form_token=desk.form_token, by=by, said=said)  # noqa: E731 - for the thread
        return HTMLResponse(await run_in_threadpool(make))

    async def decide(request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_FORM_BYTES:
                return PlainTextResponse("this is no form of ours\n", 413)
        form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        if not hmac.compare_digest(form.get("token", "").encode(), desk.form_token.encode()):
            return PlainTextResponse("this form is of another sitting; load the page again\n", 403)
        return await run_in_threadpool(_decide, desk, form)

    async def style(request: Request) -> Response:
        del request
        return Response(STYLE, media_type="text/css")

    routes = [Route("/", show), Route("/decide", decide, methods=["POST"]), Route("/review.css", style)]
    app = Starlette(routes=routes, exception_handlers={DeconflictError: _failed})
    app.add_middleware(BaseHTTPMiddleware, dispatch=_guard(desk))
    return app


def _guard(desk: Desk) -> Callable[[Request, RequestResponseEndpoint], Awaitable[Response]]:
    """Refuse what may not pass, and give every answer the headers."""

    async def guard(request: Request, call: RequestResponseEndpoint) -> Response:
        why = desk.refusal(request)
        answer = PlainTextResponse(f"refused: {why}\n", 403) if why else await call(request)
        answer.headers.update(HEADERS)
        return answer

    return guard


def _enter(desk: Desk, token: str) -> Response:
    """Exchange the one-time token for the cookie of the sitting."""
    if not desk.token or not hmac.compare_digest(token.encode(), desk.token.encode()):
        return PlainTextResponse("refused: this token was used, or is none; start review serve again\n", 403)
    desk.token = ""
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, desk.session, httponly=True, samesite="strict")
    return answer


def _decide(desk: Desk, form: dict[str, str]) -> Response:
    """Queue one word, or pass over the question, and show the next."""
    number, by = _number(form.get("number", "1")), form.get("by", "").strip()
    verdict = form.get("verdict")
    if verdict == "skip":
        return RedirectResponse(f"/?n={number + 1}&said=skipped&by={quote(by)}", 303)
    if verdict not in ("same", "different"):
        return PlainTextResponse("a verdict is same, different or skip\n", 400)
    word = Queued(
        form.get("left", ""), form.get("right", ""), verdict == "same", by, desk.now(), form.get("note", "").strip()
    )
    is_new = queue(desk.settings.inbox_path, word)
    return RedirectResponse(f"/?n={number}&said={'queued' if is_new else 'again'}&by={quote(by)}", 303)


async def _failed(request: Request, error: Exception) -> Response:
    del request
    return PlainTextResponse(f"{error}\n", 400, HEADERS)


def _number(text: str) -> int:
    return min(max(int(text), 1), 10_000) if text.isdecimal() and len(text) < 8 else 1
