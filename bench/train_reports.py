"""Fit the models that decide which clusters of an article are reported, and write them for review.

    python bench/train_reports.py [--corpora NAME ...] [--held-out DIR] [--out FILE] [--cache DIR]

Every development corpus has equal voice. A cluster is right where the judge (`pipeline.scoring.alignment`) pairs it
with an incident of the article's key; an article is right where its key has an incident. Three logistic regressions are
fitted one upon the other: the embedding of an article's opening; the cluster by its features and that score; the
article by its features, its score and its best clusters. A further one says which clusters beside the best one are
reported too; it is fitted where keys label several incidents an article. Whatever a
model reads from the one below comes from a fit without the corpus in question, so that no model trusts figures that it
was fitted on. The prefilter's bar keeps all but `PREFILTER_LOSS` of the articles that report an incident. Validation
corpora are never read. Nothing is drawn at random. `--held-out DIR` writes `DIR/NAME/report_weights.json` for each
corpus, fitted without it, for `bench/accuracy.py --weights-dir DIR`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import pickle
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # several threads add up in another order each time: other last digits

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from labelled import SEEN_AT, TRAINING, VALIDATION, corpora, present  # noqa: E402 - the path comes first
from support.parse_cache import CachedEmbedder, CachedParser, embed_with  # noqa: E402

from extractors.coding.coder import Coder, Scene  # noqa: E402
from extractors.coding.features import article_features  # noqa: E402
from extractors.coding.ranking import FILE, beside_best, best_of, head_text, summary_features, with_embedding  # noqa: E402
from extractors.coding.signals import read_signals  # noqa: E402
from extractors.reference.load import load_reference  # noqa: E402
from model.incident import ArticleReport  # noqa: E402
from pipeline.corpus import CorpusRow, read_corpus  # noqa: E402
from pipeline.scoring.alignment import align  # noqa: E402
from pipeline.scoring.in_memory import coded_report  # noqa: E402
from pipeline.scoring.key import KeyRow, read_key  # noqa: E402

MAX_ROWS = {"gva": 800, "airwars": 200}  # every n-th row; more changes nothing and costs time
ROWS_A_CORPUS = 400.0  # weight of one corpus in a fit, whatever its size
UNREAD_WEIGHT = 0.5  # of a stream article that no reader judged: the first coder listed nothing for it
EMBEDDING_GAIN = 3.0  # embeddings have unit length; the penalty expects numbers about 1
C_EMBEDDING, C_FEATURES = 0.5, 0.3  # inverse strength of the penalty; chosen on held-out corpora among 0.1 to 3
PREFILTER_LOSS = 0.01
C_FURTHER = 0.01  # there are few further clusters: stronger than the others' (0.03 and more lose)
LEAST_FURTHER = 50  # further clusters from which a corpus has a whole voice
FURTHER_BAR, ARTICLE_BAR = 0.7, 0.6  # chosen on held-out corpora: precision of the list before its recall
Features = Mapping[str, float]
Fit = tuple[DictVectorizer, LogisticRegression]


@dataclass(frozen=True)
class ArticleRow:
    """One article as the models see it."""

    features: Features
    head: np.ndarray
    is_right: bool
    weight: float
    clusters: tuple[tuple[Features, bool], ...]


def main() -> None:
    """Read the corpora, fit, and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--corpora", nargs="*", default=list(TRAINING))
    parser.add_argument("--held-out", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "seeds" / "reference" / FILE)
    parser.add_argument("--cache", type=Path, default=ROOT / "var" / "bench")
    options = parser.parse_args()
    names = present([n for n in options.corpora if n not in VALIDATION])
    rows = {corpus.name: read_rows(corpus.name, corpus.path, options.cache) for corpus in corpora(names)}
    stack, every = Stack(rows), tuple(sorted(rows))
    write(stack, every, options.out)
    for name in every if options.held_out else ():
        write(stack, tuple(n for n in every if n != name), options.held_out / name / FILE)


def write(stack: Stack, names: tuple[str, ...], path: Path) -> None:
    """Fit on the corpora named and write the models."""
    fitted = {"fitted_on": list(names), **stack.fit(names)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(fitted, indent=1, sort_keys=True) + "\n", "utf-8")
    print(f"{path}: fitted on {', '.join(names)}")


