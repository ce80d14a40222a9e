"""The bundled newsroom, replayed once for all tests of this folder."""

from pathlib import Path

import pytest

from model.settings import Settings
from pipeline.replay import replay
from tests.support.places import reference_folder

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "seeds" / "newsroom" / "corpus.jsonl"


@pytest.fixture(scope="session")
def newsroom_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evaluation")
    replay(CORPUS, folder / "newsroom.duckdb", Settings(home=folder, reference=reference_folder()))
    return folder / "newsroom.duckdb"
