from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from model.settings import Settings
from newsroom import RunningNewsroom, running_newsroom
from pipeline.monitor import Monitor, RunSummary, chunks_of

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "seeds" / "newsroom" / "corpus.jsonl"


@pytest.fixture(scope="session")
def reference_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The place tables, built once by `make install`'s folder or by this test session."""
    built = ROOT / "var" / "reference"
    return built if any(built.glob("*")) else tmp_path_factory.mktemp("reference")


@pytest.fixture
def press() -> Iterator[RunningNewsroom]:
    with running_newsroom(CORPUS, now=datetime.fromisoformat("2018-02-08T20:00:00+00:00")) as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, press: RunningNewsroom, reference_path: Path) -> Settings:
    return Settings(
        home=tmp_path / "var",
        feeds=press.write_feeds_file(tmp_path / "feeds.toml"),
        reference=reference_path,
        allow_hosts=(press.host_port,),
        host_delay_s=0.0,
        n_workers=1,
    )


@pytest.fixture
def walk() -> Callable[[Settings, datetime], RunSummary]:
    """One run, stage by stage, without Prefect."""

    def run(settings: Settings, now: datetime) -> RunSummary:
        stages = Monitor(settings, now)
        polled = [one for batch in stages.due() for one in stages.poll(batch)]
        concluded = stages.conclude(polled)
        pages = [stages.read(chunk) for chunk in chunks_of(concluded.fetches_planned)]
        coded = [stages.code(chunk.articles) for chunk in pages]
        summary = stages.append(concluded, pages, coded)
        stages.publish()
        return summary

    return run
