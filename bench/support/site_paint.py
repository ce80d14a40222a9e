"""How soon pages paint in Chromium: ours, Datasette's, and one that says "hello"; part of bench/site.py.

Every page is opened N_PAINTS times in an order drawn anew for each round, so that none always pays for another's start:

- *afresh*: in a new context, whose first navigation starts a process for the page. This is what the target is about.
- *by a link*: in a context that has just shown the list of the same site, as somebody who opens an incident does.

A page that holds one word shows how much of either is the browser's own. Datasette's page of an incident is one row of
one table; what ours shows beside it (its articles and claims) takes two more of Datasette's pages, printed after it.
"""

from __future__ import annotations

import random
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
import venv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from interfaces.site.serve import HOST
from warehouse import open_snapshot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
N_PAINTS = 9  # of each page; the median counts
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PAINT = "performance.getEntriesByName('first-contentful-paint').map(e => e.startTime)[0]"
HELLO = '<!doctype html><html lang="en"><meta charset="utf-8"><title>hello</title><p>hello</p>\n'


@dataclass(frozen=True, slots=True)
class Paints:
    """First contentful paints of one page in ms, medians: in a new context, and after the list of the same site."""

    afresh: float
    by_link: float


def line(name: str, value: str, target: str, words: str = "") -> None:
    """Print one figure beside its target."""
    print(f"{name:44}{value:>12}   {target:14}{words}", flush=True)


def write_sqlite(snapshot: Path, path: Path) -> str:
    """Copy incidents, reports, claims and articles to SQLite for Datasette; returns an incident's id."""
    tables = ("incident", "report", "claim", "article")
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as lite, open_snapshot(snapshot) as reader:
        for table in tables:
            found = reader.sql(f"SELECT * FROM pub.{table}")  # noqa: S608 - names from the tuple above
            key = ", PRIMARY KEY (incident_id)" if table == "incident" else ""
            lite.execute(f"CREATE TABLE {table} ({', '.join(found.columns)}{key})")
            marks = ", ".join("?" * len(found.columns))
            plain = [[v if isinstance(v, int | float | None) else str(v) for v in row] for row in found.rows]
            lite.executemany(f"INSERT INTO {table} VALUES ({marks})", plain)  # noqa: S608
        for table in ("report", "claim"):
            lite.execute(f"CREATE INDEX {table}_incident ON {table} (incident_id)")
        lite.execute("CREATE INDEX incident_detected ON incident (detected_at)")
        return str(lite.execute("SELECT incident_id FROM incident ORDER BY detected_at DESC LIMIT 1").fetchone()[0])


def free_port() -> int:
    """Return a port that nobody has now."""
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(port: int, seconds: float = 60) -> None:
    """Wait until a port answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"port {port} does not answer")


@contextmanager
def running(command: list[object], port: int) -> Iterator[None]:
    """Run a server of one process until the end of the block."""
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([str(one) for one in command], cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def datasette(work: Path, database: Path) -> Iterator[str]:
    """Install Datasette into an environment of its own and serve a database; gives its address."""
    python = (work / "datasette" / "bin" / "python").absolute()
    if not python.exists():
        venv.create(work / "datasette", with_pip=True)
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "datasette"]
    subprocess.run(command, check=True, timeout=300)
    port = free_port()
    with running([python, "-m", "datasette", "serve", database.absolute(), "-p", port], port):
        yield f"http://{HOST}:{port}/{database.stem}"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the site with `deconflict site serve`, in a process of its own as Datasette is; gives its address."""
    port = free_port()
    serve = [sys.executable, "-m", "interfaces.cli", "site", "serve", "--port", port, "--from", folder.absolute()]
    with running(serve, port):
        yield f"http://{HOST}:{port}"


