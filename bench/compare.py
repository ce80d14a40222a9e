"""Put the resolver beside plain ways of grouping articles, on the same articles in one run.

    python bench/compare.py [gva ecb]

Ours works on the coder's reports; the others read titles and texts only. Each is online, in order of publication: an
article joins the nearest group known so far at a threshold or more, else it opens one. The threshold of each of the
others is the best of those tried *on this very corpus*, which flatters them. Rows with a page's fault are left out. An
article without a report is a group of its own for ours. Methods: rapidfuzz `token_sort_ratio` of titles; TF-IDF of
title and text (scikit-learn, idf of the whole corpus, which flatters it too) against centroids; MinHash of runs of
three words (64 permutations), nearest article.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose warehouse.py would hide the room of that name

from coder import corpus_path, raw_rows  # noqa: E402 - the path comes first
from key_reports import coded  # noqa: E402

from model.incident import Known  # noqa: E402
from pipeline.scoring import b_cubed, pairwise  # noqa: E402
from resolution import resolve  # noqa: E402
from resolution.minhash import minhash  # noqa: E402
from resolution.words import shingles  # noqa: E402

Groups = list[int]


def main() -> None:
    """Print one table for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("corpora", nargs="*", default=["gva", "ecb"])
    parser.add_argument("--cache", type=Path, help="a folder of codings, as of bench/train_resolution.py")
    options = parser.parse_args()
    for name in options.corpora:
        rows = [r for r in raw_rows(corpus_path(name)) if len(r["incident_ids"]) == 1 and not r.get("quality")]
        rows.sort(key=lambda r: (r.get("published") is None, r.get("published") or ""))
        gold = {str(r["id"]): r["incident_ids"][0] for r in rows}
        names = list(gold)
        print_line(name, "ours", gold, ours(name, options.cache, gold))
        for method, (likeness, thresholds) in methods(rows).items():
            tried = [(t, dict(zip(names, map(str, grouped(likeness, len(rows), t)), strict=True))) for t in thresholds]
            threshold, best = max(tried, key=lambda found: pairwise(gold, found[1])[2])
            print_line(name, f"{method} at {threshold:g}", gold, best)


def ours(name: str, cache: Path | None, gold: dict[str, str]) -> dict[str, str]:
    """Group by the resolver, everything in one batch."""
    corpus = coded(name, cache)
    article_reports = [t for t in corpus.article_reports if t.article.external_id in gold]
    where = {a.report_id: a.incident_id for a in resolve(article_reports, Known()).assignments}
    return {a: where.get(corpus.report_of[a, i] or "", f"alone:{a}") for a, i in gold.items()}


def methods(rows: Sequence[dict]) -> dict[str, tuple[Callable[[int, Groups], np.ndarray], Sequence[float]]]:
    """The others: for each, likeness of article n to the groups of those before it, and the thresholds tried."""
    titles = [(r.get("title") or r["text"][:80]).lower() for r in rows]
    texts = [f"{r.get('title') or ''}\n{r['text']}" for r in rows]
    return {
        "rapidfuzz titles": (of_titles(titles), (50, 60, 70, 80, 85, 90, 95, 99)),
        "TF-IDF online": (of_vectors(texts), (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)),
        "MinHash": (of_signatures(texts), (0.05, 0.1, 0.15, 0.2, 0.3, 0.5)),
    }


def grouped(likeness: Callable[[int, Groups], np.ndarray], n: int, threshold: float) -> Groups:
    """Group n articles one after another."""
    groups: Groups = []
    for number in range(n):
        like = likeness(number, groups) if groups else np.zeros(0)
        best = int(like.argmax()) if like.size else -1
        groups.append(best if best >= 0 and like[best] >= threshold else max(groups, default=-1) + 1)
    return groups


def nearest(like: np.ndarray, groups: Groups) -> np.ndarray:
    """Likeness to each group: that of its nearest member."""
    best = np.zeros(max(groups) + 1)
    np.maximum.at(best, groups, like)
    return best


def of_titles(titles: Sequence[str]) -> Callable[[int, Groups], np.ndarray]:
    """Likeness of titles, 0 to 100."""
    table = process.cdist(titles, titles, scorer=fuzz.token_sort_ratio, dtype=np.uint8)
    return lambda n, groups: nearest(table[n, :n].astype(float), groups)


def of_vectors(texts: Sequence[str]) -> Callable[[int, Groups], np.ndarray]:
    """Cosine of a text and the centroid of a group, 0 to 1."""
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    dots = (vectors @ vectors.T).toarray()

    def likeness(n: int, groups: Groups) -> np.ndarray:
        members = np.array(groups)
        sums = np.bincount(members, weights=dots[n, :n])
        last = state.setdefault("n", 0)
        if last >= n:
            state.clear()
            last = 0
            state["norms"] = np.zeros(len(texts))
        norms = state.setdefault("norms", np.zeros(len(texts)))
        for i in range(last, n):  # |c + v|² = |c|² + 2 c·v + 1
            mates = np.flatnonzero(members[:i] == members[i])
            norms[members[i]] += 2 * dots[i, mates].sum() + 1
        state["n"] = n
        return sums / np.sqrt(norms[: sums.size])

    state: dict = {}
    return likeness


def of_signatures(texts: Sequence[str]) -> Callable[[int, Groups], np.ndarray]:
    """Estimated Jaccard similarity of runs of three words, 0 to 1."""
    values = np.array([minhash(run.encode() for run in sorted(shingles(text[:20_000], 3))) for text in texts])
    return lambda n, groups: nearest((values[:n] == values[n]).mean(1), groups)


def print_line(corpus: str, method: str, gold: dict[str, str], found: dict[str, str]) -> None:
    """Print one line of the table."""
    pair, b3, n_true = pairwise(gold, found), b_cubed(gold, found), len(set(gold.values()))
    error = (len(set(found.values())) - n_true) / n_true
    cells = " | ".join(f"{value:.3f}" for value in (*pair, *b3))
    print(f"| {corpus} | {method} | {cells} | {error:+.3f} |", flush=True)


if __name__ == "__main__":
    main()
