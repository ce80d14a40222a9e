"""Run a newsroom on loopback: in the foreground, or in a thread for as long as a test needs it."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

import uvicorn

from model.errors import TransientError
from newsroom.app import make_app
from newsroom.corpus import CorpusRow
from newsroom.feeds_file import write_feeds_file
from newsroom.outlets import Outlet
from newsroom.press import N_ENTRIES, Newsroom

HOST = "127.0.0.1"
START_TIMEOUT_S = 30.0  # starts in well under a second; longer means that it never will
BACKLOG = 512  # connections waiting to be accepted; a poller may open hundreds at once


@dataclass(frozen=True, slots=True)
class RunningNewsroom:
    """A newsroom that answers at `address` (no slash at the end), `host_port` for the guard's `allow_hosts`."""

    newsroom: Newsroom
    address: str

    @property
    def host_port(self) -> str:
        """The address without its scheme."""
        return self.address.removeprefix("http://")

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        """The outlets, in order of slug."""
        return tuple(desk.outlet for desk in self.newsroom.desks.values())

    def feed_url(self, slug: str) -> str:
        """Name the address of an outlet's feed."""
        return self.address + self.newsroom.desks[slug].outlet.feed_path

    def move_clock(self, now: datetime) -> None:
        """Set the clock to an aware moment."""
        self.newsroom.move_clock(now)

    def write_feeds_file(self, path: Path) -> Path:
        """Write the feeds file of this newsroom to `path`, and return it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write_feeds_file(self.outlets, self.address), "utf-8")
        return path


class _Server(uvicorn.Server):
    """A server that tells other threads when it answers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer, then say so."""
        await super().startup(sockets)
        self.is_up.set()


def listen(port: int = 0) -> socket.socket:
    """Bind a port of the loopback address, a free one for 0.

    Raises:
        TransientError: somebody else has the port.
    """
    try:
        listener = socket.create_server((HOST, port), backlog=BACKLOG)
    except OSError as error:
        raise TransientError(f"port {port} of {HOST}: {error.strerror}", next_step="choose another port") from error
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each kept-alive answer waits 40 ms for an ACK
    return listener


def prepare(newsroom: Newsroom, listener: socket.socket) -> tuple[RunningNewsroom, _Server]:
    """Make the server of a newsroom on a bound socket; the caller runs it with `sockets=[listener]`."""
    address = f"http://{HOST}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        make_app(newsroom, address),
        http="h11",
        loop="asyncio",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    return RunningNewsroom(newsroom, address), _Server(config)


@contextmanager
def running_newsroom(
    corpus: Path | Sequence[CorpusRow],
    *,
    now: datetime | None = None,
    outlets: Path | None = None,
    port: int = 0,
    speed: float = 0.0,
    n_entries: int = N_ENTRIES,
) -> Iterator[RunningNewsroom]:
    """Serve a corpus from a thread of this process; arguments as for `Newsroom`.

    Raises:
        ConfigError: the corpus or the outlets file is wrong.
        TransientError: the port is taken, or the server does not start.
    """
    newsroom = Newsroom(corpus, now=now, outlets=outlets, speed=speed, n_entries=n_entries)
    with listen(port) as listener:
        running, server = prepare(newsroom, listener)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, name="newsroom", daemon=True)
        thread.start()
        try:
            if not server.is_up.wait(START_TIMEOUT_S):
                raise TransientError(f"the newsroom does not answer at {running.address}")
            yield running
        finally:
            server.should_exit = True
            thread.join(START_TIMEOUT_S)
