"""How many feeds a second: all unchanged (304) and all changed (200), with the peak memory, beside a peer.

Run `python bench/poll.py [N] [--peer-python PYTHON]`. A plain server in a process of its own serves N feeds of 30
entries on loopback, each with a body and an ETag of its own; the clock is simulated, the disk a temporary folder.
Nothing that a run does with feeds is left out: guard, manners, archive with its fsync, parsing in the killable pool,
conclusion, and the append to the warehouse. Pages are not read.

The peer is `reader` with eight workers and its own database, on the same feeds in the same run. It is installed into a
temporary environment, unless `--peer-python` names the Python of one that has it; where it cannot be installed, the
reason is printed in place of its figures. Each poller is the faster of two runs, since the machine is shared.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])  # this folder's warehouse.py would hide the room of that name

from acquisition.feeds_file import dump_feeds  # noqa: E402
from model.feed import Feed, Outcome  # noqa: E402
from model.settings import Settings  # noqa: E402
from pipeline.monitor import Monitor  # noqa: E402

N_ENTRIES = 30  # what newsroom feeds show
N_WORKERS = 2
N_POLLING = 4  # batches under way at once, as in the flow
N_TIMES = 2
PEER = ("reader==3.26", "sgmllib3k")  # its parser needs the second and does not say so
INSTALL_TIMEOUT_S = 300.0
PASSES = (("all unchanged", 0, Outcome.NOT_MODIFIED), ("all changed", 1, Outcome.OK))
WORDS = "officials said on Wednesday that the road along the river had been closed after the shooting " * 4

PEER_SCRIPT = """
import json, sys, time, urllib.request
from reader import make_reader
base, n_feeds, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
reader = make_reader(path)
for number in range(n_feeds):
    reader.add_feed(f"{base}/feed/{number}")
figures = {}
for name, edition in (("first", 0), ("all unchanged", 0), ("all changed", 1)):
    urllib.request.urlopen(f"{base}/edition/{edition}").read()
    begun = time.perf_counter()
    reader.update_feeds(workers=8, scheduled=False)  # all of them, due or not
    figures[name] = n_feeds / (time.perf_counter() - begun)
expected = n_feeds * 30 * 2
counted = reader.get_entry_counts().total
if counted != expected:
    sys.exit(f"the peer has {counted} entries in place of {expected}")
