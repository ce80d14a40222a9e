"""An article in a language without a coder: its language is detected, it is kept and counted, and nothing is coded."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from model.settings import Settings
from newsroom import running_newsroom
from newsroom.corpus import CorpusRow
from pipeline.monitor import RunSummary

PRINTED = datetime(2018, 2, 7, 9, tzinfo=UTC)
TEXT = (
    "Bei einer Schießerei in der Innenstadt sind am Mittwochabend zwei Menschen getötet und fünf weitere verletzt "
    "worden. Die Polizei nahm einen Verdächtigen fest, teilte eine Sprecherin mit. Der Platz blieb bis zum Morgen "
    "gesperrt, und die Straßenbahnen wurden über den Bahnhof umgeleitet."
)


def test_a_german_article_is_kept_and_counted_and_not_coded(
    tmp_path: Path, settings: Settings, walk: Callable[[Settings, datetime], RunSummary]
) -> None:
    row = CorpusRow("n-1", "Zwei Tote nach Schüssen", TEXT, published=PRINTED.isoformat(), outlet="The Valley Paper")
    with running_newsroom([row], now=PRINTED) as press:
        own = settings.model_copy(
            update={"feeds": press.write_feeds_file(tmp_path / "own.toml"), "allow_hosts": (press.host_port,)}
        )
        summary = walk(own, PRINTED)
    assert (summary.n_articles, summary.n_reports, summary.n_opened) == (1, 0, 0)
    with duckdb.connect(str(own.warehouse_path), read_only=True) as con:
        assert con.execute("select language from core.article").fetchall() == [("de",)]
        output = con.execute("select code, count(*) from core.issue group by code").fetchall()
    assert output == [("article.language_not_coded", 1)]
