"""The outlets' standing lines over the chunks and runs: what is known, what a chunk teaches, and taking it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from extractors.page.boilerplate import shared_lines, strip_lines
from model.article import Article
from model.run import BoilerplateLine
from warehouse import open_writer


class BoilerplateFilter:
    """What one run knows of the lines that each outlet prints under many of its articles.

    An outlet's earlier articles and those of this run teach together. What is learnt is taken out of the chunk that
    taught it and of all later ones; the one or two articles that were read before keep it.
    """

    def __init__(self, warehouse_path: Path) -> None:
        self._warehouse_path = warehouse_path
        self._known: dict[str, frozenset[str]] = {}
        self._told: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def load(self, outlets: Collection[str]) -> None:
        """Ask the warehouse of the outlets that this run has not met yet."""
        unmet = set(outlets) - self._known.keys()
        if not unmet:
            return
        with open_writer(self._warehouse_path) as writer:
            found = writer.boilerplate(unmet)
            for one in writer.recent_texts(unmet):
                self._told[one.outlet].append((one.title, one.text))
        self._known |= {outlet: found.get(outlet, frozenset()) for outlet in unmet}

    def of(self, outlet: str) -> frozenset[str]:
        """The lines known of an outlet; `load` goes before."""
        return self._known.get(outlet, frozenset())

    def learn(self, articles: Sequence[Article]) -> tuple[tuple[Article, ...], tuple[BoilerplateLine, ...]]:
        """Learn from a chunk; returns its articles without their outlets' lines, and the lines that are news."""
        for article in articles:
            self._told[article.outlet].append((article.title, article.text))
        news: list[BoilerplateLine] = []
        for outlet in sorted({article.outlet for article in articles}):
            learnt = shared_lines(self._told[outlet]) - self.of(outlet)
            self._known[outlet] = self.of(outlet) | learnt
            news += [BoilerplateLine(outlet, line) for line in sorted(learnt)]
        plain = tuple(replace(a, text=strip_lines(a.text, self.of(a.outlet))) for a in articles)
        return plain, tuple(news)
