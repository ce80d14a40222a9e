"""Labelled incidents with the coder's own cluster of each: what trainers of actors and types fit and measure on.

Every cluster of an article is coded, and the judge (`pipeline.scoring.alignment`) pairs them with the incidents of the
article's key: the clusters that the coder reports first, and for what is left of the key the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.labelled import SEEN_AT, VALIDATION, Corpus
from bench.support.parse_cache import CachedEmbedder, CachedParser, embed_with
from extractors.coding.cluster import Cluster
from extractors.coding.coder import Coder, Scene
from extractors.coding.document import Document
from extractors.coding.features import article_features
from extractors.coding.ranking import load_report_ranker, with_embedding
from extractors.coding.signals import read_signals
from extractors.coding.when import DateMention
from extractors.coding.where import choose_place
from extractors.reference.load import load_reference
from model.incident import ArticleReport
from model.settings import load_settings
from pipeline.corpus import CorpusRow, read_corpus
from pipeline.scoring.alignment import align
from pipeline.scoring.in_memory import coded_report
from pipeline.scoring.key import KeyIncident, KeyRow, read_key

MAX_ROWS = {"gva": 800, "airwars": 200}  # every n-th row of the large corpora; more changes nothing and costs time


@dataclass(frozen=True)
class Case:
    """One incident of a key with the cluster that is its report.

    `is_reported` says whether the coder reports it; `country_code` is that of the place which the coder gives it.
    """

    corpus: str
    row_id: str
    gold: KeyIncident
    document: Document
    dates: tuple[DateMention, ...]
    cluster: Cluster
    is_reported: bool
    country_code: str | None


def the_coder() -> Coder:
    """Make a coder with the reference tables of the settings."""
    return Coder(load_reference(load_settings().reference_path))


def read_cases(corpus: Corpus, coder: Coder, parsed: Path) -> list[Case]:
    """Read the cases of a corpus.

    Args:
        corpus: Its texts and key; a validation set is refused.
        coder: Gives the tables; its parser is replaced by one that keeps parses.
        parsed: Folder of the files that keep parses and embeddings.

    Raises:
        SystemExit: the corpus is a validation set.
    """
    if corpus.name in VALIDATION:
        raise SystemExit(f"{corpus.name} is a validation set: no trainer reads it")
    parser, embedder = (
        CachedParser(parsed / f"{corpus.name}.pickle"),
        embed_with(CachedEmbedder(parsed / "embeddings.pickle")),
    )
    coder.parser = parser
    keys = {key.external_id: key for key in read_key(corpus.path)}
    cases: list[Case] = []
    rows = list(read_corpus(corpus.path))
    for row in rows[:: max(1, len(rows) // MAX_ROWS.get(corpus.name, len(rows)))]:
        key = keys.get(row.external_id) if isinstance(row, CorpusRow) else None
        if key and key.incidents and isinstance(row, CorpusRow):
            cases += _cases(corpus.name, row, key, coder, embedder)
    parser.save()
    embedder.save()
    return cases


def _cases(corpus: str, row: CorpusRow, key: KeyRow, coder: Coder, embedder: CachedEmbedder) -> Iterator[Case]:
    document = coder.parser.tokenise(row.as_article(SEEN_AT))
    signals = read_signals(document, coder.reference.lexicons)
    scene = coder.read(coder.parser.parse(document), signals, article_features(document, signals))
    reported = _reported(scene, embedder)
    rest = [k for k in range(len(scene.clusters)) if k not in reported]
    taken = _aligned(scene, coder, sorted(reported), key.incidents)
    left = [gold for gold in key.incidents if gold not in taken]
    for golds, clusters in ((key.incidents, taken), (left, _aligned(scene, coder, rest, left))):
        for gold in golds:
            if gold in clusters:
                k = clusters[gold]
                is_whole = len(reported) == 1 and k in reported
                cluster = replace(scene.clusters[k], is_whole_article=is_whole)
                place = choose_place(scene.places, cluster, scene.document)
                country = place.country_code if place else None
                yield Case(corpus, row.external_id, gold, scene.document, scene.dates, cluster, k in reported, country)


def _reported(scene: Scene, embedder: CachedEmbedder) -> frozenset[int]:
    ranker, article = load_report_ranker(), scene.document.article
    head = ranker.article_log_odds(embedder, article.title, article.text)
    described = [with_embedding(scene.features(k), head) for k in range(len(scene.clusters))]
    return frozenset(ranker.reported(scene.article_features, head, described))


def _aligned(
    scene: Scene, coder: Coder, clusters: Sequence[int], golds: Sequence[KeyIncident]
) -> dict[KeyIncident, int]:
    made = coder.reports_of(scene, clusters)
    reports = [coded_report(ArticleReport(scene.document.article, report), f"inc_{k}") for k, report in made.items()]
    return {golds[j]: clusters[i] for j, i in align(reports, golds).items()}


def by_corpus(corpora: Iterable[Corpus], parsed: Path) -> dict[str, list[Case]]:
    """Read the cases of several corpora with one coder."""
    coder = the_coder()
    return {corpus.name: read_cases(corpus, coder, parsed) for corpus in corpora if corpus.name not in VALIDATION}


__all__ = ["Case", "by_corpus", "read_cases", "the_coder"]
