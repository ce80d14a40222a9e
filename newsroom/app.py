"""The newsroom over HTTP: feeds, pages, front pages, robots.txt, and the clock under `/_newsroom/`.

Every body has an ETag and, where something dated stands in it, Last-Modified; both are honoured. The admin paths answer
loopback clients only.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from newsroom.conditional import etag_of, http_date, is_unchanged
from newsroom.feeds import write_feed
from newsroom.feeds_file import write_feeds_file
from newsroom.pages import write_front, write_page
from newsroom.press import Newsroom, Printed

FEED_MAX_AGE_S = 60  # what many news feeds say; a poller that asks sooner is told nothing new
N_CACHED_EDITIONS = 1024  # bodies depend on outlet and edition only, so a poll of 500 feeds renders each once
HTML = "text/html; charset=utf-8"


class Body(NamedTuple):
    """A rendered answer with its validators."""

    content: bytes
    etag: str
    content_type: str
    modified_at: datetime | None


class Press:
    """Answers requests to one newsroom, whose links stand below `address` (no slash at the end)."""

    def __init__(self, newsroom: Newsroom, address: str) -> None:
        self.newsroom = newsroom
        self.address = address
        self._printed = lru_cache(N_CACHED_EDITIONS)(self._render_printed)
        self._feed = lru_cache(N_CACHED_EDITIONS)(self._render_feed)

    async def feed(self, request: Request) -> Response:
        """Answer with the feed of an outlet as of the clock."""
        desk = self.newsroom.desks.get(request.path_params["slug"])
        if desk is None or request.url.path != desk.outlet.feed_path:
            return _not_found()
        return _answer(request, self._feed(desk.outlet.slug, desk.edition(self.newsroom.now)))

    async def page(self, request: Request) -> Response:
        """Answer with an article's page, if it is printed yet."""
        desk = self.newsroom.desks.get(request.path_params["slug"])
        if desk is None:
            return _not_found()
        articles = self._printed(desk.outlet.slug, desk.edition(self.newsroom.now))
        name = request.path_params["name"]
        place = next((i for i, article in enumerate(articles) if article.name == name), None)
        if place is None:
            return _not_found()
        article = articles[place]
        content = write_page(article, articles[place + 1 :], self.address)
        return _answer(request, Body(content, etag_of(content), HTML, article.changed_at))

    async def front(self, request: Request) -> Response:
        """Answer with the front page of an outlet."""
        desk = self.newsroom.desks.get(request.path_params["slug"])
        if desk is None:
            return _not_found()
        edition = desk.edition(self.newsroom.now)
        articles = self._printed(desk.outlet.slug, edition)[: self.newsroom.n_entries]
        content = write_front(desk.outlet, articles, self.address)
        return _answer(request, Body(content, etag_of(content), HTML, desk.changed_at(edition)))

    async def robots(self, request: Request) -> Response:
        """Answer with one robots.txt for all outlets, as they share an origin."""
        del request
        outlets = [desk.outlet for desk in self.newsroom.desks.values()]
        delays = [outlet.crawl_delay_s for outlet in outlets if outlet.crawl_delay_s is not None]
        lines = ["User-agent: *", "Disallow: /_newsroom/"]
        lines += [f"Disallow: /{outlet.slug}{path}" for outlet in outlets for path in outlet.robots_disallow]
        lines += [f"Crawl-delay: {max(delays):g}"] if delays else []
        return PlainTextResponse("\n".join(lines) + "\n")

    async def feeds_file(self, request: Request) -> Response:
        """Answer with the feeds file of this newsroom."""
        refused = _refuse_strangers(request)
        outlets = [desk.outlet for desk in self.newsroom.desks.values()]
        return refused or PlainTextResponse(write_feeds_file(outlets, self.address), media_type="application/toml")

    async def clock(self, request: Request) -> Response:
        """Tell the clock; a POST of `{"now": instant}` or `{"advance_s": seconds}` moves it first."""
        refused = _refuse_strangers(request)
        if refused:
            return refused
        if request.method == "POST":
            try:
                self.newsroom.move_clock(_moved(await request.json(), self.newsroom.now))
            except (ValueError, TypeError, KeyError, OverflowError) as error:
                return PlainTextResponse(f"the clock stands: {error}\n", status_code=400)
        return JSONResponse({"now": self.newsroom.now.isoformat()})

    def _render_printed(self, slug: str, edition: int) -> tuple[Printed, ...]:
        return self.newsroom.desks[slug].printed(edition)

    def _render_feed(self, slug: str, edition: int) -> Body:
        desk = self.newsroom.desks[slug]
        changed_at = desk.changed_at(edition)
        articles = self._printed(slug, edition)[: self.newsroom.n_entries]
        content = write_feed(desk.outlet, articles, self.address, changed_at)
        return Body(content, etag_of(content), f"{desk.outlet.feed_form.media_type}; charset=utf-8", changed_at)


def make_app(newsroom: Newsroom, address: str) -> Starlette:
    """Make the ASGI application of a newsroom served at `address`."""
    press = Press(newsroom, address)
    return Starlette(
        routes=[
            Route("/robots.txt", press.robots),
            Route("/_newsroom/clock", press.clock, methods=["GET", "POST"]),
            Route("/_newsroom/feeds.toml", press.feeds_file),
            Route("/{slug}/", press.front),
            Route("/{slug}/feed.xml", press.feed),
            Route("/{slug}/feed.json", press.feed),
            Route("/{slug}/{name}.html", press.page),
        ]
    )


def _answer(request: Request, body: Body) -> Response:
    headers = {"ETag": body.etag, "Cache-Control": f"max-age={FEED_MAX_AGE_S}"}
    if body.modified_at:
        headers["Last-Modified"] = http_date(body.modified_at)
    if is_unchanged(request.headers, body.etag, body.modified_at):
        return Response(status_code=304, headers=headers)
    return Response(body.content, headers={**headers, "Content-Type": body.content_type})


def _moved(order: dict[str, str | float], now: datetime) -> datetime:
    if "advance_s" in order:
        return now + timedelta(seconds=float(order["advance_s"]))
    return datetime.fromisoformat(str(order["now"]))


def _refuse_strangers(request: Request) -> Response | None:
    """Refuse clients that are not on this machine, pages of a browser on it, and other names for it."""
    host = request.client.host if request.client else ""
    try:
        is_ours = ip_address(host).is_loopback
    except ValueError:
        is_ours = False
    is_page = "origin" in request.headers or request.headers.get("sec-fetch-site", "none") not in (
        "none",
        "same-origin",
    )
    is_named = request.url.hostname in ("127.0.0.1", "localhost", "::1")
    if is_ours and is_named and not is_page:
        return None
    return PlainTextResponse("for programs of this machine only\n", status_code=403)


def _not_found() -> Response:
    return PlainTextResponse("not found\n", status_code=404)