def painted(page: Page, address: str) -> float:
    """Open an address; returns its first contentful paint, ms after its navigation began."""
    page.goto(address, wait_until="load")
    # Asked again and again from here: waiting within the page needs eval, which our pages forbid.
    return float(next(at for _ in range(200) if (at := page.evaluate(PAINT)) or page.wait_for_timeout(20)))


def measure_paints(browser: Browser, addresses: Mapping[str, tuple[str, str]]) -> dict[str, Paints]:
    """Measure pages, each with the list from which it is reached; the first round warms up and does not count."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    order = random.Random(1)
    for round_no in range(N_PAINTS + 1):
        for name in order.sample(sorted(addresses), len(addresses)):
            times = []
            for before in (None, addresses[name][1]):
                context = browser.new_context(viewport={"width": 1280, "height": 900})
                page = context.new_page()
                if before:
                    page.goto(before, wait_until="load")
                times.append(painted(page, addresses[name][0]))
                context.close()
            if round_no:
                found[name].append((times[0], times[1]))
    return {
        name: Paints(statistics.median(a for a, _ in times), statistics.median(b for _, b in times))
        for name, times in found.items()
    }


def measure_browser(snapshot: Path, folder: Path, work: Path) -> None:
    """Print how soon pages paint, ours and Datasette's in turn, with the floor of any page."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("no Chromium on PATH: run `make browser`, or give --no-browser")
    incident = write_sqlite(snapshot, work / "incidents.db")
    folder = folder.absolute()
    (folder / "hello.html").write_text(HELLO, "utf-8")
    with (
        datasette(work, work / "incidents.db") as theirs,
        served(folder) as ours,
        sync_playwright() as play,
    ):
        their_list, of_it = f"{theirs}/incident?_sort_desc=detected_at", f"?incident_id={incident}"
        addresses = {
            "index, Datasette": (their_list, their_list),
            "incident, Datasette": (f"{theirs}/incident/{incident}", their_list),
            "reports, Datasette": (f"{theirs}/report{of_it}", their_list),
            "claims, Datasette": (f"{theirs}/claim{of_it}", their_list),
        }
        for way, root in (("", ours), (" from disk", folder.as_uri())):
            for name, path in (
                ("hello", "hello.html"),
                ("index", "index.html"),
                ("incident", f"incident/{incident}.html"),
            ):
                addresses[f"{name}, ours{way}"] = (f"{root}/{path}", f"{root}/index.html")
        browser = play.chromium.launch(executable_path=program, args=FLAGS)
        paints = measure_paints(browser, addresses)
        browser.close()
    print_paints(paints)


def print_paints(paints: Mapping[str, Paints]) -> None:
    """Print each page beside Datasette's; the row page alone is what the target is held against."""
    for way in ("", " from disk"):
        hello = paints[f"hello, ours{way}"]
        line(f"first paint: hello{way}, the floor", f"{hello.afresh:.0f} ms", "", f"by a link {hello.by_link:.0f} ms")
    for page in ("index", "incident"):
        theirs = paints[f"{page}, Datasette"]
        for name in (f"{page}, ours", f"{page}, ours from disk"):
            mine = paints[name]
            words = (
                f"Datasette {theirs.afresh:.0f} ms; share {mine.afresh / theirs.afresh:.2f}; by a link "
                f"{mine.by_link:.0f} of {theirs.by_link:.0f} ms, {mine.by_link / theirs.by_link:.2f}"
            )
            line(f"first paint: {name}", f"{mine.afresh:.0f} ms", "<= 0.50 of it", words)
    parts = [paints[f"{page}, Datasette"] for page in ("incident", "reports", "claims")]
    times = " + ".join(f"{part.afresh:.0f}" for part in parts)
    linked = " + ".join(f"{part.by_link:.0f}" for part in parts)
    whole = sum(part.afresh for part in parts)
    share = paints["incident, ours"].afresh / whole
    line(
        "the same facts, Datasette's three pages",
        f"{whole:.0f} ms",
        "",
        f"{times}; by links {linked}; ours {share:.2f}",
    )
