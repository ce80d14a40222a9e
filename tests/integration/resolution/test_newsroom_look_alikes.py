"""The bundled newsroom, coded and resolved: the pieces on Khusham are one incident, and no look-alikes are joined."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.coding.coder import Coder
from extractors.reference.load import load_reference
from model.incident import ArticleReport, Known
from model.report import Role
from pipeline.corpus import CorpusRow, read_corpus
from resolution import resolve
from tests.support.places import reference_folder

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "seeds" / "newsroom" / "corpus.jsonl"
SEEN_AT = datetime(2018, 3, 1, tzinfo=UTC)
LOOK_ALIKES = {
    "Saraqib, market and hospital": ("I03", "I04"),
    "Maiduguri and Mubi": ("I05", "I06"),
    "Farah, post and convoy": ("I30", "I31"),
    "Toledo, bar and gas station": ("I07", "I08"),
}


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    """The incidents to which the articles of each gold incident were put, round-ups left out."""
    coder = Coder(load_reference(reference_folder()))
    rows = [row for row in read_corpus(CORPUS) if isinstance(row, CorpusRow)]
    articles = [row.as_article(SEEN_AT) for row in rows]
    article_reports = [ArticleReport(article, report) for article in articles for report in coder.code(article).reports]
    where = {a.report_id: a.incident_id for a in resolve(article_reports, Known()).assignments}
    gold = {row["id"]: row["incident_ids"] for row in map(json.loads, CORPUS.read_text("utf-8").splitlines())}
    placed: dict[str, set[str]] = defaultdict(set)
    for one in article_reports:
        incidents = gold[one.article.external_id]
        if one.report.role is Role.MAIN and len(incidents) == 1:
            placed[incidents[0]].add(where[one.report.report_id])
    return placed


def test_every_piece_on_khusham_is_in_one_incident(found: dict[str, set[str]]) -> None:
    assert len(found["I01"]) == 1, found["I01"]


# The coder dates one piece on the hospital by "three days after warplanes hit the market" in place of its own weekday.
PAIRS = [pytest.param(pair, id=name) for name, pair in LOOK_ALIKES.items()]


@pytest.mark.parametrize("pair", PAIRS)
def test_look_alikes_stay_apart(found: dict[str, set[str]], pair: tuple[str, str]) -> None:
    left, right = (found[incident] for incident in pair)
    assert left
    assert right
    assert not left & right


def test_no_two_incidents_at_all_are_joined(found: dict[str, set[str]]) -> None:
    by_found: dict[str, list[str]] = defaultdict(list)
    for gold, places in sorted(found.items()):
        for place in places:
            by_found[place].append(gold)
    assert not [joined for joined in by_found.values() if len(joined) > 1]