def read_rows(name: str, path: Path, cache: Path) -> list[ArticleRow]:
    """Make the rows of a corpus."""
    kept = cache / f"report-rows-{name}.pickle"
    if kept.exists():
        rows: list[ArticleRow] = pickle.loads(kept.read_bytes())  # noqa: S301 - a file of our own making
        return rows
    parser = CachedParser(cache / f"{name}.pickle")
    embedder = embed_with(CachedEmbedder(cache / "embeddings.pickle"))
    coder = Coder(load_reference(Path(os.environ.get("DECONFLICT_REFERENCE", ROOT / "var" / "reference"))), parser)
    keys = {key.external_id: key for key in read_key(path)}
    verdicts = read_verdicts(path)
    rows = []
    every = [r for r in read_corpus(path) if isinstance(r, CorpusRow)]
    for row in every[:: max(1, len(every) // MAX_ROWS.get(name, len(every)))]:
        made = make_row(row, keys.get(row.external_id), verdicts.get(row.external_id, ""), coder, embedder)
        if made is not None:
            rows.append(made)
    parser.save()
    embedder.save()
    kept.write_bytes(pickle.dumps(rows))
    return rows


def read_verdicts(path: Path) -> dict[str, str]:
    """Read what a reader said of the incident listed for each article of a stream; `unread` where none was listed."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        raw = [json.loads(line) for line in lines if line.strip()]
    return {str(row["id"]): row["verdict"] or "unread" for row in raw if "verdict" in row}


def make_row(
    row: CorpusRow, key: KeyRow | None, verdict: str, coder: Coder, embedder: CachedEmbedder
) -> ArticleRow | None:
    """Make the row of one article; null where its key does not say whether it reports anything."""
    if verdict == "old_incident" or not (verdict or row.has_key or row.incident_ids):
        return None
    article = row.as_article(SEEN_AT)
    document = coder.parser.tokenise(article)
    signals = read_signals(document, coder.reference.lexicons)
    features = article_features(document, signals)
    scene = coder.read(coder.parser.parse(document), signals, features)
    is_right = verdict == "incident" if verdict else bool(row.incident_ids)
    right = right_clusters(scene, key, coder, is_right=is_right, is_read=not verdict)
    vectors = embedder.embed([head_text(document.article.title, document.article.text)])
    clusters = tuple((scene.features(k), k in right) for k in range(len(scene.clusters)))
    weight = UNREAD_WEIGHT if verdict == "unread" else 1.0
    return ArticleRow(features, vectors[0], is_right, weight, clusters)


def right_clusters(scene: Scene, key: KeyRow | None, coder: Coder, *, is_right: bool, is_read: bool) -> frozenset[int]:
    """Name the clusters that the judge pairs with an incident of the key; the first one where the key has no facts."""
    if not is_right or not scene.clusters:
        return frozenset()
    if key is None or not key.incidents or not is_read:
        return frozenset({0})
    made = coder.reports_of(scene, range(len(scene.clusters)))
    reports = [coded_report(ArticleReport(scene.document.article, report), f"inc_{k}") for k, report in made.items()]
    return frozenset(align(reports, key.incidents).values())


class Stack:
    """Fits the five models, each on what the others say of corpora that they were not fitted on."""

    def __init__(self, rows: Mapping[str, Sequence[ArticleRow]]) -> None:
        self.rows = rows
        self._kept: dict[tuple[str, tuple[str, ...]], object] = {}

    def _once(self, kind: str, names: tuple[str, ...], make: Callable[[], object]) -> object:
        if (kind, names) not in self._kept:
            self._kept[kind, names] = make()
        return self._kept[kind, names]

    def embedding(self, names: tuple[str, ...]) -> LogisticRegression:
        """Fit the embedding of articles' openings."""

        def make() -> LogisticRegression:
            x, y, w = [], [], []
            for name in names:
                own = self.rows[name]
                x += [r.head for r in own]
                y += [r.is_right for r in own]
                w += [r.weight * ROWS_A_CORPUS / len(own) for r in own]
            model = LogisticRegression(C=C_EMBEDDING, max_iter=3000)
            return model.fit(np.array(x) * EMBEDDING_GAIN, y, sample_weight=w)

        return self._once("embedding", names, make)  # type: ignore[return-value]

    def cluster_features(self, name: str, names: tuple[str, ...]) -> list[tuple[Features, bool, float]]:
        """Describe the clusters of a corpus with embedding scores fitted on `names`."""
        found = []
        for row, head in zip(self.rows[name], self._odds(name, names), strict=True):
            found += [(with_embedding(features, head), right, row.weight) for features, right in row.clusters]
        return found

    def _odds(self, name: str, names: tuple[str, ...]) -> list[float]:
        """Score the openings of a corpus by the embedding fitted on `names`."""
        heads = np.array([r.head for r in self.rows[name]])
        return [float(v) for v in self.embedding(names).decision_function(heads * EMBEDDING_GAIN)]

    def cluster(self, names: tuple[str, ...]) -> Fit:
        """Fit the model of clusters."""
        return self._once("cluster", names, lambda: self._fit(names, self.cluster_features))  # type: ignore[return-value]

    def article_rows(self, name: str, names: tuple[str, ...]) -> list[tuple[Features, bool, float]]:
        """Describe the articles of a corpus with scores of models fitted on `names`."""
        vectorizer, model = self.cluster(names)
        described = self.cluster_features(name, names)
        odds = model.decision_function(vectorizer.transform([f for f, _, _ in described])) if described else []
        heads = self._odds(name, names)
        found, at = [], 0
        for row, head in zip(self.rows[name], heads, strict=True):
            own = [float(v) for v in odds[at : at + len(row.clusters)]]
            at += len(row.clusters)
            found.append(({**row.features, **summary_features(head, own)}, row.is_right, row.weight))
        return found

    def further_rows(self, name: str, names: tuple[str, ...]) -> list[tuple[Features, bool, float]]:
        """Describe the clusters beside the best one of articles that report; none where a key labels one an article."""
        if not any(sum(right for _, right in row.clusters) > 1 for row in self.rows[name]):
            return []
        vectorizer, model = self.cluster(names)
        found = []
        for row, head in zip(self.rows[name], self._odds(name, names), strict=True):
            if not row.is_right or len(row.clusters) < 2:
                continue
            described = [with_embedding(features, head) for features, _ in row.clusters]
            best = best_of([float(v) for v in model.decision_function(vectorizer.transform(described))])
            found += [
                (beside_best(features, described[best], len(described)), right, row.weight)
                for k, (features, (_, right)) in enumerate(zip(described, row.clusters, strict=True))
                if k != best
            ]
        return found

    def _fit(
        self,
        names: tuple[str, ...],
        describe: Callable[[str, tuple[str, ...]], list[tuple[Features, bool, float]]],
        penalty: float = C_FEATURES,
        least: int = 1,
    ) -> Fit:
        x, y, w = [], [], []
        for name in names:
            rows = describe(name, tuple(n for n in names if n != name))
            x += [f for f, _, _ in rows]
            y += [right for _, right, _ in rows]
            w += [weight * ROWS_A_CORPUS / max(least, len(rows)) for _, _, weight in rows]
        vectorizer = DictVectorizer(sparse=False)
        model = LogisticRegression(C=penalty, max_iter=5000, fit_intercept=False)
        return vectorizer, model.fit(vectorizer.fit_transform(x), y, sample_weight=w)

    def fit(self, names: tuple[str, ...]) -> dict[str, object]:
        """Fit all models on the corpora named, and give them as they are written."""
        prefilter = self._fit(names, lambda name, _: [(r.features, r.is_right, r.weight) for r in self.rows[name]])
        article = self._fit(names, self.article_rows)
        heads = self.embedding(names)
        return {
            "prefilter": as_weights(prefilter),
            "prefilter_bar": self._prefilter_bar(prefilter, names),
            "article": as_weights(article),
            "article_bar": ARTICLE_BAR,
            "cluster": as_weights(self.cluster(names)),
            "further": as_weights(self._fit(names, self.further_rows, C_FURTHER, LEAST_FURTHER)),
            "further_bar": FURTHER_BAR,
            "article_embedding": rounded(heads.coef_[0] * EMBEDDING_GAIN),
            "article_bias": round(float(heads.intercept_[0]), 4),
        }

    def _prefilter_bar(self, fit: Fit, names: tuple[str, ...]) -> float:
        """Find the bar that keeps all but `PREFILTER_LOSS` of the right articles, in the mean of the corpora."""
        vectorizer, model = fit
        bars = []
        for name in names:
            right = [r.features for r in self.rows[name] if r.is_right and r.clusters]
            if right:
                bars.append(np.quantile(model.predict_proba(vectorizer.transform(right))[:, 1], PREFILTER_LOSS))
        return round(float(np.mean(bars)), 4)


def as_weights(fit: Fit) -> dict[str, float]:
    """Give the weights of a model by feature."""
    vectorizer, model = fit
    return {str(n): round(float(w), 4) for n, w in zip(vectorizer.feature_names_, model.coef_[0], strict=True)}


def rounded(values: np.ndarray) -> list[float]:
    """Round to what changes no decision."""
    return [round(float(v), 4) for v in values]


if __name__ == "__main__":
    main()
