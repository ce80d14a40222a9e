"""How many feeds a second: all unchanged (304), all changed (200, archived and parsed), and the peak memory.

Run `python bench/poll.py [N]`. A plain server in a process of its own serves N feeds of 30 entries on loopback, each
with a body and an ETag of its own; the clock is real, the disk a temporary folder. Nothing of the poller is left out:
guard, manners, archive with its fsync, parsing in the killable pool, the conclusion of each poll.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from acquisition.conclude import conclude_poll, next_state
from acquisition.feeds import fetch_feeds
from extractors.feed import FeedBody, parse_feeds
from model.feed import Feed, FeedState, Outcome
from model.settings import Settings

N_ENTRIES = 30  # what newsroom feeds show
N_WORKERS = 2
WORDS = "officials said on Wednesday that the road along the river had been closed after the shooting " * 4


def body_of(number: int, edition: int) -> bytes:
    """Make one feed's body."""
    items = "".join(
        f"<item><guid>https://news.example/{number}/{edition}/{n}</guid><title>Story {n} of feed {number}</title>"
        f"<link>https://news.example/{number}/{edition}/{n}</link><description>{WORDS}</description>"
        "<pubDate>Wed, 07 Feb 2018 21:30:00 GMT</pubDate></item>"
        for n in range(N_ENTRIES)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{number}</title>{items}</channel></rss>'.encode()


async def _serve(link: Connection) -> None:
    """Answer /EDITION/NUMBER; the ETag names both, and whoever sends it back gets a 304."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            head = await reader.readuntil(b"\r\n\r\n")
            edition, number = (int(part) for part in line.split()[1].decode().strip("/").split("/"))
            etag = f'"{edition}-{number}"'
            if f"if-none-match: {etag}".encode() in head.lower():
                writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode())
            else:
                body = body_of(number, edition)
                writer.write(
                    f"HTTP/1.1 200 OK\r\nETag: {etag}\r\nContent-Type: application/rss+xml\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n".encode()
                    + body
                )
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    link.send(server.sockets[0].getsockname()[1])
    await asyncio.Event().wait()


def serve(link: Connection) -> None:
    """Run the server until it is ended."""
    asyncio.run(_serve(link))


def poll_all(feeds: list[Feed], states: dict[str, FeedState], settings: Settings, now: datetime) -> list[Outcome]:
    """Poll, parse, conclude and fold, as a run does."""
    answers = fetch_feeds(feeds, states, settings, now)
    changed = [answer for answer in answers if answer.body is not None]
    bodies = [FeedBody(answer.feed, answer.body or b"", answer.content_type) for answer in changed]
    parsed = dict(zip((a.feed.feed_id for a in changed), parse_feeds(bodies, N_WORKERS), strict=True))
    outcomes = []
    for answer in answers:
        feed_id = answer.feed.feed_id
        state, one = states.get(feed_id, FeedState(feed_id)), parsed.get(feed_id)
        guids = {entry.guid for entry in one.entries} if one else set()
        fetch = conclude_poll(answer, state, one, len(guids - state.known_guids) if one else None, now)
        states[feed_id] = next_state(state, fetch, guids)
        outcomes.append(fetch.outcome)
    return outcomes


def measure(n_feeds: int) -> dict[str, float]:
    """Measure both passes, in feeds a second, and the peak memory of poller and workers, in MB."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    figures: dict[str, float] = {}
    try:
        with tempfile.TemporaryDirectory() as home:
            settings = Settings(home=Path(home), allow_hosts=(f"127.0.0.1:{port}",))
            states: dict[str, FeedState] = {}
            now = datetime.now(UTC)
            for name, edition, expected in (
                ("first, starting the workers", 0, Outcome.OK),
                ("all unchanged", 0, Outcome.NOT_MODIFIED),
                ("all changed", 1, Outcome.OK),
            ):
                feeds = [Feed(f"f{n}", f"http://127.0.0.1:{port}/{edition}/{n}", "Bench") for n in range(n_feeds)]
                now += timedelta(minutes=10)
                begun = time.perf_counter()
                outcomes = poll_all(feeds, states, settings, now)
                figures[f"{name}, feeds/s"] = round(n_feeds / (time.perf_counter() - begun), 1)
                if set(outcomes) != {expected}:
                    raise SystemExit(f"{name}: {set(outcomes)} in place of {expected}")
    finally:
        server.terminate()
        server.join()
    for name, who in (("poller", resource.RUSAGE_SELF), ("largest child", resource.RUSAGE_CHILDREN)):
        figures[f"peak memory of the {name}, MB"] = round(resource.getrusage(who).ru_maxrss / 1024, 1)
    return figures


if __name__ == "__main__":
    for label, figure in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 500).items():
        print(f"{label}: {figure}")
