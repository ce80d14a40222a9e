"""Learn the weights of the place chooser from labelled articles and write them for review.

    python bench/where_train.py [--write]

A candidate within 25 km of the gold point is right, the finer the better; the weights are those of a logistic
regression on differences (right minus wrong) in one article. Half of the incidents (by hash) train, the other half is
shown held out; `--write` then trains on all of the development part. The weights name no place and hold no text.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from where import HOME, article_of, half_of, km, rows_of, segment_of

from extractors.reference.gazetteer import open_gazetteer
from extractors.text.sentences import split_sentences
from extractors.where.features import REASONS, candidates_of
from extractors.where.find import find_places

NAMES = sorted(REASONS)
FINE = ("town", "district", "site")
STRENGTH = 0.3  # inverse of the penalty on large weights; 0.1 to 1 give the same held-out figure to a third of a point
OUT = Path("seeds/reference/place_weights.json")


def examples(corpus: str) -> list[tuple[str, np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
    """Give, for each article: the incident, the candidates' features, which are right, and which are right and fine."""
    gazetteer = open_gazetteer(HOME / "reference")
    out = []
    for row in rows_of(corpus):
        incident = row["incidents"][0] if len(row["incident_ids"]) == 1 and row["incidents"] else None
        if row.get("quality") or incident is None or not incident.get("latlon") or None in incident["latlon"]:
            continue
        article = article_of(row)
        sentences = split_sentences(article.text)
        candidates = candidates_of(find_places(article, sentences, gazetteer), segment_of(article, sentences), article)
        matrix = np.array([[c.features.get(name, 0.0) for name in NAMES] for c in candidates]).reshape(-1, len(NAMES))
        sources = [c.mentions[0].source for c in candidates]
        right = np.array([km((s.lat, s.lon), tuple(incident["latlon"])) <= 25 for s in sources], dtype=bool)
        fine = right & np.array([s.kind in FINE for s in sources], dtype=bool)
        out.append((incident["incident_id"], matrix, right, fine))
    return out


def learn(articles: list[Any]) -> np.ndarray[Any, Any]:
    """Fit the weights on differences; each article counts once, however many candidates it has."""
    rows, weights = [], []
    for _, matrix, right, fine in articles:
        good = fine if fine.any() else right
        if not good.any() or good.all():
            continue
        for i in np.flatnonzero(good):
            wrong = np.flatnonzero(~right) if not fine.any() else np.flatnonzero(~fine)
            for j in wrong:
                rows.append(matrix[i] - matrix[j])
                weights.append(1.0 / (good.sum() * len(wrong)))
    x, w = np.array(rows), np.array(weights)
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=2000)
    model.fit(np.vstack([x, -x]), np.r_[np.ones(len(x)), np.zeros(len(x))], np.r_[w, w])
    fitted: np.ndarray[Any, Any] = model.coef_[0]
    return fitted


def accuracy(articles: list[Any], weights: np.ndarray[Any, Any]) -> tuple[float, float]:
    """Give the share of articles whose best candidate is right, and the share that have a right candidate at all."""
    hits = sum(len(m) > 0 and bool(right[int(np.argmax(m @ weights))]) for _, m, right, _ in articles)
    return hits / len(articles), sum(bool(right.any()) for _, _, right, _ in articles) / len(articles)


def main() -> None:
    """Train, show the held-out figures, and write if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sets = {corpus: examples(corpus) for corpus in ("gva", "airwars")}
    parts = {c: [[e for e in s if half_of(e[0]) == h] for h in (0, 1)] for c, s in sets.items()}
    trained = learn([e for c in parts for e in parts[c][0]])
    for corpus, (train, held) in parts.items():
        print(corpus, "train %.4f of %.4f" % accuracy(train, trained), "held out %.4f of %.4f" % accuracy(held, trained))
    final = learn([e for s in sets.values() for e in s])
    for name, value in sorted(zip(NAMES, final, strict=True), key=lambda pair: -pair[1]):
        print(f"{value:7.2f}  {name:16} {REASONS[name]}")
    if options.write:
        weights = {name: round(float(value), 2) for name, value in zip(NAMES, final, strict=True)}
        note = "Learnt by bench/where_train.py on the development halves of gva and airwars; see docs/explanation/places.md."
        OUT.write_text(json.dumps({"note": note, "weights": weights}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
