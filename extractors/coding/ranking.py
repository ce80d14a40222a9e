"""Decide which clusters are reported: a cheap prefilter, an article score by embedding, and scores of clusters.

An article that reports anything reports its best cluster; whether it reports a further one is asked of a model of its
own, which sees the best cluster beside it. All are linear models fitted together by `bench/train_reports.py` on every
development corpus with equal voice; weights in `seeds/reference/report_weights.json`, figures in
docs/explanation/coding.md. The prefilter keeps the parser and the embedder away from text that reports nothing; its bar
is set to lose no more than one article in a hundred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.coding.embedding import Embedder
from extractors.coding.linear import LinearModel, dot, probability, read_models

FILE = "report_weights.json"
EMBEDDING_SCALE = 3.0  # log odds of an embedding are divided by it, and cut at +-2, to lie beside marks of 0 and 1
MAX_COUNTED = 8  # clusters of an article: more say nothing more
MAX_HEAD_CHARS = 700  # of the text behind the title: the embedder reads 128 word pieces


@dataclass(frozen=True)
class ReportRanker:
    """The fitted models with their bars, all probabilities between 0 and 1."""

    prefilter: LinearModel
    prefilter_bar: float
    article: LinearModel
    article_bar: float
    cluster: LinearModel
    further: LinearModel
    further_bar: float
    article_weights: tuple[float, ...]
    article_bias: float

    def passes(self, features: Mapping[str, float]) -> bool:
        """Say whether an article may report an incident, by its words alone."""
        return probability(self.prefilter.score(features)) >= self.prefilter_bar

    def article_log_odds(self, embedder: Embedder, title: str, text: str) -> float:
        """Return the log odds that an article reports an incident, by the embedding of its title and opening."""
        vector = embedder.embed([head_text(title, text)])[0]
        return dot(self.article_weights, [float(v) for v in vector], self.article_bias)

    def reported(
        self, article: Mapping[str, float], head: float, clusters: Sequence[Mapping[str, float]]
    ) -> dict[int, float]:
        """Return the probability of each cluster that the article reports, by index; empty where it reports none.

        Args:
            article: Features of the article, from `article_features`.
            head: Log odds of its opening.
            clusters: Features of its clusters, from `with_embedding`.
        """
        scores = [self.cluster.score(features) for features in clusters]
        share = self.article_probability(article, head, scores)
        if not clusters or share < self.article_bar:
            return {}
        best = best_of(scores)
        found = {best: max(share, probability(scores[best]))}
        for k in (k for k in range(len(clusters)) if k != best):
            value = probability(self.further.score(beside_best(clusters[k], clusters[best], len(clusters))))
            if value >= self.further_bar:
                found[k] = value
        return found

    def article_probability(self, features: Mapping[str, float], head: float, clusters: Sequence[float]) -> float:
        """Return the probability that an article reports an incident."""
        return probability(self.article.score({**features, **summary_features(head, clusters)}))


def head_text(title: str, text: str) -> str:
    """Return what the embedder reads of an article."""
    return f"{title}. {text[:MAX_HEAD_CHARS]}"


def with_embedding(features: Mapping[str, float], head_log_odds: float) -> dict[str, float]:
    """Add the embedding's score of the article to the features of a cluster."""
    return {**features, "emb_article": bounded(head_log_odds)}


def best_of(scores: Sequence[float]) -> int:
    """Return the index of the highest score, the first one of equals."""
    return max(range(len(scores)), key=lambda k: (scores[k], -k))


def beside_best(features: Mapping[str, float], best: Mapping[str, float], n_clusters: int) -> dict[str, float]:
    """Describe a further cluster by its own features, those of the best cluster, and the number of clusters."""
    beside = {f"best_{name}": value for name, value in best.items() if name.startswith("c_")}
    return {**features, **beside, "n_clusters": min(n_clusters, MAX_COUNTED) / MAX_COUNTED}


def summary_features(head_log_odds: float, cluster_log_odds: Sequence[float]) -> dict[str, float]:
    """Describe an article by what the models say of its opening and of its clusters."""
    best = sorted(cluster_log_odds, reverse=True)
    return {
        "emb_article": bounded(head_log_odds),
        "no_cluster": float(not best),
        "best_cluster": bounded(best[0]) if best else -1.5,
        "second_cluster": bounded(best[1]) if len(best) > 1 else -1.0,
    }


def bounded(log_odds: float) -> float:
    """Bring log odds beside marks of 0 and 1."""
    return max(-2.0, min(2.0, log_odds / EMBEDDING_SCALE))


def load_report_ranker() -> ReportRanker:
    """Read the fitted models.

    Raises:
        ConfigError: the file is missing or malformed.
    """
    models = read_models(FILE)
    return ReportRanker(
        prefilter=LinearModel(models["prefilter"]),
        prefilter_bar=models["prefilter_bar"],
        article=LinearModel(models["article"]),
        article_bar=models["article_bar"],
        cluster=LinearModel(models["cluster"]),
        further=LinearModel(models["further"]),
        further_bar=models["further_bar"],
        article_weights=tuple(models["article_embedding"]),
        article_bias=models["article_bias"],
    )