figures["memory"] = next(int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line[:5] == "VmHWM")
print(json.dumps(figures))
"""


def body_of(number: int, edition: int) -> bytes:
    """Make one feed's body."""
    items = "".join(
        f"<item><guid>https://news.example/{number}/{edition}/{n}</guid><title>Story {n} of feed {number}</title>"
        f"<link>https://news.example/{number}/{edition}/{n}</link><description>{WORDS}</description>"
        "<pubDate>Wed, 07 Feb 2018 21:30:00 GMT</pubDate></item>"
        for n in range(N_ENTRIES)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{number}</title>{items}</channel></rss>'.encode()


def _response(path: str, head: bytes, edition: int) -> bytes:
    """Answer for a feed; the ETag names feed and edition, and whoever sends it back gets a 304."""
    number = int(path.rsplit("/", 1)[1])
    etag = f'"{edition}-{number}"'
    if f"if-none-match: {etag}".encode() in head.lower():
        return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
    body = body_of(number, edition)
    fields = f"ETag: {etag}\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}\r\n\r\n"
    return f"HTTP/1.1 200 OK\r\n{fields}".encode() + body


async def _serve(link: Connection) -> None:
    """Answer /feed/NUMBER in the edition that /edition/EDITION set last."""
    edition = 0

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal edition
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while line := await reader.readline():
                head = await reader.readuntil(b"\r\n\r\n")
                path = line.split()[1].decode()
                if path.startswith("/edition/"):
                    edition = int(path.rsplit("/", 1)[1])
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    break
                writer.write(_response(path, head, edition))
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    link.send(server.sockets[0].getsockname()[1])
    await asyncio.Event().wait()


def serve(link: Connection) -> None:
    """Run the server until it is ended."""
    asyncio.run(_serve(link))


def poll_all(settings: Settings, now: datetime) -> set[Outcome]:
    """Poll what is due, conclude and append, as a run does."""
    stages = Monitor(settings, now)
    with ThreadPoolExecutor(N_POLLING) as threads:
        polled = [one for batch in threads.map(stages.poll, stages.due()) for one in batch]
    concluded = stages.conclude(polled)
    stages.append(concluded, (), ())
    return {fetch.outcome for fetch in concluded.fetches} if len(polled) == len(stages.feeds) else set()


def measure_ours(base: str, n_feeds: int) -> dict[str, float]:
    """Measure both passes, in feeds a second, after a first that starts the workers."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        feeds = [Feed(f"f{n}", f"{base}/feed/{n}", f"Bench {n}") for n in range(n_feeds)]
        path = Path(folder) / "feeds.toml"
        path.write_text(dump_feeds(feeds), "utf-8")
        settings = Settings(
            home=Path(folder) / "home", feeds=path, allow_hosts=(base.removeprefix("http://"),), n_workers=N_WORKERS
        )
        now = datetime.now(UTC)
        for name, edition, expected in (("first", 0, Outcome.OK), *PASSES):
            urllib.request.urlopen(f"{base}/edition/{edition}").close()  # noqa: S310 - our own server
            begun = time.perf_counter()
            outcomes = poll_all(settings, now)
            figures[name] = n_feeds / (time.perf_counter() - begun)
            if outcomes != {expected}:
                raise SystemExit(f"{name}: {outcomes} in place of {expected}")
            now += timedelta(hours=2)  # all are due again, and none needs its daily full fetch
    return figures


def install_peer(folder: Path) -> Path | str:
    """Install the peer into an environment of its own; returns its Python, or why there is none."""
    try:
        venv.create(folder, with_pip=True)
        python = folder / "bin" / "python"
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEER]
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_TIMEOUT_S)
    except subprocess.CalledProcessError as error:
        said = (error.stderr or "").strip().splitlines()
        return f"{PEER[0]} cannot be installed: {said[-1] if said else error}"
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{PEER[0]} cannot be installed: {error}"
    return python


def measure_peer(python: Path, base: str, n_feeds: int) -> dict[str, float]:
    """Measure the peer on the same passes."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(python), "-c", PEER_SCRIPT, base, str(n_feeds), str(Path(folder) / "db.sqlite")]
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    if done.returncode:
        raise SystemExit(f"the peer failed: {done.stderr.strip().splitlines()[-1]}")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def best(runs: list[dict[str, float]]) -> dict[str, float]:
    """Take the highest of each figure over some runs."""
    return {name: max(run[name] for run in runs) for name in runs[0]}


def report(base: str, n_feeds: int, peer_python: Path | None) -> None:
    """Measure both pollers and print everything."""
    with tempfile.TemporaryDirectory() as folder:
        python = peer_python or install_peer(Path(folder))
        ours, peers = [], []
        for _ in range(N_TIMES):
            ours.append(measure_ours(base, n_feeds))
            if isinstance(python, Path):
                peers.append(measure_peer(python, base, n_feeds))
    us, them = best(ours), best(peers) if peers else None
    for name, _, _ in PASSES:
        beside = f"; reader with 8 workers: {them[name]:.1f}; ratio {us[name] / them[name]:.2f}" if them else ""
        print(f"{name}, feeds/s: {us[name]:.1f}{beside}")
    own_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the poller, its workers apart, MB: {own_mb:.0f}")
    print(f"peak memory of reader, MB: {them['memory']:.0f}" if them else f"no peer: {python}")


def main(n_feeds: int, peer_python: Path | None) -> None:
    """Start the server and report."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    server.start()
    try:
        report(f"http://127.0.0.1:{here.recv()}", n_feeds, peer_python)
    finally:
        server.terminate()
        server.join()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("n_feeds", nargs="?", type=int, default=500, metavar="N")
    parser.add_argument("--peer-python", type=Path, help="Python of an environment that has the peer installed")
    asked = parser.parse_args()
    main(asked.n_feeds, asked.peer_python)
