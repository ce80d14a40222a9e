"""A browser, and the site of the bundled corpus: replayed once, with feeds that fare well and badly, and a merge."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SUPPORT = str(ROOT / "tests" / "support")
if SUPPORT not in sys.path:
    sys.path.insert(0, SUPPORT)


@dataclass
class Watched:
    """A page with all that went wrong on it and all that it asked for."""

    page: object
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def assert_calm(self) -> None:
        assert self.faults == []
        outside = [url for url in self.requests if not url.startswith(("file:", "data:"))]
        assert outside == []


@pytest.fixture(scope="module")  # while it runs, Playwright holds the thread's event loop: other files need theirs
def browser() -> Iterator[object]:
    from browser import FLAGS, WITHOUT, find_chromium

    program = find_chromium()
    if program is None:
        pytest.skip(WITHOUT)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def look(browser):
    """Open a page in a fresh context; what it asks for and complains of is noted."""
    contexts = []

    def opened(path: Path, *, width: int = 1280, height: int = 900, fragment: str = "", **options) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        seen = Watched(page)
        page.on("pageerror", lambda error: seen.faults.append(f"error: {error}"))
        page.on("console", lambda said: seen.faults.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: seen.requests.append(request.url))
        page.goto(path.as_uri() + fragment)
        return seen

    yield opened
    for context in contexts:
        context.close()


@dataclass(frozen=True)
class Site:
    """The built site with the ids that tests go to."""

    folder: Path
    khusham: str
    gone: str
    kept: str


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    from site_world import FEEDS

    from interfaces.site.build import build_site
    from model.settings import Settings
    from pipeline.replay import replay
    from warehouse import open_snapshot, open_writer

    home = tmp_path_factory.mktemp("e2e")
    built = ROOT / "var" / "reference"
    reference = built if any(built.glob("*")) else home / "reference"
    replay(
        ROOT / "seeds" / "newsroom" / "corpus.jsonl",
        home / "warehouse.duckdb",
        Settings(home=home, reference=reference),
    )
    snapshot = home / "published" / "incidents.duckdb"
    with open_writer(home / "warehouse.duckdb") as writer:
        writer.publish(snapshot)
        with open_snapshot(snapshot) as reader:
            output = reader.sql("SELECT incident_id FROM pub.incident ORDER BY n_outlets DESC, incident_id").rows
            until = reader.about().known_at
        khusham, kept, gone = (str(output[number][0]) for number in (0, -2, -1))
        writer.append(_last_run(writer, until, kept, gone))
        writer.publish(snapshot)
    assert len(FEEDS) == 5
    build_site(snapshot, home / "site")
    return Site(home / "site", khusham, gone, kept)


def _last_run(writer, until, kept: str, gone: str):
    """A run that asks feeds in every state, finds two incidents to be one, and doubts of two others."""
    from dataclasses import replace
    from datetime import timedelta

    from site_world import watched
    from warehouse_world import WHY

    from model.incident import Change, ChangeKind, IncidentStatus, Merge, Resolution, UnsurePair
    from model.run import Run

    now = until + timedelta(hours=1)
    shift = now - watched().run.now
    latest = writer.latest_incidents([kept, gone])
    doubted = writer._con.execute(
        "SELECT report_id, incident_id FROM state.member ORDER BY report_id LIMIT 40"
    ).fetchall()
    other = next(row[1] for row in doubted if row[1] != doubted[0][1])
    return replace(
        watched(),
        run=Run("run-e2e", "monitor", now, now + timedelta(seconds=9), now, "test"),
        fetches=tuple(
            replace(f, started_at=f.started_at + shift, next_poll_at=now + timedelta(hours=1))
            for f in watched().fetches
        ),
        resolution=Resolution(
            (), (Merge(kept, gone, WHY),), (), (UnsurePair(doubted[0][0], doubted[0][1], other, WHY),), (), {}, 0
        ),
        incidents=(
            replace(latest[kept], at=now),
            replace(latest[gone], at=now, status=IncidentStatus.MERGED, merged_into=kept),
        ),
        changes=(Change(gone, ChangeKind.MERGED, now, f'{{"merged_into": "{kept}", "why": ["facts"]}}'),),
    )
