"""Learn the weights of the place chooser from labelled articles and write them for review.

    python bench/where_train.py [--write]

A candidate within 25 km of the gold point is right, the finer the better; the weights are those of a conditional
logistic regression (the right candidates of an article against all of it). Half of the incidents (by hash) train, the
other half is shown held out; `--write` then trains on all of the development part. The weights name no place and hold
no text.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from where import HOME, article_of, half_of, km, rows_of, segment_of

from extractors.reference.fold import fold
from extractors.reference.gazetteer import open_gazetteer
from extractors.text.sentences import split_sentences
from extractors.where.features import REASONS, candidates_of
from extractors.where.find import find_places

NAMES = sorted(REASONS)
FINE = ("town", "district", "site")
# What can only speak for (or only against) a place, whatever one corpus says: keeps the weights sane elsewhere.
SPEAKS_FOR = frozenset(
    """title title_in trigger_in trigger near_trigger lead_in lead dateline first in count share police lead_police
    qualified hint_town hint_area hint_state url near_others in_named_admin1""".split()
)
SPEAKS_AGAINST = frozenset(
    "hospital court school organisation demonym strange from_of bare qualifier hint country doubtful".split()
)
# Bounds set by hand, because the labelled corpora are mostly local news of one incident, and the press of wars names
# capitals, bureaus and homes beside the place: nearness to the trigger must count, a large town must not win by size.
FLOORS = {
    "trigger_in": 0.7,
    "trigger": 0.4,
    "near_trigger": 0.8,
    "title_in": 0.5,
    "title": 0.3,
    "lead": 0.3,
    "first": 0.3,
}
CEILINGS = {"size": 1.0, "near_others": 1.6, "large_dateline": -0.8}
STRENGTH = 3  # inverse of the penalty on large weights; 0.1 to 1 give the same held-out figure to a third of a point
TIMES = {"gva": 1, "airwars": 2, "muc4": 2}  # so that wars weigh as much as local news
OUT = Path("seeds/reference/place_weights.json")


def muc_examples() -> list[tuple[str, np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
    """Give examples of the message corpus: right is a candidate that bears the finest name of the one location told."""
    gazetteer = open_gazetteer(HOME / "reference")
    out = []
    for row in rows_of("muc4"):
        parts = (
            [p.strip() for p in re.split(r":| - ", row["incidents"][0]["location"] or "")]
            if len(row["incidents"]) == 1
            else []
        )
        names = [fold(re.sub(r"\(.*?\)", "", part)) for part in parts]
        if len(names) < 2:
            continue
        row["text"] = re.sub(r"(?<!\n)\n(?!\n)", " ", row["text"])
        article = article_of(row)
        sentences = split_sentences(article.text)
        candidates = candidates_of(find_places(article, sentences, gazetteer), segment_of(article, sentences), article)
        matrix = np.array([[c.features.get(name, 0.0) for name in NAMES] for c in candidates]).reshape(-1, len(NAMES))
        sources = [c.mentions[0].source for c in candidates]
        right = np.zeros(len(sources), dtype=bool)
        for name in names[:0:-1]:
            places = {place.place_id for place in gazetteer.lookup(name)}
            right = np.array([s.place_id in places for s in sources], dtype=bool)
            if right.any():
                break
        out.append((row["id"], matrix, right, right))
    return out


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
    """Fit the weights: in each article, the odds of the right candidates together against all."""
    usable = [(matrix, good) for _, matrix, right, fine in articles
              if (good := fine if fine.any() else right).any() and not good.all()]  # fmt: skip
    low = dict.fromkeys(SPEAKS_FOR, 0.0) | FLOORS
    high = dict.fromkeys(SPEAKS_AGAINST, 0.0) | CEILINGS
    bounds = [(low.get(name), high.get(name)) for name in NAMES]

    def loss(theta: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        value, slope = float(theta @ theta) / (2 * STRENGTH), theta / STRENGTH
        for matrix, good in usable:
            z = matrix @ theta
            total, rights = np.logaddexp.reduce(z), np.logaddexp.reduce(z[good])
            value += float(total - rights)
            slope = slope + matrix.T @ np.exp(z - total) - matrix[good].T @ np.exp(z[good] - rights)
        return value, slope

    fitted: np.ndarray[Any, Any] = minimize(loss, np.zeros(len(NAMES)), jac=True, bounds=bounds, method="L-BFGS-B").x
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
    sets = {corpus: examples(corpus) for corpus in ("gva", "airwars")} | {"muc4": muc_examples()}
    parts = {c: [[e for e in s if half_of(e[0]) == h] for h in (0, 1)] for c, s in sets.items()}
    trained = learn([e for c in parts for e in parts[c][0] * TIMES[c]])
    for corpus, (train, held) in parts.items():
        seen, unseen = accuracy(train, trained), accuracy(held, trained)
        print(f"{corpus} train {seen[0]:.4f} of {seen[1]:.4f}, held out {unseen[0]:.4f} of {unseen[1]:.4f}")
    final = learn([e for c, s in sets.items() for e in s * TIMES[c]])
    for name, value in sorted(zip(NAMES, final, strict=True), key=lambda pair: -pair[1]):
        print(f"{value:7.2f}  {name:16} {REASONS[name]}")
    if options.write:
        weights = {name: round(float(value), 2) for name, value in zip(NAMES, final, strict=True)}
        note = "Learnt by bench/where_train.py within hand-set bounds; see docs/explanation/places.md."
        OUT.write_text(
            json.dumps({"fitted_on": list(TIMES), "note": note, "weights": weights}, indent=1) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
