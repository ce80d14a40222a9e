"""Resolve a coded corpus in runs as `deconflict replay` makes them, without a warehouse.

A run is a UTC day of publication, or `UNDATED_CHUNK` articles where there is none. Each run is told what the warehouse
would find for it: the memories of the incidents that share a key with it, by the ids that hold by then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

from model.incident import ArticleReport, Known, Resolution, StoredMatch
from pipeline.corpus import day_of
from pipeline.replay import UNDATED_CHUNK
from pipeline.scoring.in_memory import predictions_of
from pipeline.scoring.incidents import Predictions
from resolution.batch import Readings, in_order
from resolution.consolidate import consolidate
from resolution.resolver import lookup, resolve
from resolution.weights import Weights, load_weights

CONSOLIDATED_AT = datetime(2030, 1, 1, tzinfo=UTC)  # says when a version was made; no fact depends on it


def runs_of(article_reports: Sequence[ArticleReport]) -> Iterator[list[ArticleReport]]:
    """Cut reports into runs."""
    ordered = in_order(article_reports)
    dated = [(day_of(at), t) for t in ordered if (at := t.article.published_at)]
    for _, day in groupby(dated, key=lambda pair: pair[0]):
        yield [t for _, t in day]
    undated = [t for t in ordered if not t.article.published_at]
    articles = list(dict.fromkeys(t.article.article_id for t in undated))
    for start in range(0, len(articles), UNDATED_CHUNK):
        chunk = frozenset(articles[start : start + UNDATED_CHUNK])
        yield [t for t in undated if t.article.article_id in chunk]


class Past:
    """What earlier runs left: the part of a warehouse that the resolver asks for."""

    def __init__(self) -> None:
        self._memories: defaultdict[str, dict[str, StoredMatch]] = defaultdict(dict)
        self._by_mark: defaultdict[str, set[str]] = defaultdict(set)  # incidents by key and by article
        self._merged: dict[str, str] = {}
        self._frequency: Counter[str] = Counter()
        self._n_documents = 0
        self._placed: dict[str, str] = {}
        self.origins: dict[str, str] = {}  # origin id by article id

    def current(self, incident_id: str) -> str:
        """Follow merges."""
        while incident_id in self._merged:
            incident_id = self._merged[incident_id]
        return incident_id

    def known(self, readings: Readings, article_reports: Sequence[ArticleReport]) -> Known:
        """Give what a run needs."""
        asked = lookup(article_reports, readings)
        marks = {*asked.keys, *asked.article_ids}
        touched = sorted({self.current(i) for mark in marks & self._by_mark.keys() for i in self._by_mark[mark]})
        memories = tuple(
            replace(memory, incident_id=incident_id, keys=tuple(k for k in memory.keys if k in asked.keys))
            for incident_id in touched
            for memory in self._memories[incident_id].values()
        )
        return Known(memories, self._frequency, self._n_documents)

    def append(self, made: Resolution) -> None:
        """Take in what a run decided."""
        for merge in made.merges:
            self._merged[merge.gone_id] = merge.kept_id
            self._memories[merge.kept_id].update(self._memories.pop(merge.gone_id, {}))
        for split in made.splits:
            for report_id in split.report_ids:
                moved = self._memories[split.kept_id].pop(report_id)
                self._memories[split.opened_id][report_id] = replace(moved, incident_id=split.opened_id)
                for mark in (*moved.keys, moved.article_id):
                    self._by_mark[mark].add(split.opened_id)
        self.origins.update((o.article_id, o.origin_id) for o in made.origins)
        self._placed |= {a.report_id: a.incident_id for a in made.assignments}
        for memory in made.memories:
            self._memories[memory.incident_id][memory.report_id] = memory
            for mark in (*memory.keys, memory.article_id):
                self._by_mark[mark].add(memory.incident_id)
        self._frequency.update(made.term_counts)
        self._n_documents += made.n_documents

    def incidents(self) -> dict[str, str]:
        """The incident of each report placed, merges followed."""
        return {report_id: self.current(incident_id) for report_id, incident_id in self._placed.items()}


def replayed(article_reports: Sequence[ArticleReport], weights: Weights) -> dict[str, str]:
    """The incident of each report after all runs."""
    return _after_all(article_reports, weights).incidents()


def predicted(article_reports: Sequence[ArticleReport], weights: Weights | None = None) -> Predictions:
    """Resolve and consolidate, and give what `pipeline.scoring.score_incidents` judges."""
    past = _after_all(article_reports, weights or load_weights())
    incident_of = past.incidents()
    members: defaultdict[str, list[ArticleReport]] = defaultdict(list)
    for one in article_reports:
        if one.report.report_id in incident_of:
            members[incident_of[one.report.report_id]].append(one)
    versions = [consolidate(i, group, past.origins, None, CONSOLIDATED_AT) for i, group in members.items()]
    return predictions_of(article_reports, incident_of, versions)


def _after_all(article_reports: Sequence[ArticleReport], weights: Weights) -> Past:
    past = Past()
    for run in runs_of(article_reports):
        readings = Readings(run)
        past.append(resolve(run, past.known(readings, run), weights=weights, readings=readings))
    return past
